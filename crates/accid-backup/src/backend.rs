//! Between the storage and the library that knows the repository's format. Keeps the first thing that went wrong, and
//! lets no snapshot be written after it.

use std::{
    fmt,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use accid_base::locked;
use bytes::Bytes;
use rustic_core::{BytesList, ErrorKind, FileType, Id, ReadBackend, RusticError, RusticResult, WriteBackend};

use crate::{BackupError, ObjectKind, Storage};

/// What one piece of work has met.
#[derive(Default)]
pub(crate) struct Course {
    failure: Mutex<Option<BackupError>>,
    stopped: AtomicBool,
}

impl Course {
    /// Keeps the first failure, and answers what the library understands.
    pub(crate) fn fail(&self, error: BackupError) -> Box<RusticError> {
        let told = RusticError::new(ErrorKind::Backend, error.to_string().replace(['{', '}'], " "));
        locked(&self.failure).get_or_insert(error);
        told
    }

    /// Asks the work to stop.
    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// Begins anew; what went wrong before is taken out.
    pub(crate) fn take(&self) -> Option<BackupError> {
        let failure = locked(&self.failure).take();
        if self.stopped.swap(false, Ordering::Relaxed) { Some(BackupError::Cancelled) } else { failure }
    }

    fn is_sound(&self) -> bool {
        locked(&self.failure).is_none() && !self.is_stopped()
    }
}

pub(crate) struct Backend {
    pub(crate) storage: Arc<dyn Storage>,
    pub(crate) course: Arc<Course>,
}

impl fmt::Debug for Backend {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.storage.place())
    }
}

const fn kind_of(kind: FileType) -> ObjectKind {
    match kind {
        FileType::Config => ObjectKind::Config,
        FileType::Key => ObjectKind::Key,
        FileType::Snapshot => ObjectKind::Snapshot,
        FileType::Index => ObjectKind::Index,
        FileType::Pack => ObjectKind::Pack,
    }
}

fn name_of(id: &Id) -> String {
    id.to_hex().as_str().to_owned()
}

impl Backend {
    fn go_on(&self) -> RusticResult<()> {
        if self.course.is_stopped() { Err(self.course.fail(BackupError::Cancelled)) } else { Ok(()) }
    }

    fn read(&self, kind: FileType, id: &Id, part: Option<(u64, usize)>) -> RusticResult<Bytes> {
        self.go_on()?;
        let name = name_of(id);
        let read = self.storage.read(kind_of(kind), &name, part).map_err(|error| self.course.fail(error))?;
        let damaged =
            |reason: String| self.course.fail(BackupError::Damaged { place: self.storage.place(), reason });
        let bytes = read.ok_or_else(|| damaged(format!("the file {name} is missing")))?;
        if part.is_some_and(|(_, length)| bytes.len() != length) {
            return Err(damaged(format!("the file {name} is shorter than it was")));
        }
        Ok(bytes.into())
    }
}

impl ReadBackend for Backend {
    fn location(&self) -> String {
        self.storage.place()
    }

    fn list_with_size(&self, kind: FileType) -> RusticResult<Vec<(Id, u32)>> {
        self.go_on()?;
        let listed = self.storage.list(kind_of(kind)).map_err(|error| self.course.fail(error))?;
        let file = |object: crate::StoredObject| {
            Some((object.name.parse::<Id>().ok()?, u32::try_from(object.bytes).unwrap_or(u32::MAX)))
        };
        Ok(listed.into_iter().filter_map(file).collect())
    }

    fn read_full(&self, kind: FileType, id: &Id) -> RusticResult<Bytes> {
        self.read(kind, id, None)
    }

    fn read_partial(
        &self,
        kind: FileType,
        id: &Id,
        _: bool,
        offset: u32,
        length: u32,
    ) -> RusticResult<Bytes> {
        self.read(kind, id, Some((u64::from(offset), length as usize)))
    }

    fn warmup_path(&self, _: FileType, id: &Id) -> String {
        name_of(id)
    }
}

impl WriteBackend for Backend {
    fn create(&self) -> RusticResult<()> {
        self.storage.create().map_err(|error| self.course.fail(error))
    }

    fn write_bytes(&self, kind: FileType, id: &Id, _: bool, content: BytesList) -> RusticResult<()> {
        self.go_on()?;
        if kind == FileType::Snapshot && !self.course.is_sound() {
            return Err(RusticError::new(ErrorKind::Backend, "something was not backed up"));
        }
        let bytes = match content.slice() {
            [one] => one.to_vec(),
            several => several.concat(),
        };
        self.storage.write(kind_of(kind), &name_of(id), bytes).map_err(|error| self.course.fail(error))
    }

    fn remove(&self, kind: FileType, id: &Id, _: bool) -> RusticResult<()> {
        self.go_on()?;
        self.storage.remove(kind_of(kind), &name_of(id)).map_err(|error| self.course.fail(error))
    }
}
