//! A look at the published site as a visitor: the entry page and two others are fetched over HTTP and compared with
//! what was published. What is seen is said, and changes nothing: a host may show a page later than it has it.
//!
//! Must not know: how it was published. **Invariant:** nothing but the public address a person has named is asked, and
//! no other host a page of it leads to.

use std::{io::Read as _, time::Duration};

use accid_base::{ContentHash, Id, RelativePath};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ureq::{
    Agent,
    http::{Response, StatusCode, header},
};

use crate::{PublishedManifest, error::quoted};

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The largest page that is compared, in bytes.
const LARGEST: u64 = 64 << 20;
/// How many times a host may send a visitor on.
const HOPS: usize = 5;
/// How many pages are looked at, the entry page among them.
const PAGES: usize = 3;

/// What to look at, and what to expect.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// Where visitors see the site, `https://…`.
    pub url: &'a str,
    /// The release that is online.
    pub release: &'a Id,
    /// Its files.
    pub pages: &'a [(RelativePath, ContentHash)],
    /// What the entry page was in releases before it.
    pub before: &'a [ContentHash],
}

/// What a visitor sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sight {
    /// What was published, byte for byte.
    Published,
    /// What was published, with something the host adds or changes.
    Altered,
    /// A release before: a cache between the host and here has not forgotten it yet.
    Earlier,
    /// Something else.
    Other,
    /// Nothing: the address does not answer.
    Nothing,
}

/// What was seen at the public address after publishing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Seen {
    /// What a visitor sees.
    pub sight: Sight,
    /// The address that was looked at.
    pub url: String,
    /// The same for a person: what, why, what to do.
    pub message: String,
}

impl Seen {
    /// Whether a person should be told.
    pub fn is_warning(&self) -> bool {
        self.sight != Sight::Published
    }

    fn new(sight: Sight, url: &str, message: String) -> Self {
        Self { sight, url: url.to_owned(), message }
    }
}

/// Fetches the entry page and two others, and says what they are.
pub fn visit(visit: Visit<'_>) -> Seen {
    let mut pages: Vec<_> = visit.pages.iter().filter(|(path, _)| is_page(path)).collect();
    pages.sort_by_key(|(path, _)| (path.as_str() != "index.html", path.as_str().matches('/').count()));
    let eyes = Eyes::open();
    let mut looked = 0;
    for (path, hash) in pages.into_iter().take(PAGES) {
        let url = address_of(visit.url, path);
        match eyes.fetch(&url) {
            Err(Blind::Missing(status)) => return missing(&visit, &url, status),
            Err(Blind::Elsewhere(host)) => return elsewhere(&url, &host),
            Err(Blind::Unreachable(reason)) => return unreachable(&url, &reason),
            Ok(bytes) => {
                let found = ContentHash::of(&bytes);
                if found != *hash {
                    return differs(&eyes, &visit, &url, &found);
                }
            }
        }
        looked += 1;
    }
    let what = match looked {
        0 => "There is no page to look at.".to_owned(),
        1 => "The entry page is online as it was published.".to_owned(),
        _ => format!("The entry page and {} more are online as they were published.", looked - 1),
    };
    Seen::new(Sight::Published, visit.url, what)
}

fn is_page(path: &RelativePath) -> bool {
    matches!(path.extension(), "html" | "htm") && path.as_str() != "404.html"
}

/// The address visitors know a page by: a folder for its `index.html`.
fn address_of(base: &str, path: &RelativePath) -> String {
    let path = path.as_str();
    let shown = match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => path,
    };
    let mut url = format!("{}/", base.trim_end_matches('/'));
    for byte in shown.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url
}

fn missing(visit: &Visit<'_>, url: &str, status: StatusCode) -> Seen {
    let entry = url.trim_end_matches('/') == visit.url.trim_end_matches('/');
    let fix = match status.as_u16() {
        401 | 403 if entry => {
            "Ask your host who may see the folder, and whether index.html is its entry page."
        }
        404 if entry => "Look whether the public address and the folder of the environment belong together.",
        404 => "Your host may want pages under other addresses; open the site and look.",
        500.. => "Your host is in trouble, or a rule in .htaccess is not to its liking; try again later.",
        _ => "Open the address in a browser and look.",
    };
    let message = format!("{url} does not show the page: the host answers {}. {fix}", status.as_u16());
    Seen::new(if entry { Sight::Other } else { Sight::Altered }, url, message)
}

fn elsewhere(url: &str, host: &str) -> Seen {
    let host = quoted(host);
    let message = format!(
        "{url} sends visitors on to {host}, which was not looked at. If that is your site, write its address as the \
         public address of the environment."
    );
    Seen::new(Sight::Other, url, message)
}

fn unreachable(url: &str, reason: &str) -> Seen {
    let message = format!(
        "{url} does not answer ({}). The site was published; look whether the public address is right and the domain \
         leads to your host.",
        quoted(reason)
    );
    Seen::new(Sight::Nothing, url, message)
}

/// The page is another: an earlier one, ours with something added, or somebody else's.
fn differs(eyes: &Eyes, visit: &Visit<'_>, url: &str, found: &ContentHash) -> Seen {
    if visit.before.contains(found) {
        let message = format!(
            "{url} still shows the release before. The new one is at the host; a cache has not forgotten the old one \
             yet. Reload the page in some minutes, or empty the cache in the settings of your host."
        );
        return Seen::new(Sight::Earlier, url, message);
    }
    let marker = format!("{}/.accid/manifest.json", visit.url.trim_end_matches('/'));
    let manifest = eyes.fetch(&marker).ok().and_then(|bytes| PublishedManifest::parse(&bytes));
    if manifest.is_some_and(|manifest| manifest.release == *visit.release) {
        let message = format!(
            "{url} shows this release, but not as it was published: your host or a service before it changes pages on \
             their way. Look whether it adds something you do not want."
        );
        return Seen::new(Sight::Altered, url, message);
    }
    let message = format!(
        "{url} shows something else than what was published. Look whether the public address and the folder of the \
         environment belong together, and whether a cache holds an older page."
    );
    Seen::new(Sight::Other, url, message)
}

/// Why a page could not be seen.
enum Blind {
    Missing(StatusCode),
    Elsewhere(String),
    Unreachable(String),
}

struct Eyes(Agent);

impl Eyes {
    fn open() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .tls_config(crate::web::tls())
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(PATIENCE))
            .timeout_global(Some(PATIENCE * 2))
            .user_agent("ACCID (looks at what it has published)")
            .build();
        Self(Agent::new_with_config(config))
    }

    fn fetch(&self, url: &str) -> Result<Vec<u8>, Blind> {
        let lost = |error: ureq::Error| Blind::Unreachable(error.to_string());
        let mut at = url.to_owned();
        for _ in 0..HOPS {
            let request = self.0.get(&at).header(header::ACCEPT_ENCODING, "identity");
            let mut answer = request.header(header::CACHE_CONTROL, "no-cache").call().map_err(lost)?;
            if let Some(next) = next_hop(&at, &answer)? {
                at = next;
                continue;
            }
            if answer.status() != StatusCode::OK {
                return Err(Blind::Missing(answer.status()));
            }
            let mut bytes = Vec::new();
            let read = answer.body_mut().as_reader().take(LARGEST).read_to_end(&mut bytes);
            return read.map(|_| bytes).map_err(|error| Blind::Unreachable(error.to_string()));
        }
        Err(Blind::Unreachable("it sends visitors round in a circle".to_owned()))
    }
}

/// Where the host sends a visitor on to, if it does. Only the same host is followed, with or without `www.`.
fn next_hop<T>(at: &str, answer: &Response<T>) -> Result<Option<String>, Blind> {
    if !answer.status().is_redirection() {
        return Ok(None);
    }
    let location = answer.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
    let location = location.ok_or(Blind::Missing(answer.status()))?;
    let (scheme, rest) = at.split_once("://").unwrap_or(("https", at));
    let authority = rest.split('/').next().unwrap_or(rest);
    let next = match location {
        absolute if absolute.starts_with("http://") || absolute.starts_with("https://") => {
            absolute.to_owned()
        }
        same if same.starts_with("//") => format!("{scheme}:{same}"),
        rooted if rooted.starts_with('/') => format!("{scheme}://{authority}{rooted}"),
        beside => format!("{}/{beside}", at.rsplit_once('/').map_or(at, |(folder, _)| folder)),
    };
    if host_of(&next) == host_of(at) { Ok(Some(next)) } else { Err(Blind::Elsewhere(host_of(&next))) }
}

fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.to_ascii_lowercase();
    name.strip_prefix("www.").map_or_else(|| name.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_address_visitors_know_it_by() {
        let at = |base, path: &str| address_of(base, &path.parse().unwrap());
        assert_eq!(at("https://a.example", "index.html"), "https://a.example/");
        assert_eq!(at("https://a.example/~anna/", "trips/index.html"), "https://a.example/~anna/trips/");
        assert_eq!(at("https://a.example", "my-index.html"), "https://a.example/my-index.html");
        assert_eq!(at("https://a.example", "säge 1.html"), "https://a.example/s%C3%A4ge%201.html");
    }

    #[test]
    fn only_the_same_host_is_followed() {
        let hop = |location: &str| {
            let answer = Response::builder().status(301).header("Location", location).body(()).unwrap();
            next_hop("http://a.example/blog/", &answer).ok().flatten()
        };
        assert_eq!(hop("https://www.a.example/blog/").unwrap(), "https://www.a.example/blog/");
        assert_eq!(hop("/en/").unwrap(), "http://a.example/en/");
        assert_eq!(hop("start.html").unwrap(), "http://a.example/blog/start.html");
        for foreign in [
            "http://127.0.0.1/",
            "http://a.example@127.0.0.1/",
            "//evil.example/",
            "http://a.example.evil.example/",
            "http://[::1]/",
            "http://127.0.0.1\\a.example/",
        ] {
            assert_eq!(hop(foreign), None, "{foreign}");
        }
    }
}
