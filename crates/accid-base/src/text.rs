//! Small things that every floor does with texts for people. Must not know what a text is about.

/// The text with its first letter as a capital.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A sentence: the first letter a capital, one full stop at the end. Errors are written without either.
pub fn sentence(text: &str) -> String {
    format!("{}.", capitalised(text.trim_end_matches('.')))
}

/// The last part of whatever name a browser or a person gave a file, without what no name should hold; `otherwise` when
/// nothing is left.
pub fn plain_file_name(name: &str, otherwise: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let clean: String = last.chars().filter(|character| !character.is_control()).take(120).collect();
    if clean.trim().is_empty() { otherwise.to_owned() } else { clean }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_files_name_only_the_plain_last_part_is_kept() {
        assert_eq!(plain_file_name("C:\\trips/../a\u{0}b.jpg", "picture"), "ab.jpg");
        assert_eq!(plain_file_name("trips/ \n", "picture"), "picture");
        assert_eq!(plain_file_name("trips/", "film"), "film");
        assert_eq!(plain_file_name(&"x".repeat(200), "film").len(), 120);
    }

    #[test]
    fn a_text_becomes_a_sentence_whatever_letter_it_begins_with() {
        assert_eq!(sentence("the page is gone"), "The page is gone.");
        assert_eq!(sentence("\u{fc}ber uns is taken."), "\u{dc}ber uns is taken.");
        assert_eq!(sentence("\"x\" is no slug"), "\"x\" is no slug.");
        assert_eq!((capitalised(""), sentence("")), (String::new(), ".".to_owned()));
    }
}
