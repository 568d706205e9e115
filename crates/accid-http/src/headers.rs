//! The headers that keep a browser from doing what nobody asked for, on every answer. Must not know routes; a
//! handler that needs another policy sets it itself.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// What the studio's own pages may load and do.
const STUDIO_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; connect-src 'self'; frame-src 'self'; object-src 'none'; frame-ancestors 'none'; \
    base-uri 'none'; form-action 'self'";

/// The page of the studio that sends a test of a form.
pub const FORM_TEST: &str = "form-test.html";

/// What that page may do: it alone may send to other hosts, and only what somebody puts there and sends by hand.
pub const FORM_TEST_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src https: http:; frame-src 'none'; object-src 'none'; frame-ancestors 'none'; \
    base-uri 'none'; form-action https: http: mailto:";

/// What a file of a project may do when somebody opens it by itself: nothing. An SVG with a script in it stays a
/// picture.
pub const FILE_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox";

/// The folder of a site's own scripts, as a source a policy can name: its host and path. Nothing when the host is not
/// known or a part of the path is neither id nor slug.
pub fn script_folder(headers: &HeaderMap, folder: &[&str]) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let plain =
        |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if host.is_empty() || !folder.iter().all(plain) {
        return String::new();
    }
    format!("{host}/{}/assets/", folder.join("/"))
}

/// What a page on the canvas may load and do: the helper's script runs, by its nonce, and what the site itself has in
/// its `scripts` folder. Pictures come from the `hosts` too, which are those of map tiles that somebody turned on.
pub fn canvas_policy(nonce: &str, scripts: &str, hosts: &[String]) -> String {
    let hosts = hosts.join(" ");
    format!(
        "default-src 'self'; script-src 'nonce-{nonce}' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: {hosts}; \
         connect-src 'none'; object-src 'none'; frame-src 'none'; frame-ancestors 'self'; base-uri 'none'; \
         form-action 'none'"
    )
}

/// Adds what is missing.
pub async fn guard(request: Request, next: Next) -> Response {
    let for_programs = request.uri().path().starts_with("/api");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut add = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    add(header::CONTENT_SECURITY_POLICY, STUDIO_POLICY);
    add(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(header::REFERRER_POLICY, "no-referrer");
    add(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    add(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    add(header::CACHE_CONTROL, if for_programs { "no-store" } else { "no-cache" });
    response
}
