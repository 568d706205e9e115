//! A small FTP server on this machine, with or without TLS, over a disk in memory. It is as strict as the strictest
//! hosts: a data connection has to go on with the TLS session of its control connection.

use std::{
    collections::HashMap,
    io::{self, BufRead, BufReader, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use rustls::{
    HandshakeKind, ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

use crate::remote_disk::{Over, Refusal, RemoteDisk, normal};

/// How connections are protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shield {
    /// Not at all.
    None,
    /// When the client asks for it.
    Explicit,
    /// From the first byte.
    Implicit,
}

/// How the server behaves.
#[derive(Debug, Clone)]
pub struct FtpServerOptions {
    /// How connections are protected.
    pub shield: Shield,
    /// Whether it lists folders by MLSD, or as `ls` does.
    pub machine_lists: bool,
    /// Whether it speaks TLS 1.3 alone.
    pub newest_tls_only: bool,
}

impl Default for FtpServerOptions {
    fn default() -> Self {
        Self { shield: Shield::None, machine_lists: true, newest_tls_only: false }
    }
}

/// A running server; it ends with the test. It lets in `anna` with the password `canary-ftp-password`.
pub struct FtpServer {
    port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    disk: Arc<RemoteDisk>,
    options: FtpServerOptions,
    tls: Mutex<Arc<ServerConfig>>,
    sockets: Mutex<HashMap<usize, TcpStream>>,
    next: AtomicUsize,
    control: AtomicUsize,
    passwords: AtomicUsize,
}

impl FtpServer {
    /// The password of `anna`.
    pub const PASSWORD: &'static str = "canary-ftp-password";

    /// Starts a server with an empty disk.
    pub fn start(options: FtpServerOptions) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let shared = Arc::new(Shared {
            disk: Arc::default(),
            tls: Mutex::new(certificate(&options)),
            options,
            sockets: Mutex::default(),
            next: AtomicUsize::new(0),
            control: AtomicUsize::new(0),
            passwords: AtomicUsize::new(0),
        });
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let shared = Arc::clone(&serving);
                thread::spawn(move || drop(Session::run(&shared, socket)));
            }
        });
        Self { port, shared }
    }

    /// Its port at 127.0.0.1.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Its address for a folder, as ACCID takes it.
    pub fn url(&self, folder: &str) -> String {
        let scheme = match self.shared.options.shield {
            Shield::None => "ftp",
            Shield::Explicit => "ftps",
            Shield::Implicit => "ftps+implicit",
        };
        format!("{scheme}://anna@127.0.0.1:{}/{folder}", self.port)
    }

    /// Its disk.
    pub fn disk(&self) -> &RemoteDisk {
        &self.shared.disk
    }

    /// Its disk, for a second server over it.
    pub fn shared_disk(&self) -> Arc<RemoteDisk> {
        Arc::clone(&self.shared.disk)
    }

    /// Shows another certificate from now on.
    pub fn change_certificate(&self) {
        *self.shared.tls.lock().unwrap_or_else(PoisonError::into_inner) = certificate(&self.shared.options);
    }

    /// How many passwords it was sent.
    pub fn passwords(&self) -> usize {
        self.shared.passwords.load(Ordering::SeqCst)
    }
}

fn certificate(options: &FtpServerOptions) -> Arc<ServerConfig> {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let versions: &[_] = match options.newest_tls_only {
        true => &[&rustls::version::TLS13],
        false => &[&rustls::version::TLS12, &rustls::version::TLS13],
    };
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(versions)
        .expect("versions of TLS")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a certificate with its key");
    Arc::new(config)
}

/// A socket whose bytes from the client are counted, and which dies with the server's network.
struct Metered {
    socket: TcpStream,
    number: usize,
    cuts: u64,
    shared: Arc<Shared>,
}

impl Metered {
    fn new(shared: &Arc<Shared>, socket: TcpStream) -> io::Result<Self> {
        let number = shared.next.fetch_add(1, Ordering::SeqCst);
        socket.set_nodelay(true)?;
        socket.set_read_timeout(Some(Duration::from_secs(60)))?;
        let mut sockets = shared.sockets.lock().unwrap_or_else(PoisonError::into_inner);
        sockets.insert(number, socket.try_clone()?);
        Ok(Self { socket, number, cuts: shared.disk.cuts(), shared: Arc::clone(shared) })
    }
}

impl Drop for Metered {
    fn drop(&mut self) {
        self.shared.sockets.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.number);
    }
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.socket.read(buffer)?;
        if self.cuts != self.shared.disk.cuts() {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        let through = self.shared.disk.receive(read);
        if through < read {
            // What came through is still worked on; then everything is silent.
            for socket in self.shared.sockets.lock().unwrap_or_else(PoisonError::into_inner).values() {
                drop(socket.shutdown(Shutdown::Both));
            }
        }
        Ok(through)
    }
}

impl Write for Metered {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.socket.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.socket.flush()
    }
}

enum Line {
    Plain(Metered),
    Shielded(Box<StreamOwned<ServerConnection, Metered>>),
}

impl Read for Line {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(line) => line.read(buffer),
            Self::Shielded(line) => line.read(buffer),
        }
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(line) => line.write(bytes),
            Self::Shielded(line) => line.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(line) => line.flush(),
            Self::Shielded(line) => line.flush(),
        }
    }
}

fn shield(shared: &Arc<Shared>, line: Metered) -> io::Result<Line> {
    let config = Arc::clone(&shared.tls.lock().unwrap_or_else(PoisonError::into_inner));
    let connection = ServerConnection::new(config).map_err(io::Error::other)?;
    Ok(Line::Shielded(Box::new(StreamOwned::new(connection, line))))
}

/// One control connection.
struct Session {
    shared: Arc<Shared>,
    line: BufReader<Line>,
    shielded: bool,
    passive: Option<TcpListener>,
    restart: u64,
    renaming: Option<String>,
    inside: bool,
}

impl Session {
    fn run(shared: &Arc<Shared>, socket: TcpStream) -> io::Result<()> {
        if shared.disk.is_down() {
            return socket.shutdown(Shutdown::Both);
        }
        let metered = Metered::new(shared, socket)?;
        let implicit = shared.options.shield == Shield::Implicit;
        let line = if implicit { shield(shared, metered)? } else { Line::Plain(metered) };
        let open = shared.control.fetch_add(1, Ordering::SeqCst) + 1;
        let mut session = Self {
            shared: Arc::clone(shared),
            line: BufReader::new(line),
            shielded: implicit,
            passive: None,
            restart: 0,
            renaming: None,
            inside: false,
        };
        let ended = if shared.disk.faults().most_connections.is_some_and(|most| open > most) {
            session.say("421 There are too many connected users, please try later.")
        } else {
            session.say("220 Welcome").and_then(|()| session.serve())
        };
        shared.control.fetch_sub(1, Ordering::SeqCst);
        ended
    }

    fn say(&mut self, reply: &str) -> io::Result<()> {
        let line = self.line.get_mut();
        line.write_all(format!("{reply}\r\n").as_bytes())?;
        line.flush()
    }

    fn serve(mut self) -> io::Result<()> {
        loop {
            let mut text = String::new();
            if self.line.read_line(&mut text)? == 0 || !text.ends_with('\n') {
                return Ok(());
            }
            let text = text.trim_end_matches(['\r', '\n']);
            let (verb, argument) = text.split_once(' ').unwrap_or((text, ""));
            if verb == "QUIT" {
                return self.say("221 Goodbye");
            }
            if verb == "AUTH" {
                if self.shared.options.shield != Shield::Explicit {
                    self.say("502 Command not implemented.")?;
                    continue;
                }
                self.say("234 Proceed")?;
                let Line::Plain(line) = self.line.into_inner() else { return Ok(()) };
                self.line = BufReader::new(shield(&self.shared, line)?);
                self.shielded = true;
                continue;
            }
            let reply = self.answer(&verb.to_ascii_uppercase(), argument)?;
            if !reply.is_empty() {
                self.say(&reply)?;
            }
        }
    }

    fn answer(&mut self, verb: &str, argument: &str) -> io::Result<String> {
        let disk = &self.shared.disk;
        let path = normal(argument);
        let done = |result: Result<(), Refusal>, good: &str| match result {
            Ok(()) => good.to_owned(),
            Err(Refusal::Full) => "452 No space left on device.".to_owned(),
            Err(_) => "550 Not done.".to_owned(),
        };
        Ok(match verb {
            "USER" => "331 Password please.".to_owned(),
            "PASS" => {
                self.shared.passwords.fetch_add(1, Ordering::SeqCst);
                self.inside = argument == FtpServer::PASSWORD;
                if self.inside { "230 Welcome." } else { "530 Login incorrect." }.to_owned()
            }
            "FEAT" if self.shared.options.machine_lists => {
                "211-Features:\r\n MLST type*;size*;\r\n UTF8\r\n REST STREAM\r\n211 End".to_owned()
            }
            "FEAT" => "211-Features:\r\n SIZE\r\n211 End".to_owned(),
            "PBSZ" | "PROT" | "OPTS" | "TYPE" | "NOOP" => "200 Fine.".to_owned(),
            _ if !self.inside => "530 Please login with USER and PASS.".to_owned(),
            "EPSV" | "PASV" => self.open_passive(verb)?,
            "REST" if disk.faults().refuse_restart => "501 REST is not allowed.".to_owned(),
            "REST" => {
                self.restart = argument.parse().unwrap_or(0);
                "350 Restarting.".to_owned()
            }
            "STOR" => self.store(&path)?,
            "RETR" => match disk.read(&path) {
                Ok(bytes) => self.send(&bytes)?,
                Err(_) => "550 Failed to open file.".to_owned(),
            },
            "LIST" | "MLSD" => self.list(verb, argument)?,
            "SIZE" => match disk.size(&path) {
                Ok(Some(size)) => format!("213 {size}"),
                _ => "550 No such file.".to_owned(),
            },
            "MKD" => done(disk.make_folder(&path), "257 Created."),
            "RMD" => done(disk.remove_folder(&path), "250 Removed."),
            "DELE" => done(disk.remove(&path), "250 Removed."),
            "RNFR" => match disk.size(&path) {
                Ok(_) => {
                    self.renaming = Some(path);
                    "350 Ready for RNTO.".to_owned()
                }
                Err(_) => "550 No such file.".to_owned(),
            },
            "RNTO" => match self.renaming.take() {
                Some(from) => match disk.rename(&from, &path, Over::Allowed) {
                    Ok(()) => "250 Renamed.".to_owned(),
                    Err(_) => "553 Rename failed.".to_owned(),
                },
                None => "503 RNFR first.".to_owned(),
            },
            _ => "500 Unknown command.".to_owned(),
        })
    }

    fn open_passive(&mut self, verb: &str) -> io::Result<String> {
        let elsewhere = self.shared.disk.faults().passive_elsewhere;
        if verb == "EPSV" && elsewhere {
            return Ok("500 Unknown command.".to_owned());
        }
        if self.shared.disk.is_port_busy() {
            return Ok("425 No port is free.".to_owned());
        }
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        self.passive = Some(listener);
        let host = if elsewhere { "10,1,2,3" } else { "127,0,0,1" };
        Ok(match verb {
            "EPSV" => format!("229 Entering Extended Passive Mode (|||{port}|)"),
            _ => format!("227 Entering Passive Mode ({host},{},{})", port >> 8, port & 255),
        })
    }

    /// The data connection, protected as the control connection is; `None` when it does not go on with its session.
    fn data(&mut self) -> io::Result<Option<Line>> {
        let Some(listener) = self.passive.take() else { return Err(io::ErrorKind::NotConnected.into()) };
        let (socket, _) = listener.accept()?;
        let metered = Metered::new(&self.shared, socket)?;
        if !self.shielded {
            return Ok(Some(Line::Plain(metered)));
        }
        let mut line = shield(&self.shared, metered)?;
        if let Line::Shielded(stream) = &mut line {
            while stream.conn.is_handshaking() {
                stream.conn.complete_io(&mut stream.sock)?;
            }
            if stream.conn.handshake_kind() != Some(HandshakeKind::Resumed) {
                return Ok(None);
            }
        }
        Ok(Some(line))
    }

    fn store(&mut self, path: &str) -> io::Result<String> {
        let mut at = std::mem::take(&mut self.restart);
        if self.shared.disk.open(path, at).is_err() {
            self.passive = None;
            return Ok("553 Could not create file.".to_owned());
        }
        self.say("150 Ok to send data.")?;
        let Some(mut data) = self.data()? else { return Ok("522 TLS session reuse required.".to_owned()) };
        let mut buffer = vec![0; 16 * 1024];
        loop {
            let read = match data.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                    return Ok("426 Failure reading network stream.".to_owned());
                }
                Err(error) => return Err(error),
            };
            if self.shared.disk.write(path, at, &buffer[..read]).is_err() {
                return Ok("452 No space left on device.".to_owned());
            }
            at += read as u64;
        }
        if self.shared.disk.is_down() {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok("226 Transfer complete.".to_owned())
    }

    fn send(&mut self, bytes: &[u8]) -> io::Result<String> {
        self.say("150 Here it comes.")?;
        let Some(mut data) = self.data()? else { return Ok("522 TLS session reuse required.".to_owned()) };
        data.write_all(bytes)?;
        data.flush()?;
        if let Line::Shielded(stream) = &mut data {
            stream.conn.send_close_notify();
            stream.flush()?;
        }
        drop(data);
        Ok("226 Transfer complete.".to_owned())
    }

    fn list(&mut self, verb: &str, argument: &str) -> io::Result<String> {
        let folder = normal(argument.strip_prefix("-a").unwrap_or(argument).trim());
        let Ok(names) = self.shared.disk.list(&folder) else {
            // As vsftpd has it: a LIST of nothing is an empty list.
            return if verb == "LIST" { self.send(b"") } else { Ok("550 No such folder.".to_owned()) };
        };
        let mut text = if verb == "LIST" { "total 0\r\n".to_owned() } else { "type=cdir; .\r\n".to_owned() };
        for (name, size) in names {
            text.push_str(&match (verb, size) {
                ("LIST", Some(size)) => {
                    format!("-rw-r--r--    1 1000     1000 {size:>12} Nov 21 17:00 {name}\r\n")
                }
                ("LIST", None) => {
                    format!("drwxr-xr-x    2 1000     1000         4096 Nov 21 17:00 {name}\r\n")
                }
                (_, Some(size)) => format!("type=file;size={size};modify=20261121170000; {name}\r\n"),
                (_, None) => format!("type=dir;modify=20261121170000; {name}\r\n"),
            });
        }
        self.send(text.as_bytes())
    }
}
