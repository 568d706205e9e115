//! Where forms are sent, what their fields take, and the file that receives them on the owner's web space.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use accid_render::{Mode, Site};
use serde_json::{Value, json};

fn site(props: &Value) -> Site {
    common::site(vec![common::page("index", None, json!([{"id": "f", "type": "form", "props": props}]))])
}

fn form(props: &Value) -> String {
    let site = site(props);
    let html = site.render_page(site.page_at("index.html").unwrap(), &Mode::Export).html;
    common::check_tags(&html).unwrap();
    html
}

fn receiver(props: &Value) -> Option<String> {
    let file = site(props).shared_files().into_iter().find(|file| file.path == "form.php")?;
    String::from_utf8(file.bytes.into_owned()).ok()
}

fn with(service: &str, target: &str) -> Value {
    json!({"service": service, "target": target, "title": "Write", "fields": [{"label": "E-mail", "kind": "email"}]})
}

#[test]
fn every_service_gets_what_it_asks_for() {
    let formspree = form(&with("formspree", "https://formspree.io/f/abcdwxyz"));
    assert!(
        formspree.contains("action=\"https://formspree.io/f/abcdwxyz\"") && formspree.contains("_gotcha")
    );
    assert!(form(&with("formspree", "abcdwxyz")).contains("action=\"https://formspree.io/f/abcdwxyz\""));
    let key = "12345678-90ab-cdef-1234-567890abcdef";
    let web3forms = form(&with("web3forms", key));
    assert!(web3forms.contains("name=\"access_key\"") && web3forms.contains(key), "{web3forms}");
    let netlify = form(&with("netlify", ""));
    assert!(netlify.contains("data-netlify=\"true\"") && !netlify.contains("action="), "{netlify}");
    let php = form(&with("php", "me@example.org"));
    assert!(php.contains("action=\"form.php\"") && php.contains("value=\"index.html#m_f_sent\""), "{php}");
    assert!(!php.contains("me@example.org"), "the page does not tell who gets it");
    for html in [formspree, web3forms, netlify, php] {
        assert!(html.contains("assets/form.js") && html.contains("class=\"trap\""), "{html}");
        assert!(html.contains("role=\"status\"") && html.contains("id=\"m_f_sent\""), "{html}");
    }
    assert!(!form(&with("address", "mailto:a@b.example")).contains("<script src"));
    let files = site(&with("netlify", "")).shared_files();
    assert!(files.iter().any(|file| file.path == "assets/form.js"));
}

#[test]
fn a_target_of_the_wrong_kind_closes_the_form() {
    for (service, target) in [
        ("formspree", "https://evil.example/f/abcd"),
        ("formspree", "\"><script>"),
        ("web3forms", "not a key"),
        ("php", "a@b.example\r\nBcc: c@d.example"),
        ("php", "a@b.example,c@d.example"),
        ("php", ""),
    ] {
        let html = form(&with(service, target));
        assert!(
            html.contains("not connected yet") && !html.contains("action="),
            "{service} {target}: {html}"
        );
        assert_eq!(receiver(&with(service, target)), None, "{service} {target}");
    }
}

#[test]
fn fields_hold_back_what_they_do_not_take() {
    let fields = json!([
        {"label": "Crew", "kind": "number", "minimum": "1", "maximum": "6"},
        {"label": "From", "kind": "date", "minimum": "2026-05-01", "maximum": "soon"},
        {"label": "Postcode", "pattern": "[0-9]{5}", "help": "Five digits"},
        {"label": "Odd", "pattern": "(?<=x)["},
        {"label": "Berth", "kind": "radio", "required": true, "options": ["Bow", "Stern"]},
        {"label": "Meals", "kind": "checkbox", "options": ["Fish", "None"]},
        {"label": "I agree.", "kind": "consent", "link": "https://example.org/privacy", "link_label": "Privacy policy"}
    ]);
    let html = form(&json!({"service": "php", "target": "me@example.org", "fields": fields}));
    for expected in [
        "min=\"1\" max=\"6\"",
        "min=\"2026-05-01\"",
        "pattern=\"[0-9]{5}\" title=\"Five digits\"",
        "aria-describedby=\"m_f_2_help\"",
        "<input type=\"radio\" id=\"m_f_4_0\" name=\"berth\" value=\"Bow\" required>",
        "<input type=\"checkbox\" id=\"m_f_5_1\" name=\"meals[]\" value=\"None\">",
        "href=\"https://example.org/privacy\">Privacy policy</a>",
    ] {
        assert!(html.contains(expected), "{expected}: {html}");
    }
    assert!(!html.contains("soon") && !html.contains("(?&lt;"), "{html}");
    assert_eq!(html.matches("<fieldset").count(), 2);
}

#[test]
fn of_several_boxes_one_has_to_be_ticked_when_the_field_is_required() {
    let boxes = |required: bool, target: &str| {
        json!({"service": "php", "target": target, "fields": [
            {"label": "Meals", "kind": "checkbox", "required": required, "options": ["Fish", "None"]}]})
    };
    let html = form(&boxes(true, "me@example.org"));
    assert!(html.contains("<fieldset class=\"field choices\" data-needed=\"Please tick"), "{html}");
    assert!(html.contains("assets/boxes.js") && html.contains("(required)"), "{html}");
    assert!(!html.contains("value=\"Fish\" required"), "not each of them: {html}");
    assert!(receiver(&boxes(true, "me@example.org")).unwrap().contains("'short', true]"));
    assert!(receiver(&boxes(false, "me@example.org")).unwrap().contains("'short', false]"));
    for free in [boxes(false, "me@example.org"), boxes(true, "")] {
        let html = form(&free);
        assert!(!html.contains("boxes.js") && !html.contains("data-needed"), "{html}");
    }
}

#[test]
fn the_names_and_limits_of_fields_are_the_same_in_every_language() {
    let module = serde_json::from_value(json!({"id": "f", "type": "form", "props": {"fields": [
        {"label": "Postcode", "name": "postcode", "pattern": "[a-z]{5}", "minimum": "two", "help": "Five"}]}}));
    let module = module.unwrap();
    let texts = accid_render::texts(&module);
    let pointers: Vec<&str> = texts.iter().map(|(pointer, _)| pointer.as_str()).collect();
    assert_eq!(pointers, ["/fields/0/label", "/fields/0/help"]);
}

#[test]
fn the_receiver_knows_its_forms_and_no_text_becomes_php() {
    let hostile = "'; system('x'); // \\' ?><script> */";
    let mut props = with("php", "me@example.org");
    props["subject"] = hostile.into();
    props["fields"] = json!([{"label": hostile, "kind": "email", "required": true}]);
    let php = receiver(&props).unwrap();
    assert!(php.contains("'to' => 'me@example.org'") && php.contains("'email', true]"), "{php}");
    assert!(php.contains(r"'\'; system(\'x\'); // \\\' ?><script> */'"), "{php}");
    assert!(!php.contains("// FORMS") && !php.contains("// WORDS"));
    assert_eq!(receiver(&with("address", "me@example.org")), None);
}

#[test]
fn hostile_words_in_a_form_stay_words() {
    let words = common::HOSTILE;
    let fields = json!([
        {"label": words, "name": words, "kind": "consent", "help": words, "link_label": words, "link": "page:x"},
        {"label": words, "kind": "radio", "options": [words], "help": words},
        {"label": words, "minimum": words, "maximum": words, "pattern": words, "placeholder": words}
    ]);
    for service in ["formspree", "netlify"] {
        let props = json!({"service": service, "target": "abcdwxyz", "subject": words, "thanks": words, "text": words,
            "title": words, "submit": words, "fields": fields});
        let html = form(&props);
        assert!(!html.contains("<script>") && !html.contains("<img src=x"), "{html}");
    }
}
