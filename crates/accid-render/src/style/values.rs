//! The values a style may have: tokens of the theme and plain CSS values, and what they become. Must not know modules.

use crate::colour::{Colour, is_css_colour};

/// The colour behind, with texts that can be read on it. The `--fill-…` properties hold the same colours as
/// `--color-…`, but are never set again, so that a rule can take the one for its ground and set the other.
pub(super) fn ground(value: &str) -> Option<String> {
    let paper = |behind: &str| {
        format!(
            "background:var(--fill-{behind});color:var(--fill-text);--color-text:var(--fill-text);\
             --color-muted:var(--fill-muted);--color-accent:var(--fill-link);--color-line:var(--fill-line);"
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

fn painted(behind: &str, ink: &str) -> String {
    format!(
        "background:{behind};color:{ink};--color-text:{ink};--color-muted:{ink};--color-accent:{ink};\
         --color-line:{ink};--color-surface:transparent;--color-background:transparent;--button:{ink};\
         --on-button:{behind};"
    )
}

/// A gradient, with texts that can be read on its worst colour, as far as that can be.
pub(super) fn gradient(value: &str) -> Option<String> {
    let (angle, colours) = gradient_parts(value)?;
    let fills: Option<Vec<String>> = colours
        .iter()
        .map(|one| match *one {
            "text" | "accent" | "background" | "surface" => Some(format!("var(--fill-{one})")),
            one => is_css_colour(one).then(|| one.to_owned()),
        })
        .collect();
    let fills = fills?;
    // In the order of how sure one can be of it: plain colours are measured, else the first colour decides.
    let base = match gradient_colours(value) {
        Some(all) => {
            let worst = |ink: Colour| all.iter().map(|one| one.contrast(ink)).fold(f64::INFINITY, f64::min);
            let ink = if worst(Colour::WHITE) >= worst(Colour::INK) { Colour::WHITE } else { Colour::INK };
            painted(&fills[0], &ink.to_hex())
        }
        None => ground(colours[0])?,
    };
    Some(format!("{base}background-image:linear-gradient({angle},{});", fills.join(",")))
}

/// The colours of a gradient, when all of them are plain.
pub(super) fn gradient_colours(value: &str) -> Option<Vec<Colour>> {
    gradient_parts(value)?.1.into_iter().map(Colour::from_hex).collect()
}

fn gradient_parts(value: &str) -> Option<(&str, Vec<&str>)> {
    let mut parts: Vec<&str> = split_colours(value);
    let first = *parts.first()?;
    let angle = first
        .strip_suffix("deg")
        .filter(|number| number.len() <= 3 && number.parse::<u16>().is_ok_and(|angle| angle <= 360));
    if angle.is_some() {
        parts.remove(0);
    }
    matches!(parts.len(), 2 | 3).then_some((if angle.is_some() { first } else { "180deg" }, parts))
}

/// Splits at commas that are not inside a bracket.
fn split_colours(value: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let parts = value.split(|one: char| {
        depth += match one {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        one == ',' && depth == 0
    });
    parts.map(str::trim).collect()
}

pub(super) fn colour(value: &str) -> Option<String> {
    match value {
        "text" | "muted" | "accent" | "background" | "surface" => Some(format!("var(--color-{value})")),
        _ => is_css_colour(value).then(|| value.to_owned()),
    }
}

pub(super) fn space(value: &str) -> Option<String> {
    match value {
        "none" => Some("0".to_owned()),
        "xs" | "s" | "m" | "l" | "xl" => Some(format!("var(--space-{value})")),
        _ => length(value),
    }
}

pub(super) fn font_size(value: &str) -> Option<String> {
    match value {
        "s" | "m" | "l" | "xl" => Some(format!("var(--size-{value})")),
        _ => length(value).filter(|length| length != "0"),
    }
}

pub(super) fn font_family(value: &str) -> Option<String> {
    // Titles inside follow, too; they take theirs from the property that is set again here.
    let titles =
        if value == "heading" { String::new() } else { format!("--font-heading:var(--font-{value});") };
    matches!(value, "heading" | "body" | "label").then(|| format!("font-family:var(--font-{value});{titles}"))
}

pub(super) fn font_weight(value: &str) -> Option<String> {
    let number = match value {
        "light" => "300",
        "normal" => "400",
        "medium" => "500",
        "bold" => "700",
        _ => value,
    };
    let is_weight =
        number.len() == 3 && number.parse::<u16>().is_ok_and(|weight| (100..=900).contains(&weight));
    is_weight.then(|| number.to_owned())
}

pub(super) fn line_height(value: &str) -> Option<String> {
    let number = match value {
        "tight" => "1.2",
        "normal" => "1.5",
        "loose" => "1.8",
        _ => value,
    };
    let plain = (1..=5).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && number.parse::<f64>().is_ok_and(|height| (0.8..=3.0).contains(&height));
    plain.then(|| number.to_owned())
}

pub(super) fn border_width(value: &str) -> Option<String> {
    let width = match value {
        "none" => "0".to_owned(),
        "s" => "1px".to_owned(),
        "m" => "2px".to_owned(),
        "l" => "4px".to_owned(),
        _ => length(value).filter(|length| !length.ends_with('%'))?,
    };
    Some(format!("border-width:{width};border-style:solid;"))
}

pub(super) fn shadow(value: &str) -> Option<String> {
    match value {
        "none" => return Some("none".to_owned()),
        "s" => return Some("0 1px 3px rgb(0 0 0/.2)".to_owned()),
        "m" => return Some("0 4px 16px rgb(0 0 0/.18)".to_owned()),
        "l" => return Some("0 14px 44px rgb(0 0 0/.22)".to_owned()),
        _ => {}
    }
    let (lengths, ink) = value.split_at(value.find(['#', 'r', 'h'])?);
    let parts: Vec<&str> = lengths.split_whitespace().collect();
    let offset =
        |part: &&str| length(part.strip_prefix('-').unwrap_or(part)).is_some_and(|one| !one.ends_with('%'));
    let blur = |part: &&str| length(part).is_some_and(|one| !one.ends_with('%'));
    let good = matches!(parts.len(), 2..=4)
        && parts.iter().take(2).all(offset)
        && parts.iter().skip(2).take(1).all(blur)
        && parts.iter().skip(3).all(offset)
        && is_css_colour(ink.trim());
    good.then(|| value.to_owned())
}

pub(super) fn radius(value: &str) -> Option<String> {
    match value {
        "none" => Some("0".to_owned()),
        "s" | "m" | "l" => Some(format!("var(--radius-{value})")),
        _ => length(value),
    }
}

pub(super) fn text_align(value: &str) -> Option<String> {
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
