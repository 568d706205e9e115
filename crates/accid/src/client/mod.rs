//! Every command is a call of the API: over HTTP when an ACCID holds the data folder, else in this process through
//! the same router. Must not know what a command does.
//!
//! **Invariant:** the command line has no way to the data but [`ApiClient::call`].

mod local;
mod multipart;
mod remote;

use std::path::Path;

use accid_store::Store;
use serde_json::Value;

pub use local::LocalClient;
pub use remote::RemoteClient;

use crate::failure::Failure;

/// What a call does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes, or asks for work.
    Post,
    /// Sets.
    Put,
    /// Removes.
    Delete,
}

impl Method {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// What a call sends.
#[derive(Debug, Clone)]
pub enum Body {
    /// Nothing.
    Empty,
    /// A JSON value.
    Json(Value),
    /// One file of a form.
    File {
        /// Its name.
        name: String,
        /// Its content.
        bytes: Vec<u8>,
    },
}

impl Body {
    /// Content type and bytes as they are sent.
    fn encode(self) -> Option<(String, Vec<u8>)> {
        match self {
            Self::Empty => None,
            Self::Json(value) => Some(("application/json".to_owned(), value.to_string().into_bytes())),
            Self::File { name, bytes } => Some(multipart::encode("files", &name, &bytes)),
        }
    }
}

/// Calls the API.
pub trait ApiClient: Sync {
    /// Sends a request and gives the answer's status and JSON.
    ///
    /// # Errors
    /// When no answer came.
    fn send(&self, method: Method, path: &str, body: Body) -> Result<(u16, Value), Failure>;

    /// Sends a request and gives the envelope's `data`.
    ///
    /// # Errors
    /// When no answer came, or it was a problem.
    fn call(&self, method: Method, path: &str, body: Body) -> Result<Value, Failure> {
        let (status, mut answer) = self.send(method, path, body)?;
        if (200..300).contains(&status) {
            Ok(answer["data"].take())
        } else {
            Err(Failure::of_problem(&answer))
        }
    }

    /// Reads; see [`ApiClient::call`].
    ///
    /// # Errors
    /// As [`ApiClient::call`].
    fn get(&self, path: &str) -> Result<Value, Failure> {
        self.call(Method::Get, path, Body::Empty)
    }

    /// Sends JSON; see [`ApiClient::call`].
    ///
    /// # Errors
    /// As [`ApiClient::call`].
    fn post(&self, path: &str, body: Value) -> Result<Value, Failure> {
        self.call(Method::Post, path, Body::Json(body))
    }

    /// Reads every page of a list.
    ///
    /// # Errors
    /// As [`ApiClient::call`].
    fn list(&self, path: &str) -> Result<Vec<Value>, Failure> {
        let mut items = Vec::new();
        for page in 1.. {
            let mut answer = self.get(&format!("{path}?page={page}&perPage=100"))?;
            let Value::Array(more) = answer["items"].take() else { break };
            let last = more.is_empty();
            items.extend(more);
            if last || items.len() as u64 >= answer["total"].as_u64().unwrap_or(0) {
                break;
            }
        }
        Ok(items)
    }

    /// Ends; what was acknowledged is on disk then.
    ///
    /// # Errors
    /// When the disk refuses.
    fn close(self: Box<Self>) -> Result<(), Failure>;
}

/// The client for a data folder: of the process that holds it, or of this one.
///
/// # Errors
/// When the folder cannot be used, or its holder does not answer.
pub fn open(root: &Path) -> Result<Box<dyn ApiClient>, Failure> {
    match Store::in_use(&accid_base::SystemVfs, root) {
        Some(holder) => Ok(Box::new(RemoteClient::new(&holder.url, holder.pid)?)),
        None => Ok(Box::new(LocalClient::open(root)?)),
    }
}

/// A name as one segment of a path (RFC 3986 §2.1).
pub fn segment(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::sync::Mutex;

    struct Scripted(Mutex<Vec<(u16, Value)>>);

    impl ApiClient for Scripted {
        fn send(&self, _: Method, _: &str, _: Body) -> Result<(u16, Value), Failure> {
            Ok(self.0.lock().unwrap().remove(0))
        }

        fn close(self: Box<Self>) -> Result<(), Failure> {
            Ok(())
        }
    }

    #[test]
    fn a_list_is_read_to_its_end() {
        let page = |items: Value| (200, json!({"data": {"items": items, "total": 3}}));
        let client = Scripted(Mutex::new(vec![page(json!([1, 2])), page(json!([3]))]));
        assert_eq!(client.list("/api/x").unwrap(), [1, 2, 3]);
    }

    #[test]
    fn a_problem_becomes_its_sentence() {
        let problem =
            json!({"error": "There is no such project.", "status": 404, "code": "project_not_found"});
        let client = Scripted(Mutex::new(vec![(404, problem)]));
        assert_eq!(client.get("/api/x").unwrap_err().to_string(), "There is no such project.");
    }

    #[test]
    fn a_name_cannot_leave_its_segment() {
        assert_eq!(segment("../x y/ß"), "..%2Fx%20y%2F%C3%9F");
        assert_eq!(segment("yacht-adventures"), "yacht-adventures");
    }
}
