//! Colours code: keywords, strings, comments and numbers of common languages. Owns: their word lists. Must not know
//! HTML. It is a tokenizer by eye, not a parser: when in doubt, a word stays plain.

/// What a language looks like.
pub(crate) struct Language {
    keywords: &'static [&'static str],
    line_comments: &'static [&'static str],
    block_comment: Option<(&'static str, &'static str)>,
    quotes: &'static [char],
}

const C_LIKE: Option<(&str, &str)> = Some(("/*", "*/"));

const LANGUAGES: &[(&[&str], Language)] = &[
    (
        &["rust", "rs"],
        Language {
            keywords: &[
                "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum",
                "extern", "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move",
                "mut", "pub", "ref", "return", "self", "Self", "static", "struct", "super", "trait", "true",
                "type", "unsafe", "use", "where", "while",
            ],
            line_comments: &["//"],
            block_comment: C_LIKE,
            quotes: &['"'],
        },
    ),
    (
        &["javascript", "js", "typescript", "ts", "jsx", "tsx"],
        Language {
            keywords: &[
                "async",
                "await",
                "break",
                "case",
                "catch",
                "class",
                "const",
                "continue",
                "default",
                "delete",
                "do",
                "else",
                "enum",
                "export",
                "extends",
                "false",
                "finally",
                "for",
                "from",
                "function",
                "if",
                "implements",
                "import",
                "in",
                "instanceof",
                "interface",
                "let",
                "new",
                "null",
                "of",
                "return",
                "static",
                "super",
                "switch",
                "this",
                "throw",
                "true",
                "try",
                "type",
                "typeof",
                "undefined",
                "var",
                "void",
                "while",
                "yield",
            ],
            line_comments: &["//"],
            block_comment: C_LIKE,
            quotes: &['"', '\'', '`'],
        },
    ),
    (
        &["python", "py"],
        Language {
            keywords: &[
                "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
                "else", "except", "False", "finally", "for", "from", "global", "if", "import", "in", "is",
                "lambda", "None", "nonlocal", "not", "or", "pass", "raise", "return", "True", "try", "while",
                "with", "yield",
            ],
            line_comments: &["#"],
            block_comment: None,
            quotes: &['"', '\''],
        },
    ),
    (
        &["c", "cpp", "c++", "java", "csharp", "c#", "kotlin", "swift", "php"],
        Language {
            keywords: &[
                "abstract",
                "auto",
                "bool",
                "boolean",
                "break",
                "case",
                "catch",
                "char",
                "class",
                "const",
                "continue",
                "default",
                "do",
                "double",
                "else",
                "enum",
                "extends",
                "false",
                "final",
                "finally",
                "float",
                "for",
                "fun",
                "func",
                "function",
                "if",
                "implements",
                "import",
                "include",
                "int",
                "interface",
                "let",
                "long",
                "namespace",
                "new",
                "null",
                "nullptr",
                "package",
                "private",
                "protected",
                "public",
                "return",
                "short",
                "static",
                "struct",
                "super",
                "switch",
                "template",
                "this",
                "throw",
                "true",
                "try",
                "typedef",
                "unsigned",
                "using",
                "val",
                "var",
                "virtual",
                "void",
                "while",
            ],
            line_comments: &["//"],
            block_comment: C_LIKE,
            quotes: &['"', '\''],
        },
    ),
    (
        &["go"],
        Language {
            keywords: &[
                "break",
                "case",
                "chan",
                "const",
                "continue",
                "default",
                "defer",
                "else",
                "fallthrough",
                "false",
                "for",
                "func",
                "go",
                "if",
                "import",
                "interface",
                "map",
                "nil",
                "package",
                "range",
                "return",
                "select",
                "struct",
                "switch",
                "true",
                "type",
                "var",
            ],
            line_comments: &["//"],
            block_comment: C_LIKE,
            quotes: &['"', '`', '\''],
        },
    ),
    (
        &["bash", "sh", "shell", "zsh", "dockerfile", "make", "makefile"],
        Language {
            keywords: &[
                "case", "cd", "do", "done", "echo", "elif", "else", "esac", "exit", "export", "fi", "for",
                "function", "if", "in", "local", "return", "sudo", "then", "until", "while", "FROM", "RUN",
                "COPY", "CMD", "ENV", "WORKDIR",
            ],
            line_comments: &["#"],
            block_comment: None,
            quotes: &['"', '\''],
        },
    ),
    (
        &["sql"],
        Language {
            keywords: &[
                "ALTER", "AND", "AS", "ASC", "BY", "CREATE", "DELETE", "DESC", "DISTINCT", "DROP", "FROM",
                "GROUP", "HAVING", "IN", "INDEX", "INNER", "INSERT", "INTO", "IS", "JOIN", "KEY", "LEFT",
                "LIKE", "LIMIT", "NOT", "NULL", "ON", "OR", "ORDER", "PRIMARY", "RIGHT", "SELECT", "SET",
                "TABLE", "UNION", "UPDATE", "VALUES", "WHERE", "and", "as", "by", "create", "delete", "from",
                "group", "insert", "into", "join", "limit", "not", "null", "on", "or", "order", "select",
                "set", "table", "update", "values", "where",
            ],
            line_comments: &["--"],
            block_comment: C_LIKE,
            quotes: &['\'', '"'],
        },
    ),
    (
        &["css", "scss"],
        Language {
            keywords: &["important", "import", "media", "supports", "layer", "font-face", "keyframes"],
            line_comments: &[],
            block_comment: C_LIKE,
            quotes: &['"', '\''],
        },
    ),
    (
        &["html", "xml", "svg"],
        Language { keywords: &[], line_comments: &[], block_comment: Some(("<!--", "-->")), quotes: &['"'] },
    ),
    (
        &["json", "toml", "yaml", "yml", "ini"],
        Language {
            keywords: &["true", "false", "null", "yes", "no"],
            line_comments: &["#"],
            block_comment: None,
            quotes: &['"', '\''],
        },
    ),
];

impl Language {
    /// The language with this name or file ending, whatever its case.
    pub fn named(name: &str) -> Option<&'static Self> {
        let name = name.trim().to_ascii_lowercase();
        LANGUAGES.iter().find(|(names, _)| names.contains(&name.as_str())).map(|(_, language)| language)
    }
}

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
