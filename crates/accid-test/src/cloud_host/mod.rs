//! A server that speaks as Dropbox (OAuth 2 with PKCE, its HTTP API version 2) and imgBB (API version 1) document it, and
//! fails when it is told to. Must not know who calls.

mod dropbox;
mod imgbb;

use std::{
    collections::{BTreeMap, VecDeque},
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use serde_json::Value;

/// How the server fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// 401: the access token ran out.
    Unauthorised,
    /// 429, with `Retry-After` in seconds.
    TooMany(u64),
    /// Another status, with this body.
    Status(u16, &'static str),
    /// 302, to this address.
    SendingOn(String),
    /// It never answers.
    Silence,
    /// It hangs up after so many bytes of the body.
    CutRequest(usize),
    /// It does what was asked, and hangs up in the middle of the answer.
    CutAnswer,
}

/// A request as it came.
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

/// An answer as it goes.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) status: u16,
    pub(crate) headers: String,
    pub(crate) body: Vec<u8>,
}

impl Said {
    pub(crate) fn json(status: u16, value: &Value) -> Self {
        Self { status, headers: String::new(), body: value.to_string().into_bytes() }
    }
}

/// What the server knows.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) images: Vec<Vec<u8>>,
    pub(crate) sessions: BTreeMap<String, Vec<u8>>,
    /// Codes that were granted, with the challenge they belong to and where they go.
    pub(crate) codes: BTreeMap<String, (String, String)>,
    pub(crate) refresh: Vec<String>,
    pub(crate) access: Vec<String>,
    pub(crate) issued: usize,
    calls: Vec<String>,
    troubles: VecDeque<(&'static str, Trouble)>,
    silent: Vec<TcpStream>,
}

/// A running server; it ends with the test.
pub struct CloudHost {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl CloudHost {
    /// The key of the app it knows.
    pub const APP_KEY: &'static str = "cloudtestappkey";
    /// The key of imgBB that it accepts.
    pub const IMGBB_KEY: &'static str = "canary-imgbb-0123456789abcdef";
    /// Every token it gives begins so.
    pub const TOKEN: &'static str = "canary-dropbox-";

    /// Starts it, with an empty Dropbox.
    pub fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port to listen at");
        let port = listener.local_addr().expect("its address").port();
        let state = Arc::<Mutex<State>>::default();
        let held = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Whoever hangs up early is nobody's fault.
                drop(answer(stream, &held));
            }
        });
        Self { port, state }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The next call whose path holds these words fails; several fail in their order.
    pub fn fail(&self, path: &'static str, trouble: Trouble) {
        self.state().troubles.push_back((path, trouble));
    }

    /// The paths that were called, in their order.
    pub fn calls(&self) -> Vec<String> {
        self.state().calls.clone()
    }

    /// Puts a file into the Dropbox.
    pub fn put(&self, path: &str, content: &[u8]) {
        self.state().files.insert(path.to_owned(), content.to_vec());
    }

    /// What is in the Dropbox, by path.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.state().files.clone()
    }

    /// The pictures that imgBB got.
    pub fn images(&self) -> Vec<Vec<u8>> {
        self.state().images.clone()
    }

    /// Lets every access token run out; what is granted stays.
    pub fn expire(&self) {
        self.state().access.clear();
    }

    /// Takes back what was granted.
    pub fn revoke(&self) {
        let mut state = self.state();
        state.access.clear();
        state.refresh.clear();
    }

    /// What a person does who says yes on the page of that address: gives the address that the browser goes to then.
    pub fn say_yes(&self, address: &str) -> String {
        dropbox::grant(&mut self.state(), address)
    }
}

fn answer(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let address = first.split(' ').nth(1).unwrap_or("/").to_owned();
    let (path, query) = address.split_once('?').unwrap_or((&address, ""));
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? <= 2 {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
    }
    let length: usize = headers.get("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    let trouble = {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        state.calls.push(path.to_owned());
        let found = state.troubles.iter().position(|(words, _)| path.contains(words));
        found.and_then(|index| state.troubles.remove(index)).map(|(_, trouble)| trouble)
    };
    let mut body = vec![0; length];
    match &trouble {
        Some(Trouble::CutRequest(after)) => return reader.read_exact(&mut body[..length.min(*after)]),
        Some(Trouble::Silence) => {
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            state.silent.push(stream);
            return Ok(());
        }
        _ => reader.read_exact(&mut body)?,
    }
    let asked = Asked { path: path.to_owned(), query: query.to_owned(), headers, body };
    let said = match trouble {
        Some(Trouble::Unauthorised) => dropbox::expired(),
        Some(Trouble::TooMany(seconds)) => Said {
            headers: format!("Retry-After: {seconds}\r\n"),
            ..Said::json(
                429,
                &serde_json::json!({ "error_summary": "too_many_requests/.", "error": { "reason": { ".tag": "too_many_requests" }, "retry_after": seconds } }),
            )
        },
        Some(Trouble::SendingOn(ref to)) => {
            Said { status: 302, headers: format!("Location: {to}\r\n"), body: Vec::new() }
        }
        Some(Trouble::Status(status, body)) => {
            Said { status, headers: String::new(), body: body.as_bytes().to_vec() }
        }
        _ => {
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            if asked.path == "/1/upload" {
                imgbb::upload(&mut state, &asked)
            } else {
                dropbox::answer(&mut state, &asked)
            }
        }
    };
    let Said { status, headers, body } = said;
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status} Said\r\nContent-Type: application/json\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    let end = if trouble == Some(Trouble::CutAnswer) { length / 2 } else { length };
    stream.write_all(&body[..end])
}

/// The fields of a query or a form.
pub(crate) fn fields(text: &str) -> BTreeMap<String, String> {
    let plain = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            let digits = if byte == b'%' { rest.next().zip(rest.next()) } else { None };
            bytes.push(match digits {
                Some((high, low)) => {
                    let pair = [high, low];
                    let pair = std::str::from_utf8(&pair).expect("two digits");
                    u8::from_str_radix(pair, 16).expect("hexadecimal")
                }
                None => byte,
            });
        }
        String::from_utf8(bytes).expect("text")
    };
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), plain(value))).collect()
}
