//! A project as one zip: its documents, originals and history as they are at one moment, without secrets; and the way
//! back. Must not know how a project is taken in.
//!
//! **Invariant:** everything an archive says of itself is looked at before a byte is written, and what it turns out to
//! be while it is unpacked is held against it: a hostile one is refused whole.

use std::{
    collections::BTreeSet,
    fmt::Display,
    io::{self, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use accid_access::{Administer, Permit};
use accid_base::{ContentHash, ErrorCode, Problem, Progress, RelativePath, Vfs, vfs::AppendFile};
use accid_model::Blotter;
use accid_store::{Project, StillContent};
use accid_transfer::Packing;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zip::ZipArchive;

use crate::{Inner, JobView, explain, incoming::Incoming};

/// Folders that no archive of a project has.
const NEVER: [&str; 4] = ["security", "keys", "derived", "node_modules"];
/// The most files of one archive.
const MOST: usize = 500_000;
/// How many times larger than itself an archive may unpack to, beyond the first hundred megabytes.
const RATIO: u64 = 200;
const FREE: u64 = 100_000_000;

/// Use cases about projects as archives.
pub struct ProjectZips<'a>(pub(crate) &'a Arc<Inner>);

/// A file of this machine.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct ZipRequest {
    /// The archive, named in full, such as `/home/ada/travel.zip`.
    pub file: String,
}

/// What was put into an archive, or taken out of one.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ProjectZipView {
    /// The archive.
    pub file: String,
    /// The project's slug.
    pub project: String,
    /// Files in it.
    pub files: u64,
    /// Its size in bytes.
    pub bytes: u64,
    /// Whether the project came without its history, since one of its identity is here already.
    pub copy: bool,
}

fn refused(why: impl Into<String>) -> Problem {
    Problem::new(ErrorCode::InvalidValue, "The archive was not taken in, and nothing was written.")
        .because(why)
        .fix("Take one that ACCID made of a project: with \"Save as a zip\", or accid export PROJECT --zip FILE.")
}

fn failed(path: &Path, error: &dyn Display) -> Problem {
    Problem::new(ErrorCode::Storage, format!("{} cannot be read or written.", path.display()))
        .because(format!("The system says: {error}."))
        .fix("Look at its rights and the free space, then try again.")
}

fn stopped() -> Problem {
    Problem::new(ErrorCode::Cancelled, "It was stopped.").fix("Start it again when you like.")
}

impl ProjectZips<'_> {
    /// Writes a project as one zip into a file of this machine, which must not exist.
    ///
    /// # Errors
    /// When the project is missing or the file is not acceptable; what goes wrong later is told by the job.
    pub fn export(
        &self,
        _: &Permit<Administer>,
        project: &str,
        request: &ZipRequest,
    ) -> Result<JobView, Problem> {
        let file = self.0.foreign_folder(&request.file, "Nothing was written.")?;
        if file.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("zip"))
            || self.0.vfs.exists(&file)
        {
            return Err(Problem::new(ErrorCode::InvalidPath, "Nothing was written.")
                .because("The archive has a name that ends with .zip and that no file has yet.")
                .fix("Choose another name."));
        }
        let project = self.0.project(project)?;
        Ok(self.0.start_job("project-zip", project.id(), move |inner, progress| {
            let made = inner.write_zip(&project, &file, progress);
            if made.is_err() {
                // Half an archive helps nobody.
                drop(inner.vfs.remove_file(&file));
            }
            Ok(json!(made?))
        }))
    }

    /// Takes a project in from a zip of this machine, with its history; as a copy when one of its identity is here.
    ///
    /// # Errors
    /// When the file is not named in full; what goes wrong later is told by the job.
    pub fn import(&self, permit: &Permit<Administer>, request: &ZipRequest) -> Result<JobView, Problem> {
        let file = self.0.foreign_folder(&request.file, "Nothing was taken in.")?;
        let by = permit.author().to_owned();
        Ok(self.0.start_job("project-import", self.0.new_id(), move |inner, progress| {
            Ok(json!(inner.read_zip(&file, &by, progress)?))
        }))
    }
}

/// Writes at the end of a file.
struct Appending(Box<dyn AppendFile>);

impl Write for Appending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.append(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file that is read from any place.
struct Seeking {
    vfs: Arc<dyn Vfs>,
    path: PathBuf,
    at: u64,
    length: u64,
}

impl Read for Seeking {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.vfs.read_at(&self.path, self.at, buffer.len())?;
        buffer[..bytes.len()].copy_from_slice(&bytes);
        self.at += bytes.len() as u64;
        Ok(bytes.len())
    }
}

impl Seek for Seeking {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

impl Inner {
    /// Writes a project into a zip, document by document and original by original, and hands back where it went and how
    /// many files it has. `broken` says what it means when the place refuses.
    pub(crate) fn zip_project<W: Write>(
        &self,
        project: &Project,
        out: W,
        broken: impl Fn(&dyn Display) -> Problem,
        progress: &dyn Progress,
    ) -> Result<(W, usize), Problem> {
        let stills = project.still().map_err(explain)?;
        let mut zip = Packing::streamed(out);
        let (total, mut files) = (stills.len(), 0);
        for still in stills {
            if progress.cancelled() {
                return Err(stopped());
            }
            let path: RelativePath = still.path.parse().map_err(explain)?;
            let mut reader: Box<dyn Read> = match still.content {
                StillContent::Document(bytes) => Box::new(io::Cursor::new(bytes)),
                StillContent::Growing(reader) => Box::new(reader.take(still.bytes)),
                StillContent::Fixed(path) => {
                    Box::new(self.vfs.open_read(&path).map_err(|error| failed(&path, &error))?)
                }
            };
            zip.add(path.as_str(), still.bytes, &mut reader).map_err(|error| broken(&error))?;
            files += 1;
            progress.step(files, total, path.as_str());
        }
        let stream = zip.end().map_err(|error| broken(&error))?;
        Ok((stream.into_inner(), files))
    }

    fn write_zip(
        &self,
        project: &Project,
        file: &Path,
        progress: &dyn Progress,
    ) -> Result<ProjectZipView, Problem> {
        let disk = |error: &dyn Display| failed(file, error);
        if let Some(folder) = file.parent() {
            self.vfs.create_folders(folder).map_err(|error| disk(&error))?;
        }
        let out = self.vfs.open_append(file).map_err(|error| disk(&error))?;
        let out = io::BufWriter::with_capacity(1 << 20, Appending(out));
        let (stream, files) = self.zip_project(project, out, disk, progress)?;
        let mut out = stream.into_inner().map_err(|error| disk(error.error()))?;
        out.0.sync_data().map_err(|error| disk(&error))?;
        let bytes = self.vfs.metadata(file).map_err(|error| disk(&error))?.length;
        tracing::info!(project_id = %project.id(), files, bytes, "project_zipped");
        let slug = self.project_view(project)?.slug.to_string();
        Ok(ProjectZipView {
            file: file.display().to_string(),
            project: slug,
            files: files as u64,
            bytes,
            copy: false,
        })
    }

    fn read_zip(&self, file: &Path, by: &str, progress: &dyn Progress) -> Result<ProjectZipView, Problem> {
        let length = self.vfs.metadata(file).map_err(|error| failed(file, &error))?.length;
        let reader = Seeking { vfs: Arc::clone(&self.vfs), path: file.to_path_buf(), at: 0, length };
        let archive = ZipArchive::new(BufReader::with_capacity(1 << 18, reader));
        let mut archive = archive.map_err(|_| refused("It is no zip archive, or it is damaged."))?;
        let paths = look(&mut archive, length)?;
        let incoming = Incoming::new(self);
        let folder = incoming.project_folder();
        let mut room = length.saturating_mul(RATIO).max(FREE);
        for (index, path) in paths.iter().enumerate() {
            let Some(path) = path else { continue };
            if progress.cancelled() {
                return Err(stopped());
            }
            let mut entry =
                archive.by_index(index).map_err(|_| refused(format!("\"{path}\" in it is damaged.")))?;
            unpack(&*self.vfs, &mut entry, &path.below(&folder), path, &mut room)?;
            progress.step(index + 1, paths.len(), path.as_str());
        }
        check_blotter(&*self.vfs, &folder)?;
        let taken = incoming.take_in(by)?;
        let files = paths.iter().flatten().count() as u64;
        tracing::info!(by, project_id = %taken.project.id(), files, "project_imported");
        let project = self.project_view(&taken.project)?.slug.to_string();
        Ok(ProjectZipView {
            file: file.display().to_string(),
            project,
            files,
            bytes: length,
            copy: taken.copy,
        })
    }
}

/// Looks at every name and size before anything is written; folders have no path.
fn look<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    length: u64,
) -> Result<Vec<Option<RelativePath>>, Problem> {
    if archive.len() > MOST {
        return Err(refused("It holds more files than any project."));
    }
    let (mut paths, mut seen, mut bytes) = (Vec::new(), BTreeSet::new(), 0_u64);
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| refused("Its list of files is damaged."))?;
        let name = entry.name().map_err(|_| refused("A name in it is no text."))?.into_owned();
        let shown: String = name.chars().filter(|letter| !letter.is_control()).take(120).collect();
        let link =
            entry.unix_mode().is_some_and(|mode| !matches!(mode & 0o170_000, 0 | 0o100_000 | 0o040_000));
        if link || entry.encrypted() {
            return Err(refused(format!("\"{shown}\" in it is no plain file.")));
        }
        let folder = name.ends_with('/');
        let path = name.trim_end_matches('/').parse::<RelativePath>();
        let path = path.map_err(|_| refused(format!("\"{shown}\" in it leads out of the project.")))?;
        let top = path.parts().next().unwrap_or_default();
        if NEVER.iter().any(|never| never.eq_ignore_ascii_case(top)) {
            return Err(refused(format!("It holds \"{shown}\", which no archive of a project does.")));
        }
        if !folder && !seen.insert(path.as_str().to_lowercase()) {
            return Err(refused(format!("It holds \"{shown}\" twice.")));
        }
        bytes = bytes.saturating_add(entry.size());
        paths.push((!folder).then_some(path));
    }
    if bytes > length.saturating_mul(RATIO).max(FREE) {
        return Err(refused("It would unpack to far more than any project."));
    }
    if !seen.contains(Blotter::FILE) {
        return Err(refused(format!("It holds no {}, so it is no project of ACCID.", Blotter::FILE)));
    }
    Ok(paths)
}

/// Writes one file; never more of it than there is room for, whatever it said of itself.
fn unpack(
    vfs: &dyn Vfs,
    entry: &mut impl Read,
    at: &Path,
    path: &RelativePath,
    room: &mut u64,
) -> Result<(), Problem> {
    if let Some(folder) = at.parent() {
        vfs.create_folders(folder).map_err(|error| failed(folder, &error))?;
    }
    let mut out = vfs.open_append(at).map_err(|error| failed(at, &error))?;
    let original = path.is_below("media").then(|| path.file_name().split('.').next().unwrap_or_default());
    let original = original.and_then(|stem| stem.parse::<ContentHash>().ok());
    let (mut buffer, mut whole) = (vec![0; 256 * 1024], Vec::new());
    loop {
        let more = entry.read(&mut buffer).map_err(|_| refused(format!("\"{path}\" in it is damaged.")))?;
        if more == 0 {
            break;
        }
        *room = room
            .checked_sub(more as u64)
            .ok_or_else(|| refused("It unpacks to far more than any project."))?;
        out.append(&buffer[..more]).map_err(|error| failed(at, &error))?;
        if original.is_some() {
            whole.extend_from_slice(&buffer[..more]);
        }
    }
    if original.is_some_and(|hash| hash != ContentHash::of(&whole)) {
        return Err(refused(format!("\"{path}\" in it is not what its name says.")));
    }
    out.sync_data().map_err(|error| failed(at, &error))
}

/// The blotter is one, and has no passwords in it.
fn check_blotter(vfs: &dyn Vfs, folder: &Path) -> Result<(), Problem> {
    let bytes = vfs.read(&folder.join(Blotter::FILE)).unwrap_or_default();
    let blotter: Value = serde_json::from_slice(&bytes)
        .map_err(|_| refused(format!("Its {} cannot be read.", Blotter::FILE)))?;
    if blotter.get(Blotter::CREDENTIALS).is_some() {
        return Err(refused("It holds passwords, which no archive of a project does."));
    }
    let id = blotter.get("id").and_then(Value::as_str).unwrap_or_default();
    id.parse::<accid_base::Id>().map_err(|_| refused(format!("Its {} names no project.", Blotter::FILE)))?;
    Ok(())
}
