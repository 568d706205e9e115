//! CSS that a person writes for a module, a page or a site: read, checked and written anew. Owns: what of it is
//! published. Must not know documents.
//!
//! Nothing is passed on as it came. What cannot be read, what would fetch from elsewhere and what would leave its module
//! is left out, rule by rule, with a finding that names the line.

use std::sync::{Arc, RwLock};

use accid_base::{Finding, Severity};
use lightningcss::{
    declaration::DeclarationBlock,
    dependencies::{Dependency, DependencyOptions},
    printer::PrinterOptions,
    properties::{
        Property,
        custom::{CustomPropertyName, TokenOrValue},
    },
    rules::{CssRule, CssRuleList, style::StyleRule},
    stylesheet::{ParserOptions, StyleSheet},
    targets::{Features, Targets},
};

/// The longest text that is read, in bytes.
const LONGEST: usize = 60_000;
/// The deepest nesting of brackets that is read.
const DEEPEST: usize = 24;

/// What became of a text: the CSS that is published, and what was left out.
#[derive(Debug, Default)]
pub(crate) struct OwnCss {
    pub css: String,
    pub findings: Vec<Finding>,
}

impl OwnCss {
    /// Reads the CSS of a whole site or page.
    pub fn of_page(text: &str, pointer: &str) -> Self {
        let mut own = Self::default();
        if own.is_readable(text, pointer) {
            own.read(text, None, pointer);
        }
        own
    }

    /// Reads the CSS of one module: declarations for its own element, and rules for what is in it. `scope` is the
    /// selector of that element, one class.
    pub fn of_module(text: &str, scope: &str, pointer: &str) -> Self {
        let mut own = Self::default();
        if !own.is_readable(text, pointer) {
            return own;
        }
        let read = |own: &mut Self, lines: usize, part: &str| {
            own.read(&format!("{}{scope}{{{part}\n}}", "\n".repeat(lines)), Some(scope), pointer)
        };
        if read(&mut own, 0, text) {
            // Where something is broken, each part is read by itself, so that none takes others with it.
            own = Self::default();
            for (lines, part) in parts_of(text) {
                read(&mut own, lines, part);
            }
        }
        own
    }

    fn refuse(&mut self, pointer: &str, line: Option<u32>, why: &str) {
        let at = line.map_or_else(String::new, |line| format!("Line {}: ", line + 1));
        let message = format!("{at}{why} It is left out.");
        self.findings.push(Finding::new(Severity::Warning, "css.refused", message).at(pointer));
    }

    fn is_readable(&mut self, text: &str, pointer: &str) -> bool {
        if text.trim().is_empty() {
            return false;
        }
        let mut depth = 0_usize;
        let mut deepest = 0_usize;
        for byte in text.bytes() {
            match byte {
                b'{' | b'(' | b'[' => depth += 1,
                b'}' | b')' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(depth);
        }
        if text.len() > LONGEST || deepest > DEEPEST {
            let why = if deepest > DEEPEST {
                "The CSS nests too deep to be read."
            } else {
                "The CSS is longer than 60 KB."
            };
            self.refuse(pointer, None, why);
            return false;
        }
        true
    }

    /// Says whether something in it could not be read.
    fn read(&mut self, text: &str, scope: Option<&str>, pointer: &str) -> bool {
        let warnings = Arc::new(RwLock::new(Vec::new()));
        let options = ParserOptions {
            error_recovery: true,
            warnings: Some(Arc::clone(&warnings)),
            ..ParserOptions::default()
        };
        let sheet = match StyleSheet::parse(text, options) {
            Ok(sheet) => sheet,
            Err(error) => {
                let line = error.loc.as_ref().map(|at| at.line);
                self.refuse(pointer, line, &format!("This cannot be read as CSS: {}.", error.kind));
                return true;
            }
        };
        let mut broken = false;
        if let Ok(warnings) = warnings.read() {
            broken = !warnings.is_empty();
            for warning in warnings.iter().take(20) {
                let line = warning.loc.as_ref().map(|at| at.line);
                self.refuse(pointer, line, &format!("This cannot be read as CSS: {}.", warning.kind));
            }
        }
        match scope {
            None => {
                sheet.rules.0.into_iter().for_each(|rule| self.rule(rule, None, pointer));
            }
            Some(scope) => self.scoped(sheet.rules.0, scope, pointer),
        }
        broken
    }

    /// The first rule is the one that was put around the text; whatever stands behind it broke out of it.
    fn scoped(&mut self, rules: Vec<CssRule<'_>>, scope: &str, pointer: &str) {
        let mut rules = rules.into_iter();
        if let Some(CssRule::Style(mut around)) = rules.next() {
            let inside = std::mem::take(&mut around.rules.0);
            let shell = StyleRule {
                declarations: DeclarationBlock::default(),
                rules: CssRuleList(Vec::new()),
                ..around.clone()
            };
            if !around.declarations.is_empty() {
                self.rule(CssRule::Style(around), Some(scope), pointer);
            }
            for rule in inside {
                let line = line_of(&rule);
                let within = CssRule::Style(StyleRule {
                    rules: CssRuleList(vec![rule]),
                    loc: lightningcss::rules::Location {
                        source_index: 0,
                        line: line.unwrap_or(0),
                        column: 1,
                    },
                    ..shell.clone()
                });
                self.rule(within, Some(scope), pointer);
            }
        }
        for rule in rules {
            let why = "There is a closing bracket too many, and what follows would be outside of the module.";
            self.refuse(pointer, line_of(&rule), why);
        }
    }

    fn rule(&mut self, rule: CssRule<'_>, scope: Option<&str>, pointer: &str) {
        let line = line_of(&rule);
        let mut doubtful = Vec::new();
        doubt(&rule, &mut doubtful);
        for name in doubtful.into_iter().take(10) {
            let line = line.unwrap_or(0) + 1;
            let message = format!(
                "In the rule that begins in line {line}: \"{name}\" is no property that ACCID knows, or its value is not one \
                 it can have. Most browsers will not heed it."
            );
            self.findings.push(Finding::new(Severity::Note, "css.unknown", message).at(pointer));
        }
        match written(rule, scope) {
            Ok(css) => self.css.push_str(&css),
            Err(why) => self.refuse(pointer, line, why),
        }
    }
}

/// The declarations and rules of a text, each with the number of lines before it.
fn parts_of(text: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let (mut start, mut line, mut start_line, mut depth) = (0, 0, 0, 0_usize);
    let mut quote = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, one)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let mut ends = false;
        match (quote, one) {
            (_, '\n') => {
                line += 1;
                // A string does not go over the end of its line.
                quote = quote.filter(|quote| *quote == '*');
            }
            (Some('*'), '*') if next == Some('/') => quote = None,
            (Some('*'), _) => {}
            (_, '\\') => {
                characters.next_if(|(_, next)| *next != '\n');
            }
            (Some(open), _) => quote = quote.filter(|_| one != open),
            (None, '"' | '\'') => quote = Some(one),
            (None, '/') if next == Some('*') => quote = Some('*'),
            (None, '{' | '(' | '[') => depth += 1,
            (None, '}' | ')' | ']') => {
                depth = depth.saturating_sub(1);
                ends = depth == 0 && one == '}';
            }
            (None, ';') => ends = depth == 0,
            _ => {}
        }
        if ends {
            parts.push((start_line, &text[start..=at]));
            (start, start_line) = (at + 1, line);
        }
    }
    parts.push((start_line, &text[start..]));
    parts
}

const ELSEWHERE: &str =
    "It would fetch something from another place; a page shows only what belongs to the site.";

/// The rule as it is published.
fn written(rule: CssRule<'_>, scope: Option<&str>) -> Result<String, &'static str> {
    if matches!(rule, CssRule::Import(_)) {
        return Err("@import is not possible here; paste the rules themselves.");
    }
    if !is_allowed(&rule, scope.is_some()) {
        return Err("This kind of rule is not possible here.");
    }
    let sheet = StyleSheet::new(Vec::new(), CssRuleList(vec![rule]), ParserOptions::default());
    let print = |analyze| {
        let targets = Targets { include: Features::Nesting, ..Targets::default() };
        let options = PrinterOptions { targets, analyze_dependencies: analyze, ..PrinterOptions::default() };
        sheet.to_css(options).map_err(|_| "It cannot be written as plain CSS.")
    };
    let found = print(Some(DependencyOptions::default()))?.dependencies.unwrap_or_default();
    let is_foreign = |dependency: &Dependency| match dependency {
        Dependency::Import(_) => true,
        Dependency::Url(url) => !is_own(&url.url),
    };
    if found.iter().any(is_foreign) {
        return Err(ELSEWHERE);
    }
    let mut css = print(None)?.code;
    if speaks_of_elsewhere(&css) {
        return Err(ELSEWHERE);
    }
    if let Some(scope) = scope
        && !selectors_of(&css)?.iter().all(|selector| stays_inside(selector, scope))
    {
        return Err("It reaches outside of the module. Write it into the CSS of the page instead.");
    }
    if css.trim().is_empty() {
        return Ok(String::new());
    }
    // In a string it means the same, and no end of the style element can be read out of it.
    css = css.replace("</", "<\\/");
    css.push('\n');
    Ok(css)
}

/// The names of the declarations that nobody could make sense of.
fn doubt(rule: &CssRule<'_>, found: &mut Vec<String>) {
    let mut look = |block: &DeclarationBlock<'_>| {
        for property in block.declarations.iter().chain(&block.important_declarations) {
            match property {
                Property::Unparsed(unparsed) => {
                    let is_filled_in = |token: &TokenOrValue<'_>| {
                        matches!(
                            token,
                            TokenOrValue::Var(_) | TokenOrValue::Env(_) | TokenOrValue::Function(_)
                        )
                    };
                    if !unparsed.value.0.iter().any(is_filled_in) {
                        found.push(unparsed.property_id.name().to_owned());
                    }
                }
                Property::Custom(custom) => {
                    if let CustomPropertyName::Unknown(name) = &custom.name
                        && !name.0.starts_with('-')
                    {
                        found.push(name.0.chars().take(40).collect());
                    }
                }
                _ => {}
            }
        }
    };
    match rule {
        CssRule::Style(rule) => look(&rule.declarations),
        CssRule::Nesting(rule) => look(&rule.style.declarations),
        CssRule::NestedDeclarations(rule) => look(&rule.declarations),
        _ => {}
    }
    let inside = match rule {
        CssRule::Style(rule) => &rule.rules,
        CssRule::Nesting(rule) => &rule.style.rules,
        CssRule::Media(rule) => &rule.rules,
        CssRule::Supports(rule) => &rule.rules,
        CssRule::Container(rule) => &rule.rules,
        _ => return,
    };
    inside.0.iter().for_each(|rule| doubt(rule, found));
}

fn is_allowed(rule: &CssRule<'_>, in_module: bool) -> bool {
    let all = |rules: &CssRuleList<'_>| rules.0.iter().all(|rule| is_allowed(rule, in_module));
    match rule {
        CssRule::Style(rule) => all(&rule.rules),
        CssRule::Media(rule) => all(&rule.rules),
        CssRule::Supports(rule) => all(&rule.rules),
        CssRule::Container(rule) => all(&rule.rules),
        CssRule::StartingStyle(rule) => all(&rule.rules),
        CssRule::Nesting(rule) => all(&rule.style.rules),
        CssRule::NestedDeclarations(_) => true,
        CssRule::LayerBlock(rule) => !in_module && all(&rule.rules),
        CssRule::Keyframes(_)
        | CssRule::FontFace(_)
        | CssRule::CounterStyle(_)
        | CssRule::Page(_)
        | CssRule::Property(_)
        | CssRule::LayerStatement(_) => !in_module,
        _ => false,
    }
}

/// Whether an address is one of the site itself, or a picture in the text.
fn is_own(url: &str) -> bool {
    let url: String = url.chars().filter(|one| !one.is_whitespace() && !one.is_control()).collect();
    let lower = url.to_ascii_lowercase();
    if lower.starts_with("data:image/") || lower.starts_with("data:font/") {
        return true;
    }
    let scheme = lower.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
    !scheme && !lower.starts_with(['/', '\\']) && !lower.contains("//") && !lower.contains('\\')
}

/// Addresses also hide in strings that are addresses to some properties only.
fn speaks_of_elsewhere(css: &str) -> bool {
    let mut rest: String = css.to_ascii_lowercase();
    // Pictures in the text were looked at above, and their data may hold anything.
    while let Some(at) = rest.find("data:") {
        let end = rest[at..].find([')', '"', '\'']).map_or(rest.len(), |end| at + end);
        rest.replace_range(at..end, "");
    }
    ["//", "http:", "https:", "ftp:", "ws:", "wss:", "file:", "\\\\"].iter().any(|sign| rest.contains(sign))
}

/// The selectors of all rules of a flat style sheet.
fn selectors_of(css: &str) -> Result<Vec<String>, &'static str> {
    let sheet =
        StyleSheet::parse(css, ParserOptions::default()).map_err(|_| "It cannot be written as plain CSS.")?;
    let mut found = Vec::new();
    collect(&sheet.rules, &mut found);
    Ok(found)
}

fn collect(rules: &CssRuleList<'_>, found: &mut Vec<String>) {
    use lightningcss::traits::ToCss;
    for rule in &rules.0 {
        match rule {
            CssRule::Style(rule) => {
                let texts = rule.selectors.0.iter().map(|one| one.to_css_string(PrinterOptions::default()));
                // What cannot be written cannot be checked: it counts as outside.
                found.extend(texts.map(Result::unwrap_or_default));
                collect(&rule.rules, found);
            }
            CssRule::Media(rule) => collect(&rule.rules, found),
            CssRule::Supports(rule) => collect(&rule.rules, found),
            CssRule::Container(rule) => collect(&rule.rules, found),
            CssRule::StartingStyle(rule) => collect(&rule.rules, found),
            _ => {}
        }
    }
}

/// Whether a selector finds nothing but the element of `scope` and what is in it.
fn stays_inside(selector: &str, scope: &str) -> bool {
    let selector = selector.trim();
    let rest = if let Some(inner) = selector.strip_prefix(":is(") {
        let Some(end) = closing(inner) else { return false };
        if !split_top(&inner[..end], ',').iter().all(|part| stays_inside(part, scope)) {
            return false;
        }
        &inner[end + 1..]
    } else {
        let Some(rest) = selector.strip_prefix(scope) else { return false };
        if rest.starts_with(|next: char| {
            next.is_alphanumeric() || matches!(next, '-' | '_' | '\\') || !next.is_ascii()
        }) {
            return false;
        }
        rest
    };
    let mut depth = 0_usize;
    let mut gap = false;
    for next in rest.chars() {
        match next {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '+' | '~' if depth == 0 => return false,
            '>' if depth == 0 => return true,
            ' ' if depth == 0 => gap = true,
            _ if depth == 0 && gap => return true,
            _ => {}
        }
    }
    true
}

/// Where the bracket closes that was opened before the text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1_usize;
    text.char_indices().find_map(|(at, one)| {
        match one {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

fn split_top(text: &str, at: char) -> Vec<&str> {
    let mut depth = 0_usize;
    text.split(|one: char| {
        match one {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        one == at && depth == 0
    })
    .collect()
}

/// The line a rule begins at, from 0.
fn line_of(rule: &CssRule<'_>) -> Option<u32> {
    Some(match rule {
        CssRule::Style(rule) => rule.loc.line,
        CssRule::Media(rule) => rule.loc.line,
        CssRule::Import(rule) => rule.loc.line,
        CssRule::Supports(rule) => rule.loc.line,
        CssRule::Container(rule) => rule.loc.line,
        CssRule::Nesting(rule) => rule.loc.line,
        CssRule::NestedDeclarations(rule) => rule.loc.line,
        CssRule::Keyframes(rule) => rule.loc.line,
        CssRule::FontFace(rule) => rule.loc.line,
        CssRule::LayerBlock(rule) => rule.loc.line,
        CssRule::Unknown(rule) => rule.loc.line,
        CssRule::Namespace(rule) => rule.loc.line,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
