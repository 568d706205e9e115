//! One rule of a person's CSS: whether it is published, and how it is written anew. Must not know where the text came from.

use lightningcss::{
    declaration::DeclarationBlock,
    dependencies::{Dependency, DependencyOptions},
    printer::PrinterOptions,
    properties::{
        Property,
        custom::{CustomPropertyName, TokenOrValue},
    },
    rules::{CssRule, CssRuleList},
    stylesheet::{ParserOptions, StyleSheet},
    targets::{Features, Targets},
};

use super::scope::{selectors_of, stays_inside};

const ELSEWHERE: &str =
    "It would fetch something from another place; a page shows only what belongs to the site.";

/// The rule as it is published.
pub(super) fn written(rule: CssRule<'_>, scope: Option<&str>) -> Result<String, &'static str> {
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
pub(super) fn doubt(rule: &CssRule<'_>, found: &mut Vec<String>) {
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

/// The line a rule begins at, from 0.
pub(super) fn line_of(rule: &CssRule<'_>) -> Option<u32> {
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
