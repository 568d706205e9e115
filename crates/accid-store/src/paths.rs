//! Which files of a project are documents, and which folders are none of the ledger's business. Must not touch the
//! disk.

use accid_base::RelativePath;
use accid_model::Blotter;

use crate::StoreError;

/// Folders of a project that never hold documents: originals, what is derived, secrets, and what build tools make.
const RESERVED: [&str; 10] =
    ["media", "derived", "security", "keys", "node_modules", "dist", "build", "public", "target", "out"];

/// Name of the ledger's folder in a project.
pub(crate) const LEDGER: &str = ".accid/ledger";

/// Name of the file that says what is derived already.
pub(crate) const DERIVED: &str = ".accid/derived.json";

/// Name of the file that says what people marked of the history, and how much of it is kept.
pub(crate) const HISTORY: &str = ".accid/history.json";

/// Name of the file that says which other ACCID owns a project.
pub(crate) const REPLICA: &str = ".accid/replica.json";

/// Name of the folder for files that could not be read.
pub(crate) const QUARANTINE: &str = ".accid/quarantine";

/// Whether a folder of that name may hold documents.
pub(crate) fn is_collection(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
    !name.is_empty() && name.bytes().all(plain) && !RESERVED.contains(&name)
}

/// Whether a file of that name in a collection is a document.
pub(crate) fn is_document_name(name: &str) -> bool {
    !name.starts_with('.') && name.len() > ".json".len() && name.ends_with(".json")
}

/// Why a path is not a document; `None` when it is one: the blotter, or `<collection>/<name>.json`.
fn complaint(path: &RelativePath) -> Option<&'static str> {
    if path.as_str() == Blotter::FILE {
        return None;
    }
    let mut parts = path.parts();
    let (Some(folder), Some(name), None) = (parts.next(), parts.next(), parts.next()) else {
        return Some("documents lie in one folder below the project, such as pages/about.json");
    };
    if !is_collection(folder) {
        return Some("this folder holds no documents");
    }
    if !is_document_name(name) {
        return Some("documents are named *.json and do not start with a dot");
    }
    None
}

/// Whether the path is one of a project's documents.
pub(crate) fn is_document(path: &RelativePath) -> bool {
    complaint(path).is_none()
}

/// Refuses paths that are not documents.
pub(crate) fn check_document(path: &RelativePath) -> Result<(), StoreError> {
    match complaint(path) {
        None => Ok(()),
        Some(reason) => Err(StoreError::NotADocument { path: path.clone(), reason }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_the_blotter_and_json_files_of_collections() {
        let is = |text: &str| is_document(&text.parse().unwrap());
        assert!(is("accid_blotter.json") && is("pages/about.json") && is("albums/x y.json"));
        for other in [
            "accid_dropper.json",
            "media/x.json",
            "derived/x.json",
            "security/x.json",
            "keys/x.json",
            "pages/a/b.json",
            "pages/.x.json",
            "pages/x.txt",
            ".accid/x.json",
            "pages/.json",
            "x.json",
            "Pages/x.json",
        ] {
            assert!(!is(other), "{other}");
        }
    }
}
