//! The program as a server: called over HTTP, stopped or killed.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use serde_json::Value;
use ureq::{Agent, http};

/// Longest wait for anything the program should do.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running program. Killed when dropped.
pub struct Server {
    child: Child,
    /// The program itself; `child` may be what it was started through.
    process: u32,
    url: String,
    log: Receiver<String>,
    agent: Agent,
}

/// What it answered.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Its `ETag` header; empty when there is none.
    pub etag: String,
    /// Its body; null when it is not JSON.
    pub body: Value,
}

impl Answer {
    /// It went well; gives the envelope's data.
    #[track_caller]
    pub fn data(self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.body);
        self.body["data"].clone()
    }
}

impl Server {
    /// Starts the command, which logs JSON to its standard output, and waits for its line `ready`.
    #[track_caller]
    pub(crate) fn start(command: Command) -> Self {
        Self::try_start(command)
            .unwrap_or_else(|said| panic!("the program ended instead of starting:\n{said}"))
    }

    /// As [`Server::start`]; `Err` with what it said when it ended instead.
    pub(crate) fn try_start(mut command: Command) -> Result<Self, String> {
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let (sender, log) = mpsc::channel();
        let out = child.stdout.take().expect("its standard output");
        let err = child.stderr.take().expect("its standard error");
        for stream in [Box::new(out) as Box<dyn std::io::Read + Send>, Box::new(err)] {
            let sender = sender.clone();
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let agent = Agent::new_with_config(
            Agent::config_builder()
                .http_status_as_error(false)
                .proxy(None)
                // A server may hang up on a connection that is at rest in the very moment it is used again.
                .max_idle_connections(0)
                .timeout_global(Some(PATIENCE))
                .build(),
        );
        let mut server = Self { process: child.id(), child, url: String::new(), log, agent };
        let ready = server.find_line("\"ready\"")?;
        let line: Value = serde_json::from_str(&ready).expect("a log line of JSON");
        server.url = line["url"].as_str().expect("the line says the address").to_owned();
        server.process =
            line["process"].as_u64().and_then(|id| u32::try_from(id).ok()).expect("and the process");
        Ok(server)
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its process.
    pub const fn process(&self) -> u32 {
        self.process
    }

    /// Waits for a log line with that text and gives it.
    #[track_caller]
    pub fn wait_for_line(&self, text: &str) -> String {
        self.find_line(text).unwrap_or_else(|seen| panic!("{text} was not said:\n{seen}"))
    }

    fn find_line(&self, text: &str) -> Result<String, String> {
        let mut seen = Vec::new();
        loop {
            match self.log.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(text) => return Ok(line),
                Ok(line) => seen.push(line),
                Err(_) => return Err(seen.join("\n")),
            }
        }
    }

    fn signal(&self, name: &str) -> bool {
        let sent =
            Command::new("/bin/kill").args([name, &self.process.to_string()]).stderr(Stdio::null()).status();
        sent.is_ok_and(|status| status.success())
    }

    /// Calls the API; `Err` when the connection broke.
    pub fn try_call(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Answer, ureq::Error> {
        call(&self.agent, &self.url, method, path, body)
    }

    /// Calls the API.
    #[track_caller]
    pub fn call(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.try_call(method, path, Some(body)).expect("an answer")
    }

    /// Reads from the API.
    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        self.try_call("GET", path, None).expect("an answer")
    }

    /// A function that calls the API from another thread; without a body when that is null.
    pub fn caller(
        &self,
    ) -> impl Fn(&str, &str, &Value) -> Result<Answer, ureq::Error> + Send + 'static + use<> {
        let (agent, url) = (self.agent.clone(), self.url.clone());
        move |method, path, body| call(&agent, &url, method, path, Some(body).filter(|body| !body.is_null()))
    }

    /// Asks it to end (SIGTERM) and waits; how it ended, or `None` when it did not within that time.
    pub fn terminate(mut self, within: Duration) -> Option<ExitStatus> {
        assert!(self.signal("-TERM"), "the signal was not sent");
        // The log ends when the process does; nothing needs to be polled.
        let end = std::time::Instant::now() + within;
        loop {
            let left = end.saturating_duration_since(std::time::Instant::now());
            match self.log.recv_timeout(left) {
                Ok(_) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => return self.child.wait().ok(),
                Err(mpsc::RecvTimeoutError::Timeout) => return None,
            }
        }
    }

    /// Asks it to end, waits, and gives all it has said since the last line that was waited for.
    pub fn end_with_log(mut self) -> Vec<String> {
        assert!(self.signal("-TERM"), "the signal was not sent");
        let mut said = Vec::new();
        while let Ok(line) = self.log.recv_timeout(PATIENCE) {
            said.push(line);
        }
        drop(self.child.wait());
        said
    }

    /// Kills it in the middle of whatever it does (SIGKILL).
    pub fn kill(mut self) {
        self.signal("-KILL");
        drop(self.child.wait());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.signal("-KILL");
        }
        drop(self.child.wait());
    }
}

fn call(
    agent: &Agent,
    url: &str,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> Result<Answer, ureq::Error> {
    let request = http::Request::builder().method(method).uri(format!("{url}{path}"));
    let mut answer = match body {
        Some(body) => {
            let request = request.header("content-type", "application/json").body(body.to_string());
            agent.run(request.expect("a request"))?
        }
        None => agent.run(request.body(()).expect("a request"))?,
    };
    let etag =
        answer.headers().get("etag").and_then(|etag| etag.to_str().ok()).unwrap_or_default().to_owned();
    let bytes = answer.body_mut().with_config().limit(u64::MAX).read_to_vec()?;
    Ok(Answer {
        status: answer.status().as_u16(),
        etag,
        body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
    })
}
