//! Colours as CSS writes them, and their contrast. Must not know the theme.

/// An opaque colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

impl Colour {
    pub const WHITE: Self = Self { red: 255, green: 255, blue: 255 };
    pub const INK: Self = Self { red: 12, green: 22, blue: 27 };

    /// Reads `#rgb` or `#rrggbb`; colours with transparency have no contrast of their own.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let pair = |from: usize| u8::from_str_radix(&digits[from..from + 2], 16).ok();
        let single = |at: usize| u8::from_str_radix(&digits[at..=at], 16).ok().map(|digit| digit * 17);
        match digits.len() {
            3 => Some(Self { red: single(0)?, green: single(1)?, blue: single(2)? }),
            6 => Some(Self { red: pair(0)?, green: pair(2)?, blue: pair(4)? }),
            _ => None,
        }
    }

    /// The colour as `#rrggbb`.
    pub fn to_hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }

    /// Relative luminance (WCAG 2.2), from 0 to 1.
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Contrast ratio (WCAG 2.2), from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Whichever of white and ink is read better on this colour.
    pub fn ink(self) -> Self {
        if self.contrast(Self::WHITE) >= self.contrast(Self::INK) { Self::WHITE } else { Self::INK }
    }

    /// The colour nearest to this one that has at least this contrast with `ground`.
    pub fn readable_on(self, ground: Self, contrast: f64) -> Self {
        let goal = if ground.luminance() > 0.18 { Self { red: 0, green: 0, blue: 0 } } else { Self::WHITE };
        (0..=20)
            .map(|step| self.mix(goal, step, 20))
            .find(|mixed| mixed.contrast(ground) >= contrast)
            .unwrap_or(goal)
    }

    /// `part` of `whole` parts of `other`, the rest of this colour.
    fn mix(self, other: Self, part: u16, whole: u16) -> Self {
        let channel = |one: u8, two: u8| {
            let sum = u16::from(one) * (whole - part) + u16::from(two) * part;
            u8::try_from(sum / whole).unwrap_or(u8::MAX)
        };
        Self {
            red: channel(self.red, other.red),
            green: channel(self.green, other.green),
            blue: channel(self.blue, other.blue),
        }
    }
}

/// Whether the text is a plain CSS colour: `#hex`, `rgb(…)`, `hsl(…)` with numbers only, or `transparent`.
pub(crate) fn is_css_colour(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix('#') {
        return matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    let function = ["rgb(", "rgba(", "hsl(", "hsla("].iter().find_map(|name| text.strip_prefix(name));
    match function.and_then(|rest| rest.strip_suffix(')')) {
        Some(inside) => inside.len() <= 40 && three_or_four_numbers(inside),
        None => text == "transparent",
    }
}

fn three_or_four_numbers(inside: &str) -> bool {
    let parts: Vec<_> = inside.split([',', ' ', '/']).filter(|part| !part.is_empty()).collect();
    matches!(parts.len(), 3 | 4)
        && parts.iter().all(|part| {
            let number = part.trim_end_matches('%').trim_end_matches("deg");
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let grey = Colour::from_hex("#767676").unwrap();
        assert!((grey.contrast(Colour::WHITE) - 4.54).abs() < 0.01);
        assert_eq!(Colour::from_hex("#fff").unwrap().ink(), Colour::INK);
        let yellow = Colour::from_hex("#ffdd00").unwrap();
        assert!(yellow.readable_on(Colour::WHITE, 4.5).contrast(Colour::WHITE) >= 4.5);
    }

    #[test]
    fn only_plain_colours_pass() {
        for good in ["#abc", "#aabbcc80", "rgb(1, 2, 3)", "hsl(200deg 50% 40% / 0.5)", "transparent"] {
            assert!(is_css_colour(good), "{good}");
        }
        for bad in ["red;}", "#ggg", "#12345", "rgb(1,2,url(x))", "var(--x)", "expression(1)", "", "rgb(1,2)"]
        {
            assert!(!is_css_colour(bad), "{bad}");
        }
    }
}
