//! What becomes of a site's look when another theme is chosen.
#![allow(clippy::unwrap_used, reason = "tests")]
mod common;

use accid_model::{ThemeChoice, ThemeMode};
use accid_studio::UpdateProject;
use common::{Bench, bench, read, write};
use serde_json::{Value, json};

fn look(bench: &Bench, site: &str) -> ThemeChoice {
    bench.studio.projects().get(&read(), site).unwrap().theme
}

fn change(bench: &Bench, site: &str, theme: Value) -> ThemeChoice {
    let request: UpdateProject = serde_json::from_value(json!({ "theme": theme })).unwrap();
    bench.studio.projects().update(&write(), site, &request, None).unwrap().theme
}

#[test]
fn another_theme_shows_its_own_palette_even_when_the_old_tokens_are_sent_along() {
    let bench = bench();
    let demo = bench.studio.projects().create_demo(&write()).unwrap();
    let site = demo.slug.to_string();
    assert!(demo.theme.tokens.contains_key("color-background"), "the demo has colours of its own");
    assert!(change(&bench, &site, json!({ "name": "atelier" })).tokens.is_empty());

    let own = serde_json::to_value(&demo.theme).unwrap();
    assert_eq!(change(&bench, &site, own.clone()).tokens, demo.theme.tokens, "back, and set anew");
    let mut carried = own;
    carried["name"] = "darkroom".into();
    carried["tokens"]["radius"] = "9px".into();
    let carried = change(&bench, &site, carried);
    assert_eq!(
        serde_json::to_value(&carried.tokens).unwrap(),
        json!({ "radius": "9px" }),
        "what is new is meant"
    );
    assert_eq!(carried.mode, ThemeMode::Auto, "a side that is named is meant");
    assert_eq!(look(&bench, &site), carried);
}

#[test]
fn darkroom_is_dark_until_its_owner_decides() {
    let bench = bench();
    let site = bench.site("Dark");
    assert_eq!(change(&bench, &site, json!({ "name": "darkroom" })).mode, ThemeMode::Dark);
    assert_eq!(change(&bench, &site, json!({ "mode": "light" })).mode, ThemeMode::Light);
    assert_eq!(
        change(&bench, &site, json!({ "name": "darkroom" })).mode,
        ThemeMode::Light,
        "it is the same theme"
    );
    assert_eq!(
        change(&bench, &site, json!({ "name": "atelier" })).mode,
        ThemeMode::Light,
        "a chosen side stays"
    );
    assert_eq!(change(&bench, &site, json!({ "name": "darkroom", "mode": "dark" })).mode, ThemeMode::Dark);
    assert_eq!(
        change(&bench, &site, json!({ "name": "atelier" })).mode,
        ThemeMode::Auto,
        "it came with Darkroom"
    );
    assert_eq!(change(&bench, &site, json!({ "name": "darkroom", "mode": "auto" })).mode, ThemeMode::Auto);
}

#[test]
fn what_a_change_of_the_look_does_not_name_stays() {
    let bench = bench();
    let site = bench.site("Stays");
    let tokens = json!({ "color-accent": "#123456", "radius": "2px" });
    change(&bench, &site, json!({ "name": "atelier", "tokens": tokens, "later": 1 }));
    let choice = change(&bench, &site, json!({ "mode": "dark" }));
    let told = serde_json::to_value(&choice).unwrap();
    assert_eq!(told, json!({ "name": "atelier", "mode": "dark", "tokens": tokens, "later": 1 }));
    assert!(
        change(&bench, &site, json!({ "tokens": {} })).tokens.is_empty(),
        "all tokens go back to the theme's own"
    );
}
