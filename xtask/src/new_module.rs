//! Starts a new module type: its one file, from a template, and its one word in the list `modules!`.

use crate::tree;

const FOLDER: &str = "crates/accid-render/src/modules";

/// Makes `crates/accid-render/src/modules/NAME.rs` and adds the kind to the list.
pub fn run(name: &str) -> Result<String, String> {
    check_name(name)?;
    let file = name.replace('-', "_");
    let path = format!("{FOLDER}/{file}.rs");
    if tree::exists(&path) {
        return Err(format!("{path} exists already. Choose another name, or edit that file."));
    }
    let list = format!("{FOLDER}/mod.rs");
    let text = tree::text(&list).ok_or_else(|| format!("{list} cannot be read."))?;
    let text = add_word(&text, &file, &type_name(name))
        .ok_or_else(|| format!("{list} has no list `modules! {{ … }}`."))?;
    tree::write(&path, template(name).as_bytes())?;
    tree::write(&list, text.as_bytes())?;
    Ok(format!(
        "Made {path} and added it to the list in {list}.\n\
         Now: give it its properties, its example, its checks and its HTML there; then `make gen` and \
         `cargo test -p accid-render`, which tests every kind in the list."
    ))
}

fn check_name(name: &str) -> Result<(), String> {
    let good = |character: char| character.is_ascii_lowercase() || character == '-';
    if name.is_empty() || !name.chars().all(good) || name.starts_with('-') || name.ends_with('-') {
        return Err(format!(
            "\"{name}\" is not a name of a module type. Use small letters and hyphens, such as price-list."
        ));
    }
    Ok(())
}

/// `price-list` as `PriceList`.
fn type_name(name: &str) -> String {
    name.split('-')
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_ascii_uppercase())
                .into_iter()
                .chain(letters)
                .collect::<String>()
        })
        .collect()
}

/// The list with one more entry at its end.
fn add_word(text: &str, file: &str, kind: &str) -> Option<String> {
    let list = text.find("\nmodules! {")?;
    let end = list + text[list..].find("\n}")?;
    Some(format!("{}\n    {file}::{kind},{}", &text[..end], &text[end..]))
}

fn template(name: &str) -> String {
    let kind = type_name(name);
    let words = name.replace('-', " ");
    let title = words[..1].to_uppercase() + &words[1..];
    TEMPLATE.replace("KIND_TYPE", &kind).replace("KIND_NAME", name).replace("KIND_TITLE", &title)
}

const TEMPLATE: &str = r#"//! KIND_TITLE: what it shows. Must not know other kinds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    kind::{Check, ModuleKind, Words},
    place::Spot,
    renderer::Renderer,
};

/// What a person uses it for, in one sentence: this is the description in the palette.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct KIND_TYPE {
    /// What the reader of the inspector should know about this property.
    #[schemars(length(max = 200))]
    pub title: String,
}

impl ModuleKind for KIND_TYPE {
    const KIND: &'static str = "KIND_NAME";
    const TITLE: &'static str = "KIND_TITLE";
    const ICON: &'static str = "square";

    fn example() -> Self {
        Self { title: "KIND_TITLE".to_owned() }
    }

    fn check(&self, check: &mut Check) {
        if self.title.trim().is_empty() {
            check.note("KIND_NAME.empty", "title", "The title is empty, so nothing is shown.");
        }
    }

    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>) {
        to.root("div", spot, &[]);
        to.text_prop("p", "", "title", &self.title);
        to.html.close();
    }

    fn text(&self, words: &mut Words) {
        words.add(&self.title);
    }
}
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_added_at_the_end_of_the_list() {
        let text = "//! Kinds.\n\nmodules! {\n    hero::Hero,\n}\n\nfn after() {}\n";
        let added = add_word(text, "price_list", "PriceList").unwrap();
        assert_eq!(
            added,
            "//! Kinds.\n\nmodules! {\n    hero::Hero,\n    price_list::PriceList,\n}\n\nfn after() {}\n"
        );
    }

    #[test]
    fn the_template_names_the_new_kind_everywhere() {
        let text = template("price-list");
        assert!(
            text.contains("struct PriceList")
                && text.contains("\"price-list\"")
                && text.contains("//! Price list:")
        );
        assert!(!text.contains("KIND_"));
    }

    #[test]
    fn names_that_are_no_module_types_are_refused() {
        for name in ["", "Hero", "../x", "-a", "a b"] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }

    #[test]
    fn the_list_of_this_repository_is_found() {
        let text = tree::text(&format!("{FOLDER}/mod.rs")).unwrap();
        assert!(add_word(&text, "x", "X").is_some());
    }
}
