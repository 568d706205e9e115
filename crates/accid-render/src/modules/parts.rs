//! Parts that several kinds share. Must not know any kind.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{kind::Check, renderer::Renderer};

/// A button with its label and where it leads.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Action {
    /// What stands on the button.
    pub label: String,
    /// Where it leads: a page of the site, a web address, `mailto:` or `tel:`.
    #[schemars(extend("x-accid-editor" = "link-target"))]
    pub target: String,
}

impl Action {
    pub fn new(label: &str, target: &str) -> Self {
        Self { label: label.to_owned(), target: target.to_owned() }
    }

    /// Finds a button nobody can read or follow.
    pub fn check(&self, check: &mut Check<'_>, pointer: &str) {
        if self.label.trim().is_empty() {
            let message = "The button has no label. Say where it leads.";
            check.warn("button.label-missing", &format!("{pointer}label"), message);
        }
        if self.target.trim().is_empty() {
            let message = "The button leads nowhere. Choose a page or write an address.";
            check.warn("button.target-missing", &format!("{pointer}target"), message);
        }
    }

    /// Writes it, unless it has no label.
    pub fn render(&self, to: &mut Renderer<'_>, class: &str, pointer: &str) {
        if self.label.trim().is_empty() {
            return;
        }
        let href = to.link(&self.target, &format!("{pointer}target"));
        to.html.open("a").class(class);
        if let Some(href) = href {
            to.html.attr("href", &href);
        }
        to.html.mark_prop(&format!("{pointer}label")).text(&self.label).close();
    }
}

/// Finds a picture without a description.
pub(crate) fn check_alt(check: &mut Check<'_>, image: &accid_model::ImageRef, pointer: &str) {
    if !image.photo.is_empty() && image.alt.trim().is_empty() {
        let message = "The picture has no description here. Say what it shows, for people who do not see it; without \
                       one, the photo's own is used.";
        check.note("image.alt-missing", &format!("{pointer}/alt"), message);
    }
}
