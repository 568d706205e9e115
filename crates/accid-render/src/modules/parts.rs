//! Parts that several kinds share. Must not know any kind.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{icons::Icon, kind::Check, link_text, renderer::Renderer};

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
        if let Some(message) = link_text::complaint(&self.label) {
            check.warn("link.text-vague", &format!("{pointer}label"), &message);
        }
        if self.target.trim().is_empty() {
            let message = "The button leads nowhere. Choose a page or write an address.";
            check.warn("button.target-missing", &format!("{pointer}target"), message);
        }
    }

    /// Writes it, unless it has no label.
    pub fn render(&self, to: &mut Renderer<'_>, class: &str, pointer: &str) {
        self.render_with(to, class, pointer, Icon::None);
    }

    /// Writes it with a sign behind its label, unless it has none.
    pub fn render_with(&self, to: &mut Renderer<'_>, class: &str, pointer: &str, icon: Icon) {
        if self.label.trim().is_empty() {
            return;
        }
        let href = to.link(&self.target, &format!("{pointer}target"));
        to.html.open("a").class(class);
        if let Some(href) = href {
            to.html.attr("href", &href);
        }
        if icon == Icon::None {
            to.html.mark_prop(&format!("{pointer}label")).text(&self.label).close();
        } else {
            to.html.open("span").mark_prop(&format!("{pointer}label")).text(&self.label).close();
            icon.draw(&mut to.html);
            to.html.close();
        }
    }
}

crate::choices::choices! {
    /// Proportions a picture is cut to.
    Ratio {
        Original "original" "As it is",
        Wide "16:9" "Wide (16:9)",
        Photo "3:2" "Photo (3:2)",
        Classic "4:3" "Classic (4:3)",
        Square "1:1" "Square",
        Portrait "3:4" "Upright (3:4)",
        Panorama "21:9" "Panorama (21:9)",
    }
}

impl Ratio {
    /// The class that cuts pictures so.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Original => "",
            Self::Wide => "ratio-16-9",
            Self::Photo => "ratio-3-2",
            Self::Classic => "ratio-4-3",
            Self::Square => "ratio-1-1",
            Self::Portrait => "ratio-3-4",
            Self::Panorama => "ratio-21-9",
        }
    }
}
