//! A small SFTP server on this machine over a disk in memory. Cuts and delays are made by a [`crate::Proxy`] before it.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use russh::{
    Channel, ChannelId,
    keys::{Algorithm, PrivateKey, PublicKey},
    server::{Auth, ChannelOpenHandle, Config, Msg, Session, VerifiedPublicKey},
};
use russh_sftp::protocol::{
    Attrs, Data, File, FileAttributes, Handle, Name, OpenFlags, Packet, Status, StatusCode, Version,
};
use tokio::{net::TcpListener, runtime::Runtime};

use crate::remote_disk::{Over, Refusal, RemoteDisk, normal};

/// A running server; it ends when it is dropped. It lets in `anna` with the password `canary-ssh-password`, or with
/// the key it was told.
pub struct SftpServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    runtime: Option<Runtime>,
}

struct Shared {
    disk: RemoteDisk,
    host_key: Mutex<PrivateKey>,
    allowed: Mutex<Option<PublicKey>>,
    passwords: AtomicUsize,
    renames_over: bool,
}

impl SftpServer {
    /// The password of `anna`.
    pub const PASSWORD: &'static str = "canary-ssh-password";

    /// Starts a server with an empty disk, which renames over files as OpenSSH does.
    pub fn start() -> Self {
        Self::start_as(true)
    }

    /// Starts a server that knows no more than the protocol's third version: it never renames over a file.
    pub fn start_plain() -> Self {
        Self::start_as(false)
    }

    fn start_as(renames_over: bool) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let address = listener.local_addr().expect("its address");
        let shared = Arc::new(Shared {
            disk: RemoteDisk::default(),
            host_key: Mutex::new(new_key()),
            allowed: Mutex::default(),
            passwords: AtomicUsize::new(0),
            renames_over,
        });
        let serving = Arc::clone(&shared);
        runtime.spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                drop(socket.set_nodelay(true));
                let key = serving.host_key.lock().unwrap_or_else(PoisonError::into_inner).clone();
                let config = Config {
                    keys: vec![key],
                    auth_rejection_time: std::time::Duration::ZERO,
                    ..Config::default()
                };
                let door = Door { shared: Arc::clone(&serving), channels: HashMap::new() };
                tokio::spawn(async move {
                    if let Ok(session) = russh::server::run_stream(Arc::new(config), socket, door).await {
                        drop(session.await);
                    }
                });
            }
        });
        Self { address, shared, runtime: Some(runtime) }
    }

    /// Its port at 127.0.0.1.
    pub const fn port(&self) -> u16 {
        self.address.port()
    }

    /// Its address for a folder, as ACCID takes it.
    pub fn url(&self, folder: &str) -> String {
        format!("sftp://anna@{}/{folder}", self.address)
    }

    /// Its disk.
    pub fn disk(&self) -> &RemoteDisk {
        &self.shared.disk
    }

    /// Shows another host key from now on.
    pub fn change_host_key(&self) {
        *self.shared.host_key.lock().unwrap_or_else(PoisonError::into_inner) = new_key();
    }

    /// Makes a key that it lets in; in OpenSSH's form, locked when a passphrase is given.
    pub fn allow_new_key(&self, passphrase: Option<&str>) -> String {
        let key = new_key();
        *self.shared.allowed.lock().unwrap_or_else(PoisonError::into_inner) = Some(key.public_key().clone());
        let key = match passphrase {
            Some(passphrase) => {
                key.encrypt(&mut russh::keys::key::safe_rng(), passphrase).expect("a locked key")
            }
            None => key,
        };
        key.to_openssh(russh::keys::ssh_key::LineEnding::LF).expect("a key as text").to_string()
    }

    /// How many passwords it was sent.
    pub fn passwords(&self) -> usize {
        self.shared.passwords.load(Ordering::SeqCst)
    }
}

impl Drop for SftpServer {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn new_key() -> PrivateKey {
    PrivateKey::random(&mut russh::keys::key::safe_rng(), Algorithm::Ed25519).expect("a key")
}

/// One SSH connection.
struct Door {
    shared: Arc<Shared>,
    channels: HashMap<ChannelId, Channel<Msg>>,
}

impl russh::server::Handler for Door {
    type Error = russh::Error;

    async fn auth_password(&mut self, user: &str, password: &str) -> Result<Auth, Self::Error> {
        self.shared.passwords.fetch_add(1, Ordering::SeqCst);
        Ok(if user == "anna" && password == SftpServer::PASSWORD { Auth::Accept } else { Auth::reject() })
    }

    async fn auth_publickey(&mut self, user: &str, key: VerifiedPublicKey<'_>) -> Result<Auth, Self::Error> {
        let allowed = self.shared.allowed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let same = allowed.is_some_and(|allowed| allowed.key_data() == key.public_key.key_data());
        Ok(if user == "anna" && same { Auth::Accept } else { Auth::reject() })
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), Self::Error> {
        self.channels.insert(channel.id(), channel);
        reply.accept().await;
        Ok(())
    }

    async fn subsystem_request(
        &mut self,
        id: ChannelId,
        name: &str,
        session: &mut Session,
    ) -> Result<(), Self::Error> {
        match self.channels.remove(&id) {
            Some(channel) if name == "sftp" => {
                session.channel_success(id)?;
                let files = Files { shared: Arc::clone(&self.shared), open: HashMap::new(), next: 0 };
                russh_sftp::server::run(channel.into_stream(), files).await;
            }
            _ => session.channel_failure(id)?,
        }
        Ok(())
    }
}

/// What is open by its handle: a file, or a folder and whether it was listed.
enum Open {
    File(String),
    Folder(String, bool),
}

/// One SFTP session.
struct Files {
    shared: Arc<Shared>,
    open: HashMap<String, Open>,
    next: u64,
}

fn status(id: u32) -> Status {
    Status { id, status_code: StatusCode::Ok, error_message: "Ok".to_owned(), language_tag: "en".to_owned() }
}

fn refused(refusal: Refusal) -> StatusCode {
    match refusal {
        Refusal::Missing => StatusCode::NoSuchFile,
        Refusal::Failed | Refusal::Full => StatusCode::Failure,
    }
}

fn attributes(size: Option<u64>) -> FileAttributes {
    let mode = if size.is_some() { 0o100_644 } else { 0o040_755 };
    FileAttributes { size: Some(size.unwrap_or(4096)), permissions: Some(mode), ..FileAttributes::empty() }
}

impl Files {
    fn disk(&self) -> &RemoteDisk {
        &self.shared.disk
    }

    fn add(&mut self, open: Open) -> String {
        self.next += 1;
        let handle = self.next.to_string();
        self.open.insert(handle.clone(), open);
        handle
    }

    fn file(&self, handle: &str) -> Result<&str, StatusCode> {
        match self.open.get(handle) {
            Some(Open::File(path)) => Ok(path),
            _ => Err(StatusCode::Failure),
        }
    }
}

impl russh_sftp::server::Handler for Files {
    type Error = StatusCode;

    fn unimplemented(&self) -> StatusCode {
        StatusCode::OpUnsupported
    }

    async fn init(&mut self, _: u32, _: HashMap<String, String>) -> Result<Version, StatusCode> {
        let mut version = Version::new();
        if self.shared.renames_over {
            version.extensions.insert("posix-rename@openssh.com".to_owned(), "1".to_owned());
        }
        Ok(version)
    }

    async fn open(
        &mut self,
        id: u32,
        filename: String,
        flags: OpenFlags,
        _: FileAttributes,
    ) -> Result<Handle, StatusCode> {
        let path = normal(&filename);
        let size = self.disk().size(&path);
        if flags.contains(OpenFlags::WRITE) {
            let from = if flags.contains(OpenFlags::TRUNCATE) { 0 } else { size.ok().flatten().unwrap_or(0) };
            self.disk().open(&path, from).map_err(refused)?;
        } else if !matches!(size, Ok(Some(_))) {
            return Err(StatusCode::NoSuchFile);
        }
        Ok(Handle { id, handle: self.add(Open::File(path)) })
    }

    async fn close(&mut self, id: u32, handle: String) -> Result<Status, StatusCode> {
        self.open.remove(&handle);
        Ok(status(id))
    }

    async fn read(&mut self, id: u32, handle: String, offset: u64, length: u32) -> Result<Data, StatusCode> {
        let bytes = self.disk().read(self.file(&handle)?).map_err(refused)?;
        let begin = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
        let end = begin.saturating_add(length as usize).min(bytes.len());
        if begin == end { Err(StatusCode::Eof) } else { Ok(Data { id, data: bytes[begin..end].to_vec() }) }
    }

    async fn write(
        &mut self,
        id: u32,
        handle: String,
        offset: u64,
        data: Vec<u8>,
    ) -> Result<Status, StatusCode> {
        self.disk().write(self.file(&handle)?, offset, &data).map_err(refused)?;
        Ok(status(id))
    }

    async fn opendir(&mut self, id: u32, path: String) -> Result<Handle, StatusCode> {
        let path = normal(&path);
        self.disk().list(&path).map_err(refused)?;
        Ok(Handle { id, handle: self.add(Open::Folder(path, false)) })
    }

    async fn readdir(&mut self, id: u32, handle: String) -> Result<Name, StatusCode> {
        let Some(Open::Folder(path, listed @ false)) = self.open.get_mut(&handle) else {
            return Err(StatusCode::Eof);
        };
        *listed = true;
        let names = self.shared.disk.list(path).map_err(refused)?;
        let files = names.into_iter().map(|(name, size)| File::new(name, attributes(size))).collect();
        Ok(Name { id, files })
    }

    async fn lstat(&mut self, id: u32, path: String) -> Result<Attrs, StatusCode> {
        let size = self.disk().size(&normal(&path)).map_err(refused)?;
        Ok(Attrs { id, attrs: attributes(size) })
    }

    async fn remove(&mut self, id: u32, filename: String) -> Result<Status, StatusCode> {
        self.disk().remove(&normal(&filename)).map_err(refused)?;
        Ok(status(id))
    }

    async fn mkdir(&mut self, id: u32, path: String, _: FileAttributes) -> Result<Status, StatusCode> {
        self.disk().make_folder(&normal(&path)).map_err(refused)?;
        Ok(status(id))
    }

    async fn rmdir(&mut self, id: u32, path: String) -> Result<Status, StatusCode> {
        self.disk().remove_folder(&normal(&path)).map_err(refused)?;
        Ok(status(id))
    }

    async fn rename(&mut self, id: u32, from: String, to: String) -> Result<Status, StatusCode> {
        self.disk().rename(&normal(&from), &normal(&to), Over::Never).map_err(refused)?;
        Ok(status(id))
    }

    async fn extended(&mut self, id: u32, request: String, data: Vec<u8>) -> Result<Packet, StatusCode> {
        if request != "posix-rename@openssh.com" || !self.shared.renames_over {
            return Err(StatusCode::OpUnsupported);
        }
        let text = |data: &[u8]| {
            let length = u32::from_be_bytes(data.get(..4)?.try_into().ok()?) as usize;
            let text = String::from_utf8(data.get(4..4 + length)?.to_vec()).ok()?;
            Some((text, 4 + length))
        };
        let (from, used) = text(&data).ok_or(StatusCode::BadMessage)?;
        let (to, _) = text(&data[used..]).ok_or(StatusCode::BadMessage)?;
        self.disk().rename(&normal(&from), &normal(&to), Over::Allowed).map_err(refused)?;
        Ok(Packet::Status(status(id)))
    }
}
