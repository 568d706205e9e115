//! Whether the words of a link say where it leads. Must not know which modules have links.

/// Words that links have everywhere and that say nothing of where they lead, in the languages pages speak by
/// themselves: WCAG 2.2, success criterion 2.4.4, and the rule `link-text` of Lighthouse.
const VAGUE: &[&str] = &[
    "aquí",
    "aqui",
    "ce lien",
    "cette page",
    "clic aquí",
    "click",
    "click here",
    "click this",
    "cliquez ici",
    "cliquez",
    "continue reading",
    "dieser link",
    "diese seite",
    "en savoir plus",
    "enlace",
    "este enlace",
    "esta página",
    "find out more",
    "haga clic aquí",
    "haz clic aquí",
    "here",
    "hier",
    "hier klicken",
    "ici",
    "klick hier",
    "klicke hier",
    "klicken sie hier",
    "learn more",
    "leer más",
    "lien",
    "link",
    "lire la suite",
    "mehr",
    "mehr dazu",
    "mehr erfahren",
    "mehr lesen",
    "more",
    "más",
    "más información",
    "plus",
    "pulse aquí",
    "read more",
    "read on",
    "saber más",
    "see more",
    "siehe hier",
    "tap here",
    "this link",
    "this page",
    "view more",
    "voir plus",
    "weiterlesen",
];

/// What is to be said of a link's words, which it quotes; nothing when they are good, or when there are none.
pub(crate) fn complaint(words: &str) -> Option<String> {
    let words = words.trim();
    if is_address(words) {
        return Some(format!(
            "The words of the link “{words}” are an address, which is read out letter by letter. Say what is there \
             instead."
        ));
    }
    let told = |letter: char| letter.is_alphanumeric();
    let plain = words.trim_matches(|letter: char| !told(letter)).to_lowercase();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    VAGUE.contains(&plain.as_str()).then(|| {
        format!(
            "The words of the link “{words}” do not say where it leads, and screen readers list links without what \
             stands around them. Name what is there, such as \"Prices and dates\"."
        )
    })
}

/// Whether it is a whole address; a bare name such as `example.org` can be read.
fn is_address(words: &str) -> bool {
    let lower = words.to_lowercase();
    let one_word = !lower.contains(char::is_whitespace);
    let path = |host: &str| host.trim_end_matches('/').contains('/');
    one_word
        && (lower.starts_with("http://")
            || lower.starts_with("https://")
            || lower.strip_prefix("www.").is_some_and(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_say_nothing_of_the_target_are_found_however_they_are_written() {
        for words in
            ["click here", " Click here! ", "HERE", "Read  more …", "» weiterlesen", "En savoir plus", "más"]
        {
            assert!(complaint(words).is_some_and(|message| message.contains("do not say")), "{words}");
        }
        for words in ["https://example.org/a", "HTTP://example.org", "www.example.org/prices"] {
            assert!(complaint(words).is_some_and(|message| message.contains("letter by letter")), "{words}");
        }
    }

    #[test]
    fn words_that_name_the_target_are_good_and_so_are_none() {
        for words in [
            "",
            "Read more about Grenada",
            "Prices",
            "example.org",
            "www.example.org",
            "ana@example.org",
            "Here we are",
            "→",
            "Hier wohnen wir",
        ] {
            assert_eq!(complaint(words), None, "{words}");
        }
    }
}
