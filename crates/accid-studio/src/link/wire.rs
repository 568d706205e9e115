//! Speaking with a Vault over HTTP. The token goes to that address alone: redirects are not followed. Must not know what
//! is said.

use std::time::Duration;

use accid_base::{Problem, Secret};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use ureq::{Agent, Body, http};

/// How long the Vault may take to show that it is there.
const GREETING: Duration = Duration::from_secs(2);
/// How long it may take to answer a delivery.
const ANSWER: Duration = Duration::from_secs(60);
/// Longest answer that is read, in bytes.
const LONGEST: u64 = 64 << 20;

/// Why a call came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallError {
    /// Nobody answers, or not in time, or it is in trouble.
    Away(String),
    /// It answers, but does not know the token.
    NotPaired(String),
    /// It answers, and refuses what was sent.
    Refused(String),
}

/// What passes through to the Vault on behalf of a person here.
#[derive(Debug)]
pub struct Passed {
    /// HTTP status.
    pub status: u16,
    /// Content type of the answer.
    pub kind: String,
    /// The answer.
    pub body: Vec<u8>,
}

/// A Vault at an address.
pub struct VaultClient {
    quick: Agent,
    patient: Agent,
    url: String,
    token: Secret<String>,
}

impl VaultClient {
    pub fn new(url: &str, token: Secret<String>) -> Self {
        let agent = |global: Option<Duration>, answer: Option<Duration>| {
            let config = Agent::config_builder()
                .http_status_as_error(false)
                .proxy(None)
                .tls_config(accid_transfer::tls())
                .max_redirects(0)
                .max_redirects_will_error(false)
                .timeout_connect(Some(GREETING))
                .timeout_global(global)
                .timeout_recv_response(answer);
            Agent::new_with_config(config.build())
        };
        Self {
            quick: agent(Some(GREETING), None),
            patient: agent(None, Some(ANSWER)),
            url: url.trim_end_matches('/').to_owned(),
            token,
        }
    }

    fn request(&self, method: &str, path: &str) -> http::request::Builder {
        http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url))
            .header("authorization", format!("Bearer {}", self.token.reveal()))
    }

    /// How the Vault is, without its envelope.
    pub fn health(&self) -> Result<Value, CallError> {
        let answer = self.quick.run(self.request("GET", "/api/health").body(()).map_err(away)?);
        read(answer.map_err(away)?)
    }

    /// Calls it, and expects an answer at once.
    pub fn greet<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, CallError> {
        self.post(&self.quick, path, body)
    }

    /// Sends it something that may be large.
    pub fn send<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, CallError> {
        self.post(&self.patient, path, body)
    }

    fn post<T: DeserializeOwned>(
        &self,
        agent: &Agent,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, CallError> {
        let bytes = serde_json::to_vec(body).map_err(away)?;
        let request = self.request("POST", path).header("content-type", "application/json");
        let mut answer = read(agent.run(request.body(bytes).map_err(away)?).map_err(away)?)?;
        serde_json::from_value(answer["data"].take()).map_err(away)
    }

    /// Sends it an original.
    pub fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), CallError> {
        let request = self.request("PUT", path).header("content-type", "application/octet-stream");
        read(self.patient.run(request.body(bytes).map_err(away)?).map_err(away)?).map(drop)
    }

    /// Lets a request of a person here through, as it is.
    pub fn pass(&self, method: &str, path: &str, body: Vec<u8>) -> Result<Passed, CallError> {
        let request = self.request(method, path);
        let answer = if body.is_empty() {
            self.patient.run(request.body(()).map_err(away)?)
        } else {
            let request = request.header("content-type", "application/json");
            self.patient.run(request.body(body).map_err(away)?)
        };
        let mut answer = answer.map_err(away)?;
        let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok());
        let kind = kind.unwrap_or("application/json").to_owned();
        let body = answer.body_mut().with_config().limit(LONGEST).read_to_vec().map_err(away)?;
        Ok(Passed { status: answer.status().as_u16(), kind, body })
    }
}

fn away(error: impl std::fmt::Display) -> CallError {
    CallError::Away(error.to_string())
}

fn read(mut answer: http::Response<Body>) -> Result<Value, CallError> {
    let status = answer.status().as_u16();
    let text = answer.body_mut().with_config().limit(LONGEST).read_to_string().map_err(away)?;
    let value: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
    let said = value["error"].as_str().unwrap_or_default().to_owned();
    match status {
        200..300 if !value.is_null() => Ok(value),
        401 | 403 => Err(CallError::NotPaired(said)),
        408 | 429 | 500.. => Err(CallError::Away(format!("it answers {status}"))),
        400..500 => {
            Err(CallError::Refused(if said.is_empty() { format!("it answers {status}") } else { said }))
        }
        _ => Err(CallError::Away(format!("it answers {status}, and is no ACCID"))),
    }
}

/// An address as it is kept: `http://` or `https://`, a host, perhaps a port and a path.
pub fn checked_url(url: &str) -> Result<String, Problem> {
    let url = url.trim().trim_end_matches('/');
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://")).unwrap_or_default();
    let plain = !rest.is_empty()
        && !rest.starts_with(['/', ':'])
        && !rest.contains(['@', '?', '#'])
        && rest.chars().all(|letter| letter.is_ascii_graphic());
    if plain && url.parse::<http::Uri>().is_ok() {
        return Ok(url.to_owned());
    }
    Err(Problem::new(accid_base::ErrorCode::InvalidValue, "The Vault was not taken.")
        .because("Its address cannot be read.")
        .fix("Write it as the Vault printed it when it started, such as http://192.168.1.5:9847."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_host_and_no_secret() {
        for good in ["http://127.0.0.1:9847", "https://vault.example/accid/", " http://nas:9847 "] {
            assert!(checked_url(good).is_ok(), "{good}");
        }
        for bad in ["", "nas:9847", "ftp://nas", "http://", "http://a:b@nas", "http://nas/?x", "http://n s"] {
            assert!(checked_url(bad).is_err(), "{bad}");
        }
    }
}
