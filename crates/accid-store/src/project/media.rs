//! Originals: stored once under the hash of their content, durably, and never changed. Must not know pictures.

use accid_base::ContentHash;
use accid_model::Photo;

use super::{Project, locked};
use crate::{StoreError, disk};

impl Project {
    /// Stores an original at `media/<hash>.<extension>`; one that is there already is not written again. Once this
    /// returns it survives a power cut.
    ///
    /// # Errors
    /// When the extension is not 1 to 8 of `a-z 0-9`, or the disk refuses.
    pub fn put_media(&self, bytes: &[u8], extension: &str) -> Result<ContentHash, StoreError> {
        let hash = ContentHash::of(bytes);
        let name = media_name(&hash, extension)?;
        let folder = self.folder.join(Photo::MEDIA);
        let file = folder.join(&name);
        let _storing = locked(&self.storing);
        self.check_open()?;
        self.note_stored(hash);
        self.ensure_folder(&folder)?;
        match disk::hash_of(self.vfs(), &file)? {
            Some(found) if found == hash => disk::sync_folder(self.vfs(), &folder)?,
            Some(_) => {
                disk::quarantine(self.vfs(), &file, &self.quarantine_folder(), &format!("media/{name}"))?;
                disk::write(self.vfs(), &file, bytes)?;
            }
            None => disk::write(self.vfs(), &file, bytes)?,
        }
        Ok(hash)
    }

    /// Reads an original.
    ///
    /// # Errors
    /// When there is none, its content is not what its name says, or the disk refuses.
    pub fn read_media(&self, hash: &ContentHash, extension: &str) -> Result<Vec<u8>, StoreError> {
        let name = media_name(hash, extension)?;
        let file = self.folder.join(Photo::MEDIA).join(&name);
        let bytes =
            disk::read(self.vfs(), &file)?.ok_or(StoreError::MediaNotFound(format!("media/{name}")))?;
        if ContentHash::of(&bytes) == *hash {
            return Ok(bytes);
        }
        Err(StoreError::Damaged { path: file, reason: "its content is not what its name says".to_owned() })
    }
}

fn media_name(hash: &ContentHash, extension: &str) -> Result<String, StoreError> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if (1..=8).contains(&extension.len()) && extension.bytes().all(plain) {
        return Ok(format!("{hash}.{extension}"));
    }
    Err(StoreError::Unstorable {
        path: format!("media/{hash}"),
        reason: "the ending of a media file is 1 to 8 lower-case letters or digits, such as jpg".to_owned(),
    })
}
