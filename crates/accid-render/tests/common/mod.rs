//! Sites and documents for the tests of the renderer.
#![allow(dead_code, clippy::unwrap_used, reason = "shared by several test binaries")]

use std::sync::Arc;

use accid_model::{Module, Page, Photo};
use accid_render::{Site, SiteSource, module_types};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A text that would run, or break out, wherever it is not escaped.
pub const HOSTILE: &str = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>";

pub fn photo(id: &str, extension: &str) -> Photo {
    serde_json::from_value(json!({"id": id, "schema_version": 1, "filename": format!("{id}.{extension}"),
        "hash": accid_base::ContentHash::of(id.as_bytes()), "extension": extension, "width": 3000, "height": 2000,
        "bytes": 9, "added_at": "2026-01-01T00:00:00Z", "alt": format!("What {id} shows")}))
    .unwrap()
}

pub fn page(slug: &str, parent: Option<&str>, modules: Value) -> Page {
    serde_json::from_value(json!({"id": format!("page-{slug}"), "schema_version": 2, "slug": slug,
        "title": format!("Title of {slug}"), "parent": parent.map(|slug| format!("page-{slug}")), "modules": modules}))
    .unwrap()
}

pub fn site_with(settings: Value, pages: Vec<Page>) -> Site {
    let blotter =
        serde_json::from_value(json!({"id": "site", "schema_version": 1, "slug": "site", "name": "Yachts",
        "type": "html", "created_at": "2026-01-01T00:00:00Z", "site": settings}))
        .unwrap();
    let photos = vec![photo("bay", "jpg"), photo("wave", "gif"), photo("logo", "svg"), measured()];
    Site::new(SiteSource {
        blotter,
        pages: pages.into_iter().map(Arc::new).collect(),
        photos,
        videos: vec![film()],
    })
}

/// A film of the sea.
pub fn film() -> accid_model::Video {
    serde_json::from_value(json!({"id": "surf", "schema_version": 1, "filename": "The Surf.MP4", "extension": "mp4",
        "hash": accid_base::ContentHash::of(b"surf"), "width": 1280, "height": 720, "seconds": 8.5, "bytes": 900_000,
        "added_at": "2026-01-01T00:00:00Z"}))
    .unwrap()
}

/// A photo as it comes in today: of some size, seen from afar, and nobody has described it.
fn measured() -> Photo {
    let glance = json!({"thumbhash": "1QcSHQRnh493V4dIh4eXh1h4kJUI", "peak": 180});
    let more = json!({"bytes": 900_000, "alt": "", "glance": glance, "focus": {"x": 20, "y": 80}});
    let mut value = serde_json::to_value(photo("reef", "jpg")).unwrap();
    value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value(value).unwrap()
}

pub fn site(pages: Vec<Page>) -> Site {
    site_with(json!({"title": "Yacht Adventures", "language": "en"}), pages)
}

/// The example of a kind as a module.
pub fn example(kind: &str) -> Module {
    let example = &module_types().iter().find(|entry| entry.kind == kind).unwrap().example;
    serde_json::from_value(json!({"id": format!("the-{kind}"), "type": kind, "props": example})).unwrap()
}

/// The example of a kind with everything filled in: pictures, links, modules inside.
pub fn full_example(kind: &str) -> Module {
    let mut module = example(kind);
    let more = match kind {
        "hero" => json!({"image": {"photo": "bay", "alt": "A bay"}, "layout": "cover"}),
        "image" => {
            json!({"image": {"photo": "bay", "alt": "A bay"}, "ratio": "16:9", "link": "page:page-about"})
        }
        "gallery" => {
            json!({"photos": [{"photo": "bay", "alt": "A bay", "caption": "One"}, {"photo": "wave"}]})
        }
        "section" => json!({"tone": "image", "image": {"photo": "bay"}, "divider": true}),
        "waypoint-image" => json!({"image": {"photo": "bay", "alt": "A bay"}}),
        "link" => json!({"image": {"photo": "bay", "alt": "A bay"}}),
        "form" => json!({"target": "https://forms.example.org/f", "fields": [
            {"label": "Name", "required": true}, {"label": "Week", "kind": "select", "options": ["One", "Two"]},
            {"label": "Sick", "kind": "checkbox"}, {"label": "Words", "kind": "textarea", "placeholder": "Say it"}]}),
        "navigation" => json!({"brand": "Yachts", "logo": {"photo": "bay", "alt": "A logo"}}),
        _ => json!({}),
    };
    module.props.extend(more.as_object().unwrap().clone());
    if module_types().iter().any(|entry| entry.kind == kind && entry.nests) {
        module.children = vec![example("text"), example("link")];
    }
    module
}

/// Replaces every string of a JSON value.
pub fn replace_strings(value: &mut Value, text: &str) {
    match value {
        Value::String(string) if !is_structure(string) => text.clone_into(string),
        Value::Array(items) => items.iter_mut().for_each(|item| replace_strings(item, text)),
        Value::Object(fields) => fields.values_mut().for_each(|field| replace_strings(field, text)),
        _ => {}
    }
}

/// Names of the rich text's own grammar and photo ids: replaced, the text would not be reached.
fn is_structure(text: &str) -> bool {
    matches!(
        text,
        "doc"
            | "paragraph"
            | "heading"
            | "text"
            | "bold"
            | "bay"
            | "wave"
            | "reef"
            | "select"
            | "checkbox"
            | "textarea"
    ) || matches!(text, "cover" | "image" | "split")
}

fn hostile_text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(HOSTILE.to_owned()),
        Just(" data-accid-id=\"x\" <script data-accid-helper nonce=\"\">".to_owned()),
        Just("</title></style></script>-->]]>".to_owned()),
        Just("javascript:alert(1)".to_owned()),
        Just("page:page-about#day two".to_owned()),
        Just("https://example.org/a?b=\"c\"&d='e'".to_owned()),
        Just("mailto:crew@example.org".to_owned()),
        Just("24px".to_owned()),
        Just("1px;}</style><script>".to_owned()),
        Just("accent".to_owned()),
        Just("bay".to_owned()),
        Just("reef".to_owned()),
        Just(String::new()),
        "\\PC{0,24}",
        any::<String>(),
    ]
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        hostile_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((hostile_text(), inner), 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Changes some of the strings, and now and then a whole value.
fn mutate(value: &mut Value, texts: &[String], wild: &Value, dice: &mut impl Iterator<Item = u8>) {
    let roll = dice.next().unwrap_or(255);
    match value {
        _ if roll < 8 => *value = wild.clone(),
        Value::String(text) if roll < 130 => *text = texts[usize::from(roll) % texts.len()].clone(),
        Value::Array(items) => {
            if roll < 40 && !items.is_empty() {
                items.push(items[0].clone());
            }
            items.iter_mut().for_each(|item| mutate(item, texts, wild, dice));
        }
        Value::Object(fields) => fields.values_mut().for_each(|field| mutate(field, texts, wild, dice)),
        Value::Number(_) if roll < 100 => *value = f64::from(roll).into(),
        _ => {}
    }
}

fn frame() -> impl Strategy<Value = Map<String, Value>> {
    let text = hostile_text().boxed();
    (text.clone(), text.clone(), text.clone(), prop::collection::vec(any::<bool>(), 4), 0..4_u8).prop_map(
        |(one, two, anchor, shown, what)| {
            let mut frame = Map::new();
            if what == 1 {
                let style = json!({"desktop": {"padding_top": one, "background": two, "color": one}, "phone": {"gap": two}});
                frame.insert("style".to_owned(), style);
            }
            if what == 2 {
                frame.insert("anchor".to_owned(), anchor.into());
                frame.insert("layout".to_owned(), json!({"width": one, "align": "center"}));
            }
            if what == 3 {
                let visibility = json!({"published": shown[0] || shown[1], "phone": shown[2], "tablet": shown[3]});
                frame.insert("visibility".to_owned(), visibility);
            }
            frame
        },
    )
}

fn module_json(depth: u32) -> BoxedStrategy<Value> {
    let kinds: Vec<&'static str> =
        module_types().iter().map(|entry| entry.kind).chain(["hologram"]).collect();
    let children = if depth == 0 {
        Just(Vec::new()).boxed()
    } else {
        prop::collection::vec(module_json(depth - 1), 0..4).boxed()
    };
    let texts = prop::collection::vec(hostile_text(), 1..6);
    (
        prop::sample::select(kinds),
        texts,
        any_value(),
        prop::collection::vec(any::<u8>(), 80),
        frame(),
        children,
    )
        .prop_map(|(kind, texts, wild, dice, frame, children)| {
            let mut props =
                if kind == "hologram" { json!({"title": HOSTILE}) } else { json!(full_example(kind).props) };
            let mut dice = dice.into_iter();
            if let Value::Object(fields) = &mut props {
                fields.values_mut().for_each(|field| mutate(field, &texts, &wild, &mut dice));
            }
            let mut module = json!({"id": "x", "type": kind, "props": props, "children": children});
            module.as_object_mut().unwrap().extend(frame);
            module
        })
        .boxed()
}

fn number_ids(modules: &mut [Module], next: &mut u32) {
    for module in modules {
        *next += 1;
        module.id = format!("m{next}").parse().unwrap();
        number_ids(&mut module.children, next);
    }
}

/// Pages with trees of modules full of hostile text, values of the wrong type and unknown kinds.
pub fn pages() -> impl Strategy<Value = Page> {
    (prop::collection::vec(module_json(2), 0..6), hostile_text()).prop_map(|(modules, title)| {
        let mut page = page("grenada", Some("about"), Value::from(modules));
        page.title = title.clone();
        page.seo.description = title;
        number_ids(&mut page.modules, &mut 0);
        page
    })
}

/// A site of three pages, with the generated one among them.
pub fn site_of(generated: &Page) -> Site {
    let start = page("index", None, json!([]));
    let about = page("about", None, json!([]));
    let settings = json!({"title": generated.title, "language": "en", "base_url": "https://example.org/x/"});
    site_with(settings, vec![start, about, generated.clone()])
}

/// Complains when the tags of a document do not match.
pub fn check_tags(html: &str) -> Result<(), String> {
    const VOID: [&str; 7] = ["meta", "link", "img", "source", "input", "br", "hr"];
    let mut open = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').ok_or("a tag without an end")?;
        rest = after;
        let name = tag.split([' ', '\n']).next().unwrap_or_default();
        if name.starts_with('!') || VOID.contains(&name) || tag.ends_with('/') {
            continue;
        }
        match name.strip_prefix('/') {
            Some(name) if open.last() == Some(&name) => {
                open.pop();
            }
            Some(name) => return Err(format!("</{name}> closes {:?}", open.last())),
            None => open.push(name),
        }
        if matches!(name, "script" | "style") {
            let end = rest.find("</").ok_or("a script without an end")?;
            rest = &rest[end..];
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("left open: {open:?}")) }
}
