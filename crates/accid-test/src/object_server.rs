//! A small server on this machine that speaks as much of S3 as backups need: PUT, GET with ranges, HEAD, DELETE and
//! listings of version 2, each with its signature checked. It fails when it is told to.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use accid_base::ContentHash;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// A running server with one bucket, `photos`; it ends with the test.
pub struct ObjectServer {
    port: u16,
    shared: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    objects: BTreeMap<String, Vec<u8>>,
    /// After so many bytes from clients every connection breaks, until it is mended.
    cut_after: Option<u64>,
    received: u64,
    /// It takes no more than this, in bytes.
    capacity: Option<u64>,
    /// So many requests are answered with 503.
    busy: usize,
    log: Vec<String>,
    /// What it makes of conditions.
    conditions: Conditions,
}

/// What a server makes of a PUT that depends on what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Conditions {
    /// It minds them.
    #[default]
    Minded,
    /// It does not know them and does what is asked.
    Ignored,
    /// It answers that it does not know them.
    Refused,
}

struct Request {
    method: String,
    path: String,
    query: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

type Reply = (u16, Vec<u8>);

/// The tag of a content, as the header has it.
fn tag_of(bytes: &[u8]) -> String {
    format!("\"{}\"", ContentHash::of(bytes))
}

impl ObjectServer {
    /// The access key it knows.
    pub const ACCESS_KEY: &'static str = "ACCIDTESTKEY";
    /// Its secret.
    pub const SECRET: &'static str = "canary-object-secret";
    /// How many names one answer to a listing holds.
    const PAGE: usize = 4;

    /// Starts a server with an empty bucket.
    pub fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port to listen at");
        let port = listener.local_addr().expect("its address").port();
        let shared = Arc::<Mutex<State>>::default();
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serving = Arc::clone(&serving);
                thread::spawn(move || {
                    // A client that leaves early is nobody's fault.
                    drop(converse(&stream, &serving));
                    drop(stream.shutdown(Shutdown::Both));
                });
            }
        });
        Self { port, shared }
    }

    /// The address of a folder of its bucket, as ACCID takes it.
    pub fn url(&self, folder: &str) -> String {
        format!("s3+http://{}@127.0.0.1:{}/photos/{folder}", Self::ACCESS_KEY, self.port)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Breaks every connection after so many more bytes from clients.
    pub fn cut_after(&self, bytes: u64) {
        let mut state = self.state();
        (state.received, state.cut_after) = (0, Some(bytes));
    }

    /// Takes no more than so many bytes in all.
    pub fn limit(&self, bytes: u64) {
        self.state().capacity = Some(bytes);
    }

    /// Answers the next requests that it is too busy.
    pub fn be_busy(&self, requests: usize) {
        self.state().busy = requests;
    }

    /// What it makes of conditions from now on.
    pub fn take_conditions(&self, conditions: Conditions) {
        self.state().conditions = conditions;
    }

    /// Works again as it should.
    pub fn mend(&self) {
        let mut state = self.state();
        (state.cut_after, state.capacity, state.busy) = (None, None, 0);
    }

    /// Bytes that came from clients since the last cut was set.
    pub fn received(&self) -> u64 {
        self.state().received
    }

    /// All objects by their key.
    pub fn objects(&self) -> BTreeMap<String, Vec<u8>> {
        self.state().objects.clone()
    }

    /// What was asked, such as `PUT accid/config`.
    pub fn log(&self) -> Vec<String> {
        self.state().log.clone()
    }
}

/// Counts what came; whether the connection still holds.
fn came(shared: &Mutex<State>, bytes: usize) -> bool {
    let mut state = shared.lock().unwrap_or_else(PoisonError::into_inner);
    state.received += bytes as u64;
    state.cut_after.is_none_or(|limit| state.received <= limit)
}

fn converse(stream: &TcpStream, shared: &Mutex<State>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    while let Some(request) = read(&mut reader, shared)? {
        let reply = answer(&request, &mut shared.lock().unwrap_or_else(PoisonError::into_inner));
        let (status, body) = reply;
        let mut writer = stream;
        write!(
            writer,
            "HTTP/1.1 {status} Told\r\nContent-Length: {}\r\nETag: {}\r\n\r\n",
            body.len(),
            tag_of(&body)
        )?;
        if request.method != "HEAD" {
            writer.write_all(&body)?;
        }
    }
    Ok(())
}

fn read(reader: &mut BufReader<TcpStream>, shared: &Mutex<State>) -> std::io::Result<Option<Request>> {
    let mut first = String::new();
    if reader.read_line(&mut first)? == 0 || !came(shared, first.len()) {
        return Ok(None);
    }
    let mut words = first.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || !came(shared, line.len()) {
            return Ok(None);
        }
        match line.trim_end().split_once(':') {
            Some((name, value)) => {
                headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
            }
            None => break,
        }
    }
    let mut left: usize = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = Vec::with_capacity(left);
    let mut piece = [0; 16 * 1024];
    while left > 0 {
        let most = left.min(piece.len());
        let got = reader.read(&mut piece[..most])?;
        if got == 0 || !came(shared, got) {
            return Ok(None);
        }
        body.extend_from_slice(&piece[..got]);
        left -= got;
    }
    let (method, path, query) = (method.to_owned(), path.to_owned(), query.to_owned());
    Ok(Some(Request { method, path, query, headers, body }))
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// Whether the request is signed as the documentation of S3 asks.
fn is_signed(request: &Request) -> bool {
    let header = |name: &str| request.headers.get(name).map_or("", String::as_str);
    let part = |name: &str| {
        let (_, rest) = header("authorization").split_once(&format!("{name}="))?;
        Some(rest.split(',').next().unwrap_or(rest).trim())
    };
    let (Some(credential), Some(names), Some(signature)) =
        (part("Credential"), part("SignedHeaders"), part("Signature"))
    else {
        return false;
    };
    let Some((key, scope)) = credential.split_once('/') else { return false };
    let mut key_of_day = format!("AWS4{}", ObjectServer::SECRET).into_bytes();
    for step in scope.split('/') {
        key_of_day = mac(&key_of_day, step);
    }
    let lines: String = names.split(';').map(|name| format!("{name}:{}\n", header(name))).collect();
    let body = ContentHash::of(&request.body).to_string();
    let canonical =
        format!("{}\n{}\n{}\n{lines}\n{names}\n{body}", request.method, request.path, request.query);
    let hash = ContentHash::of(canonical.as_bytes());
    let text = format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{hash}", header("x-amz-date"));
    let right: [u8; 32] = mac(&key_of_day, &text).try_into().expect("32 bytes");
    let all_needed = ["host", "x-amz-date", "x-amz-content-sha256"]
        .iter()
        .all(|needed| names.split(';').any(|name| name == *needed));
    key == ObjectServer::ACCESS_KEY
        && all_needed
        && header("x-amz-content-sha256") == body
        && ContentHash::from_bytes(right).to_string() == signature
}

fn problem(status: u16, code: &str) -> Reply {
    (status, format!("<Error><Code>{code}</Code><Message>Told: {code}</Message></Error>").into_bytes())
}

fn answer(request: &Request, state: &mut State) -> Reply {
    if state.busy > 0 {
        state.busy -= 1;
        return problem(503, "SlowDown");
    }
    if !is_signed(request) {
        return problem(403, "SignatureDoesNotMatch");
    }
    let Some(key) = request.path.strip_prefix("/photos") else { return problem(404, "NoSuchBucket") };
    let key = key.trim_start_matches('/').to_owned();
    state.log.push(format!("{} {key}", request.method));
    match (request.method.as_str(), key.is_empty()) {
        ("GET", true) => list(request, state),
        ("GET" | "HEAD", false) => match state.objects.get(&key) {
            None => problem(404, "NoSuchKey"),
            Some(bytes) => part_of(request, bytes),
        },
        ("PUT", false) => {
            let used: usize = state.objects.values().map(Vec::len).sum();
            if state.capacity.is_some_and(|capacity| (used + request.body.len()) as u64 > capacity) {
                return problem(507, "InsufficientStorage");
            }
            if let Some(refused) = unmet(request, state, &key) {
                return refused;
            }
            state.objects.insert(key, request.body.clone());
            (200, Vec::new())
        }
        ("DELETE", false) => {
            state.objects.remove(&key);
            (204, Vec::new())
        }
        _ => problem(405, "MethodNotAllowed"),
    }
}

/// Why a PUT is not done, when it depends on what is there.
fn unmet(request: &Request, state: &State, key: &str) -> Option<Reply> {
    let there = state.objects.get(key);
    let met = match (request.headers.get("if-none-match"), request.headers.get("if-match")) {
        (None, None) => return None,
        (Some(_), _) => there.is_none(),
        (None, Some(tag)) => there.is_some_and(|bytes| tag_of(bytes) == *tag),
    };
    match state.conditions {
        Conditions::Refused => Some(problem(501, "NotImplemented")),
        Conditions::Minded if !met => Some(problem(412, "PreconditionFailed")),
        _ => None,
    }
}

fn part_of(request: &Request, bytes: &[u8]) -> Reply {
    let range = request.headers.get("range").and_then(|range| range.strip_prefix("bytes="));
    let Some((from, to)) = range.and_then(|range| range.split_once('-')) else {
        return (200, bytes.to_vec());
    };
    let (from, to): (usize, usize) = (from.parse().expect("a number"), to.parse().expect("a number"));
    if from >= bytes.len() {
        return problem(416, "InvalidRange");
    }
    (206, bytes[from..=to.min(bytes.len() - 1)].to_vec())
}

/// Takes the %-signs of a query apart.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
            let digits = String::from_utf8_lossy(&digits).into_owned();
            bytes.push(u8::from_str_radix(&digits, 16).expect("two digits"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("text")
}

fn list(request: &Request, state: &State) -> Reply {
    let asked = |name: &str| {
        let pairs = request.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| decoded(value))
    };
    if asked("list-type").as_deref() != Some("2") {
        return problem(400, "InvalidArgument");
    }
    let prefix = asked("prefix").unwrap_or_default();
    let after = asked("continuation-token").unwrap_or_default();
    let found = state.objects.iter().filter(|(key, _)| key.starts_with(&prefix) && **key > after);
    let mut found: Vec<_> = found.take(ObjectServer::PAGE + 1).collect();
    let more = found.len() > ObjectServer::PAGE;
    found.truncate(ObjectServer::PAGE);
    let mut text = format!("<ListBucketResult><IsTruncated>{more}</IsTruncated>");
    if let (true, Some((last, _))) = (more, found.last()) {
        text += &format!("<NextContinuationToken>{last}</NextContinuationToken>");
    }
    for (key, bytes) in found {
        text += &format!("<Contents><Key>{key}</Key><Size>{}</Size></Contents>", bytes.len());
    }
    (200, format!("{text}</ListBucketResult>").into_bytes())
}
