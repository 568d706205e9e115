//! From an address to a folder (RFC 8089).

use std::path::{Component, Path, PathBuf};

use crate::TransferError;

/// What an address names.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// A folder of this machine, absolute.
    Folder(PathBuf),
}

/// Understands an address; `drives` says whether a path may begin with a drive, as on Windows.
pub(crate) fn parse_address(url: &str, drives: Drives) -> Result<Address, TransferError> {
    let refuse = |reason: &str| TransferError::InvalidUrl { reason: reason.to_owned() };
    if url.chars().any(char::is_control) {
        return Err(refuse("It has a control character"));
    }
    let Some((scheme, rest)) = url.trim().split_once("://") else {
        return Err(refuse("It does not begin with file://"));
    };
    if scheme.is_empty() || !scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    {
        return Err(refuse("It does not begin with file://"));
    }
    if !scheme.eq_ignore_ascii_case("file") {
        return Err(TransferError::UnsupportedScheme { scheme: scheme.to_ascii_lowercase() });
    }
    let path = rest.strip_prefix("localhost").filter(|path| path.starts_with('/')).unwrap_or(rest);
    if !path.starts_with('/') {
        return Err(refuse(
            "It names another machine or no absolute folder; three slashes stand before the path",
        ));
    }
    if path.contains(['?', '#']) {
        return Err(refuse("It has a \"?\" or \"#\"; write them as %3F and %23"));
    }
    let path = decode_percent(path)
        .ok_or_else(|| refuse("One of its %-signs is not followed by a character's code"))?;
    if path.chars().any(char::is_control) || path.contains('\\') {
        return Err(refuse("It has a control character or a \"\\\""));
    }
    let path = match (names_drive(&path), drives) {
        (true, Drives::Known) => &path[1..],
        (true, Drives::Unknown) => {
            return Err(refuse("It begins with a drive of Windows, and this is not Windows"));
        }
        (false, _) => &path,
    };
    to_folder(path, drives)
        .map(Address::Folder)
        .ok_or_else(|| refuse("It names the root of the file system, or has \".\" or \"..\" in it"))
}

/// Whether paths of this system begin with a drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drives {
    /// As on Windows.
    Known,
    /// As everywhere else.
    Unknown,
}

impl Drives {
    /// As on this machine.
    pub(crate) const HERE: Self = if cfg!(windows) { Self::Known } else { Self::Unknown };
}

fn names_drive(path: &str) -> bool {
    let bytes = path.as_bytes();
    bytes.len() >= 3
        && bytes[1].is_ascii_alphabetic()
        && bytes[2] == b':'
        && matches!(bytes.get(3), None | Some(b'/'))
}

fn decode_percent(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            bytes.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn to_folder(path: &str, drives: Drives) -> Option<PathBuf> {
    let parts: Vec<_> = path.split('/').filter(|part| !part.is_empty()).collect();
    let named = if drives == Drives::Known { parts.get(1..)? } else { &parts[..] };
    if named.is_empty() || parts.iter().any(|part| matches!(*part, "." | "..")) {
        return None;
    }
    let joined = parts.join("/");
    Some(PathBuf::from(if drives == Drives::Known { joined } else { format!("/{joined}") }))
}

/// Whether one of the folders is the other or lies in it.
pub(crate) fn overlap(left: &Path, right: &Path) -> bool {
    let plain =
        |path: &Path| path.components().filter(|part| *part != Component::CurDir).collect::<PathBuf>();
    let (left, right) = (plain(left), plain(right));
    left.starts_with(&right) || right.starts_with(&left)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(url: &str) -> Option<PathBuf> {
        parse_address(url, Drives::Unknown).ok().map(|Address::Folder(folder)| folder)
    }

    #[test]
    fn file_addresses_become_folders() {
        assert_eq!(folder("file:///srv/www/site/"), Some("/srv/www/site".into()));
        assert_eq!(folder("FILE://localhost/srv//www"), Some("/srv/www".into()));
        assert_eq!(folder("file:///home/anna/my%20site%20%C3%BC"), Some("/home/anna/my site ü".into()));
        let Address::Folder(folder) = parse_address("file:///C:/site/a", Drives::Known).unwrap();
        assert_eq!(folder, Path::new("C:/site/a"));
    }

    #[test]
    fn what_is_not_an_absolute_folder_is_refused() {
        for url in [
            "",
            "site",
            "/srv/www",
            "file:site",
            "file://server/share",
            "file://",
            "file:///",
            "file:////",
            "file:///..",
            "file:///srv/../etc",
            "file:///srv/%2e%2e/etc",
            "file:///srv/%00",
            "file:///srv/%zz",
            "file:///srv/%ff",
            "file:///srv?x",
            "file:///srv#x",
            "file:///C:/site",
            "file:///srv\\www",
            "file:///srv\n",
            "://x",
        ] {
            assert_eq!(folder(url), None, "{url:?}");
        }
        assert!(parse_address("file:///C:/", Drives::Known).is_err());
        assert!(parse_address("file:///C:", Drives::Known).is_err());
    }

    #[test]
    fn other_schemes_are_named_without_their_password() {
        use accid_base::Explain as _;
        for url in ["ftp://me:secret@host/www", "ftps://host", "sftp://me:secret@host:22/x", "https://host"] {
            let error = parse_address(url, Drives::Unknown).unwrap_err();
            assert!(matches!(error, TransferError::UnsupportedScheme { .. }), "{url}");
            let told = format!("{error} {} {error:?}", error.problem());
            assert!(told.contains("publishes to folders") && !told.contains("secret"), "{told}");
        }
    }

    #[test]
    fn folders_overlap_when_one_holds_the_other() {
        assert!(overlap(Path::new("/a/b"), Path::new("/a/b/c")));
        assert!(overlap(Path::new("/a/b/c"), Path::new("/a/b")));
        assert!(!overlap(Path::new("/a/b"), Path::new("/a/bc")));
    }
}
