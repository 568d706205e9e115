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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_a_sentence_whatever_letter_it_begins_with() {
        assert_eq!(sentence("the page is gone"), "The page is gone.");
        assert_eq!(sentence("\u{fc}ber uns is taken."), "\u{dc}ber uns is taken.");
        assert_eq!(sentence("\"x\" is no slug"), "\"x\" is no slug.");
        assert_eq!((capitalised(""), sentence("")), (String::new(), ".".to_owned()));
    }
}
