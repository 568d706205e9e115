//! A site in another language: which texts a module has, and a page with its texts in that language. Must not know how
//! they are shown.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use accid_base::Slug;
use accid_model::{Module, Page, PageTranslation, Photo, Translation};
use serde_json::Value;

use crate::{
    catalogue::{TRANSLATABLE, module_types},
    rich_text::{RichText, is_language},
};

/// How a text stands in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextState {
    /// It is there.
    Translated,
    /// It is there, but the source text was changed since.
    Outdated,
    /// It is not there; the source text is shown.
    Missing,
}

/// A text of a module in a language.
#[derive(Debug, Clone, PartialEq)]
pub struct TextIn<'a> {
    /// Where it stands in the module's properties, such as `/title`.
    pub pointer: String,
    /// What it is in the site's own language.
    pub source: Cow<'a, Value>,
    /// How it stands.
    pub state: TextState,
    value: Option<&'a Value>,
}

/// What is shown in another language than its page is in: texts by their modules and pages.
pub(crate) type Foreign = HashMap<String, Arc<ForeignTexts>>;

/// The texts of a module or page that are not translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ForeignTexts {
    /// The language they are in.
    pub language: String,
    /// Where they stand, such as `title` or `items/0/caption`.
    pub pointers: BTreeSet<String>,
}

/// Where the name of a module's pin stands, which is no property of its kind.
pub const PIN_LABEL: &str = "/place/label";

/// The texts of a module, those inside it not among them: where each stands, and what it is.
pub fn texts(module: &Module) -> Vec<(String, Cow<'_, Value>)> {
    let mut found = Vec::new();
    let kind = module_types().iter().find(|kind| kind.kind == module.kind);
    if let Some(properties) = kind.and_then(|kind| kind.schema.get("properties")).and_then(Value::as_object) {
        for (name, schema) in properties {
            if let Some(value) = module.props.get(name) {
                gather(schema, value, format!("/{name}"), &mut found);
            }
        }
    }
    let mut found: Vec<_> =
        found.into_iter().map(|(pointer, value)| (pointer, Cow::Borrowed(value))).collect();
    if let Some(label) = module.place.as_ref().map(|place| Value::from(place.label.as_str()))
        && !is_blank(&label)
    {
        found.push((PIN_LABEL.to_owned(), Cow::Owned(label)));
    }
    found
}

fn gather<'a>(schema: &Value, value: &'a Value, pointer: String, found: &mut Vec<(String, &'a Value)>) {
    match value {
        Value::Array(items) => {
            let schema = &schema["items"];
            for (index, item) in items.iter().enumerate() {
                gather(schema, item, format!("{pointer}/{index}"), found);
            }
        }
        _ if schema[TRANSLATABLE] == true && !is_blank(value) => found.push((pointer, value)),
        _ if schema[TRANSLATABLE] == true => {}
        Value::Object(fields) => {
            for (name, value) in fields {
                gather(&schema["properties"][name], value, format!("{pointer}/{name}"), found);
            }
        }
        _ => {}
    }
}

/// Whether there is nothing to translate.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.chars().any(char::is_alphabetic),
        Value::Object(_) => !RichText(value.clone()).plain().chars().any(char::is_alphabetic),
        _ => true,
    }
}

/// The texts of a module, and how each stands in a language.
pub fn texts_in<'a>(module: &'a Module, language: &str) -> Vec<TextIn<'a>> {
    let sources = texts(module);
    let Some(known) = module.translations.get(language) else {
        let missing = |(pointer, source)| TextIn { pointer, source, state: TextState::Missing, value: None };
        return sources.into_iter().map(missing).collect();
    };
    let prints: Vec<String> = sources.iter().map(|(_, source)| Translation::fingerprint(source)).collect();
    let stand = |(pointer, source): (String, Cow<'a, Value>), print: &String| {
        let is_same = |translation: &&Translation| {
            !is_blank(&translation.value) && translation.value.is_string() == source.is_string()
        };
        let here = known.get(&pointer).filter(is_same);
        if let Some(fresh) = here.filter(|fresh| fresh.of.is_empty() || fresh.of == *print) {
            return TextIn { pointer, source, state: TextState::Translated, value: Some(&fresh.value) };
        }
        // When items of a list changed their places, the translation stands where the item was.
        if let Some(moved) = known.values().filter(is_same).find(|other| other.of == *print) {
            return TextIn { pointer, source, state: TextState::Translated, value: Some(&moved.value) };
        }
        // One that belongs to a text that is elsewhere now is none of this one.
        match here.filter(|here| !prints.contains(&here.of)) {
            Some(old) => TextIn { pointer, source, state: TextState::Outdated, value: Some(&old.value) },
            None => TextIn { pointer, source, state: TextState::Missing, value: None },
        }
    };
    sources.into_iter().zip(&prints).map(|(text, print)| stand(text, print)).collect()
}

/// Whether anything of a page is translated into a language, or it is written in that language.
pub(crate) fn is_told_in(page: &Page, language: &str) -> bool {
    let mut told = page.language == language
        || page.translations.get(language).is_some_and(|own| *own != PageTranslation::default());
    for module in &page.modules {
        module.walk(&mut |module| {
            told |= module.translations.get(language).is_some_and(|texts| !texts.is_empty());
        });
    }
    told
}

/// A page in another language than `site`, the site's own. What is not translated stays as it is and is noted.
pub(crate) fn localized(page: &Page, language: &str, site: &str, foreign: &mut Foreign) -> Page {
    let own = if is_language(&page.language) { page.language.as_str() } else { site };
    let mut page = page.clone();
    if own == language {
        page.language.clear();
        return page;
    }
    let told = page.translations.get(language).cloned().unwrap_or_default();
    if let Ok(slug) = page.slug_in(language).parse::<Slug>() {
        page.slug = slug;
    }
    let mut pointers = BTreeSet::new();
    if told.title.trim().is_empty() {
        pointers.insert("title".to_owned());
        if !page.navigation.label.is_empty() && told.navigation_label.trim().is_empty() {
            pointers.insert("label".to_owned());
        }
    } else {
        // A label or a search title of the source language would stand in the way of the translated title.
        page.navigation.label.clear();
        page.seo.title.clear();
        page.title = told.title;
    }
    for (translated, text) in [
        (told.navigation_label, &mut page.navigation.label),
        (told.seo_title, &mut page.seo.title),
        (told.seo_description, &mut page.seo.description),
    ] {
        if !translated.trim().is_empty() {
            *text = translated;
        }
    }
    if let Some(spatial) = &mut page.spatial {
        if !told.map_label.trim().is_empty() {
            spatial.label = told.map_label;
        }
        for route in &mut spatial.routes {
            if let Some(name) = told.routes.get(route.id.as_str()).filter(|name| !name.trim().is_empty()) {
                route.name.clone_from(name);
            }
        }
    }
    note(foreign, page.id.as_str(), own, pointers);
    page.modules.iter_mut().for_each(|module| translate(module, language, own, foreign));
    page.language.clear();
    page
}

/// A photo with what is said of it in a language, as far as that is translated.
pub(crate) fn localized_photo(photo: &Photo, language: &str) -> Photo {
    let mut photo = photo.clone();
    if let Some(told) = photo.translations.get(language).cloned() {
        for (translated, text) in [(told.alt, &mut photo.alt), (told.caption, &mut photo.caption)] {
            if !translated.trim().is_empty() {
                *text = translated;
            }
        }
    }
    photo
}

fn note(foreign: &mut Foreign, id: &str, language: &str, pointers: BTreeSet<String>) {
    if !pointers.is_empty() {
        foreign.insert(id.to_owned(), Arc::new(ForeignTexts { language: language.to_owned(), pointers }));
    }
}

fn translate(module: &mut Module, language: &str, own: &str, foreign: &mut Foreign) {
    let mut pointers = BTreeSet::new();
    let mut translated = Vec::new();
    for text in texts_in(module, language) {
        match text.value {
            Some(value) => translated.push((text.pointer, value.clone())),
            None => {
                pointers.insert(text.pointer.trim_start_matches('/').to_owned());
            }
        }
    }
    let mut props = Value::Object(std::mem::take(&mut module.props));
    for (pointer, value) in translated {
        if pointer == PIN_LABEL {
            if let (Some(place), Some(label)) = (module.place.as_mut(), value.as_str()) {
                label.clone_into(&mut place.label);
            }
            continue;
        }
        if let Some(place) = props.pointer_mut(&pointer) {
            *place = value;
        }
    }
    if let Value::Object(fields) = props {
        module.props = fields;
    }
    note(foreign, module.id.as_str(), own, pointers);
    module.children.iter_mut().for_each(|child| translate(child, language, own, foreign));
}

/// What speakers of a language call it, such as `Deutsch`; the tag itself when it is not among those known here.
pub(crate) fn own_name(language: &str) -> &str {
    let primary = language.split('-').next().unwrap_or_default();
    match primary.to_ascii_lowercase().as_str() {
        "ar" => "العربية",
        "bg" => "Български",
        "bs" => "Bosanski",
        "ca" => "Català",
        "cs" => "Čeština",
        "da" => "Dansk",
        "de" => "Deutsch",
        "el" => "Ελληνικά",
        "en" => "English",
        "es" => "Español",
        "et" => "Eesti",
        "eu" => "Euskara",
        "fa" => "فارسی",
        "fi" => "Suomi",
        "fr" => "Français",
        "ga" => "Gaeilge",
        "he" => "עברית",
        "hi" => "हिन्दी",
        "hr" => "Hrvatski",
        "hu" => "Magyar",
        "id" => "Bahasa Indonesia",
        "is" => "Íslenska",
        "it" => "Italiano",
        "ja" => "日本語",
        "ko" => "한국어",
        "lb" => "Lëtzebuergesch",
        "lt" => "Lietuvių",
        "lv" => "Latviešu",
        "mt" => "Malti",
        "nb" | "nn" | "no" => "Norsk",
        "nl" => "Nederlands",
        "pl" => "Polski",
        "pt" => "Português",
        "rm" => "Rumantsch",
        "ro" => "Română",
        "ru" => "Русский",
        "sk" => "Slovenčina",
        "sl" => "Slovenščina",
        "sq" => "Shqip",
        "sr" => "Српски",
        "sv" => "Svenska",
        "th" => "ไทย",
        "tr" => "Türkçe",
        "uk" => "Українська",
        "vi" => "Tiếng Việt",
        "zh" => "中文",
        _ => language,
    }
}
