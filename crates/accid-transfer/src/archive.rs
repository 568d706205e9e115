//! An archive to hand in: the whole site as one zip file, written anew each time something differs. The same site
//! gives the same bytes.

use std::{
    collections::BTreeMap,
    io::{Cursor, ErrorKind, Read},
    path::PathBuf,
    sync::Arc,
};

use accid_base::{ContentHash, Id, RelativePath, Vfs, vfs::write_durable};
use zip::ZipArchive;

use crate::{
    BuildContent, BuildManifest, Packing, PlannedFile, PublishPlan, Published, Publisher, TransferError,
};

/// More than any site's file has: what an archive unpacks to is not believed beyond it.
const LARGEST: u64 = 1024 * 1024 * 1024;

/// A zip file.
pub struct Archive {
    vfs: Arc<dyn Vfs>,
    file: PathBuf,
}

impl Archive {
    /// The file; [`crate::place_for`] checks that it may be written.
    pub(crate) const fn new(vfs: Arc<dyn Vfs>, file: PathBuf) -> Self {
        Self { vfs, file }
    }

    pub(crate) fn name(&self) -> String {
        self.file.display().to_string()
    }

    /// The files in the archive that stands there; none when there is none or it is not one.
    fn contents(&self) -> Result<BTreeMap<RelativePath, (u64, ContentHash)>, TransferError> {
        let bytes = match self.vfs.read(&self.file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(error) => return Err(TransferError::io(&self.file)(error)),
        };
        let mut found = BTreeMap::new();
        let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
            let reason =
                "The file that stands there is not a zip archive; move it away or choose another name";
            return Err(TransferError::InvalidUrl { reason: reason.to_owned() });
        };
        for index in 0..archive.len() {
            let Ok(file) = archive.by_index(index) else { continue };
            let Some(path) = file.name().ok().and_then(|name| name.parse::<RelativePath>().ok()) else {
                continue;
            };
            let mut content = Vec::new();
            if file.take(LARGEST).read_to_end(&mut content).is_ok() {
                found.insert(path, (content.len() as u64, ContentHash::of(&content)));
            }
        }
        Ok(found)
    }

    pub(crate) fn plan(&self, build: &BuildManifest) -> Result<PublishPlan, TransferError> {
        let mut stands = self.contents()?;
        let mut plan = PublishPlan::default();
        for file in build.files() {
            let planned = PlannedFile { path: file.path.clone(), bytes: file.bytes, hash: file.hash };
            match stands.remove(&file.path) {
                None => plan.added.push(planned),
                Some((_, hash)) if hash == file.hash => plan.unchanged += 1,
                Some(_) => plan.changed.push(planned),
            }
        }
        let gone = stands.into_iter().map(|(path, (bytes, hash))| PlannedFile { path, bytes, hash });
        plan.removed = gone.collect();
        Ok(plan)
    }

    pub(crate) fn publish(
        &self,
        build: &BuildManifest,
        content: &dyn BuildContent,
        publisher: Publisher<'_>,
    ) -> Result<Published, TransferError> {
        let plan = self.plan(build)?;
        let release = Id::generate(publisher.clock, publisher.random);
        let mut published = Published { release, uploaded: 0, removed: 0, bytes: 0, kept: Vec::new() };
        if plan.to_send().next().is_none() && plan.removed.is_empty() {
            return Ok(published);
        }
        let bytes = self.pack(build, content, publisher)?;
        if let Some(folder) = self.file.parent() {
            self.vfs.create_folders(folder).map_err(TransferError::io(folder))?;
        }
        write_durable(self.vfs.as_ref(), &self.file, &bytes).map_err(TransferError::io(&self.file))?;
        published.uploaded = plan.to_send().count();
        published.removed = plan.removed.len();
        published.bytes = bytes.len() as u64;
        Ok(published)
    }

    fn pack(
        &self,
        build: &BuildManifest,
        content: &dyn BuildContent,
        publisher: Publisher<'_>,
    ) -> Result<Vec<u8>, TransferError> {
        let mut zip = Packing::in_memory();
        let total = build.files().len();
        for (index, file) in build.files().iter().enumerate() {
            if publisher.progress.cancelled() {
                return Err(TransferError::Cancelled);
            }
            let bytes = content.read(&file.path).map_err(TransferError::io(file.path.as_str()))?;
            if ContentHash::of(&bytes) != file.hash {
                return Err(TransferError::BuildChanged { path: file.path.clone() });
            }
            zip.add_bytes(file.path.as_str(), &bytes).map_err(TransferError::io(&self.file))?;
            publisher.progress.step(index + 1, total, file.path.as_str());
        }
        Ok(zip.end().map_err(TransferError::io(&self.file))?.into_inner())
    }
}
