//! The studio's own web pages, embedded in the program: every address that is not of the API. Must not know what
//! the pages do.

use std::borrow::Cow;

use accid_base::{ContentHash, RelativePath};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, Method, Uri, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;

use crate::{
    HttpState,
    headers::{FORM_TEST, FORM_TEST_POLICY},
    problem::unknown_route,
};

/// One file of the web pages.
#[derive(Debug, Clone)]
pub struct StudioFile {
    /// Its content.
    pub bytes: Cow<'static, [u8]>,
    /// Its content hash.
    pub hash: ContentHash,
}

/// Finds a file of the web pages by its path, such as `assets/app.js`.
pub type StudioFiles = fn(&str) -> Option<StudioFile>;

#[derive(RustEmbed)]
#[folder = "../../web/app/dist/"]
#[allow_missing = true]
struct Embedded;

/// The files that were built into the program (in a debug build: those on disk now).
pub fn embedded(path: &str) -> Option<StudioFile> {
    let file = Embedded::get(path)?;
    Some(StudioFile { bytes: file.data, hash: ContentHash::from_bytes(file.metadata.sha256_hash()) })
}

/// What a person sees when the web pages were not built.
const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>ACCID</title>\n\
    <h1>The studio's pages are not built in</h1>\n\
    <p>This ACCID runs, but it was built without its web pages. Run <code>make build</code> and start it again.</p>\n\
    <p>The programming interface works: <a href=\"/api/docs\">its description</a>.</p></html>\n";

/// Answers with the file, or with the entry page for an address that the pages route themselves.
pub async fn serve(State(state): State<HttpState>, method: Method, uri: Uri) -> Response {
    let path = uri.path();
    let reserved = ["api", "canvas", "history", "auth", "healthz"];
    let first = path.split('/').nth(1).unwrap_or_default().to_ascii_lowercase();
    if !matches!(method, Method::GET | Method::HEAD) || reserved.contains(&first.as_str()) {
        return unknown_route(path).into_response();
    }
    let name = path.trim_start_matches('/');
    if name.is_empty() {
        return entry_page(&state);
    }
    let safe = name.parse::<RelativePath>().is_ok() && !name.contains('%') && !path.starts_with("//");
    match safe.then(|| (state.files())(name)).flatten() {
        Some(file) => file_response(name, file),
        None if safe && !name.rsplit('/').next().unwrap_or_default().contains('.') => entry_page(&state),
        None => unknown_route(path).into_response(),
    }
}

fn entry_page(state: &HttpState) -> Response {
    match (state.files())("index.html") {
        Some(file) => file_response("index.html", file),
        None => axum::response::Html(NOT_BUILT).into_response(),
    }
}

/// Names below `assets/` carry a hash of their content, so they never change; all others are asked for again.
fn file_response(name: &str, file: StudioFile) -> Response {
    let lasting = name.starts_with("assets/");
    let cache = if lasting { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = Response::new(Body::from(file.bytes.into_owned()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, content_type(name));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if name == FORM_TEST {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FORM_TEST_POLICY));
    }
    if let Ok(tag) = HeaderValue::try_from(file.hash.etag()) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// The content type that follows from a file's name.
pub fn content_type(name: &str) -> HeaderValue {
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let text = kind.type_() == "text" || matches!(kind.subtype().as_str(), "javascript" | "json" | "xml");
    let value = if text { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_types_follow_from_names() {
        for (name, kind) in [
            ("a.html", "text/html; charset=utf-8"),
            ("a.css", "text/css; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("a.woff2", "font/woff2"),
            ("a.webp", "image/webp"),
            ("a.jpg", "image/jpeg"),
            ("a.svg", "image/svg+xml"),
            ("a.unknown-thing", "application/octet-stream"),
        ] {
            assert_eq!(content_type(name), kind, "{name}");
        }
    }
}
