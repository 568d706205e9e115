//! The gate before every handler: whether a request comes from this machine's own studio (or a program on it), and
//! not from a page of another site. Must not know routes or roles.
//!
//! The address of the peer is no proof: a local proxy or tunnel makes every request come from 127.0.0.1, and a name
//! that resolves to 127.0.0.1 (DNS rebinding) lets a foreign page speak to this port. So the name in `Host`, the
//! absence of proxy headers, and Fetch Metadata or `Origin` decide (as in Go's `CrossOriginProtection`).

use std::net::SocketAddr;

use accid_base::{ErrorCode, Problem};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    HttpState, pairing,
    problem::{Failure, shorten},
};

/// The names under which this ACCID answers, such as `localhost:9847`.
#[derive(Debug, Clone)]
pub struct Gate {
    hosts: Vec<String>,
}

impl Gate {
    /// The names of this machine itself, with the port that ACCID listens at.
    pub fn local(port: u16) -> Self {
        Self::of(["localhost", "127.0.0.1", "[::1]"].iter().flat_map(|name| {
            let bare = (port == 80).then(|| (*name).to_owned());
            std::iter::once(format!("{name}:{port}")).chain(bare)
        }))
    }

    /// Exactly these names, each with its port.
    pub fn of(hosts: impl IntoIterator<Item = String>) -> Self {
        Self { hosts: hosts.into_iter().map(|host| host.to_ascii_lowercase()).collect() }
    }

    /// Says why a request may not pass.
    ///
    /// # Errors
    /// [`ErrorCode::ForeignRequest`] with the reason.
    pub fn check(&self, parts: &Parts) -> Result<(), Problem> {
        let host = self.check_host(parts)?;
        check_proxies(&parts.headers)?;
        check_peer(parts)?;
        check_origin(parts, &host)
    }

    fn check_host(&self, parts: &Parts) -> Result<String, Problem> {
        let mut hosts = parts.headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            return Err(foreign("It does not name exactly one host."));
        };
        let host = host.to_str().unwrap_or_default().to_ascii_lowercase();
        if !self.hosts.contains(&host) {
            return Err(foreign(format!(
                "It was sent to a name that is not this ACCID's (this is {}).",
                self.hosts[0]
            )));
        }
        match parts.uri.authority() {
            Some(authority) if authority.as_str().to_ascii_lowercase() != host => {
                Err(foreign("Its address and its Host header differ."))
            }
            _ => Ok(host),
        }
    }
}

fn foreign(why: impl Into<String>) -> Problem {
    Problem::new(ErrorCode::ForeignRequest, "This request does not come from this machine's own studio.")
        .because(why)
        .fix("Open the studio at the address that ACCID printed when it started.")
}

fn check_proxies(headers: &HeaderMap) -> Result<(), Problem> {
    let proxied =
        |name: &str| matches!(name, "forwarded" | "via" | "x-real-ip") || name.starts_with("x-forwarded-");
    match headers.keys().find(|name| proxied(name.as_str())) {
        Some(name) => {
            Err(foreign(format!("It came through a proxy (header \"{name}\"), so who sent it is not known.")))
        }
        None => Ok(()),
    }
}

fn check_peer(parts: &Parts) -> Result<(), Problem> {
    match parts.extensions.get::<ConnectInfo<SocketAddr>>() {
        Some(ConnectInfo(peer)) if !peer.ip().to_canonical().is_loopback() => {
            Err(foreign("It comes from another machine."))
        }
        _ => Ok(()),
    }
}

fn check_origin(parts: &Parts, host: &str) -> Result<(), Problem> {
    let text =
        |name: &str| parts.headers.get(name).map(|value| value.to_str().unwrap_or("?").to_ascii_lowercase());
    let origin = text("origin");
    if origin.as_deref() == Some("null") || parts.headers.get_all("origin").iter().count() > 1 {
        return Err(foreign("It was sent by a page without an origin of its own (Origin: null)."));
    }
    match text("sec-fetch-site").as_deref() {
        Some("same-origin" | "none") => Ok(()),
        Some(_) if is_top_level_visit(parts, &text) => Ok(()),
        Some(_) => Err(foreign("It was sent by a page of another site.")),
        None => match origin {
            Some(origin) if origin != format!("http://{host}") => {
                Err(foreign("It was sent by a page of another site."))
            }
            _ => Ok(()),
        },
    }
}

/// A link on another site that a person followed: allowed, but to pages only, not to data.
fn is_top_level_visit(parts: &Parts, text: &dyn Fn(&str) -> Option<String>) -> bool {
    let reading = matches!(parts.method, Method::GET | Method::HEAD);
    let visit = text("sec-fetch-mode").as_deref() == Some("navigate")
        && text("sec-fetch-dest").is_none_or(|target| target == "document");
    let path = parts.uri.path();
    reading && visit && (!path.starts_with("/api") || path == "/api/docs" || path == "/api/v1/docs")
}

fn beyond_tools() -> Problem {
    Problem::new(ErrorCode::NotAllowed, "A paired tool may not do this.")
        .because("It may hand its own projects over and have them published, and nothing else.")
        .fix("Do it in the studio of the Vault itself.")
}

fn comes_from_afar(request: &Request) -> bool {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    peer.is_some_and(|ConnectInfo(peer)| !peer.ip().to_canonical().is_loopback())
}

/// Turns foreign requests away before anything reads them, and says who sends the others.
pub async fn keep_gate(State(state): State<HttpState>, request: Request, next: Next) -> Response {
    if let Some(token) = pairing::token_of(request.headers()) {
        let studio = state.studio();
        return match studio.connected().of_token(token) {
            Some(tool) if pairing::may_reach(studio, &tool, &request) => {
                let mut request = request;
                request.extensions_mut().insert(pairing::caller_of(&tool));
                request.extensions_mut().insert(pairing::Paired(tool));
                next.run(request).await
            }
            Some(tool) => {
                tracing::warn!(method = %request.method(), path = shorten(request.uri().path()), tool = tool.name, "request refused: not for tools");
                Failure(beyond_tools()).into_response()
            }
            None => {
                tracing::warn!(method = %request.method(), path = shorten(request.uri().path()), "request refused: unknown token");
                pairing::refuse()
            }
        };
    }
    if comes_from_afar(&request) {
        tracing::warn!(method = %request.method(), path = shorten(request.uri().path()), "request refused: no token");
        return pairing::refuse();
    }
    let (mut parts, body) = request.into_parts();
    if let Err(problem) = state.gate().check(&parts) {
        tracing::warn!(method = %parts.method, path = shorten(parts.uri.path()), "request refused: {}", problem.why);
        return Failure(problem).into_response();
    }
    let caller = state.authenticate(&parts);
    parts.extensions.insert(caller);
    next.run(Request::from_parts(parts, body)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(method: &str, path: &str, headers: &[(&str, &str)]) -> Result<(), Problem> {
        let mut request = axum::http::Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Gate::local(9847).check(&request.body(()).unwrap().into_parts().0)
    }

    #[test]
    fn only_this_machines_own_names_pass() {
        for host in ["localhost:9847", "LOCALHOST:9847", "127.0.0.1:9847", "[::1]:9847"] {
            assert!(check("GET", "/api/health", &[("host", host)]).is_ok(), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:9847",
            "localhost.evil:9847",
            "localhost.:9847",
            "localhost",
            "localhost:80",
            "0.0.0.0:9847",
            "127.0.0.1:9848",
            "127.1:9847",
            "",
            "localhost:9847@evil.example",
            "[::ffff:127.0.0.1]:9847",
        ] {
            assert!(check("GET", "/api/health", &[("host", host)]).is_err(), "{host}");
        }
    }

    #[test]
    fn no_host_and_two_hosts_are_refused() {
        assert!(check("GET", "/", &[]).is_err());
        assert!(check("GET", "/", &[("host", "localhost:9847"), ("host", "localhost:9847")]).is_err());
        assert!(check("GET", "/", &[("host", "localhost:9847"), ("host", "evil.example")]).is_err());
    }

    #[test]
    fn an_absolute_address_has_to_name_the_same_host() {
        let host = [("host", "localhost:9847")];
        assert!(check("GET", "http://localhost:9847/api/health", &host).is_ok());
        assert!(check("GET", "http://evil.example/api/health", &host).is_err());
        assert!(check("GET", "http://localhost:9847/", &[("host", "evil.example")]).is_err());
    }

    #[test]
    fn what_came_through_a_proxy_is_not_local() {
        for name in ["forwarded", "via", "x-forwarded-for", "X-Forwarded-Host", "x-real-ip"] {
            assert!(check("GET", "/", &[("host", "localhost:9847"), (name, "127.0.0.1")]).is_err(), "{name}");
        }
    }

    #[test]
    fn another_machine_is_not_this_one() {
        let mut parts =
            axum::http::Request::get("/").header("host", "localhost:9847").body(()).unwrap().into_parts().0;
        parts.extensions.insert(ConnectInfo(SocketAddr::from(([192, 168, 1, 7], 40_000))));
        assert!(Gate::local(9847).check(&parts).is_err());
        parts.extensions.insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 40_000))));
        assert!(Gate::local(9847).check(&parts).is_ok());
    }

    #[test]
    fn writes_pass_only_from_the_studio_itself_or_a_program() {
        let sent = |extra: &[(&str, &str)]| {
            let headers: Vec<_> =
                std::iter::once(("host", "localhost:9847")).chain(extra.iter().copied()).collect();
            check("POST", "/api/projects", &headers)
        };
        assert!(sent(&[]).is_ok(), "a program that is no browser");
        assert!(sent(&[("origin", "http://localhost:9847")]).is_ok());
        assert!(sent(&[("sec-fetch-site", "same-origin")]).is_ok());
        assert!(sent(&[("sec-fetch-site", "none")]).is_ok());
        for origin in [
            "null",
            "http://evil.example",
            "http://localhost:3000",
            "https://localhost:9847",
            "http://127.0.0.1:9847",
        ] {
            assert!(sent(&[("origin", origin)]).is_err(), "{origin}");
        }
        for site in ["cross-site", "same-site", "", "SAME-ORIGIN, none"] {
            assert!(sent(&[("sec-fetch-site", site)]).is_err(), "{site}");
        }
        assert!(
            sent(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]).is_err(),
            "a form elsewhere"
        );
        assert!(sent(&[("sec-fetch-site", "same-origin"), ("origin", "null")]).is_err());
    }

    #[test]
    fn another_site_may_link_to_pages_but_not_read_data() {
        let visit = [
            ("host", "localhost:9847"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
        ];
        assert!(check("GET", "/", &visit).is_ok());
        assert!(check("GET", "/api/docs", &visit).is_ok());
        assert!(check("GET", "/api/projects", &visit).is_err());
        for mode in ["cors", "no-cors", "websocket"] {
            let read =
                [("host", "localhost:9847"), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", mode)];
            assert!(check("GET", "/api/projects", &read).is_err(), "{mode}");
            assert!(check("GET", "/canvas/p/index.html", &read).is_err(), "{mode}");
        }
        let framed = [visit[0], visit[1], visit[2], ("sec-fetch-dest", "iframe")];
        assert!(check("GET", "/", &framed).is_err());
    }
}
