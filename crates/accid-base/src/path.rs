//! Paths inside a project or a published site that cannot leave it. Must not touch the disk.

use std::{borrow::Cow, fmt, path::PathBuf, str::FromStr};

use serde::{Deserialize, Serialize, de};

/// A path below some root, with `/` between its parts: never absolute, no `.` or `..`, no `\`, `:` or control
/// character, no device name, at most 1,024 bytes. Safe to join to a root on Linux, macOS and Windows.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelativePath(Box<str>);

/// Why a text is not a safe relative path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{path}\" is not a path inside the project: {reason}")]
pub struct InvalidPath {
    /// The text, shortened.
    pub path: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl RelativePath {
    /// The file of a JSON document in a folder of a project, such as `pages/about.json`.
    ///
    /// # Errors
    /// When no file can have that name, such as `con` on Windows.
    pub fn document(folder: &str, name: &str) -> Result<Self, InvalidPath> {
        format!("{folder}/{name}.json").parse()
    }

    /// The path as text, with `/` between its parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts between the slashes.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// The last part.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// What stands behind the last dot of the file name, else nothing.
    pub fn extension(&self) -> &str {
        self.file_name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// The folder it is in, unless that is the root itself.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(folder, _)| Self(folder.into()))
    }

    /// This path with more parts behind it.
    ///
    /// # Errors
    /// When `tail` is not a safe relative path.
    pub fn join(&self, tail: &str) -> Result<Self, InvalidPath> {
        format!("{}/{tail}", self.0).parse()
    }

    /// Whether the path lies in that folder (`folder` without a slash at its end).
    pub fn is_below(&self, folder: &str) -> bool {
        self.0.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// The path on this machine, below `root`.
    pub fn below(&self, root: &std::path::Path) -> PathBuf {
        self.parts().fold(root.to_path_buf(), |path, part| path.join(part))
    }
}

/// Whether Windows takes this file name (or the part before its first dot) for a device.
pub(crate) fn is_device_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_lowercase();
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || (stem.len() == 4
            && (stem.starts_with("com") || stem.starts_with("lpt"))
            && stem.as_bytes()[3].is_ascii_digit())
}

fn complaint(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        return Some("it is empty");
    }
    if text.len() > 1024 {
        return Some("it is longer than 1,024 bytes");
    }
    if text.chars().any(char::is_control) {
        return Some("it has a control character");
    }
    if text.contains('\\') || text.contains(':') {
        return Some("it has a \"\\\" or \":\"");
    }
    for part in text.split('/') {
        if part.is_empty() {
            return Some("it starts or ends with \"/\" or has two in a row");
        }
        if part == "." || part == ".." {
            return Some("it has a \".\" or \"..\" part");
        }
        if part.len() > 255 {
            return Some("one of its names is longer than 255 bytes");
        }
        if part.ends_with('.') || part.ends_with(' ') {
            return Some("one of its names ends with a dot or a space");
        }
        if is_device_name(part) {
            return Some("one of its names is a device name of Windows");
        }
        if part.contains(['<', '>', '"', '|', '?', '*']) {
            return Some("one of its names has a character that some systems refuse (< > \" | ? *)");
        }
    }
    None
}

impl FromStr for RelativePath {
    type Err = InvalidPath;

    fn from_str(text: &str) -> Result<Self, InvalidPath> {
        match complaint(text) {
            None => Ok(Self(text.into())),
            Some(reason) => Err(InvalidPath { path: text.chars().take(120).collect(), reason }),
        }
    }
}

impl fmt::Display for RelativePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for RelativePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for RelativePath {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for RelativePath {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_could_leave_its_root_is_refused() {
        for text in [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            "..\\x",
            "C:/x",
            "a\0b",
            "CON",
            "x/aux.txt",
            "lpt1",
            "a.",
            "a ",
            "x?raw",
            "a\nb",
        ] {
            assert!(text.parse::<RelativePath>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn ordinary_paths_pass_and_join_below_a_root() -> Result<(), InvalidPath> {
        let path: RelativePath = "pages/über uns.json".parse()?;
        assert_eq!(path.file_name(), "über uns.json");
        assert_eq!(path.extension(), "json");
        assert!(path.is_below("pages") && !path.is_below("page"));
        assert_eq!(
            path.below(std::path::Path::new("/root")),
            std::path::Path::new("/root/pages/über uns.json")
        );
        Ok(())
    }
}
