//! From an address to a folder (RFC 8089), an archive or a server (RFC 3986, RFC 1738 §3.2).

use std::path::{Component, Path, PathBuf};

use crate::TransferError;

/// What an address names.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// A folder of this machine, absolute.
    Folder(PathBuf),
    /// An archive to hand in, absolute.
    Archive(PathBuf),
    /// A folder of a server that speaks FTP.
    Ftp(ServerAddress, Protection),
    /// A folder of a server that speaks SFTP.
    Sftp(ServerAddress),
}

/// How FTP is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protection {
    /// Not at all: the password travels as it is.
    None,
    /// TLS that the client asks for after connecting.
    Explicit,
    /// TLS from the first byte.
    Implicit,
}

/// A folder of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServerAddress {
    pub(crate) scheme: &'static str,
    /// Who signs in; empty when the address does not say.
    pub(crate) user: String,
    pub(crate) host: String,
    pub(crate) port: u16,
    /// The folder as the server understands it, without a slash at its end; empty for the one a sign-in leads to.
    pub(crate) folder: String,
}

impl ServerAddress {
    /// What to call it in messages.
    pub(crate) fn place(&self) -> String {
        let Self { scheme, host, folder, .. } = self;
        let host = if host.contains(':') { format!("[{host}]") } else { host.clone() };
        let slash = if folder.is_empty() || folder.starts_with('/') { "" } else { "/" };
        format!("{scheme}://{host}:{}{slash}{folder}", self.port)
    }
}

/// Understands an address; `drives` says whether a path may begin with a drive, as on Windows.
pub(crate) fn parse_address(url: &str, drives: Drives) -> Result<Address, TransferError> {
    if url.chars().any(char::is_control) {
        return Err(refuse("It has a control character"));
    }
    let Some((scheme, rest)) = url.trim().split_once("://") else {
        return Err(refuse("It does not begin with sftp://, ftps://, ftp://, file:// or zip://"));
    };
    if scheme.is_empty() || !scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    {
        return Err(refuse("It does not begin with sftp://, ftps://, ftp://, file:// or zip://"));
    }
    match scheme.to_ascii_lowercase().as_str() {
        "file" => parse_path(rest, drives).map(Address::Folder),
        "zip" => parse_archive(rest, drives),
        "ftp" => Ok(Address::Ftp(parse_server("ftp", rest, 21)?, Protection::None)),
        // Port 990 is that of FTPS that is protected from its first byte; everywhere else the client asks for it.
        "ftps" | "ftpes" => {
            let address = parse_server("ftps", rest, 21)?;
            let protection = if address.port == 990 { Protection::Implicit } else { Protection::Explicit };
            Ok(Address::Ftp(address, protection))
        }
        "ftps+implicit" => Ok(Address::Ftp(parse_server("ftps+implicit", rest, 990)?, Protection::Implicit)),
        "sftp" => parse_server("sftp", rest, 22).map(Address::Sftp),
        other => Err(TransferError::UnsupportedScheme { scheme: other.to_owned() }),
    }
}

fn refuse(reason: &str) -> TransferError {
    TransferError::InvalidUrl { reason: reason.to_owned() }
}

fn parse_archive(rest: &str, drives: Drives) -> Result<Address, TransferError> {
    let path = parse_path(rest, drives)?;
    let is_zip = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
    if is_zip {
        Ok(Address::Archive(path))
    } else {
        Err(refuse("It does not name a file that ends with .zip"))
    }
}

/// `user@host:port/folder`; a password in it is refused, since addresses are shown and kept in versions.
fn parse_server(scheme: &'static str, rest: &str, default_port: u16) -> Result<ServerAddress, TransferError> {
    if rest.contains(['?', '#']) {
        return Err(refuse("It has a \"?\" or \"#\"; write them as %3F and %23"));
    }
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    if user.contains(':') {
        return Err(refuse(
            "It has a password in it, which would be seen; the password is asked for by itself",
        ));
    }
    let user = decode(user)?;
    let (host, port) = match host.strip_prefix('[') {
        Some(inner) => inner.split_once(']').ok_or_else(|| refuse("Its \"[\" is not closed"))?,
        None => host.find(':').map_or((host, ""), |colon| host.split_at(colon)),
    };
    let port = match port.strip_prefix(':') {
        None | Some("") => default_port,
        Some(port) => {
            let number = port.parse().ok().filter(|port| *port != 0);
            number.ok_or_else(|| refuse("Its port is not a number from 1 to 65535"))?
        }
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:".contains(&byte) || byte >= 0x80;
    if host.is_empty() || host.len() > 253 || !host.bytes().all(plain) {
        return Err(refuse("It names no host"));
    }
    let folder = to_server_folder(scheme, &decode(path)?)?;
    Ok(ServerAddress { scheme, user, host: host.to_owned(), port, folder })
}

/// Over SFTP a path is absolute unless it begins with `~`; over FTP it begins where the sign-in leads to, and `//`
/// begins at the server's root.
fn to_server_folder(scheme: &str, path: &str) -> Result<String, TransferError> {
    let (home, path) = match path.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with('/')) {
        Some(rest) => (true, rest),
        None => (scheme != "sftp" && !path.starts_with('/'), path),
    };
    let parts: Vec<_> = path.split('/').filter(|part| !part.is_empty()).collect();
    if parts.iter().any(|part| matches!(*part, "." | "..")) {
        return Err(refuse("It has \".\" or \"..\" in it"));
    }
    Ok(match (home, scheme, parts.is_empty()) {
        (true, _, _) => parts.join("/"),
        (false, "sftp", true) => {
            return Err(refuse("It names no folder; write sftp://name@host/~ for your home folder"));
        }
        (false, _, _) => format!("/{}", parts.join("/")),
    })
}

/// Decodes what stands in an address; nothing in it may move a terminal's cursor or end a command.
fn decode(text: &str) -> Result<String, TransferError> {
    let text = decode_percent(text)
        .ok_or_else(|| refuse("One of its %-signs is not followed by a character's code"))?;
    if text.chars().any(char::is_control) { Err(refuse("It has a control character")) } else { Ok(text) }
}

fn parse_path(rest: &str, drives: Drives) -> Result<PathBuf, TransferError> {
    let path = rest.strip_prefix("localhost").filter(|path| path.starts_with('/')).unwrap_or(rest);
    if !path.starts_with('/') {
        return Err(refuse(
            "It names another machine or no absolute folder; three slashes stand before the path",
        ));
    }
    if path.contains(['?', '#']) {
        return Err(refuse("It has a \"?\" or \"#\"; write them as %3F and %23"));
    }
    let path = decode(path)?;
    if path.contains('\\') {
        return Err(refuse("It has a \"\\\""));
    }
    let path = match (names_drive(&path), drives) {
        (true, Drives::Known) => &path[1..],
        (true, Drives::Unknown) => {
            return Err(refuse("It begins with a drive of Windows, and this is not Windows"));
        }
        (false, _) => &path,
    };
    to_folder(path, drives)
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
        match parse_address(url, Drives::Unknown) {
            Ok(Address::Folder(folder)) => Some(folder),
            _ => None,
        }
    }

    #[test]
    fn file_addresses_become_folders() {
        assert_eq!(folder("file:///srv/www/site/"), Some("/srv/www/site".into()));
        assert_eq!(folder("FILE://localhost/srv//www"), Some("/srv/www".into()));
        assert_eq!(folder("file:///home/anna/my%20site%20%C3%BC"), Some("/home/anna/my site ü".into()));
        let on_windows = parse_address("file:///C:/site/a", Drives::Known).unwrap();
        assert_eq!(on_windows, Address::Folder("C:/site/a".into()));
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
    fn server_addresses_are_read_as_people_write_them() {
        let server = |scheme, user: &str, host: &str, port, folder: &str| ServerAddress {
            scheme,
            user: user.to_owned(),
            host: host.to_owned(),
            port,
            folder: folder.to_owned(),
        };
        let parse = |url: &str| parse_address(url, Drives::Unknown).unwrap();
        let sftp = |url: &str| match parse(url) {
            Address::Sftp(address) => address,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            sftp("sftp://anna@example.org/srv/www/"),
            server("sftp", "anna", "example.org", 22, "/srv/www")
        );
        assert_eq!(sftp("sftp://anna@[::1]:2222/~/www"), server("sftp", "anna", "::1", 2222, "www"));
        assert_eq!(sftp("sftp://a%40b@h/~"), server("sftp", "a@b", "h", 22, ""));
        let ftp = |url: &str| match parse(url) {
            Address::Ftp(address, protection) => (address, protection),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            ftp("ftp://u@h:2121/www/a%20b"),
            (server("ftp", "u", "h", 2121, "www/a b"), Protection::None)
        );
        assert_eq!(ftp("FTPS://u@h/"), (server("ftps", "u", "h", 21, ""), Protection::Explicit));
        assert_eq!(ftp("ftps://u@h:990//srv"), (server("ftps", "u", "h", 990, "/srv"), Protection::Implicit));
        assert_eq!(ftp("ftps+implicit://u@h:2990").1, Protection::Implicit);
        assert_eq!(parse("zip:///srv/out/site.ZIP"), Address::Archive("/srv/out/site.ZIP".into()));
    }

    #[test]
    fn addresses_that_would_leave_a_folder_break_a_command_or_show_a_password_are_refused() {
        use accid_base::Explain as _;
        for url in [
            "ftp://me:secret@host/www",
            "ftp://",
            "ftp://user@/www",
            "ftp://u@h:0/",
            "ftp://u@h:70000/",
            "ftp://u@h/a/../b",
            "ftp://u@h/%2e%2e/b",
            "ftp://u@h/a%0d%0aDELE%20x",
            "ftp://u%0aPASS@h/",
            "ftp://u@h h/",
            "ftp://u@[::1/x",
            "sftp://u@h",
            "sftp://u@h/",
            "sftp://u@h/x?y",
            "zip:///srv/site",
            "zip://server/x.zip",
        ] {
            let error = parse_address(url, Drives::Unknown).unwrap_err();
            let told = format!("{error} {} {error:?}", error.problem());
            assert!(!told.contains("secret"), "{told}");
        }
        let other = parse_address("https://host", Drives::Unknown).unwrap_err();
        assert!(matches!(other, TransferError::UnsupportedScheme { .. }));
    }

    #[test]
    fn folders_overlap_when_one_holds_the_other() {
        assert!(overlap(Path::new("/a/b"), Path::new("/a/b/c")));
        assert!(overlap(Path::new("/a/b/c"), Path::new("/a/b")));
        assert!(!overlap(Path::new("/a/b"), Path::new("/a/bc")));
    }
}
