//! Whether a rule of a module's CSS stays inside the module: what its selectors find. Must not know declarations.

use lightningcss::{
    printer::PrinterOptions,
    rules::{CssRule, CssRuleList},
    stylesheet::{ParserOptions, StyleSheet},
};

/// The selectors of all rules of a flat style sheet.
pub(super) fn selectors_of(css: &str) -> Result<Vec<String>, &'static str> {
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
pub(super) fn stays_inside(selector: &str, scope: &str) -> bool {
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
