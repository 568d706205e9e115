//! Where a link may lead. Owns: the grammar of link targets. Must not know: how a link looks.
//!
//! A target is `page:<id>` (with `#anchor`), `#anchor`, an `http(s)` address, `mailto:`, `tel:`, or a file of the
//! site. Everything else, `javascript:` and `data:` above all, is refused.

use accid_base::{RelativePath, Slug};

/// What became of a link target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// It leads here.
    Href(String),
    /// None was given.
    Empty,
    /// It names a page that is not there.
    MissingPage,
    /// It is not a kind of link a page may have.
    Refused,
}

/// Where the page stands that links.
pub(crate) struct Base<'a> {
    /// What leads from it to the site's root: nothing, `../`, `../../`, or `/folder/` for a page that is served
    /// anywhere.
    pub root: &'a str,
    /// The file a page becomes, by its id.
    pub page_path: &'a dyn Fn(&str) -> Option<&'a str>,
}

/// Resolves a target as a link of the page at `base`.
pub(crate) fn resolve(target: &str, base: &Base<'_>) -> Target {
    let target = target.trim();
    if target.is_empty() {
        return Target::Empty;
    }
    if target.len() > 2048 || target.chars().any(char::is_control) {
        return Target::Refused;
    }
    if let Some(fragment) = target.strip_prefix('#') {
        return Target::Href(format!("#{}", anchor(fragment)));
    }
    if let Some(page) = target.strip_prefix("page:") {
        let (page, fragment) = page.split_once('#').unwrap_or((page, ""));
        let Some(path) = (base.page_path)(page) else {
            return Target::MissingPage;
        };
        let hash = if fragment.is_empty() { String::new() } else { format!("#{}", anchor(fragment)) };
        return Target::Href(format!("{}{path}{hash}", base.root));
    }
    match scheme(target).as_deref() {
        Some("http" | "https") => web_address(target).map_or(Target::Refused, Target::Href),
        Some("mailto") if is_mail(&target["mailto:".len()..]) => Target::Href(percent_encode(target)),
        Some("tel") if is_telephone(&target["tel:".len()..]) => {
            Target::Href(percent_encode(target).replace("%20", ""))
        }
        Some(_) => Target::Refused,
        None => file_of_the_site(target, base.root),
    }
}

/// The id in HTML of an anchor's name: the same for the module that has it and the link that points at it.
pub(crate) fn anchor(name: &str) -> String {
    let slug = Slug::from_text(name.trim(), "top").to_string();
    if slug.starts_with(|first: char| first.is_ascii_digit()) { format!("a-{slug}") } else { slug }
}

/// The address when it is a complete one of the web, with what an address cannot hold percent-encoded.
pub(crate) fn web_address(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = text.split_once(':').filter(|_| matches!(scheme(text).as_deref(), Some("http" | "https")))?.1;
    let host = rest.strip_prefix("//")?.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.rsplit_once('@').map_or(host, |(_, name)| name);
    let good = |character: char| {
        character.is_alphanumeric() || matches!(character, '-' | '.' | '_' | ':' | '[' | ']')
    };
    let port = name.rsplit_once(':').filter(|_| !name.ends_with(']')).map_or("", |(_, port)| port);
    let plain = !name.is_empty()
        && !name.starts_with(['.', ':', '-'])
        && name.chars().all(good)
        && (!name.contains(['[', ']']) || name.starts_with('['))
        && port.bytes().all(|byte| byte.is_ascii_digit());
    (plain && name == host && !text.contains('\\')).then(|| percent_encode(text))
}

fn scheme(text: &str) -> Option<String> {
    let (scheme, _) = text.split_once(':')?;
    if scheme.contains(['/', '?', '#']) {
        return None;
    }
    Some(scheme.to_ascii_lowercase())
}

fn is_mail(text: &str) -> bool {
    let address = text.split('?').next().unwrap_or_default();
    address.split_once('@').is_some_and(|(name, host)| {
        let plain = |part: &str| {
            !part.is_empty()
                && part.chars().all(|character| character.is_alphanumeric() || "._+-%'".contains(character))
        };
        plain(name) && plain(host)
    })
}

fn is_telephone(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-(). ".contains(&byte))
}

fn file_of_the_site(target: &str, root: &str) -> Target {
    let end = target.find(['?', '#']).unwrap_or(target.len());
    let (path, tail) = target.split_at(end);
    let path = path.strip_prefix("./").unwrap_or(path);
    let path = if path.starts_with("//") { path } else { path.strip_prefix('/').unwrap_or(path) };
    match path.parse::<RelativePath>() {
        Ok(path) => Target::Href(percent_encode(&format!("{root}{path}{tail}"))),
        Err(_) => Target::Refused,
    }
}

/// Percent-encodes what the URL standard does not allow in an address.
pub(crate) fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let authority_end = text
        .find("//")
        .map_or(0, |at| text[at + 2..].find(['/', '?', '#']).map_or(text.len(), |length| at + 2 + length));
    let mut fragment = false;
    for (index, character) in text.char_indices() {
        let keep = match character {
            '[' | ']' => index < authority_end,
            '%' => text
                .as_bytes()
                .get(index + 1..index + 3)
                .is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit)),
            '#' => !std::mem::replace(&mut fragment, true),
            '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
            _ => !character.is_whitespace() && !character.is_control() && is_url_character(character),
        };
        if keep {
            out.push(character);
        } else {
            let mut buffer = [0; 4];
            for byte in character.encode_utf8(&mut buffer).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

/// Whether the character may stand in an address as it is: ASCII, or a letter or digit of any script. (The URL
/// standard allows more, but browsers and checkers differ over private and unassigned characters.)
fn is_url_character(character: char) -> bool {
    character.is_ascii() || character.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(target: &str) -> Target {
        let path = |id: &str| (id == "p1").then_some("trips/grenada.html");
        resolve(target, &Base { root: "../", page_path: &path })
    }

    #[test]
    fn good_targets_become_addresses() {
        for (target, href) in [
            ("page:p1", "../trips/grenada.html"),
            ("page:p1#Day Two", "../trips/grenada.html#day-two"),
            ("#Über uns", "#ueber-uns"),
            ("#2026", "#a-2026"),
            (" https://example.org/a b?x=\"1\" ", "https://example.org/a%20b?x=%221%22"),
            ("HTTP://[::1]:80/[x]#a#b", "HTTP://[::1]:80/%5Bx%5D#a%23b"),
            ("https://例え.jp/道", "https://例え.jp/道"),
            ("mailto:ann@example.org?subject=Hi there", "mailto:ann@example.org?subject=Hi%20there"),
            ("tel:+1 (473) 444-1", "tel:+1(473)444-1"),
            ("files/menu.pdf", "../files/menu.pdf"),
            ("/files/menu.pdf#page=2", "../files/menu.pdf#page=2"),
            ("100% sure.html", "../100%25%20sure.html"),
        ] {
            assert_eq!(at(target), Target::Href(href.to_owned()), "{target}");
        }
        assert_eq!(at("page:gone"), Target::MissingPage);
        assert_eq!(at("  "), Target::Empty);
    }

    #[test]
    fn what_could_run_or_leave_the_site_is_refused() {
        for target in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example/x",
            "../../etc/passwd",
            "https:evil",
            "http://",
            "http://a\\b",
            "https://user@evil.example/",
            "blob:x",
            "mailto:not an address",
            "tel:drop table",
            "https://a:b/",
        ] {
            assert_eq!(at(target), Target::Refused, "{target}");
        }
        assert_eq!(at(&format!("https://a.b/{}", "x".repeat(3000))), Target::Refused);
    }
}
