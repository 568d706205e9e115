//! Taking out of a text what tells of a person, of content or of a secret, for bundles that go to others. Must not know
//! what the text is.

/// Takes out what is known to be a name here, and what looks like a secret, an address or a person's folder.
pub fn redact(text: &str, hidden: &[String]) -> String {
    let mut text = text.to_owned();
    for name in hidden {
        text = text.replace(name.as_str(), "[hidden]");
    }
    let is_mark = |letter: char| !(letter.is_alphanumeric() || "-_.@:/~+=%\\".contains(letter));
    let mut clean = String::with_capacity(text.len());
    for piece in text.split_inclusive(is_mark) {
        let word = piece.trim_end_matches(is_mark);
        let value = word.rsplit('=').next().unwrap_or(word);
        clean.push_str(&word[..word.len() - value.len()]);
        clean.push_str(&shown(value));
        clean.push_str(&piece[word.len()..]);
    }
    clean
}

/// Words of addresses of the API; what else stands in a path may be the name of a page or photo.
const PATH_WORDS: [&str; 46] = [
    "albums",
    "api",
    "assets",
    "canvas",
    "clean-up",
    "connected",
    "countries",
    "credentials",
    "deploy",
    "deployments",
    "disk",
    "environments",
    "events",
    "export-static",
    "gallery",
    "health",
    "healthz",
    "hello",
    "history",
    "html-builder",
    "import",
    "jobs",
    "log",
    "me",
    "media",
    "modules",
    "pages",
    "pairings",
    "performance",
    "photos",
    "projects",
    "publish",
    "records",
    "releases",
    "restore",
    "rollback",
    "run",
    "settings",
    "snapshots",
    "spatial",
    "stories",
    "system",
    "time-machine",
    "trash",
    "v1",
    "vault",
];

fn shown(value: &str) -> String {
    if value.starts_with('/') {
        let known = |part: &str| part.is_empty() || PATH_WORDS.contains(&part) || is_id(part);
        let parts = value.split('/').map(|part| if known(part) { part } else { "[hidden]" });
        return parts.collect::<Vec<_>>().join("/");
    }
    if is_telling(value) { "[hidden]".to_owned() } else { value.to_owned() }
}

fn is_id(text: &str) -> bool {
    text.len() == 36
        && text.matches('-').count() == 4
        && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// Whether a word could be a secret, an e-mail address, an address of the network or a folder of a person.
fn is_telling(value: &str) -> bool {
    let letters = value.chars().filter(char::is_ascii_alphanumeric).count();
    let digits = value.chars().any(|letter| letter.is_ascii_digit());
    let (lower, upper) = (char::is_ascii_lowercase, char::is_ascii_uppercase);
    let both = value.chars().any(|letter| lower(&letter)) && value.chars().any(|letter| upper(&letter));
    let is_time = value.len() < 36 && value.contains('T') && value.ends_with('Z') && value.contains(':');
    let long = letters >= 24 && (digits || both) && !is_id(value) && !is_time;
    let address = value.parse::<std::net::IpAddr>().is_ok_and(|address| !address.is_loopback());
    let marks = ["@", "://", "accid-pair-", "/home/", "/Users/", "C:\\Users\\"];
    long || address || marks.iter().any(|mark| value.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_of_a_person_or_a_secret_is_taken_out() {
        let hidden = vec!["Harbour Café".to_owned(), "harbour-cafe".to_owned()];
        for secret in [
            "Harbour Café",
            "path=/api/projects/harbour-cafe/pages",
            "ana@example.org",
            "token=accid-pair-AbCdEf0123456789",
            "ftp://ana:pw@host.example/site",
            "/home/ana/Pictures",
            "192.168.1.7",
            "sl.BxYz0123456789AbCdEfGhIjKlMn",
            "9b0e5d3c2a1f4e6d8c7b9a0f1e2d3c4b5a69788796a5b4c3d2e1f0a9b8c7d6e5",
        ] {
            let clean = redact(&format!("info request {secret} status=200"), &hidden);
            assert!(clean.contains("[hidden]") && clean.ends_with("status=200"), "{clean}");
            assert!(!clean.contains(secret), "{clean}");
        }
        for plain in [
            "2026-03-01T12:00:00Z info request method=GET status=200",
            "milliseconds=12.5",
            "/api/v1/projects",
        ] {
            assert_eq!(redact(plain, &hidden), plain);
        }
    }
}
