//! Pages and files of a project, as a browser gets them. Must not know how they are made.

use accid_base::RelativePath;
use accid_studio::Served;
use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::Response,
};

use crate::{
    headers::{FILE_POLICY, canvas_policy},
    problem::Failure,
    studio_ui::content_type,
};

/// The path of a file in a site; the entry page when it is empty.
///
/// # Errors
/// When it could leave the site.
pub fn site_path(path: &str) -> Result<String, Failure> {
    let path = if path.is_empty() { "index.html" } else { path };
    Ok(path.parse::<RelativePath>()?.as_str().to_owned())
}

/// A page or file of the canvas or of an old version, whose own scripts lie in `scripts`. The page is never cached: its nonce is good once.
pub fn on_canvas(served: Served, nonce: &str, scripts: &str) -> Response {
    match served {
        Served::Html { body, hosts, .. } => page(body, &canvas_policy(nonce, scripts, &hosts)),
        file => static_file(file),
    }
}

fn page(body: String, policy: &str) -> Response {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Bytes with their media type, which follow from something that changes; a browser asks each time whether they are
/// still the same. With a name, a browser saves them under it.
pub fn bytes(content: Vec<u8>, media_type: &str, name: Option<&str>) -> Response {
    let etag = accid_base::ContentHash::of(&content).etag();
    let mut response = Response::new(Body::from(content));
    let headers = response.headers_mut();
    let kind = HeaderValue::try_from(media_type);
    headers.insert(
        header::CONTENT_TYPE,
        kind.unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream")),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FILE_POLICY));
    let plain =
        |letter: char| if letter.is_ascii_alphanumeric() || "-_. ".contains(letter) { letter } else { '_' };
    let saved =
        name.map(|name| format!("attachment; filename=\"{}\"", name.chars().map(plain).collect::<String>()));
    for (header, value) in [(header::ETAG, Some(etag)), (header::CONTENT_DISPOSITION, saved)] {
        if let Some(Ok(value)) = value.map(HeaderValue::try_from) {
            headers.insert(header, value);
        }
    }
    response
}

/// A file as it is; a browser asks each time whether it is still the same.
pub fn static_file(served: Served) -> Response {
    let (bytes, path, etag) = match served {
        Served::File { bytes, path, etag } => (bytes, path, etag),
        Served::Html { body, etag, .. } => (body.into_bytes(), "page.html".to_owned(), etag),
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, content_type(&path));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FILE_POLICY));
    if let Ok(tag) = HeaderValue::try_from(etag.etag()) {
        headers.insert(header::ETAG, tag);
    }
    response
}
