//! How far a site is translated: its pages, the texts of their modules, and what is said of the photos they show. Must
//! not know how anything is rendered.

use std::collections::BTreeSet;

use accid_base::{Finding, Severity};
use accid_model::Page;
use accid_render::{Site, TextState, texts_in};
use serde_json::Value;

use crate::StoredPage;

/// How far a site is translated into one of its languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageProgress {
    /// The language's tag.
    pub language: String,
    /// Number of texts in the site's own language.
    pub texts: usize,
    /// How many of them are translated, and not outdated.
    pub translated: usize,
}

/// Texts of a page that are not translated, or not any more.
pub(super) fn translations(page: &Page, progress: &mut LanguageProgress) -> Vec<Finding> {
    if page.language == progress.language {
        return Vec::new();
    }
    let language = progress.language.clone();
    let mut found = Vec::new();
    let find = |code: &str, pointer: String, message: String| -> Finding {
        Finding::new(Severity::Warning, code, message).at(pointer)
    };
    progress.texts += 1;
    if page.translations.get(&language).is_none_or(|told| told.title.trim().is_empty()) && page.is_published()
    {
        let message = format!("The title is not translated ({language}). Translate it.");
        found.push(find("translation.missing", format!("/translations/{language}/title"), message));
    } else {
        progress.translated += 1;
    }
    for module in &page.modules {
        module.walk(&mut |module| {
            for text in texts_in(module, &language) {
                progress.texts += 1;
                let (code, message) = match text.state {
                    TextState::Translated => {
                        progress.translated += 1;
                        continue;
                    }
                    TextState::Outdated => (
                        "translation.outdated",
                        format!(
                            "The text was changed after it was translated ({language}). Look at it again."
                        ),
                    ),
                    TextState::Missing => (
                        "translation.missing",
                        format!("A text is not translated ({language}). Translate it."),
                    ),
                };
                let pointer = format!("/translations/{language}{}", text.pointer);
                found.push(find(code, pointer, message).in_module(&module.id));
            }
        });
    }
    found
}

/// Photos whose own descriptions are read to people on the site, and are not translated: one finding for all of them.
pub(super) fn photos(
    site: &Site,
    pages: &[&StoredPage],
    progress: &mut LanguageProgress,
) -> impl Iterator<Item = Finding> + use<> {
    let mut read = BTreeSet::new();
    for module in pages.iter().flat_map(|stored| &stored.page.modules) {
        module.walk(&mut |module| {
            module.props.values().for_each(|value| lean_on_photos(value, &mut read));
        });
    }
    let described = site.source().photos.iter().filter(|photo| {
        !photo.decorative && !photo.alt.trim().is_empty() && read.contains(photo.id.as_str())
    });
    let (told, missing): (Vec<_>, Vec<_>) = described.partition(|photo| {
        photo.translations.get(&progress.language).is_some_and(|told| !told.alt.trim().is_empty())
    });
    progress.texts += told.len() + missing.len();
    progress.translated += told.len();
    let finding = missing.first().map(|first| {
        let message = format!(
            "What {} of the pictures show is not translated ({}), beginning with \"{}\". Translate it among the photos.",
            missing.len(),
            progress.language,
            first.filename
        );
        Finding::new(Severity::Warning, "translation.missing", message)
            .at(format!("/photos/{}/translations/{}/alt", first.id, progress.language))
    });
    finding.into_iter()
}

/// The photos that are shown without a description of their own.
fn lean_on_photos<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(fields) => {
            let is_set =
                |name: &str| fields.get(name).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
            let photo = fields.get("photo").and_then(Value::as_str).filter(|photo| !photo.is_empty());
            if !is_set("alt") && fields.get("decorative") != Some(&Value::Bool(true)) {
                found.extend(photo);
            }
            fields.values().for_each(|value| lean_on_photos(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| lean_on_photos(value, found)),
        _ => {}
    }
}
