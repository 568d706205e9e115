//! What holds for every kind of module, as a table over all of them.

mod common;

use accid_model::Module;
use accid_render::{Mode, check_module, migrate_module, module_types, search_text};
use serde_json::{Value, json};

fn render(module: &Module) -> (String, Vec<String>) {
    let mut page = common::page("index", None, json!([]));
    page.modules = vec![module.clone()];
    let site = common::site(vec![page.clone(), common::page("about", None, json!([]))]);
    let html = site.render_module(&page, module, &Mode::Export).html;
    let findings = site.render_page(&page, &Mode::Export).findings;
    (html, findings.into_iter().map(|finding| finding.code).collect())
}

#[test]
fn words_of_links_that_say_nothing_are_found_wherever_a_link_can_be() {
    let link = |text: &str, href: &str| json!({"type": "text", "text": text, "marks": [{"type": "link", "attrs": {"href": href}}]});
    let doc =
        |texts: Value| json!({"doc": {"type": "doc", "content": [{"type": "paragraph", "content": texts}]}});
    let codes = |kind: &str, props: Value| -> Vec<(String, String)> {
        let module = serde_json::from_value(json!({"id": "m", "type": kind, "props": props})).unwrap();
        let (_, findings) = accid_render::check_module(&module);
        let vague = findings.into_iter().filter(|finding| finding.code == "link.text-vague");
        vague.map(|finding| (finding.pointer, finding.message)).collect()
    };
    for (kind, props, pointer) in [
        ("button", json!({"label": "Click here", "target": "#x"}), "/props/label"),
        ("link", json!({"title": "Read more", "url": "#x"}), "/props/title"),
        (
            "hero",
            json!({"title": "T", "buttons": [{"label": "Prices", "target": "#x"}, {"label": "mehr", "target": "#x"}]}),
            "/props/buttons/1/label",
        ),
        ("navigation", json!({"links": [{"label": "Here", "target": "#x"}]}), "/props/links/0/label"),
        ("text", doc(json!([link("cl", "#x"), link("ick here", "#x")])), "/props/doc"),
        (
            "text",
            doc(json!([link("https://example.org/prices", "https://example.org/prices")])),
            "/props/doc",
        ),
    ] {
        let found = codes(kind, props);
        assert_eq!(
            found.iter().map(|(pointer, _)| pointer.as_str()).collect::<Vec<_>>(),
            [pointer],
            "{kind}"
        );
    }
    assert!(codes("text", doc(json!([link("here", "#x"), link(" are the prices", "#x")]))).is_empty());
    assert!(codes("text", doc(json!([{"type": "text", "text": "here"}]))).is_empty());
}

#[test]
fn there_are_twelve_kinds() {
    let mut kinds: Vec<_> = module_types().iter().map(|kind| kind.kind).collect();
    kinds.sort_unstable();
    assert_eq!(
        kinds,
        [
            "button",
            "code-screenshot",
            "form",
            "gallery",
            "hero",
            "image",
            "link",
            "navigation",
            "row",
            "section",
            "text",
            "waypoint-image"
        ]
    );
}

#[test]
fn every_example_fits_its_schema_and_is_kept_whole() {
    for kind in module_types() {
        for module in [common::example(kind.kind), common::full_example(kind.kind)] {
            let (errors, _) = check_module(&module);
            assert_eq!(errors, [], "{}", kind.kind);
            let json = serde_json::to_value(&module).unwrap();
            let back: Module = serde_json::from_value(json.clone()).unwrap();
            assert_eq!(serde_json::to_value(back).unwrap(), json, "{}", kind.kind);
        }
    }
}

#[test]
fn every_schema_tells_the_inspector_all_it_needs() {
    fn walk(kind: &str, schema: &Value) {
        assert!(schema.get("$ref").is_none(), "{kind}: {schema}");
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            if name == "type" || name == "content" {
                continue;
            }
            for field in ["title", "description"] {
                assert!(
                    property[field].as_str().is_some_and(|text| !text.is_empty()),
                    "{kind}.{name} has no {field}"
                );
            }
            walk(kind, property);
            walk(kind, &property["items"]);
        }
    }
    for kind in module_types() {
        assert!(!kind.description.is_empty() && !kind.icon.is_empty(), "{}", kind.kind);
        assert!(kind.schema.get("required").is_none(), "{}: every property has a default", kind.kind);
        walk(kind.kind, &kind.schema);
    }
}

#[test]
fn every_example_is_rendered_as_approved() {
    for kind in module_types() {
        let (html, findings) = render(&common::full_example(kind.kind));
        insta::with_settings!({snapshot_suffix => kind.kind, omit_expression => true, prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!("kind", format!("{html}\n\nfindings: {findings:?}"));
        });
    }
}

#[test]
fn no_kind_lets_a_text_become_markup() {
    for kind in module_types() {
        let mut module = common::full_example(kind.kind);
        let mut props = Value::Object(module.props.clone());
        common::replace_strings(&mut props, common::HOSTILE);
        module.props = props.as_object().unwrap().clone();
        let (html, _) = render(&module);
        assert!(!html.contains("<script") && !html.contains("<img src=x"), "{}: {html}", kind.kind);
        common::check_tags(&html).unwrap();
        if !matches!(kind.kind, "row") {
            assert!(
                html.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"),
                "{}: {html}",
                kind.kind
            );
        }
    }
}

#[test]
fn no_kind_links_to_a_script() {
    for kind in module_types() {
        let mut module = common::full_example(kind.kind);
        let mut props = Value::Object(module.props.clone());
        common::replace_strings(&mut props, "JavaScript:alert(1)");
        module.props = props.as_object().unwrap().clone();
        let (html, _) = render(&module);
        for address in html.split(" href=\"").skip(1).chain(html.split(" action=\"").skip(1)) {
            assert!(!address.to_ascii_lowercase().starts_with("javascript"), "{}: {html}", kind.kind);
        }
    }
}

#[test]
fn a_value_of_the_wrong_type_counts_as_not_set_and_the_rest_is_shown() {
    let mut module = common::example("hero");
    module.props.insert("eyebrow".to_owned(), json!({"deep": [1]}));
    module.props.insert("layout".to_owned(), json!("sideways"));
    module.props.insert("mood".to_owned(), json!("unknown fields are kept"));
    let (html, findings) = render(&module);
    assert!(html.contains("Twelve weeks under sail") && !html.contains("eyebrow"));
    assert_eq!(findings.iter().filter(|code| *code == "module.value-refused").count(), 2);
    let (errors, _) = check_module(&module);
    let pointers: Vec<_> = errors.iter().map(|error| error.pointer.as_str()).collect();
    assert_eq!(pointers, ["/props/eyebrow", "/props/layout"]);
}

#[test]
fn every_kind_takes_every_property_being_of_any_type() {
    for kind in module_types() {
        for wild in [json!(null), json!(7), json!("x"), json!([[]]), json!({"a": [null]}), json!(true)] {
            let mut module = common::full_example(kind.kind);
            module.props.values_mut().for_each(|value| value.clone_from(&wild));
            let (html, _) = render(&module);
            common::check_tags(&html).unwrap();
            check_module(&module);
            search_text(&module);
        }
    }
}

#[test]
fn a_kind_nobody_knows_is_shown_as_nothing_and_found() {
    let mut module = common::example("text");
    module.kind = "hologram".to_owned();
    let (html, findings) = render(&module);
    assert_eq!((html.as_str(), findings.as_slice()), ("", &["module.unknown-kind".to_owned()][..]));
    assert_eq!(check_module(&module).1[0].code, "module.unknown-kind");
}

#[test]
fn an_unpublished_module_is_nowhere() {
    let mut module = common::example("text");
    module.visibility.published = false;
    assert_eq!(render(&module).0, "");
}

#[test]
fn a_module_of_today_needs_no_migration_and_one_of_tomorrow_is_left_alone() {
    for kind in module_types() {
        let mut module = common::full_example(kind.kind);
        let before = module.clone();
        assert!(!migrate_module(&mut module), "{}", kind.kind);
        module.version = kind.version + 1;
        assert!(!migrate_module(&mut module), "{}", kind.kind);
        assert_eq!(module.props, before.props);
        assert!(
            check_module(&module).1.iter().any(|finding| finding.code == "module.newer"),
            "{}",
            kind.kind
        );
    }
}

#[test]
fn the_words_of_a_module_are_found() {
    for kind in module_types().iter().filter(|kind| !matches!(kind.kind, "row" | "navigation")) {
        let words = search_text(&common::full_example(kind.kind));
        assert!(words.len() > 3 && !words.contains('<'), "{}: {words}", kind.kind);
    }
}

#[test]
fn a_form_without_a_target_takes_no_input() {
    let (html, findings) = render(&common::example("form"));
    assert!(findings.contains(&"form.target-missing".to_owned()));
    assert!(html.contains("not connected yet") && !html.contains("action="));
    let controls =
        html.matches("<input").count() + html.matches("<textarea").count() + html.matches("<button").count();
    assert_eq!(html.matches(" disabled>").count(), controls);
}

#[test]
fn a_form_is_sent_to_mail_or_a_secure_address_only() {
    for (target, good) in [
        ("mailto:a@b.example", true),
        ("a@b.example", true),
        ("https://x.example/f", true),
        ("http://x.example/f", false),
        ("javascript:alert(1)", false),
        ("mailto:a@b.example?cc=x@y.example", false),
        ("/inbox.php", false),
    ] {
        let mut module = common::example("form");
        module.props.insert("target".to_owned(), target.into());
        let (html, findings) = render(&module);
        assert_eq!(html.contains(" action=\""), good, "{target}");
        assert_eq!(findings.contains(&"form.target-refused".to_owned()), !good, "{target}");
    }
}

#[test]
fn a_picture_that_is_not_there_or_cannot_be_shown_is_an_empty_frame() {
    for (photo, code) in [("", "image.none"), ("gone", "image.missing"), ("logo", "image.not-showable")] {
        let mut module = common::example("image");
        module.props.insert("image".to_owned(), json!({"photo": photo, "alt": "Something"}));
        let (html, findings) = render(&module);
        assert!(!html.contains("<img") && html.contains("no-picture"), "{html}");
        assert!(findings.contains(&code.to_owned()), "{photo}: {findings:?}");
    }
}

#[test]
fn modules_that_nest_too_deep_are_left_out_and_found() {
    let mut module = common::example("section");
    for _ in 0..40 {
        let mut outer = common::example("section");
        outer.children = vec![module];
        module = outer;
    }
    let (html, findings) = render(&module);
    assert!(findings.contains(&"module.too-deep".to_owned()));
    common::check_tags(&html).unwrap();
}
