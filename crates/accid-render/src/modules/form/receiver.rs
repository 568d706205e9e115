//! The file that takes the forms of a site on the owner's own web space: a few lines of PHP with the forms' receivers in
//! it. Must not know HTML.
//!
//! **Invariant:** nothing a user wrote is PHP. Every text stands between single quotes, in which only `\\` and `'` mean
//! anything, and both are escaped.

use std::collections::BTreeMap;

use accid_model::{Module, Page};

use super::{Form, Service};
use crate::{kind::read_as, strings::Strings};

/// Path of the file in the site.
pub(crate) const RECEIVER: &str = "form.php";

/// The file's text, without the forms and words of a site.
const TEMPLATE: &str = include_str!("../../../assets/form.php");

/// The file for the forms of these pages; nothing when none of them is sent to it.
pub(crate) fn receiver_file<'a>(
    pages: impl Iterator<Item = &'a Page>,
    language: &str,
    words: &Strings,
) -> Option<String> {
    let mut forms = BTreeMap::new();
    for module in pages.flat_map(|page| &page.modules) {
        module.walk(&mut |module| {
            if let Some((key, entry)) = entry(module) {
                forms.insert(key, entry);
            }
        });
    }
    if forms.is_empty() {
        return None;
    }
    let forms: String = forms.values().map(String::as_str).collect();
    let said = [
        ("language", language),
        ("sent", words.sent),
        ("failed", words.not_sent),
        ("check", words.check_again),
        ("again", words.send_again),
        ("back", words.back),
    ];
    let said: String = said.iter().map(|(name, word)| format!("    {} => {},\n", quoted(name), quoted(word))).collect();
    Some(TEMPLATE.replacen("    // FORMS\n", &forms, 1).replacen("    // WORDS\n", &said, 1))
}

/// The key and the line of a form that is sent to the file.
fn entry(module: &Module) -> Option<(String, String)> {
    let form = read_as::<Form>(module).filter(|form| form.service == Service::Php)?;
    form.delivery(module.id.as_str())?;
    let key = form.key(module.id.as_str());
    let mut names = Vec::new();
    let mut fields = String::new();
    for (index, field) in form.fields.iter().enumerate() {
        let name = field.unique_name(&mut names, index);
        let label = if field.label.trim().is_empty() { &name } else { field.label.trim() };
        let needed = if field.is_needed() { "true" } else { "false" };
        fields.push_str(&format!(
            "            {} => [{}, {}, {needed}],\n",
            quoted(&name),
            quoted(label),
            quoted(field.sort())
        ));
    }
    let line = format!(
        "    {} => [\n        'to' => {},\n        'subject' => {},\n        'fields' => [\n{fields}        ],\n    ],\n",
        quoted(&key),
        quoted(form.target.trim()),
        quoted(form.subject_line().unwrap_or("Form")),
    );
    Some((key, line))
}

/// A text as PHP's single-quoted string, on one line.
fn quoted(text: &str) -> String {
    let mut out = String::from("'");
    for letter in text.chars() {
        match letter {
            '\\' | '\'' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out.push('\'');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_leave_its_quotes() {
        assert_eq!(quoted("it's \\ \n ?>"), "'it\\'s \\\\   ?>'");
        assert_eq!(quoted("\\'; system('x'); //"), "'\\\\\\'; system(\\'x\\'); //'");
    }
}
