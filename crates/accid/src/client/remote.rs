//! The API of a running ACCID, over HTTP on this machine.

use std::time::Duration;

use serde_json::Value;
use ureq::{Agent, http};

use super::{ApiClient, Body, Method};
use crate::failure::Failure;

/// Speaks with the process that holds a data folder.
pub struct RemoteClient {
    agent: Agent,
    url: String,
}

impl RemoteClient {
    /// For the process that said it answers at that address.
    ///
    /// # Errors
    /// When it has not said so yet.
    pub fn new(url: &str, process: u32) -> Result<Self, Failure> {
        if url.is_empty() {
            return Err(Failure::new(format!(
                "The data folder is held by another ACCID (process {process}) that is just starting or ending. \
                 Try again in a moment."
            )));
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .timeout_connect(Some(Duration::from_secs(2)))
            .build();
        Ok(Self { agent: Agent::new_with_config(config), url: url.trim_end_matches('/').to_owned() })
    }

    fn unreachable(&self, error: &ureq::Error) -> Failure {
        Failure::new(format!(
            "The ACCID that holds the data folder does not answer at {}. {error}. Stop it and try again.",
            self.url
        ))
    }
}

impl ApiClient for RemoteClient {
    fn send(&self, method: Method, path: &str, body: Body) -> Result<(u16, Value), Failure> {
        let request = http::Request::builder().method(method.as_str()).uri(format!("{}{path}", self.url));
        let malformed =
            |error: http::Error| Failure::new(format!("The request could not be written. {error}."));
        let answer = match body.encode() {
            Some((kind, bytes)) => {
                let request = request.header("Content-Type", kind).body(bytes).map_err(malformed)?;
                self.agent.run(request)
            }
            None => self.agent.run(request.body(()).map_err(malformed)?),
        };
        let mut answer = answer.map_err(|error| self.unreachable(&error))?;
        let status = answer.status().as_u16();
        let text = answer.body_mut().with_config().limit(u64::MAX).read_to_string();
        let text = text.map_err(|error| self.unreachable(&error))?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }

    fn close(self: Box<Self>) -> Result<(), Failure> {
        Ok(())
    }
}
