//! CSS that a person writes for a module, a page or a site: read, checked and written anew. Owns: what of it is
//! published. Must not know documents.
//!
//! Nothing is passed on as it came. What cannot be read, what would fetch from elsewhere and what would leave its module
//! is left out, rule by rule, with a finding that names the line.

mod rules;
mod scope;

use std::sync::{Arc, RwLock};

use accid_base::{Finding, Severity};
use lightningcss::{
    declaration::DeclarationBlock,
    rules::{CssRule, CssRuleList, style::StyleRule},
    stylesheet::{ParserOptions, StyleSheet},
};

use self::rules::{doubt, line_of, written};
#[cfg(test)]
use self::scope::{selectors_of, stays_inside};

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

#[cfg(test)]
mod tests;
