//! A module's style values as CSS rules. Owns: which values are accepted. Must not know: what a kind looks like.
//!
//! A value is a token of the theme or a plain CSS value of its kind; everything else is left out with a finding.

use accid_base::{Finding, Severity};
use accid_model::{Module, StyleValues};

use crate::colour::{Colour, is_css_colour};

/// The rules of all modules of a page, by breakpoint.
#[derive(Default)]
pub(crate) struct Rules {
    base: String,
    tablet: String,
    phone: String,
}

impl Rules {
    /// The text of the page's style element.
    pub fn finish(self) -> String {
        let mut css = self.base;
        for (width, rules) in [(1023, self.tablet), (639, self.phone)] {
            if !rules.is_empty() {
                css.push_str(&format!("@media (max-width:{width}px){{\n{rules}}}\n"));
            }
        }
        css
    }

    /// Adds the style of a module under `selector`; true when there is any.
    pub fn add(&mut self, module: &Module, selector: &str, findings: &mut Vec<Finding>) -> bool {
        let before = self.len();
        let style = &module.style;
        let parts = [
            ("desktop", &style.desktop, &mut self.base),
            ("tablet", &style.tablet, &mut self.tablet),
            ("phone", &style.phone, &mut self.phone),
        ];
        for (name, values, out) in parts {
            let (css, refused) = declarations(values);
            if !css.is_empty() {
                out.push_str(&format!("{selector}{{{css}}}\n"));
            }
            for (field, value) in refused {
                let value: String = value.chars().take(40).collect();
                let message = format!(
                    "\"{value}\" is not a value for {}, so it is left out. Use a token such as \"m\" or \"accent\", or a \
                     plain CSS value such as \"24px\" or \"#334155\".",
                    field.replace('_', " ")
                );
                let pointer = format!("/style/{name}/{field}");
                findings.push(
                    Finding::new(Severity::Warning, "style.refused", message)
                        .at(pointer)
                        .in_module(&module.id),
                );
            }
            if let Some(ratio) = contrast(values).filter(|ratio| *ratio < 4.5) {
                let message = format!(
                    "The text has a contrast of {ratio:.1}:1 with the colour behind it; many people cannot read less \
                     than 4.5:1. Choose a darker or lighter colour."
                );
                let pointer = format!("/style/{name}/color");
                findings.push(
                    Finding::new(Severity::Warning, "style.contrast", message)
                        .at(pointer)
                        .in_module(&module.id),
                );
            }
        }
        self.len() > before
    }

    /// Adds a rule of the kind itself.
    pub fn push(&mut self, rule: &str) {
        self.base.push_str(rule);
        self.base.push('\n');
    }

    fn len(&self) -> usize {
        self.base.len() + self.tablet.len() + self.phone.len()
    }
}

/// A field, its value, the CSS properties it sets (none: `read` writes whole declarations), and how it is read.
type Property<'a> = (&'static str, &'a str, &'static [&'static str], fn(&str) -> Option<String>);

type Refused<'a> = Vec<(&'static str, &'a str)>;

fn declarations(values: &StyleValues) -> (String, Refused<'_>) {
    let mut css = String::new();
    let mut refused = Vec::new();
    let table: [Property<'_>; 10] = [
        ("padding_top", &values.padding_top, &["padding-top"], space),
        ("padding_bottom", &values.padding_bottom, &["padding-bottom"], space),
        ("padding_inline", &values.padding_inline, &["padding-inline"], space),
        ("margin_top", &values.margin_top, &["margin-top"], space),
        ("margin_bottom", &values.margin_bottom, &["margin-bottom"], space),
        ("gap", &values.gap, &["--gap"], space),
        ("text_align", &values.text_align, &["text-align", "--align"], text_align),
        ("font_size", &values.font_size, &["font-size"], font_size),
        ("background", &values.background, &[], ground),
        ("radius", &values.radius, &["border-radius"], radius),
    ];
    for (field, value, properties, read) in table {
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        match read(value) {
            None => refused.push((field, value)),
            Some(declarations) if properties.is_empty() => css.push_str(&declarations),
            Some(value) => {
                properties.iter().for_each(|property| css.push_str(&format!("{property}:{value};")))
            }
        }
    }
    let color = values.color.trim();
    if !color.is_empty() {
        match colour(color) {
            Some(color) => {
                css.push_str(&format!("color:{color};--color-text:{color};--color-muted:{color};"))
            }
            None => refused.push(("color", color)),
        }
    }
    (css, refused)
}

fn contrast(values: &StyleValues) -> Option<f64> {
    Some(Colour::from_hex(values.color.trim())?.contrast(Colour::from_hex(values.background.trim())?))
}

/// The colour behind, with texts that can be read on it. The `--fill-…` properties hold the same colours as
/// `--color-…`, but are never set again, so that a rule can take the one for its ground and set the other.
fn ground(value: &str) -> Option<String> {
    let paper = |behind: &str| {
        format!(
            "background:var(--fill-{behind});color:var(--fill-text);--color-text:var(--fill-text);\
             --color-muted:var(--fill-muted);--color-accent:var(--fill-link);--color-line:var(--fill-line);"
        )
    };
    let painted = |behind: &str, ink: &str| {
        format!(
            "background:{behind};color:{ink};--color-text:{ink};--color-muted:{ink};--color-accent:{ink};\
             --color-line:{ink};--color-surface:transparent;--color-background:transparent;--button:{ink};\
             --on-button:{behind};"
        )
    };
    Some(match value {
        "background" | "surface" => paper(value),
        "accent" => painted("var(--fill-accent)", "var(--fill-on-accent)"),
        "text" => painted("var(--fill-text)", "var(--fill-background)"),
        _ => {
            let behind = colour(value)?;
            match Colour::from_hex(value) {
                Some(opaque) => painted(&behind, &opaque.ink().to_hex()),
                None => format!("background:{behind};"),
            }
        }
    })
}

fn colour(value: &str) -> Option<String> {
    match value {
        "text" | "muted" | "accent" | "background" | "surface" => Some(format!("var(--color-{value})")),
        _ => is_css_colour(value).then(|| value.to_owned()),
    }
}

fn space(value: &str) -> Option<String> {
    match value {
        "none" => Some("0".to_owned()),
        "xs" | "s" | "m" | "l" | "xl" => Some(format!("var(--space-{value})")),
        _ => length(value),
    }
}

fn font_size(value: &str) -> Option<String> {
    match value {
        "s" | "m" | "l" | "xl" => Some(format!("var(--size-{value})")),
        _ => length(value).filter(|length| length != "0"),
    }
}

fn radius(value: &str) -> Option<String> {
    match value {
        "none" => Some("0".to_owned()),
        "s" | "m" | "l" => Some(format!("var(--radius-{value})")),
        _ => length(value),
    }
}

fn text_align(value: &str) -> Option<String> {
    matches!(value, "start" | "center" | "end").then(|| value.to_owned())
}

/// A length that is not negative and not absurd: a number of up to 6 characters and a unit.
pub(crate) fn length(value: &str) -> Option<String> {
    if value == "0" {
        return Some(value.to_owned());
    }
    let unit = ["rem", "em", "px", "%", "vw", "vh", "ch"].into_iter().find(|unit| value.ends_with(unit))?;
    let number = &value[..value.len() - unit.len()];
    let plain = (1..=6).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && number.parse::<f64>().is_ok_and(|number| number <= 2000.0);
    plain.then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(style: serde_json::Value) -> (String, Vec<String>) {
        let module = serde_json::json!({"id": "x", "type": "text", "style": style});
        let mut rules = Rules::default();
        let mut findings = Vec::new();
        rules.add(&serde_json::from_value(module).unwrap(), ".s-x", &mut findings);
        (rules.finish(), findings.into_iter().map(|finding| finding.pointer).collect())
    }

    #[test]
    fn values_become_rules_per_breakpoint() {
        let (css, findings) = rules(serde_json::json!({
            "desktop": {"padding_top": "m", "color": "#334155", "radius": "8px"}, "phone": {"padding_top": "none"}
        }));
        assert_eq!(
            css,
            ".s-x{padding-top:var(--space-m);border-radius:8px;color:#334155;--color-text:#334155;\
             --color-muted:#334155;}\n@media (max-width:639px){\n.s-x{padding-top:0;}\n}\n"
        );
        assert!(findings.is_empty());
    }

    #[test]
    fn what_is_no_plain_value_is_left_out_with_a_finding() {
        for value in [
            "1px;}body{display:none",
            "expression(alert(1))",
            "url(https://evil.example)",
            "calc(1px)",
            "-4px",
            "1e9px",
            "</style><script>",
            "12",
            "px",
            "99999px",
            "var(--x)",
        ] {
            let (css, findings) =
                rules(serde_json::json!({"desktop": {"padding_top": value, "color": value}}));
            assert_eq!(css, "", "{value}");
            assert_eq!(findings, ["/style/desktop/padding_top", "/style/desktop/color"], "{value}");
        }
    }

    #[test]
    fn a_dark_ground_gets_light_text_and_a_poor_pair_a_finding() {
        let (css, _) = rules(serde_json::json!({"desktop": {"background": "#102030"}}));
        assert!(css.contains("color:#ffffff;"), "{css}");
        let (_, findings) =
            rules(serde_json::json!({"desktop": {"background": "#777777", "color": "#888888"}}));
        assert_eq!(findings, ["/style/desktop/color"]);
    }
}
