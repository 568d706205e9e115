//! One request to a service, and its answer. What is sent goes to that address alone: redirects are not followed. Must
//! not know what is said.

use std::{io::ErrorKind, time::Duration};

use ureq::{Agent, Error, http};

use super::ServiceError;

/// How long a service may take.
#[derive(Debug, Clone, Copy)]
pub struct Waits {
    /// Until it is connected.
    pub connect: Duration,
    /// Until it begins to answer, and between two pieces of an answer.
    pub answer: Duration,
}

impl Default for Waits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), answer: Duration::from_secs(60) }
    }
}

/// What a service answered.
pub(super) struct Reply {
    pub status: u16,
    /// How long it asks to be left alone (`Retry-After`, RFC 9110 §10.2.3, in seconds).
    pub retry_after: Option<Duration>,
    /// The header `Dropbox-API-Result`.
    pub result: String,
    pub body: Vec<u8>,
}

impl Reply {
    /// The body as JSON; null when it is none.
    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The body as one line for a person, shortened.
    pub(super) fn said(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let line: String =
            text.chars().map(|one| if one.is_control() { ' ' } else { one }).take(160).collect();
        line.trim().trim_end_matches('.').to_owned()
    }
}

/// The way to one service.
pub(super) struct Wire {
    agent: Agent,
    service: &'static str,
}

impl Wire {
    pub(super) fn new(service: &'static str, waits: Waits) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .tls_config(crate::tls())
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(waits.connect))
            .timeout_recv_response(Some(waits.answer))
            .timeout_per_read(Some(waits.answer))
            .timeout_per_write(Some(waits.answer));
        Self { agent: Agent::new_with_config(config.build()), service }
    }

    /// Posts a body; an answer of more than `most` bytes is refused.
    pub(super) fn post(
        &self,
        url: &str,
        headers: &[(&'static str, String)],
        body: &[u8],
        most: u64,
    ) -> Result<Reply, ServiceError> {
        let mut request = http::Request::builder().method("POST").uri(url);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request = request.body(body).map_err(|_| ServiceError::InvalidAddress)?;
        let mut answer = self.agent.run(request).map_err(|error| self.failed(&error))?;
        let text = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
        let retry_after = text("retry-after").and_then(|text| text.trim().parse().ok());
        let result = text("dropbox-api-result").unwrap_or_default().to_owned();
        let status = answer.status().as_u16();
        let body = answer.body_mut().with_config().limit(most).read_to_vec();
        let body = body.map_err(|error| self.failed(&error))?;
        Ok(Reply { status, retry_after: retry_after.map(Duration::from_secs), result, body })
    }

    /// What went wrong on the way. The address is not told: it may hold a key.
    fn failed(&self, error: &Error) -> ServiceError {
        let away = |reason: &str| ServiceError::Away { service: self.service, reason: reason.to_owned() };
        match error {
            Error::Timeout(_) => away("it did not answer in time"),
            Error::HostNotFound => away("its address was not found: this machine may be offline"),
            Error::ConnectionFailed => away("no connection came about"),
            Error::Tls(_) | Error::Rustls(_) => away("its certificate is not one that this machine trusts"),
            Error::BodyExceedsLimit(_) => ServiceError::Refused {
                service: self.service,
                reason: "the answer is larger than what was asked for".to_owned(),
            },
            Error::Io(error) => match error.kind() {
                ErrorKind::TimedOut | ErrorKind::WouldBlock => away("it did not answer in time"),
                ErrorKind::ConnectionRefused
                | ErrorKind::HostUnreachable
                | ErrorKind::NetworkUnreachable
                | ErrorKind::AddrNotAvailable => away("no connection came about"),
                _ => ServiceError::Cut { service: self.service },
            },
            _ => ServiceError::Cut { service: self.service },
        }
    }
}

/// An address that a token may be sent to: by TLS, or on this machine itself. Without a slash at its end.
///
/// # Errors
/// [`ServiceError::InvalidAddress`], when it is another.
pub fn checked_base(url: &str) -> Result<String, ServiceError> {
    let url = url.trim().trim_end_matches('/');
    let uri: http::Uri = url.parse().map_err(|_| ServiceError::InvalidAddress)?;
    let host = uri.host().unwrap_or_default();
    let here = matches!(host, "127.0.0.1" | "localhost" | "[::1]");
    let plain = !url.contains(['@', '?', '#']) && uri.query().is_none();
    match uri.scheme_str() {
        Some("https") if plain && !host.is_empty() => Ok(url.to_owned()),
        Some("http") if plain && here => Ok(url.to_owned()),
        _ => Err(ServiceError::InvalidAddress),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_goes_by_tls_or_stays_on_this_machine() {
        for good in ["https://api.dropboxapi.com/", "http://127.0.0.1:8080", "http://localhost:1"] {
            assert!(checked_base(good).is_ok(), "{good}");
        }
        for bad in [
            "http://api.dropboxapi.com",
            "http://127.0.0.1@evil.example",
            "https://a:b@dropbox.com",
            "ftp://x",
            "https://",
            "http://localhost.evil",
            "https://x/?y",
            "",
        ] {
            assert_eq!(checked_base(bad), Err(ServiceError::InvalidAddress), "{bad}");
        }
    }
}
