//! What every theme keeps: contrast, fonts, sides, size.

use super::*;
use crate::themes::themes;

fn choice(tokens: &[(&str, &str)]) -> ThemeChoice {
    let tokens = tokens.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    ThemeChoice { tokens, ..ThemeChoice::default() }
}

/// The value of a custom property of the page: a colour of the palette stands first, else the theme has the last
/// word.
fn property(css: &str, name: &str) -> Colour {
    let set = format!("--{name}:");
    let palette = name.starts_with("color-") || name.starts_with("fill-");
    let rest = if palette { css.split(&set).nth(1) } else { css.rsplit(&set).next() };
    let value = rest.and_then(|rest| rest.split([';', '}']).next());
    Colour::from_hex(value.unwrap()).unwrap_or_else(|| panic!("--{name} is {value:?}"))
}

#[test]
fn every_theme_can_be_read_on_both_sides() {
    const GROUNDS: [&str; 2] = ["color-background", "color-surface"];
    for theme in themes() {
        for mode in [ThemeMode::Light, ThemeMode::Dark] {
            let choice = ThemeChoice { name: theme.name.to_owned(), mode, ..ThemeChoice::default() };
            let ThemeCss { css, findings, .. } = ThemeCss::new(&choice);
            assert_eq!(findings, [], "{}", theme.name);
            let check = |one: Colour, two: Colour, least: f64, what: &str| {
                let ratio = one.contrast(two);
                assert!(ratio >= least, "{} {mode:?}: {what} has {ratio:.2}, not {least}", theme.name);
            };
            for ground in GROUNDS {
                let ground_colour = property(&css, ground);
                for (name, least) in [("color-text", 7.0), ("color-muted", 4.5), ("color-accent", 4.5)] {
                    check(property(&css, name), ground_colour, least, &format!("{name} on {ground}"));
                }
                check(property(&css, "color-signal"), ground_colour, 3.0, &format!("signal on {ground}"));
            }
            check(property(&css, "fill-on-accent"), property(&css, "fill-accent"), 4.5, "a button");
            let deep = property(&css, "fill-deep");
            check(Colour::WHITE, deep, 7.0, "text on the deep ground");
            check(property(&css, "deep-muted"), deep, 4.5, "quiet text on the deep ground");
            check(property(&css, "deep-ink"), Colour::WHITE, 7.0, "a button on the deep ground");
            for name in ["window-text", "window-quiet", "code-key", "code-string", "code-number"] {
                check(property(&css, name), property(&css, "window"), 4.5, name);
            }
            check(property(&css, "window-quiet"), property(&css, "window-bar"), 4.5, "the language of code");
            let accent = theme.tokens.iter().find(|token| match mode {
                ThemeMode::Dark => token.0 == "dark-color-accent",
                _ => token.0 == "color-accent",
            });
            let shown = property(&css, "color-accent").to_hex();
            assert_eq!(shown, accent.unwrap().1, "{}: its own accent needs no mending", theme.name);
        }
    }
}

#[test]
fn the_themes_are_eight_with_names_for_ever_and_the_same_tokens() {
    let names: Vec<_> = themes().iter().map(|theme| theme.name).collect();
    assert_eq!(
        names,
        ["harbour", "atelier", "darkroom", "wayfarer", "market", "workshop", "kunsthalle", "soundings"]
    );
    let tokens = |theme: &Theme| theme.tokens.iter().map(|token| token.0).collect::<Vec<_>>();
    for theme in themes() {
        assert_eq!(tokens(theme), tokens(&themes()[0]), "{}", theme.name);
        assert!(!theme.title.is_empty() && theme.description.len() < 200, "{}", theme.name);
        assert!(theme.audience.ends_with('.') && theme.audience.len() < 60, "{}", theme.name);
        let own = theme.tokens.iter().map(|token| (token.0.to_owned(), token.1.to_owned())).collect();
        let choice = ThemeChoice { name: theme.name.to_owned(), tokens: own, ..ThemeChoice::default() };
        assert_eq!(ThemeCss::new(&choice).findings, [], "every value of a theme is one a site may write");
    }
}

#[test]
fn a_theme_brings_its_own_fonts_and_no_others() {
    let mut looks = std::collections::BTreeSet::new();
    for theme in themes() {
        let choice = ThemeChoice { name: theme.name.to_owned(), ..ThemeChoice::default() };
        let ThemeCss { css, fonts, first_fonts, .. } = ThemeCss::new(&choice);
        let named: Vec<String> = fonts.iter().flat_map(|font| font.files()).map(|file| file.0).collect();
        let loaded: Vec<&str> =
            css.split("src:url(").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        assert!(!loaded.is_empty());
        for file in loaded {
            assert!(named.contains(&format!("assets/{file}")), "{}: {file}", theme.name);
        }
        let first: std::collections::BTreeSet<_> = first_fonts.iter().collect();
        let asked = (1..=2).contains(&first_fonts.len()) && first.len() == first_fonts.len();
        assert!(asked && first_fonts.iter().all(|file| named.contains(file)), "{first_fonts:?}");
        let bytes: usize = fonts
            .iter()
            .flat_map(|font| font.files())
            .filter(|file| file.0.ends_with(".woff2") && !file.0.ends_with("-ext.woff2"))
            .map(|file| file.1.len())
            .sum();
        assert!(bytes <= 75_000, "{}: {bytes} bytes of fonts for a page in English", theme.name);
        assert!(looks.insert(named), "{} has fonts of its own", theme.name);
    }
}

#[test]
fn an_accent_alone_can_be_read_as_text_and_is_kept_as_a_ground() {
    let css = ThemeCss::new(&choice(&[("color-accent", "#ffcc00")]));
    assert_eq!(css.findings, []);
    assert!(css.css.contains("--fill-accent:#ffcc00;"));
    let accent = css.css.split("--color-accent:").nth(1).and_then(|rest| rest.get(..7)).unwrap();
    assert!(Colour::from_hex(accent).unwrap().contrast(Colour::WHITE) >= 4.5, "{accent}");
}

#[test]
fn a_token_that_is_none_is_left_out_with_a_finding() {
    for (name, value) in [
        ("color-accent", "red;}body{display:none"),
        ("color-accent", "</style><script>"),
        ("size-text", "400px"),
        ("font-body", "evil"),
        ("no-such", "1"),
    ] {
        let css = ThemeCss::new(&choice(&[(name, value)]));
        assert_eq!(css.findings[0].code, "theme.token-refused", "{name}");
        assert_eq!(css.css, ThemeCss::new(&choice(&[])).css, "{name}");
    }
}

#[test]
fn a_forced_side_is_the_only_one() {
    let css = ThemeCss::new(&ThemeChoice { mode: ThemeMode::Dark, ..ThemeChoice::default() }).css;
    assert!(css.contains("color-scheme:dark;") && !css.contains("prefers-color-scheme"));
}

#[test]
fn a_page_from_right_to_left_is_the_mirror_of_one_from_left_to_right() {
    const ON_PICTURES: [&str; 2] = [".note{", ".to-left .note{"];
    for theme in themes() {
        let css = ThemeCss::new(&ThemeChoice { name: theme.name.to_owned(), ..ThemeChoice::default() }).css;
        for line in css.lines().filter(|line| !ON_PICTURES.iter().any(|start| line.starts_with(start))) {
            let words = line.split(['{', ';', '}', ' ', ',']);
            let sided = |word: &&str| {
                let name = word.split(':').next().unwrap_or_default();
                let sides = ["left", "right"].iter();
                sides.clone().any(|side| name.ends_with(&format!("-{side}")) && !name.starts_with(['.', '-']))
                    || sides.clone().any(|side| *word == format!("text-align:{side}"))
                    || sides.clone().any(|side| word.starts_with(&format!("{side}:")))
            };
            assert_eq!(words.into_iter().find(|word| sided(word)), None, "{}: {line}", theme.name);
        }
    }
}

#[test]
fn a_forced_side_is_that_of_a_visitor_who_asks_for_it() {
    for theme in themes() {
        let css = |mode| {
            ThemeCss::new(&ThemeChoice { name: theme.name.to_owned(), mode, ..ThemeChoice::default() }).css
        };
        let palette = |css: &str| {
            let start = css.find("--color-background").unwrap();
            css[start..start + css[start..].find('}').unwrap()].to_owned()
        };
        let auto = css(ThemeMode::Auto);
        let asked = auto.split("prefers-color-scheme:dark").nth(1).unwrap();
        assert_eq!(palette(&css(ThemeMode::Dark)), palette(asked), "{}", theme.name);
        assert_eq!(palette(&css(ThemeMode::Light)), palette(&auto), "{}", theme.name);
    }
}

#[test]
fn every_style_sheet_is_small_and_whole() {
    for theme in themes() {
        let css = ThemeCss::new(&ThemeChoice { name: theme.name.to_owned(), ..ThemeChoice::default() }).css;
        assert!(css.len() < 53_248, "{}: {} bytes", theme.name, css.len());
        let mut depth = 0_i32;
        for letter in css.chars() {
            depth += i32::from(letter == '{') - i32::from(letter == '}');
            assert!((0..=4).contains(&depth), "{}: the brackets do not match", theme.name);
        }
        assert_eq!((depth, css.matches('(').count()), (0, css.matches(')').count()), "{}", theme.name);
        assert!(!css.contains("//") && !css.contains("@import"), "nothing is loaded from elsewhere");
        assert!(!css.contains("/*") && !css.contains("transition:all"), "{}", theme.name);
    }
}
