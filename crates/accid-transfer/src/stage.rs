//! Bringing the files of a plan to the stage: several at once where that is worth it, without sending again what an
//! interrupted publish has sent.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

use accid_base::{ContentHash, Id, RelativePath, locked};

use crate::{
    BuildContent, Claim, Evidence, Found, Lease, PlannedFile, PublishedFile, Publisher, Target,
    TransferError,
    journal::{own, staged},
    look::Look,
};

/// The stage of one publish.
pub(crate) struct Stage<'a> {
    pub(crate) content: &'a dyn BuildContent,
    pub(crate) target: &'a dyn Target,
    pub(crate) publisher: Publisher<'a>,
    /// Its folder.
    pub(crate) id: &'a Id,
    /// Whether an interrupted publish may have left files in it.
    pub(crate) resumed: bool,
    /// Steps of the whole publish, for progress.
    pub(crate) total: usize,
}

/// What the lanes share.
struct Shared {
    next: AtomicUsize,
    done: AtomicUsize,
    stop: AtomicBool,
    sent: Mutex<u64>,
    failure: Mutex<Option<TransferError>>,
    lease: Lease,
}

/// A file and how much of it is there already.
struct Waiting<'a> {
    file: &'a PlannedFile,
    at: RelativePath,
    from: u64,
}

impl Stage<'_> {
    /// Sends what is not yet there; returns the bytes sent.
    pub(crate) fn fill(&self, files: &[&PlannedFile]) -> Result<u64, TransferError> {
        let (done, waiting) = self.look_for(files)?;
        if !files.is_empty() {
            self.target.create_folder(&own(&format!("stage/{}", self.id))?)?;
        }
        let shared = Shared {
            next: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
            sent: Mutex::new(0),
            failure: Mutex::new(None),
            lease: Lease::new(Claim { at: self.publisher.clock.now(), ..self.publisher.claim.clone() }),
        };
        for file in done {
            self.step(&shared, file);
        }
        let lanes = self.target.lanes().min(waiting.len());
        if lanes <= 1 {
            self.run_lane(&shared, &waiting);
        } else {
            thread::scope(|scope| {
                for _ in 0..lanes {
                    scope.spawn(|| self.run_lane(&shared, &waiting));
                }
            });
        }
        if let Some(failure) = locked(&shared.failure).take() {
            return Err(failure);
        }
        if self.target.evidence() == Evidence::Size && !waiting.is_empty() {
            self.check_sizes(&waiting)?;
        }
        let sent = *locked(&shared.sent);
        Ok(sent)
    }

    /// Removes what an interrupted publish has staged and this one does not want, which may be what fills the disk.
    pub(crate) fn clear(&self, files: &[&PlannedFile]) -> Result<(), TransferError> {
        let staged = |file: &&PlannedFile| staged(self.id, &file.path, &file.hash);
        let wanted = files.iter().map(staged).collect::<Result<HashSet<_>, _>>()?;
        let look = Look::at(self.target);
        let folder = own(&format!("stage/{}", self.id))?;
        if look.find(&folder)? != Some(Found::Folder) {
            return Ok(());
        }
        for (path, found) in self.target.list(Some(&folder))? {
            // What a file in its place has stepped aside to is that file's only copy.
            let leftover = matches!(found, Found::File(_)) && path.file_name() != "aside";
            if leftover && !wanted.contains(&path) {
                self.target.remove_file(&path)?;
            }
        }
        Ok(())
    }

    /// Which files lie staged whole, and which have to be sent.
    fn look_for<'a>(
        &self,
        files: &[&'a PlannedFile],
    ) -> Result<(Vec<&'a PlannedFile>, Vec<Waiting<'a>>), TransferError> {
        let look = Look::at(self.target);
        let (mut done, mut waiting) = (Vec::new(), Vec::new());
        for file in files {
            let at = staged(self.id, &file.path, &file.hash)?;
            let wanted = PublishedFile { sha256: file.hash, bytes: file.bytes };
            if self.resumed && look.holds(&at, &wanted)? {
                done.push(*file);
                continue;
            }
            let from = match (self.resumed, self.target.evidence()) {
                (true, Evidence::Size) => match look.find(&at)? {
                    Some(Found::File(part)) if part < file.bytes => part,
                    _ => 0,
                },
                _ => 0,
            };
            waiting.push(Waiting { file, at, from });
        }
        Ok((done, waiting))
    }

    fn run_lane(&self, shared: &Shared, waiting: &[Waiting<'_>]) {
        while !shared.stop.load(Ordering::Relaxed) {
            let Some(file) = waiting.get(shared.next.fetch_add(1, Ordering::Relaxed)) else { return };
            let sent = shared.lease.renew(self.publisher.clock.now(), |claim| self.target.renew_lock(claim));
            let sent = sent.and_then(|()| self.send(file));
            match sent {
                Ok(()) => {
                    *locked(&shared.sent) += file.file.bytes - file.from;
                    self.step(shared, file.file);
                }
                Err(error) => {
                    shared.stop.store(true, Ordering::Relaxed);
                    if let TransferError::Refused { .. } = error {
                        // A disk that is full has to be given back what a file that did not fit has taken of it.
                        drop(self.target.remove_file(&file.at));
                    }
                    locked(&shared.failure).get_or_insert(error);
                }
            }
        }
    }

    fn step(&self, shared: &Shared, file: &PlannedFile) {
        let done = shared.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.publisher.progress.step(done, self.total, file.path.as_str());
    }

    fn send(&self, waiting: &Waiting<'_>) -> Result<(), TransferError> {
        if self.publisher.progress.cancelled() {
            return Err(TransferError::Cancelled);
        }
        let file = waiting.file;
        let bytes = self.content.read(&file.path).map_err(TransferError::io(file.path.as_str()))?;
        if ContentHash::of(&bytes) != file.hash {
            return Err(TransferError::BuildChanged { path: file.path.clone() });
        }
        if waiting.from > 0 {
            self.target.write_on(&waiting.at, &bytes, waiting.from)?;
        } else {
            self.target.write(&waiting.at, &bytes)?;
        }
        let wanted = PublishedFile { sha256: file.hash, bytes: file.bytes };
        if self.target.evidence() == Evidence::Content
            && !Look::at(self.target).holds(&waiting.at, &wanted)?
        {
            return Err(self.damaged(file));
        }
        Ok(())
    }

    fn damaged(&self, file: &PlannedFile) -> TransferError {
        TransferError::Damaged { place: self.target.place(), path: file.path.clone() }
    }

    /// One listing says of all files how much arrived.
    fn check_sizes(&self, waiting: &[Waiting<'_>]) -> Result<(), TransferError> {
        let arrived: BTreeMap<_, _> =
            self.target.list(Some(&own(&format!("stage/{}", self.id))?))?.into_iter().collect();
        for waiting in waiting {
            if arrived.get(&waiting.at) != Some(&Found::File(waiting.file.bytes)) {
                // What is there is not what was sent; the next publish must not go on from it.
                drop(self.target.remove_file(&waiting.at));
                return Err(self.damaged(waiting.file));
            }
        }
        Ok(())
    }
}
