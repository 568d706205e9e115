//! A module's style values as CSS rules. Owns: which values are accepted. Must not know: what a kind looks like.
//!
//! A value is a token of the theme or a plain CSS value of its kind; everything else is left out with a finding.

use accid_base::{Finding, Severity};
use accid_model::{Module, StyleValues};

use crate::colour::Colour;

pub(crate) mod values;

pub(crate) use values::length;

/// The rules of all modules of a page, by breakpoint.
#[derive(Default)]
pub(crate) struct Rules {
    base: String,
    tablet: String,
    phone: String,
    own: String,
}

/// A picture behind a module: the addresses of its renditions for large and for small screens, and the point of it that
/// stays in sight, in percent.
pub(crate) struct Behind {
    pub large: String,
    pub small: String,
    pub point: (f64, f64),
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
        css.push_str(&self.own);
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
        let widths = [&style.desktop, &style.tablet, &style.phone]
            .map(|values| !values.border_width.trim().is_empty());
        if widths.contains(&true) && style.desktop.border_color.trim().is_empty() {
            self.base.push_str(&format!("{selector}{{border-color:var(--color-line)}}\n"));
        }
        self.len() > before
    }

    /// Adds a rule of the kind itself.
    pub fn push(&mut self, rule: &str) {
        self.base.push_str(rule);
        self.base.push('\n');
    }

    /// Adds CSS that somebody wrote, which comes after all else.
    pub fn push_own(&mut self, css: &str) {
        self.own.push_str(css);
    }

    /// Puts a picture behind a module at a breakpoint, under a shade on which its text can be read.
    pub fn put_behind(&mut self, values: &StyleValues, breakpoint: &str, selector: &str, behind: &Behind) {
        let (x, y) = behind.point;
        let ink = Colour::from_hex(values.color.trim());
        // A dark text asks for a light veil; where nobody chose a colour, the text is light.
        let (shade, light) = match ink {
            Some(ink) if ink.luminance() < 0.18 => ("rgb(255 255 255/.82)", String::new()),
            Some(_) => ("rgb(0 0 0/.58)", String::new()),
            None => (
                "rgb(0 0 0/.58)",
                ["color", "--color-text", "--color-muted", "--color-accent", "--color-line"]
                    .map(|property| format!("{property}:#fff;"))
                    .concat(),
            ),
        };
        let image =
            |file: &str| format!("background-image:linear-gradient({shade},{shade}),url(\"{file}\");");
        let rule = format!(
            "{selector}{{{}background-size:cover;background-position:{x}% {y}%;{light}}}\n",
            image(if breakpoint == "phone" { &behind.small } else { &behind.large })
        );
        match breakpoint {
            "desktop" => {
                self.base.push_str(&rule);
                self.phone.push_str(&format!("{selector}{{{}}}\n", image(&behind.small)));
            }
            "tablet" => {
                self.tablet.push_str(&rule);
                self.phone.push_str(&format!("{selector}{{{}}}\n", image(&behind.small)));
            }
            _ => self.phone.push_str(&rule),
        }
    }

    fn len(&self) -> usize {
        self.base.len() + self.tablet.len() + self.phone.len() + self.own.len()
    }
}

/// A field, its value, the CSS properties it sets (none: `read` writes whole declarations), and how it is read.
type Property<'a> = (&'static str, &'a str, &'static [&'static str], fn(&str) -> Option<String>);

type Refused<'a> = Vec<(&'static str, &'a str)>;

fn declarations(values: &StyleValues) -> (String, Refused<'_>) {
    let mut css = String::new();
    let mut refused = Vec::new();
    let table: [Property<'_>; 16] = [
        ("padding_top", &values.padding_top, &["padding-top"], values::space),
        ("padding_bottom", &values.padding_bottom, &["padding-bottom"], values::space),
        ("padding_inline", &values.padding_inline, &["padding-inline"], values::space),
        ("margin_top", &values.margin_top, &["margin-top"], values::space),
        ("margin_bottom", &values.margin_bottom, &["margin-bottom"], values::space),
        ("gap", &values.gap, &["--gap"], values::space),
        ("text_align", &values.text_align, &["text-align", "--align"], values::text_align),
        ("font_family", &values.font_family, &[], values::font_family),
        ("font_size", &values.font_size, &["font-size"], values::font_size),
        ("font_weight", &values.font_weight, &["font-weight"], values::font_weight),
        ("line_height", &values.line_height, &["line-height"], values::line_height),
        ("background", &values.background, &[], values::ground),
        ("background_gradient", &values.background_gradient, &[], values::gradient),
        ("border_width", &values.border_width, &[], values::border_width),
        ("shadow", &values.shadow, &["box-shadow"], values::shadow),
        ("radius", &values.radius, &["border-radius"], values::radius),
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
    for (field, color) in [("border_color", values.border_color.trim()), ("color", values.color.trim())] {
        match values::colour(color) {
            _ if color.is_empty() => {}
            Some(color) if field == "border_color" => css.push_str(&format!("border-color:{color};")),
            Some(color) => {
                css.push_str(&format!("color:{color};--color-text:{color};--color-muted:{color};"))
            }
            None => refused.push((field, color)),
        }
    }
    (css, refused)
}

/// The smallest contrast of the text with what is behind it, when both are plain colours.
fn contrast(values: &StyleValues) -> Option<f64> {
    let text = Colour::from_hex(values.color.trim())?;
    let behind = if values.background_gradient.trim().is_empty() {
        vec![Colour::from_hex(values.background.trim())?]
    } else {
        values::gradient_colours(values.background_gradient.trim())?
    };
    behind.into_iter().map(|colour| text.contrast(colour)).reduce(f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_shadows_type_and_gradients_become_plain_css() {
        let (css, findings) = rules(serde_json::json!({"desktop": {
            "border_width": "s", "shadow": "0 4px 12px #00000033", "font_family": "heading", "font_weight": "bold",
            "line_height": "1.4", "background_gradient": "45deg, #102030, #204060"
        }}));
        assert!(findings.is_empty(), "{findings:?}");
        for part in [
            "border-width:1px;border-style:solid;",
            "{border-color:var(--color-line)}",
            "box-shadow:0 4px 12px #00000033;",
            "font-weight:700;",
            "line-height:1.4;",
            "background-image:linear-gradient(45deg,#102030,#204060);",
            "color:#ffffff;",
        ] {
            assert!(css.contains(part), "{part} in {css}");
        }
        let (css, _) = rules(serde_json::json!({"tablet": {"border_width": "2px", "border_color": "accent"},
            "desktop": {"border_color": "#cbd5e1"}}));
        assert!(!css.contains("--color-line"), "{css}");
    }

    #[test]
    fn the_text_is_measured_against_every_colour_of_a_gradient() {
        let (_, findings) = rules(serde_json::json!({"desktop": {"color": "#ffffff",
            "background_gradient": "#102030, #eeeeee"}}));
        assert_eq!(findings, ["/style/desktop/color"]);
    }

    #[test]
    fn a_value_of_the_new_kinds_that_is_no_plain_value_is_left_out() {
        for field in [
            "background_gradient",
            "border_width",
            "border_color",
            "shadow",
            "font_family",
            "font_weight",
            "line_height",
        ] {
            for value in
                ["1px;}body{", "url(//evil.example)", "</style>", "var(--x)", "-1", "9999", "inherit", "a, b"]
            {
                let (css, findings) = rules(serde_json::json!({"desktop": {field: value}}));
                assert_eq!(findings, [format!("/style/desktop/{field}")], "{field}: {value}");
                assert!(!css.contains(value), "{css}");
            }
        }
    }

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
