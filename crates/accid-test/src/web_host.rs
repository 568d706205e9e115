//! The web server before the disk of a test server: what visitors of a published site get, by hosts of several manners.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use crate::RemoteDisk;

/// How a host shows what lies on its disk.
#[derive(Debug, Clone, Default)]
pub enum Manner {
    /// As it lies there.
    #[default]
    Honest,
    /// With something of its own at the end of each page.
    Adding(&'static str),
    /// As these files were, by path, whatever lies there now; what starts with `/.accid/` is fresh.
    Remembering(BTreeMap<String, Vec<u8>>),
    /// Every request is answered with this status.
    Refusing(u16),
    /// Every visitor is sent on to this address.
    SendingOn(String),
}

/// A running web server; it ends with the test.
pub struct WebHost {
    port: u16,
    manner: Arc<Mutex<Manner>>,
}

impl WebHost {
    /// Shows the folder of a disk, named as `/www`.
    pub fn start(disk: Arc<RemoteDisk>, folder: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port to listen at");
        let port = listener.local_addr().expect("its address").port();
        let manner = Arc::<Mutex<Manner>>::default();
        let (held, folder) = (Arc::clone(&manner), folder.to_owned());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let manner = held.lock().unwrap_or_else(PoisonError::into_inner).clone();
                // A visitor who leaves early is nobody's fault.
                drop(answer(stream, &disk, &folder, &manner));
            }
        });
        Self { port, manner }
    }

    /// Where visitors come to.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Shows it in another manner from now on.
    pub fn behave(&self, manner: Manner) {
        *self.manner.lock().unwrap_or_else(PoisonError::into_inner) = manner;
    }
}

fn answer(mut stream: TcpStream, disk: &RemoteDisk, folder: &str, manner: &Manner) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    let asked = first.split(' ').nth(1).unwrap_or("/").to_owned();
    let path = if asked.ends_with('/') { format!("{asked}index.html") } else { asked };
    let at = format!("{folder}{path}");
    let mut files = disk.files();
    let (mut status, mut location, mut body) = (200, String::new(), files.remove(&at));
    match manner {
        Manner::Honest => {}
        Manner::Adding(text) if path.ends_with(".html") => {
            body = body.map(|bytes| [&bytes[..], text.as_bytes()].concat());
        }
        Manner::Adding(_) => {}
        Manner::Remembering(files) if !path.starts_with("/.accid/") => body = files.get(&at).cloned(),
        Manner::Remembering(_) => {}
        Manner::Refusing(code) => status = *code,
        Manner::SendingOn(to) => (status, location) = (301, format!("Location: {to}\r\n")),
    }
    if status == 200 && body.is_none() {
        status = 404;
    }
    let body = body.filter(|_| status == 200).unwrap_or_default();
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status} Told\r\n{location}Content-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(&body)
}
