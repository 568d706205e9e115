//! `accid photos add`: looks through folders, asks what is there already, and sends the rest, several at a time.

use std::{
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use accid_base::{ContentHash, SystemVfs, Vfs, locked, vfs::Kind};
use accid_studio::PICTURE_ENDINGS;
use serde_json::{Value, json};

use crate::{
    arguments::ProjectName,
    client::{ApiClient, Body, Method, segment},
    failure::Failure,
    output::{Report, count, text},
    progress::{Bar, Progress},
};

/// Files that are read, asked for and sent together.
const CHUNK: usize = 64;
/// Most files that are sent at a time.
const MOST_AT_ONCE: usize = 4;

/// A file that may be a picture, or notes on one.
#[derive(Debug, Clone)]
struct Found {
    path: PathBuf,
    bytes: u64,
    modified: i64,
}

impl Found {
    fn is_notes(&self) -> bool {
        self.path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xmp"))
    }

    /// The file as the API is asked for it: by its whole path, so that one folder is known from everywhere.
    fn source(&self, hash: Option<&ContentHash>) -> Value {
        let path = SystemVfs.resolve(&self.path).unwrap_or_else(|_| self.path.clone());
        json!({"path": path.display().to_string(), "bytes": self.bytes, "modified": self.modified, "hash": hash})
    }
}

/// What came of it all.
#[derive(Default)]
struct Outcome {
    items: Vec<Value>,
    refused: Vec<Value>,
    known: u64,
}

/// What several threads share.
struct Sending<'a> {
    client: &'a dyn ApiClient,
    gallery: String,
    bar: &'a Bar,
    total: usize,
    done: AtomicUsize,
    outcome: Mutex<Outcome>,
}

/// Adds pictures and folders of pictures.
pub fn add(
    client: &dyn ApiClient,
    progress: &Progress,
    project: &ProjectName,
    paths: &[PathBuf],
) -> Result<Report, Failure> {
    let files = pictures(paths)?;
    if files.is_empty() {
        return Err(Failure::new(
            "There are no pictures in that folder. Name pictures, or a folder of pictures.",
        ));
    }
    let bar = progress.bar("Adding photos");
    let sending = Sending {
        client,
        gallery: format!("/api/gallery/{}", segment(&project.project)),
        bar: &bar,
        total: files.len(),
        done: AtomicUsize::new(0),
        outcome: Mutex::default(),
    };
    let mut new = Vec::new();
    for chunk in files.chunks(5_000) {
        let known = sending.known(&chunk.iter().map(|file| file.source(None)).collect::<Vec<_>>())?;
        for (file, known) in chunk.iter().zip(known) {
            if known { sending.seen() } else { new.push(file.clone()) }
        }
    }
    // Notes come after all pictures, for they are read into them.
    new.sort_by_key(Found::is_notes);
    for chunk in new.chunks(CHUNK) {
        sending.send_chunk(chunk)?;
    }
    bar.finish();
    report(project, sending.outcome.into_inner().unwrap_or_default())
}

fn report(project: &ProjectName, outcome: Outcome) -> Result<Report, Failure> {
    let Outcome { items, refused, known } = outcome;
    let mut sentence = format!("Added {} to {}.", count(items.len() as u64, "photo"), project.project);
    if known > 0 {
        let are = if known == 1 { "is" } else { "are" };
        sentence.push_str(&format!(" {} {are} there already.", count(known, "file")));
    }
    for one in &refused {
        sentence.push_str(&format!("\n  Not taken: {}: {}", text(one, "name"), text(one, "reason")));
    }
    if items.is_empty() && known == 0 {
        return Err(Failure::new(sentence));
    }
    Ok(Report::new(sentence, json!({"items": items, "refused": refused, "known": known})))
}

impl Sending<'_> {
    /// Whether each of these files is there already.
    fn known(&self, sources: &[Value]) -> Result<Vec<bool>, Failure> {
        let answer =
            self.client.post(&format!("{}/photos/known", self.gallery), json!({"files": sources}))?;
        let known = answer["known"].as_array().map(Vec::as_slice).unwrap_or_default();
        Ok((0..sources.len()).map(|index| known.get(index).is_some_and(|photo| !photo.is_null())).collect())
    }

    fn seen(&self) {
        locked(&self.outcome).known += 1;
        self.step("");
    }

    fn step(&self, name: &str) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.bar.at(done as u64, self.total as u64, name);
    }

    /// Sends what is new of some files, several at a time, and notes them as known.
    fn send_chunk(&self, files: &[Found]) -> Result<(), Failure> {
        let hashes = self
            .each(files, |file| Ok(SystemVfs.read(&file.path).ok().map(|bytes| ContentHash::of(&bytes))))?;
        let asked: Vec<Value> = files
            .iter()
            .zip(&hashes)
            .map(|(file, hash)| file.source(hash.as_ref().filter(|_| !file.is_notes())))
            .collect();
        let known = self.known(&asked)?;
        let new: Vec<Found> =
            files.iter().zip(&known).filter(|(_, known)| !**known).map(|(file, _)| file.clone()).collect();
        known.iter().filter(|known| **known).for_each(|_| self.seen());
        self.each(&new, |file| self.send(file))?;
        let sent: Vec<Value> =
            files.iter().zip(&hashes).map(|(file, hash)| file.source(hash.as_ref())).collect();
        self.known(&sent)?;
        Ok(())
    }

    /// Does something with each file, on several threads; the first failure ends it.
    fn each<T: Send>(
        &self,
        files: &[Found],
        work: impl Fn(&Found) -> Result<T, Failure> + Sync,
    ) -> Result<Vec<T>, Failure> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_AT_ONCE);
        let next = AtomicUsize::new(0);
        let results: Vec<Mutex<Option<Result<T, Failure>>>> =
            files.iter().map(|_| Mutex::new(None)).collect();
        let failed = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            for _ in 0..threads.min(files.len()) {
                scope.spawn(|| {
                    while !failed.load(Ordering::Relaxed) {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        let Some(file) = files.get(index) else { return };
                        let result = work(file);
                        failed.fetch_or(result.is_err(), Ordering::Relaxed);
                        *locked(&results[index]) = Some(result);
                    }
                });
            }
        });
        let mut done = Vec::with_capacity(files.len());
        for result in results {
            match result.into_inner().unwrap_or_default() {
                Some(result) => done.push(result?),
                None if failed.load(Ordering::Relaxed) => {}
                None => return Err(Failure::new("A file was not dealt with.")),
            }
        }
        Ok(done)
    }

    fn send(&self, file: &Found) -> Result<(), Failure> {
        let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = match SystemVfs.read(&file.path) {
            Ok(bytes) => bytes,
            Err(error) => {
                // One file that cannot be read is named, and the others are taken.
                let reason = format!("It cannot be read. {error}. Check its name and who may read it.");
                locked(&self.outcome).refused.push(json!({"name": name, "reason": reason}));
                self.step(&name);
                return Ok(());
            }
        };
        let address = format!("{}/photos/upload", self.gallery);
        let mut answer =
            self.client.call(Method::Post, &address, Body::File { name: name.clone(), bytes })?;
        let mut outcome = locked(&self.outcome);
        if let Value::Array(items) = answer["items"].take() {
            outcome.items.extend(items);
        }
        if let Value::Array(refused) = answer["refused"].take() {
            outcome.refused.extend(refused);
        }
        drop(outcome);
        self.step(&name);
        Ok(())
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{} cannot be read. {error}. Check its name and who may read it.", path.display()))
}

/// The pictures that are named, and those in the folders that are named.
fn pictures(paths: &[PathBuf]) -> Result<Vec<Found>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        let kind = SystemVfs.metadata(path).map_err(|error| unreadable(path, &error))?.kind;
        if kind == Kind::Folder { look_through(path, &mut files)? } else { files.push(found(path)?) }
    }
    Ok(files)
}

fn found(path: &Path) -> Result<Found, Failure> {
    let known = SystemVfs.metadata(path).map_err(|error| unreadable(path, &error))?;
    let modified = i64::try_from(known.modified_nanoseconds).unwrap_or_default();
    Ok(Found { path: path.to_path_buf(), bytes: known.length, modified })
}

fn look_through(folder: &Path, files: &mut Vec<Found>) -> Result<(), Failure> {
    for entry in SystemVfs.list(folder).map_err(|error| unreadable(folder, &error))? {
        let path = folder.join(&entry.name);
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        match entry.kind {
            Kind::Folder if !entry.name.starts_with('.') => look_through(&path, files)?,
            // Files that begin with a dot are what systems leave beside pictures.
            Kind::File
                if !entry.name.starts_with('.')
                    && (ending == "xmp" || PICTURE_ENDINGS.contains(&ending.as_str())) =>
            {
                files.push(found(&path)?);
            }
            _ => {}
        }
    }
    Ok(())
}
