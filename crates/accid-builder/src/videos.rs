//! Films: taken in as they are, and removed. Must not know what is inside one.

use accid_base::{ContentHash, RelativePath, plain_file_name};
use accid_media::{FilmError, probe_film};
use accid_model::{Document as _, Fields, Page, TrashEntry, TrashedObject, Video, to_value};
use accid_store::{Project, Transaction, Write};

use crate::{Builder, BuilderError};

/// Most bytes a film may have: a film that plays behind a title has a few.
pub const MOST_FILM_BYTES: usize = 100_000_000;

/// A film as it is stored.
#[derive(Debug, Clone)]
pub struct StoredVideo {
    /// The film.
    pub video: Video,
    /// Content hash of its file.
    pub hash: ContentHash,
    /// Its file.
    pub file: RelativePath,
}

impl Builder {
    /// All films that can be read, oldest first.
    pub fn videos(&self, project: &Project) -> Vec<StoredVideo> {
        let open = |(file, stored): (RelativePath, accid_store::Stored)| {
            let video = accid_model::open::<Video>(&stored.value).ok()?.document;
            Some(StoredVideo { video, hash: stored.hash, file })
        };
        let mut videos: Vec<_> = project.list(Video::FOLDER).into_iter().filter_map(open).collect();
        videos.sort_by(|one, two| {
            (one.video.added_at, &one.video.id).cmp(&(two.video.added_at, &two.video.id))
        });
        videos
    }

    /// One film, by its id.
    ///
    /// # Errors
    /// When there is none.
    pub fn video(&self, project: &Project, id: &str) -> Result<StoredVideo, BuilderError> {
        let known = self.videos(project).into_iter().find(|stored| stored.video.id.as_str() == id);
        known.ok_or_else(|| BuilderError::VideoNotFound(id.chars().take(80).collect()))
    }

    /// Takes a film in, as it is. One that is there already is not taken twice.
    ///
    /// # Errors
    /// When it is no film in MP4 or WebM, too large, or the disk refuses.
    pub fn take_video(
        &self,
        project: &Project,
        author: &str,
        name: &str,
        bytes: &[u8],
    ) -> Result<StoredVideo, BuilderError> {
        let name = plain_file_name(name, "film");
        if bytes.len() > MOST_FILM_BYTES {
            return Err(BuilderError::FilmTooLarge { name, megabytes: bytes.len() / 1_000_000 });
        }
        let film = probe_film(bytes).map_err(|reason| BuilderError::Film { name: name.clone(), reason })?;
        let hash = ContentHash::of(bytes);
        if let Some(known) = self.videos(project).into_iter().find(|stored| stored.video.hash == hash) {
            return Ok(known);
        }
        let extension = film.format.extension();
        project.put_media(bytes, extension)?;
        let video = Video {
            id: self.new_id(),
            schema_version: Video::VERSION,
            filename: name.clone(),
            hash,
            extension: extension.to_owned(),
            width: film.width,
            height: film.height,
            seconds: film.seconds,
            bytes: bytes.len() as u64,
            added_at: self.clock.now(),
            extra: Fields::new(),
        };
        let file = RelativePath::document(Video::FOLDER, video.id.as_str())?;
        let writes = vec![Write::put(file, to_value(&video)).if_absent()];
        let note = format!("Film \"{name}\" added");
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        self.video(project, video.id.as_str())
    }

    /// Moves a film to the trash. Its original stays in `media/`, for a kept version may show it.
    ///
    /// # Errors
    /// When there is none, or a page still shows it.
    pub fn remove_video(
        &self,
        project: &Project,
        author: &str,
        id: &str,
    ) -> Result<TrashEntry, BuilderError> {
        let StoredVideo { video, hash, file } = self.video(project, id)?;
        let shown = project.documents_naming(Page::FOLDER, &video.id);
        if !shown.is_empty() {
            return Err(BuilderError::FilmInUse { name: video.filename, pages: shown.join(", ") });
        }
        let removed = TrashedObject::File { path: file.clone(), document: to_value(&video) };
        let entry = TrashEntry::new(self.new_id(), removed, &video.filename, self.clock.now(), author);
        let writes =
            vec![Write::remove(file).if_still(hash), Write::put(entry.file()?, to_value(&entry)).if_absent()];
        let note = format!("Film \"{}\" moved to the trash", video.filename);
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        Ok(entry)
    }
}

/// What is to be done about a film that is not taken.
pub(crate) const fn remedy(reason: FilmError) -> &'static str {
    match reason {
        FilmError::Unknown => "Export it as MP4 (H.264) or WebM, and send that.",
        FilmError::NoPicture => "Choose a file with a picture in it.",
        FilmError::Damaged => "Export it once more, or copy it from its source again.",
    }
}
