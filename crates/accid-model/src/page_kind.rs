//! What a page is in its project, and what it is about. Must not know how that is shown.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Fields;

/// What a page is in its project.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PageRole {
    /// A page of the site.
    #[default]
    Page,
    /// A reusable part, such as a footer: sections show it, and it is no page of its own.
    Part,
    /// A pattern of one's own: a model for new pages and sections, and no page of its own.
    Pattern,
}

impl PageRole {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
    pub(crate) const fn is_page(&self) -> bool {
        matches!(self, Self::Page)
    }

    /// The folder its canvas is under; pages of the site have none. No slug begins with `_`.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Page => "",
            Self::Part => "_part/",
            Self::Pattern => "_pattern/",
        }
    }
}

/// What a page is about, as search engines tell pages apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum PageKind {
    /// Nothing in particular.
    #[default]
    Page,
    /// An entry of a journal, with a day.
    Article,
    /// Something that takes place.
    Event,
    /// Something for sale.
    Product,
    /// How to reach the owner.
    Contact,
    /// Who the owner is.
    About,
    /// Questions and their answers.
    Faq,
    /// Pictures.
    Gallery,
    /// Steps to follow.
    Tutorial,
}

impl PageKind {
    /// The names, as written in files.
    pub const NAMES: [&'static str; 9] =
        ["page", "article", "event", "product", "contact", "about", "faq", "gallery", "tutorial"];

    /// The kind with this name; an ordinary page when the name is empty or not known.
    pub fn named(name: &str) -> Self {
        match name {
            "article" => Self::Article,
            "event" => Self::Event,
            "product" => Self::Product,
            "contact" => Self::Contact,
            "about" => Self::About,
            "faq" => Self::Faq,
            "gallery" => Self::Gallery,
            "tutorial" => Self::Tutorial,
            _ => Self::Page,
        }
    }
}

/// What is said of an event or a product, for search engines.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PageFacts {
    /// Last day of an event, such as `2026-03-04`; the same as the first when empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub end: String,
    /// Where an event takes place, such as `Town hall, Linz`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Price of a product, such as `49.50`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub price: String,
    /// Currency of the price by its three letters, such as `EUR`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub currency: String,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl PageFacts {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
