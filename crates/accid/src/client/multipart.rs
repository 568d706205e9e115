//! One file as `multipart/form-data` (RFC 7578).

/// Content type and body of a form with one file.
pub fn encode(field: &str, name: &str, bytes: &[u8]) -> (String, Vec<u8>) {
    let boundary = boundary_for(bytes);
    let name: String = name
        .chars()
        .map(|character| match character {
            '"' => "%22".to_owned(),
            '\r' => "%0D".to_owned(),
            '\n' => "%0A".to_owned(),
            other => other.to_string(),
        })
        .collect();
    let mut body = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}

/// A line that the content does not have: its own hash.
fn boundary_for(bytes: &[u8]) -> String {
    format!("accid-{}", accid_base::ContentHash::of(bytes).short())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header() {
        let (kind, body) = encode("files", "a\"\r\nX: y.jpg", b"bytes");
        let text = String::from_utf8(body).unwrap();
        assert!(kind.starts_with("multipart/form-data; boundary=accid-"));
        assert!(text.contains("filename=\"a%22%0D%0AX: y.jpg\"\r\n"));
        assert!(text.contains("\r\n\r\nbytes\r\n--accid-"));
    }
}
