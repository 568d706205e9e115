//! SFTP (draft-ietf-secsh-filexfer-02): one connection on which many requests are on their way at once.

mod part;
mod session;

use std::{
    collections::VecDeque,
    future::{Future, poll_fn, ready},
    pin::Pin,
    sync::{Arc, Mutex},
    task::Poll,
};

use accid_base::locked;
use russh_sftp::{
    client::error::Error as SftpError,
    protocol::{FileAttributes, OpenFlags, Packet, Status, StatusCode},
};
use tokio::{runtime::Runtime, task::JoinSet};

use self::session::{POSIX_RENAME, Session};
use crate::{
    Access, Found, Pin as ServerPin, TransferError,
    error::quoted,
    remote::{Made, Wire},
    url::ServerAddress,
};

/// How many files are on their way at once. They share one connection, so that no server minds.
const LANES: usize = 24;
/// How much goes into one request; every server takes this much.
const CHUNK: usize = 31 * 1024;
/// How many requests of one file are on their way at once.
const IN_FLIGHT: usize = 32;

/// A server that speaks SFTP.
pub(crate) struct SftpWire {
    address: ServerAddress,
    access: Access,
    runtime: Option<Runtime>,
    session: Mutex<Option<Arc<Session>>>,
    shown: Arc<Mutex<Option<ServerPin>>>,
}

impl Drop for SftpWire {
    fn drop(&mut self) {
        locked(&self.session).take();
        // Whoever drops it may be in a place where waiting is not allowed.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Why a request failed.
enum Failure {
    /// The connection is of no more use.
    Lost(String),
    /// The server said no.
    No(StatusCode, String),
}

impl From<SftpError> for Failure {
    fn from(error: SftpError) -> Self {
        match error {
            SftpError::Status(status) if status.status_code == StatusCode::ConnectionLost => {
                Self::Lost("it ended the connection".to_owned())
            }
            SftpError::Status(status) => Self::No(status.status_code, status.error_message),
            SftpError::Timeout => Self::Lost("it did not answer for a minute".to_owned()),
            error => Self::Lost(error.to_string()),
        }
    }
}

impl SftpWire {
    pub(crate) fn new(address: ServerAddress, access: Access) -> Result<Self, TransferError> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.map_err(TransferError::io(address.place()))?;
        let (session, shown) = Default::default();
        Ok(Self { address, access, runtime: Some(runtime), session, shown })
    }

    /// The open session, or a new one.
    fn session(&self, runtime: &Runtime) -> Result<Arc<Session>, TransferError> {
        let mut held = locked(&self.session);
        if let Some(session) = held.as_ref().filter(|session| !session.is_closed()) {
            return Ok(Arc::clone(session));
        }
        let known = self.access.pin.clone().or_else(|| locked(&self.shown).clone());
        let login = self.access.login.as_ref();
        let opened = runtime.block_on(session::open(&self.address, login, known, &self.shown))?;
        Ok(Arc::clone(held.insert(Arc::new(opened))))
    }

    fn run<T>(
        &self,
        what: &str,
        work: impl AsyncFnOnce(&Arc<Session>) -> Result<T, Failure>,
    ) -> Result<T, TransferError> {
        let place = || self.address.place();
        let lost = |reason: &str| TransferError::Unreachable { place: place(), reason: quoted(reason) };
        let Some(runtime) = &self.runtime else { return Err(lost("it is closed")) };
        let session = self.session(runtime)?;
        let result = runtime.block_on(async {
            // Requests on a connection that is gone would wait for their time to run out.
            tokio::select! {
                biased;
                result = work(&session) => result,
                () = session.end() => Err(Failure::Lost("it ended the connection".to_owned())),
            }
        });
        result.map_err(|failure| match failure {
            Failure::Lost(reason) => {
                locked(&self.session).take_if(|held| Arc::ptr_eq(held, &session));
                lost(&reason)
            }
            Failure::No(_, reason) => {
                TransferError::Refused { place: place(), what: what.to_owned(), reason: quoted(&reason) }
            }
        })
    }
}

fn or_missing<T: Default>(result: Result<T, Failure>) -> Result<T, Failure> {
    match result {
        Err(Failure::No(StatusCode::NoSuchFile, _)) => Ok(T::default()),
        result => result,
    }
}

fn found(attributes: &FileAttributes) -> Found {
    match attributes.permissions.map(|mode| mode & 0o170_000) {
        Some(0o040_000) => Found::Folder,
        Some(0o100_000) | None => Found::File(attributes.size.unwrap_or(0)),
        Some(_) => Found::Other,
    }
}

async fn list(session: &Session, folder: &str) -> Result<Vec<(String, Found)>, Failure> {
    let handle = session.sftp.opendir(folder).await?.handle;
    let mut names = Vec::new();
    loop {
        // The end of the list comes with the next answer: asking twice at once saves waiting for it.
        let (first, second) = tokio::join!(session.sftp.readdir(&*handle), session.sftp.readdir(&*handle));
        let mut ended = false;
        for part in [first, second] {
            match part {
                Ok(part) => {
                    names.extend(part.files.iter().map(|file| (file.filename.clone(), found(&file.attrs))))
                }
                Err(SftpError::Status(status)) if status.status_code == StatusCode::Eof => ended = true,
                Err(error) => return Err(error.into()),
            }
        }
        if ended {
            break;
        }
    }
    session.sftp.close(handle).await?;
    Ok(names)
}

async fn read(session: &Session, path: &str) -> Result<Option<Vec<u8>>, Failure> {
    let handle = session.sftp.open(path, OpenFlags::READ, FileAttributes::empty()).await?.handle;
    let mut bytes = Vec::new();
    let chunk = u32::try_from(CHUNK).unwrap_or(u32::MAX);
    loop {
        match session.sftp.read(&*handle, bytes.len() as u64, chunk).await {
            Ok(part) if part.data.is_empty() => break,
            Ok(part) => bytes.extend_from_slice(&part.data),
            Err(SftpError::Status(status)) if status.status_code == StatusCode::Eof => break,
            Err(error) => return Err(error.into()),
        }
    }
    session.sftp.close(handle).await?;
    Ok(Some(bytes))
}

async fn write(session: &Arc<Session>, path: &str, bytes: &[u8], from: u64) -> Result<(), Failure> {
    let new = OpenFlags::WRITE | OpenFlags::CREATE | OpenFlags::TRUNCATE;
    let flags = if from > 0 { OpenFlags::WRITE } else { new };
    let handle = session.sftp.open(path, flags, FileAttributes::empty()).await?.handle;
    let rest = usize::try_from(from).ok().and_then(|from| bytes.get(from..)).unwrap_or_default();
    if rest.len() <= CHUNK {
        let (written, closed) =
            tokio::join!(session.sftp.write(&*handle, from, rest.to_vec()), session.sftp.close(&*handle));
        written?;
        closed?;
        return Ok(());
    }
    // Sent in order and answered in order: what a cut leaves behind is the beginning of the file, without holes.
    let mut waiting: VecDeque<Answer<'_>> = VecDeque::new();
    let mut result = Ok(());
    for (index, chunk) in rest.chunks(CHUNK).enumerate() {
        if waiting.len() == IN_FLIGHT
            && let Some(oldest) = waiting.pop_front()
        {
            result = oldest.await.map(|_| ());
        }
        if result.is_err() {
            break;
        }
        let at = from + (index * CHUNK) as u64;
        waiting.push_back(send_now(session.sftp.write(&*handle, at, chunk.to_vec())).await);
    }
    for request in waiting {
        let answered = request.await.map(|_| ());
        result = result.and(answered);
    }
    let closed = session.sftp.close(&*handle).await.map(|_| ()).map_err(Failure::from);
    let result = result.map_err(Failure::from).and(closed);
    if let Err(Failure::No(..)) = &result {
        // One part was refused and a later one perhaps not: what is there has holes, whatever its size says.
        drop(session.sftp.remove(path).await);
    }
    result
}

/// An answer that is on its way.
type Answer<'a> = Pin<Box<dyn Future<Output = Result<Status, SftpError>> + Send + 'a>>;

/// Sends a request now; its answer can be waited for later.
async fn send_now<'a>(request: impl Future<Output = Result<Status, SftpError>> + Send + 'a) -> Answer<'a> {
    let mut request = Box::pin(request);
    match poll_fn(|context| Poll::Ready(request.as_mut().poll(context))).await {
        Poll::Ready(answer) => Box::pin(ready(answer)),
        Poll::Pending => request,
    }
}

/// Waits for one of those that are on their way.
async fn answer(waiting: &mut JoinSet<Result<(), Failure>>) -> Result<(), Failure> {
    match waiting.join_next().await {
        None => Ok(()),
        Some(Ok(result)) => result,
        Some(Err(error)) => Err(Failure::Lost(error.to_string())),
    }
}

async fn rename_over(session: &Session, from: &str, to: &str, aside: &str) -> Result<(), Failure> {
    if session.renames_over {
        let mut data = Vec::new();
        for path in [from, to] {
            data.extend(u32::try_from(path.len()).unwrap_or(u32::MAX).to_be_bytes());
            data.extend(path.as_bytes());
        }
        return match session.sftp.extended(POSIX_RENAME, data).await? {
            Packet::Status(status) if status.status_code == StatusCode::Ok => Ok(()),
            Packet::Status(status) => Err(SftpError::Status(status).into()),
            _ => Err(Failure::Lost("it answered something else than asked".to_owned())),
        };
    }
    // Version 3 of the protocol does not rename over a file: what is in the way steps aside, and comes back when the
    // new file cannot take its place.
    if session.sftp.rename(from, to).await.is_ok() {
        return Ok(());
    }
    or_missing(session.sftp.remove(aside).await.map(|_| ()).map_err(Failure::from))?;
    session.sftp.rename(to, aside).await?;
    if let Err(error) = session.sftp.rename(from, to).await {
        session.sftp.rename(aside, to).await?;
        return Err(error.into());
    }
    session.sftp.remove(aside).await?;
    Ok(())
}

impl Wire for SftpWire {
    fn place(&self) -> String {
        self.address.place()
    }

    fn pin(&self) -> Option<ServerPin> {
        locked(&self.shown).clone()
    }

    fn lanes(&self) -> usize {
        LANES
    }

    fn list(&self, folder: &str) -> Result<Vec<(String, Found)>, TransferError> {
        let folder = if folder.is_empty() { "." } else { folder };
        self.run("a look into a folder", async |session| or_missing(list(session, folder).await))
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, TransferError> {
        self.run("to send a file", async |session| or_missing(read(session, path).await))
    }

    fn read_part(&self, path: &str, offset: u64, length: usize) -> Result<Option<Vec<u8>>, TransferError> {
        self.run("to send a file", async |session| {
            or_missing(part::read(session, path, offset, length).await)
        })
    }

    fn write(&self, path: &str, bytes: &[u8], from: u64) -> Result<(), TransferError> {
        self.run("to take a file", async |session| write(session, path, bytes, from).await)
    }

    fn make_folder(&self, path: &str) -> Result<Made, TransferError> {
        self.run("to make a folder", async |session| {
            let made = session.sftp.mkdir(path, FileAttributes::empty()).await;
            match made.map_err(Failure::from) {
                Ok(_) => Ok(Made::New),
                Err(Failure::No(..)) => Ok(Made::Not),
                Err(lost) => Err(lost),
            }
        })
    }

    fn rename_all(
        &self,
        moves: &[(String, String)],
        aside: &dyn Fn(&str) -> String,
    ) -> Result<(), TransferError> {
        let moves: Vec<_> = moves.iter().map(|(from, to)| (from.clone(), to.clone(), aside(to))).collect();
        self.run("to rename a file", async |session| {
            let mut waiting = JoinSet::new();
            for (from, to, aside) in moves {
                // Those that step aside all take the same name, one after the other.
                if waiting.len() == if session.renames_over { IN_FLIGHT } else { 1 } {
                    answer(&mut waiting).await?;
                }
                let session = Arc::clone(session);
                waiting.spawn(async move { rename_over(&session, &from, &to, &aside).await });
            }
            while !waiting.is_empty() {
                answer(&mut waiting).await?;
            }
            Ok(())
        })
    }

    fn remove_file(&self, path: &str) -> Result<(), TransferError> {
        self.run("to remove a file", async |session| {
            or_missing(session.sftp.remove(path).await.map(|_| ()).map_err(Failure::from))
        })
    }

    fn remove_empty_folder(&self, path: &str) -> Result<bool, TransferError> {
        self.run("to remove a folder", async |session| {
            match session.sftp.rmdir(path).await.map_err(Failure::from) {
                Ok(_) | Err(Failure::No(StatusCode::NoSuchFile, _)) => Ok(true),
                Err(Failure::No(..)) => Ok(false),
                Err(lost) => Err(lost),
            }
        })
    }
}
