//! Who takes what a form's visitors send, and what each of them wants in the form. Must not know fields.

use accid_base::ContentHash;

use super::Form;
use crate::{choices::choices, links::web_address, renderer::Renderer};

choices! {
    Service {
        Address "address" "An e-mail or web address",
        Formspree "formspree" "Formspree",
        Web3Forms "web3forms" "Web3Forms",
        Netlify "netlify" "Netlify, where the site is published",
        Php "php" "Your own web space with PHP",
    }
}

/// Name of the field that people do not see and programs fill in; the receiver drops what has it filled.
pub(super) const HONEYPOT: &str = "accid-website";

/// How a form is sent.
pub(super) struct Delivery {
    /// Where to, from the page's root; empty for the page itself.
    action: String,
    /// Whether the file is one of the site's own.
    own_file: bool,
    way: Way,
    /// More attributes of the form.
    attributes: Vec<(&'static str, String)>,
    /// What is sent and not seen.
    hidden: Vec<(&'static str, String)>,
    /// Name of the field that only programs fill in.
    pub trap: Option<&'static str>,
}

/// Who sends it.
#[derive(PartialEq, Eq)]
enum Way {
    /// The visitor's mail program.
    Mail,
    /// The browser, which then shows what the receiver answers.
    Browser,
    /// A script, so that the page stays; without it the browser.
    Script,
}

impl Service {
    /// What is said when nothing names the receiver.
    pub const fn missing(self) -> &'static str {
        match self {
            Self::Address | Self::Netlify => {
                "The form has no target, so visitors cannot send it, and it says so. Write where it is sent: \
                 mailto:you@example.org or the https:// address of a form service."
            }
            Self::Formspree => "Write the form's address or id, as Formspree shows it. Until then nobody can send the form.",
            Self::Web3Forms => "Write the access key that Web3Forms sent you. Until then nobody can send the form.",
            Self::Php => "Write the e-mail address that messages go to. Until then nobody can send the form.",
        }
    }

    /// What is said when the receiver's name is of the wrong kind.
    pub const fn refused(self) -> &'static str {
        match self {
            Self::Address | Self::Netlify => {
                "The form cannot be sent there. The target is mailto: with an e-mail address, or an address that \
                 begins with https://."
            }
            Self::Formspree => "This is no form of Formspree. It looks like https://formspree.io/f/abcdwxyz, or abcdwxyz.",
            Self::Web3Forms => "This is no access key. It looks like 12345678-90ab-cdef-1234-567890abcdef.",
            Self::Php => "The form cannot be sent there. Write one e-mail address, such as you@example.org.",
        }
    }
}

impl Form {
    /// How the form of the module with this id is sent; nothing when it cannot be.
    pub(super) fn delivery(&self, module: &str) -> Option<Delivery> {
        let target = self.target.trim();
        let plain = |action: String, way| Delivery {
            action,
            own_file: false,
            way,
            attributes: Vec::new(),
            hidden: Vec::new(),
            trap: Some(HONEYPOT),
        };
        let subject = || self.subject_line().map(str::to_owned);
        match self.service {
            Service::Address => {
                let mail = target.strip_prefix("mailto:").or_else(|| (!target.contains(':')).then_some(target));
                match mail {
                    Some(address) => is_mail(address)
                        .then(|| Delivery { trap: None, ..plain(format!("mailto:{address}"), Way::Mail) }),
                    None => secure(target).map(|address| plain(address, Way::Browser)),
                }
            }
            Service::Formspree => {
                let id = target.strip_prefix("https://formspree.io/f/").unwrap_or(target);
                let good = (4..=40).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
                let hidden = subject().map(|subject| ("_subject", subject)).into_iter().collect();
                good.then(|| Delivery {
                    hidden,
                    trap: Some("_gotcha"),
                    ..plain(format!("https://formspree.io/f/{id}"), Way::Script)
                })
            }
            Service::Web3Forms => {
                let hexadecimal = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
                let good = (16..=40).contains(&target.len()) && target.bytes().all(hexadecimal);
                let mut hidden = vec![("access_key", target.to_owned())];
                hidden.extend(subject().map(|subject| ("subject", subject)));
                good.then(|| Delivery {
                    hidden,
                    trap: Some("botcheck"),
                    ..plain("https://api.web3forms.com/submit".to_owned(), Way::Script)
                })
            }
            Service::Netlify => {
                let name = format!("form-{module}");
                let attributes = vec![
                    ("name", name.clone()),
                    ("data-netlify", "true".to_owned()),
                    ("data-netlify-honeypot", HONEYPOT.to_owned()),
                ];
                let mut hidden = vec![("form-name", name)];
                hidden.extend(subject().map(|subject| ("subject", subject)));
                Some(Delivery { attributes, hidden, ..plain(String::new(), Way::Script) })
            }
            Service::Php => is_mail(target).then(|| Delivery {
                own_file: true,
                hidden: vec![("accid-form", self.key(module))],
                ..plain(super::RECEIVER.to_owned(), Way::Script)
            }),
        }
    }

    /// The subject of the mail, if the form has one.
    pub(super) fn subject_line(&self) -> Option<&str> {
        [&self.subject, &self.title].into_iter().map(|text| text.trim()).find(|text| !text.is_empty())
    }

    /// What the receiver file knows the form by. It follows from what no translation changes.
    pub(super) fn key(&self, module: &str) -> String {
        let hash = ContentHash::of(format!("{module}\n{}", self.target.trim()).as_bytes()).to_string();
        hash[..12].to_owned()
    }
}

impl Delivery {
    /// Whether a script sends it, so that the page stays and nothing that was written is lost when it fails.
    pub fn is_by_script(&self) -> bool {
        self.way == Way::Script
    }

    /// Writes the attributes of the form that is open, and what it sends unseen. `thanks` is the id of what is said
    /// afterwards.
    pub fn open(&self, to: &mut Renderer<'_>, thanks: &str) {
        let root = if self.own_file { to.view.root() } else { "" };
        to.html.attr_unless_empty("action", &format!("{root}{}", self.action)).attr("method", "post");
        if self.way == Way::Mail {
            to.html.attr("enctype", "text/plain");
        }
        for (name, value) in &self.attributes {
            to.html.attr(name, value);
        }
        if self.is_by_script() {
            let words = to.strings;
            to.html.attr("data-sending", words.sending).attr("data-failed", words.not_sent);
        }
        for (name, value) in &self.hidden {
            to.html.void("input").attr("type", "hidden").attr("name", name).attr("value", value);
        }
        if self.own_file {
            let page = format!("{}#{thanks}", to.view.path);
            to.html.void("input").attr("type", "hidden").attr("name", "accid-page").attr("value", &page);
        }
    }
}

/// The address when it is one of the web that nobody on the way can read.
fn secure(target: &str) -> Option<String> {
    web_address(target).filter(|address| address.starts_with("https:"))
}

/// Whether the text is one plain e-mail address.
pub(super) fn is_mail(address: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.chars().all(|letter| letter.is_ascii_alphanumeric() || "._+-".contains(letter))
    };
    address.len() <= 254 && address.split_once('@').is_some_and(|(name, host)| plain(name) && plain(host))
}
