//! Signing requests to S3 (AWS Signature Version 4, as Amazon's "Authenticating Requests" describes it).

use accid_base::{ContentHash, Secret};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::{Timestamp, tz::TimeZone};
use sha2::Sha256;

/// Who signs, and for which region.
pub(crate) struct Signer {
    pub(crate) access_key: String,
    pub(crate) secret: Secret<String>,
    pub(crate) region: String,
}

/// What is signed.
pub(crate) struct Request<'a> {
    pub(crate) method: &'a str,
    pub(crate) host: &'a str,
    /// The path, each part encoded.
    pub(crate) path: &'a str,
    /// The query, encoded and sorted.
    pub(crate) query: &'a str,
    /// Further headers that are signed: lower-case name and value, sorted.
    pub(crate) headers: &'a [(&'a str, String)],
    pub(crate) body: ContentHash,
}

fn mac(key: &[u8], text: &str) -> [u8; 32] {
    // A key of any length is taken.
    Hmac::<Sha256>::new_from_slice(key)
        .map(|mut mac| {
            mac.update(text.as_bytes());
            mac.finalize().into_bytes().into()
        })
        .unwrap_or_default()
}

impl Signer {
    /// The headers to send with it: `authorization`, `x-amz-content-sha256`, `x-amz-date`.
    pub(crate) fn sign(&self, request: &Request<'_>, at: Timestamp) -> [(&'static str, String); 3] {
        let at = at.to_zoned(TimeZone::UTC);
        let (day, time) = (at.strftime("%Y%m%d").to_string(), at.strftime("%Y%m%dT%H%M%SZ").to_string());
        let mut headers = vec![("host", request.host.to_owned())];
        headers.extend(request.headers.iter().cloned());
        headers.push(("x-amz-content-sha256", request.body.to_string()));
        headers.push(("x-amz-date", time.clone()));
        let names = headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
        let lines: String =
            headers.iter().map(|(name, value)| format!("{name}:{}\n", value.trim())).collect();
        let canonical = format!(
            "{}\n{}\n{}\n{lines}\n{names}\n{}",
            request.method, request.path, request.query, request.body
        );
        let scope = format!("{day}/{}/s3/aws4_request", self.region);
        let text = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", ContentHash::of(canonical.as_bytes()));
        let first = Secret::new(format!("AWS4{}", self.secret.reveal()));
        let key = [day.as_str(), &self.region, "s3", "aws4_request"]
            .iter()
            .fold(first.reveal().as_bytes().to_vec(), |key, part| mac(&key, part).to_vec());
        let signature = ContentHash::from_bytes(mac(&key, &text));
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope},SignedHeaders={names},Signature={signature}",
            self.access_key
        );
        [
            ("authorization", authorization),
            ("x-amz-content-sha256", request.body.to_string()),
            ("x-amz-date", time),
        ]
    }
}

/// Encodes a text for a path or query; slashes stay only in a path.
pub(crate) fn encode(text: &str, slashes: Slashes) -> String {
    let plain = |byte: u8| {
        byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || (byte == b'/' && slashes == Slashes::Stay)
    };
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// What becomes of slashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slashes {
    /// They part a path.
    Stay,
    /// They are encoded like the rest.
    Go,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_signed_as_in_the_example_of_the_documentation() {
        // "Example: GET Object" of "Signature Calculations for the Authorization Header".
        let signer = Signer {
            access_key: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            secret: Secret::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned()),
            region: "us-east-1".to_owned(),
        };
        let request = Request {
            method: "GET",
            host: "examplebucket.s3.amazonaws.com",
            path: "/test.txt",
            query: "",
            headers: &[("range", "bytes=0-9".to_owned())],
            body: ContentHash::of(b""),
        };
        let [(_, authorization), ..] = signer.sign(&request, "2013-05-24T00:00:00Z".parse().unwrap());
        assert_eq!(
            authorization,
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        );
    }
}
