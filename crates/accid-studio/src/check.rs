//! Use cases about the check before publishing. Must not know how anything is found.

use std::{collections::HashMap, sync::Arc};

use accid_access::{Permit, Read};
use accid_base::{Id, Problem, Severity};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Inner, Role, explain};

/// Use cases about the check before publishing.
pub struct Checks<'a>(pub(crate) &'a Arc<Inner>);

/// Something to look at before publishing.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CheckItemView {
    /// A stable name of what was looked for, such as `image.alt-missing`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub fix: String,
    /// The page it is on, unless it is of the whole site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<Id>,
    /// That page's title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub page_title: String,
    /// That page's name in addresses.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub page_slug: String,
    /// The module it is in, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module: Option<Id>,
    /// Where in the module, page or site, as a JSON pointer (RFC 6901).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pointer: String,
}

/// How many things were found, by how much they matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CheckCounts {
    /// Broken until mended.
    pub errors: usize,
    /// Work, but a visitor would notice.
    pub warnings: usize,
    /// Good to know.
    pub notes: usize,
}

/// How far a site is translated into one of its languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LanguageView {
    /// The language's tag.
    pub language: String,
    /// Number of texts in the site's own language.
    pub texts: usize,
    /// How many of them are translated, and not outdated.
    pub translated: usize,
}

/// What there is to look at before a site is published.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CheckView {
    /// All of it: first what is of the whole site, then page by page.
    pub items: Vec<CheckItemView>,
    /// How many there are.
    pub counts: CheckCounts,
    /// How far the site is translated, for each of its other languages.
    pub languages: Vec<LanguageView>,
}

impl Checks<'_> {
    /// Looks at the whole site as it would be published. Nothing is written.
    ///
    /// # Errors
    /// When the project is missing or its master configuration cannot be read.
    pub fn run(&self, _: &Permit<Read>, project: &str) -> Result<CheckView, Problem> {
        self.0.roles.require(Role::Builder)?;
        let project = self.0.project(project)?;
        let found = self.0.builder.check(&project).map_err(explain)?;
        let pages = self.0.builder.pages(&project);
        let names: HashMap<&Id, (&str, &str)> = pages
            .iter()
            .map(|stored| (&stored.page.id, (stored.page.title.as_str(), stored.page.slug.as_str())))
            .collect();
        let mut counts = CheckCounts::default();
        let mut items = Vec::with_capacity(found.items.len());
        for item in found.items {
            *match item.finding.severity {
                Severity::Error => &mut counts.errors,
                Severity::Warning => &mut counts.warnings,
                Severity::Note => &mut counts.notes,
            } += 1;
            let (title, slug) =
                item.page.as_ref().and_then(|page| names.get(page)).copied().unwrap_or_default();
            let (message, fix) = parted(&item.finding.message);
            items.push(CheckItemView {
                code: item.finding.code.clone(),
                severity: item.finding.severity,
                message: message.to_owned(),
                fix: fix.to_owned(),
                page_title: title.to_owned(),
                page_slug: slug.to_owned(),
                page: item.page,
                module: item.finding.module,
                pointer: item.finding.pointer,
            });
        }
        let language = |one: accid_builder::LanguageProgress| LanguageView {
            language: one.language,
            texts: one.texts,
            translated: one.translated,
        };
        Ok(CheckView { items, counts, languages: found.languages.into_iter().map(language).collect() })
    }
}

/// What is wrong, and what to do: a message says the latter in its last sentence.
fn parted(message: &str) -> (&str, &str) {
    let ends = message.match_indices(". ").map(|(at, _)| at + 1);
    let last = ends.filter(|at| message[*at..].trim_start().starts_with(char::is_uppercase)).last();
    last.map_or((message, ""), |at| (&message[..at], message[at..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_sentence_says_what_to_do() {
        assert_eq!(
            parted("The picture has no description. Say what it shows, for people who do not see it."),
            ("The picture has no description.", "Say what it shows, for people who do not see it.")
        );
        assert_eq!(
            parted("A value cannot be used: 1. 5 is too much."),
            ("A value cannot be used: 1. 5 is too much.", "")
        );
        assert_eq!(parted(""), ("", ""));
    }
}
