//! A site held in memory, as a build hands it over.

use std::{collections::BTreeMap, io};

use accid_base::{ContentHash, RelativePath};
use accid_transfer::{BuildContent, BuildFile, BuildManifest};

/// The files by their paths.
pub struct Site(pub BTreeMap<String, Vec<u8>>);

impl Site {
    pub fn manifest(&self) -> BuildManifest {
        let file = |(path, bytes): (&String, &Vec<u8>)| BuildFile {
            path: path.parse().unwrap(),
            hash: ContentHash::of(bytes),
            bytes: bytes.len() as u64,
        };
        BuildManifest::new(self.0.iter().map(file).collect()).unwrap()
    }
}

impl BuildContent for Site {
    fn read(&self, path: &RelativePath) -> io::Result<Vec<u8>> {
        self.0.get(path.as_str()).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
