//! What git keeps: objects in one pack with its index, and the index of the working tree, in the formats that git
//! documents (gitformat-pack, gitformat-index). Must not know projects or versions.

use std::{
    collections::{BTreeMap, HashMap},
    io::Write as _,
};

use flate2::{Compression, Crc, write::ZlibEncoder};
use sha1::{Digest as _, Sha1};

/// Name of an object: the SHA-1 of its kind, length and content.
pub(super) type Name = [u8; 20];

/// Kinds of objects, with their numbers in a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Commit = 1,
    Tree = 2,
    Blob = 3,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Commit => "commit",
            Self::Tree => "tree",
            Self::Blob => "blob",
        }
    }
}

pub(super) fn hex(name: &Name) -> String {
    name.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn digest(bytes: &[u8]) -> Name {
    Sha1::digest(bytes).into()
}

/// Name of an object of that content.
pub(super) fn name_of(kind: Kind, content: &[u8]) -> Name {
    let mut whole = format!("{} {}\0", kind.word(), content.len()).into_bytes();
    whole.extend_from_slice(content);
    digest(&whole)
}

/// Objects on their way into a pack; each is kept once.
pub(super) struct Pack {
    bytes: Vec<u8>,
    /// Where each object begins, and the checksum of its bytes in the pack.
    places: BTreeMap<Name, (u32, u32)>,
}

/// A whole pack.
pub(super) struct Finished {
    pub name: String,
    pub pack: Vec<u8>,
    pub index: Vec<u8>,
}

/// Largest pack that is written: beyond it the index needs another form.
const LARGEST: usize = i32::MAX as usize;

impl Pack {
    pub(super) fn new() -> Self {
        // The number of objects follows at the end.
        Self { bytes: b"PACK\0\0\0\x02\0\0\0\0".to_vec(), places: BTreeMap::new() }
    }

    /// Puts an object in, and says its name; nothing when the pack would be too large.
    pub(super) fn add(&mut self, kind: Kind, content: &[u8]) -> Option<Name> {
        let name = name_of(kind, content);
        if self.places.contains_key(&name) {
            return Some(name);
        }
        let begin = self.bytes.len();
        let mut length = content.len();
        let mut byte = ((kind as u8) << 4) | low(length, 4);
        length >>= 4;
        while length > 0 {
            self.bytes.push(byte | 0x80);
            byte = low(length, 7);
            length >>= 7;
        }
        self.bytes.push(byte);
        let mut packer = ZlibEncoder::new(&mut self.bytes, Compression::default());
        // Writing into memory cannot fail.
        drop(packer.write_all(content).and_then(|()| packer.finish().map(|_| ())));
        let mut sum = Crc::new();
        sum.update(&self.bytes[begin..]);
        if self.bytes.len() > LARGEST {
            return None;
        }
        self.places.insert(name, (u32::try_from(begin).ok()?, sum.sum()));
        Some(name)
    }

    /// The pack and its index.
    pub(super) fn finish(mut self) -> Finished {
        let count = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.bytes[8..12].copy_from_slice(&count.to_be_bytes());
        let sum = digest(&self.bytes);
        self.bytes.extend_from_slice(&sum);
        let mut index = b"\xfftOc\0\0\0\x02".to_vec();
        let mut below = [0_u32; 256];
        for name in self.places.keys() {
            below[usize::from(name[0])] += 1;
        }
        let mut all = 0;
        for count in below {
            all += count;
            index.extend_from_slice(&all.to_be_bytes());
        }
        self.places.keys().for_each(|name| index.extend_from_slice(name));
        self.places.values().for_each(|(_, sum)| index.extend_from_slice(&sum.to_be_bytes()));
        self.places.values().for_each(|(place, _)| index.extend_from_slice(&place.to_be_bytes()));
        index.extend_from_slice(&sum);
        let own = digest(&index);
        index.extend_from_slice(&own);
        Finished { name: hex(&sum), pack: self.bytes, index }
    }
}

fn low(number: usize, bits: u32) -> u8 {
    u8::try_from(number & ((1 << bits) - 1)).unwrap_or(0)
}

/// Files of a state, by path; folders are of one level, as a project's are.
#[derive(Debug, Default)]
pub(super) struct Tree {
    files: BTreeMap<String, Name>,
    folders: BTreeMap<String, BTreeMap<String, Name>>,
    /// Trees of the folders that have not changed.
    known: HashMap<String, Name>,
}

impl Tree {
    /// Puts a file in, or takes it out.
    pub(super) fn set(&mut self, path: &str, blob: Option<Name>) {
        let (names, name) = match path.split_once('/') {
            None => (&mut self.files, path),
            Some((folder, name)) => {
                self.known.remove(folder);
                (self.folders.entry(folder.to_owned()).or_default(), name)
            }
        };
        match blob {
            Some(blob) => drop(names.insert(name.to_owned(), blob)),
            None => drop(names.remove(name)),
        }
    }

    /// Writes the trees and says the name of the root.
    pub(super) fn write(&mut self, pack: &mut Pack) -> Option<Name> {
        self.folders.retain(|_, names| !names.is_empty());
        // Git sorts a folder as if its name ended in a slash.
        let mut entries: BTreeMap<String, (&str, &str, Name)> = BTreeMap::new();
        for (folder, names) in &self.folders {
            let tree = match self.known.get(folder) {
                Some(tree) => *tree,
                None => {
                    let files = names.iter().map(|(name, blob)| ("100644", name.as_str(), *blob));
                    let tree = pack.add(Kind::Tree, &tree_of(files))?;
                    self.known.insert(folder.clone(), tree);
                    tree
                }
            };
            entries.insert(format!("{folder}/"), ("40000", folder, tree));
        }
        for (name, blob) in &self.files {
            entries.insert(name.clone(), ("100644", name, *blob));
        }
        pack.add(Kind::Tree, &tree_of(entries.into_values()))
    }

    /// All files with their blobs, by path.
    pub(super) fn all(&self) -> BTreeMap<String, Name> {
        let inner = |(folder, names): (&String, &BTreeMap<String, Name>)| {
            let folder = folder.clone();
            names.clone().into_iter().map(move |(name, blob)| (format!("{folder}/{name}"), blob))
        };
        self.folders.iter().flat_map(inner).chain(self.files.clone()).collect()
    }
}

fn tree_of<'a>(entries: impl Iterator<Item = (&'a str, &'a str, Name)>) -> Vec<u8> {
    let mut tree = Vec::new();
    for (mode, name, object) in entries {
        tree.extend_from_slice(format!("{mode} {name}\0").as_bytes());
        tree.extend_from_slice(&object);
    }
    tree
}

/// The index of a working tree that holds these files as they are in the last commit. Times are left at zero: git looks
/// at the contents once and fills them in.
pub(super) fn working_index(files: &BTreeMap<String, (Name, usize)>) -> Vec<u8> {
    let mut index = b"DIRC\0\0\0\x02".to_vec();
    index.extend_from_slice(&u32::try_from(files.len()).unwrap_or(u32::MAX).to_be_bytes());
    for (path, (blob, length)) in files {
        let begin = index.len();
        // Times, device, inode; then the mode, user and group.
        index.extend_from_slice(&[0; 24]);
        index.extend_from_slice(&0o100_644_u32.to_be_bytes());
        index.extend_from_slice(&[0; 8]);
        index.extend_from_slice(&u32::try_from(*length).unwrap_or(u32::MAX).to_be_bytes());
        index.extend_from_slice(blob);
        index.extend_from_slice(&u16::try_from(path.len().min(0xfff)).unwrap_or(0xfff).to_be_bytes());
        index.extend_from_slice(path.as_bytes());
        // One to eight zeros, up to a multiple of eight.
        let padded = (index.len() - begin) / 8 * 8 + 8;
        index.resize(begin + padded, 0);
    }
    let sum = digest(&index);
    index.extend_from_slice(&sum);
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_have_the_names_that_git_gives_them() {
        // As `git hash-object` says of "hello\n", and of the empty tree.
        assert_eq!(hex(&name_of(Kind::Blob, b"hello\n")), "ce013625030ba8dba906f756967f9e9ca394464a");
        assert_eq!(hex(&name_of(Kind::Tree, b"")), "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
    }

    #[test]
    fn an_object_is_packed_once() {
        let mut pack = Pack::new();
        let first = pack.add(Kind::Blob, b"hello\n");
        let length = pack.bytes.len();
        assert_eq!(pack.add(Kind::Blob, b"hello\n"), first);
        assert_eq!(pack.bytes.len(), length);
        let finished = pack.finish();
        assert_eq!(&finished.pack[8..12], &[0, 0, 0, 1]);
        assert_eq!(finished.index.len(), 8 + 1024 + 20 + 4 + 4 + 40);
    }

    #[test]
    fn a_folder_is_sorted_as_if_its_name_ended_in_a_slash() {
        let blob = name_of(Kind::Blob, b"");
        let (mut pack, mut tree) = (Pack::new(), Tree::default());
        for path in ["a/x", "a.json", "a0"] {
            tree.set(path, Some(blob));
        }
        tree.write(&mut pack).unwrap();
        let order: Vec<_> = tree.all().into_keys().collect();
        assert_eq!(order, ["a.json", "a/x", "a0"]);
        tree.set("a/x", None);
        let without = tree.write(&mut pack).unwrap();
        let mut flat = Tree::default();
        flat.set("a.json", Some(blob));
        flat.set("a0", Some(blob));
        assert_eq!(flat.write(&mut pack), Some(without), "an empty folder is none");
    }
}
