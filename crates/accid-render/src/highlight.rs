//! Colours code: keywords, strings, comments and numbers of common languages. Must not know HTML. It is a tokenizer by eye, not a parser: when in doubt, a word stays plain.

pub(crate) use crate::languages::Language;

/// A piece of a line with its class: `k` keyword, `s` string, `c` comment, `n` number, none for the rest.
type Piece<'a> = (&'static str, &'a str);

/// The code as lines of pieces. The pieces of a line, put together, are the line.
pub(crate) fn lines<'a>(code: &'a str, language: Option<&Language>) -> Vec<Vec<Piece<'a>>> {
    let mut lines = vec![Vec::new()];
    let mut rest = code;
    while !rest.is_empty() {
        let (class, length) = language.map_or(("", rest.len()), |language| next(rest, language));
        let (piece, after) = rest.split_at(length);
        for (index, part) in piece.split('\n').enumerate() {
            if index > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut().filter(|_| !part.is_empty()) {
                push(line, code, class, part);
            }
        }
        rest = after;
    }
    lines
}

/// Adds a piece, to the one before when both are plain.
fn push<'a>(line: &mut Vec<Piece<'a>>, code: &'a str, class: &'static str, part: &'a str) {
    if let Some((last_class, last)) = line.last_mut()
        && last_class.is_empty()
        && class.is_empty()
    {
        let start = last.as_ptr() as usize - code.as_ptr() as usize;
        *last = &code[start..start + last.len() + part.len()];
        return;
    }
    line.push((class, part));
}

/// The class and length of the piece at the start of `rest`, which is not empty.
fn next(rest: &str, language: &Language) -> (&'static str, usize) {
    if let Some((open, close)) = language.block_comment.filter(|(open, _)| rest.starts_with(open)) {
        let end = rest[open.len()..].find(close).map_or(rest.len(), |at| open.len() + at + close.len());
        return ("c", end);
    }
    if language.line_comments.iter().any(|mark| rest.starts_with(mark)) {
        return ("c", rest.find('\n').unwrap_or(rest.len()));
    }
    let first = rest.chars().next().unwrap_or(' ');
    if language.quotes.contains(&first) {
        return ("s", string_length(rest, first));
    }
    let word = rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '_')).unwrap_or(rest.len());
    if word == 0 {
        return ("", first.len_utf8());
    }
    if first.is_ascii_digit() {
        return ("n", word);
    }
    (if language.keywords.contains(&&rest[..word]) { "k" } else { "" }, word)
}

/// The length of a string with its quotes; it ends at the end of the line when nothing closes it there, unless the
/// quote is one for several lines.
fn string_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (index, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' if quote != '`' => return index,
            _ if letter == quote => return index + letter.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_put_together_are_the_code() {
        let code = "fn a() {\n  // \"x\"\n  let s = \"a\\\"b\"; /* two\nlines */ 0x1f\n}\nlet ü = 'open\n";
        for name in ["rust", "js", "python", "html", "text", "sql"] {
            let lines = lines(code, Language::named(name));
            let joined: Vec<String> =
                lines.iter().map(|line| line.iter().map(|piece| piece.1).collect()).collect();
            assert_eq!(joined.join("\n"), code, "{name}");
        }
    }

    #[test]
    fn words_strings_comments_and_numbers_are_told_apart() {
        let line = &lines("let x = 42; // \"no\"", Language::named("Rust"))[0];
        assert_eq!(line, &[("k", "let"), ("", " x = "), ("n", "42"), ("", "; "), ("c", "// \"no\"")]);
    }
}
