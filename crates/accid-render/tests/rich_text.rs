//! Rich text as HTML, as a table.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use accid_render::Mode;
use serde_json::{Value, json};

fn render(content: Value) -> (String, Vec<String>) {
    let modules = json!([{"id": "t", "type": "text", "props": {"doc": {"type": "doc", "content": content}}}]);
    let page = common::page("index", None, modules);
    let site = common::site(vec![page.clone()]);
    let html = site.render_module(&page, &page.modules[0], &Mode::Export).html;
    let inner =
        html.strip_prefix("<div class=\"m m-text w-narrow rich\">").unwrap().strip_suffix("</div>").unwrap();
    let findings = site.render_page(&page, &Mode::Export).findings;
    (inner.trim().to_owned(), findings.into_iter().map(|finding| finding.code).collect())
}

fn text(text: &str) -> Value {
    json!({"type": "text", "text": text})
}

fn marked(words: &str, marks: &[Value]) -> Value {
    json!({"type": "text", "text": words, "marks": marks})
}

fn paragraph(content: &[Value]) -> Value {
    json!({"type": "paragraph", "content": content})
}

#[test]
fn nodes_and_marks_become_their_elements() {
    let (bold, italic) = (json!({"type": "bold"}), json!({"type": "italic"}));
    let link = |href: &str| json!({"type": "link", "attrs": {"href": href, "title": "T\""}});
    let item = |words: &str| json!({"type": "listItem", "content": [paragraph(&[text(words)])]});
    for (node, html) in [
        (paragraph(&[text("a"), json!({"type": "hardBreak"}), text("b")]), "<p>a<br>b</p>"),
        (json!({"type": "heading", "attrs": {"level": 3}, "content": [text("h")]}), "<h3>h</h3>"),
        (json!({"type": "heading", "attrs": {"level": 1}, "content": [text("h")]}), "<h2>h</h2>"),
        (json!({"type": "heading", "attrs": {"level": 99}, "content": [text("h")]}), "<h4>h</h4>"),
        (json!({"type": "bulletList", "content": [item("a")]}), "<ul>\n<li>\n<p>a</p>\n</li>\n</ul>"),
        (
            json!({"type": "orderedList", "attrs": {"start": 3}, "content": [item("a")]}),
            "<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n</ol>",
        ),
        (
            json!({"type": "blockquote", "content": [paragraph(&[text("q")])]}),
            "<blockquote>\n<p>q</p>\n</blockquote>",
        ),
        (json!({"type": "horizontalRule"}), "<hr>"),
        (
            json!({"type": "codeBlock", "content": [text("a < b\n")]}),
            "<pre tabindex=\"0\"><code>a &lt; b\n</code></pre>",
        ),
        (
            paragraph(&[
                marked("a", std::slice::from_ref(&bold)),
                marked("b", &[bold.clone(), italic.clone()]),
                marked("c", &[italic]),
            ]),
            "<p><strong>a<em>b</em></strong><em>c</em></p>",
        ),
        (
            paragraph(&[
                marked("u", &[json!({"type": "underline"})]),
                marked("s", &[json!({"type": "strike"})]),
            ]),
            "<p><u>u</u><s>s</s></p>",
        ),
        (paragraph(&[marked("c", &[json!({"type": "code"})])]), "<p><code>c</code></p>"),
        (
            paragraph(&[marked("l", &[link("https://example.org/?a&b")])]),
            "<p><a href=\"https://example.org/?a&amp;b\" title=\"T&quot;\">l</a></p>",
        ),
        (
            paragraph(&[marked("l", &[link("https://a.example"), link("https://b.example")])]),
            "<p><a href=\"https://a.example\" title=\"T&quot;\">l</a></p>",
        ),
        (
            paragraph(&[marked("d", &[json!({"type": "lang", "attrs": {"lang": "de-AT"}})])]),
            "<p><span lang=\"de-AT\">d</span></p>",
        ),
        (paragraph(&[marked("d", &[json!({"type": "lang", "attrs": {"lang": "\"><script>"}})])]), "<p>d</p>"),
    ] {
        assert_eq!(render(json!([node])).0, html);
    }
}

#[test]
fn hostile_text_stays_text() {
    let (html, _) = render(json!([paragraph(&[text(common::HOSTILE)])]));
    assert_eq!(
        html,
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;&lt;img src=x onerror=alert(1)&gt;</p>"
    );
}

#[test]
fn a_link_to_a_script_loses_its_address_and_is_found() {
    for href in ["javascript:alert(1)", "\u{1}javascript:alert(1)", "data:text/html,<script>", "vbscript:x"] {
        let link = json!({"type": "link", "attrs": {"href": href}});
        let (html, findings) = render(json!([paragraph(&[marked("x", &[link])])]));
        assert_eq!(html, "<p><a>x</a></p>", "{href}");
        assert!(findings.contains(&"link.refused".to_owned()), "{href}: {findings:?}");
    }
}

#[test]
fn unknown_nodes_are_kept_as_their_words_and_found() {
    let table =
        json!({"type": "table", "content": [{"type": "row", "content": [paragraph(&[text("<cell>")])]}]});
    let (html, findings) =
        render(json!([table, {"no": "type"}, 7, paragraph(&[json!({"type": "emoji", "text": "☺"})])]));
    assert_eq!(html, "<p>&lt;cell&gt;</p>\n<p>☺</p>");
    assert!(findings.contains(&"rich-text.unknown".to_owned()));
}

#[test]
fn nesting_is_cut_before_the_stack_ends() {
    let mut node = paragraph(&[text("deep")]);
    for _ in 0..40 {
        node = json!({"type": "blockquote", "content": [node]});
    }
    let (html, findings) = render(json!([node]));
    assert!(html.contains("deep") && findings.contains(&"rich-text.unknown".to_owned()));
    common::check_tags(&html).unwrap();
}

#[test]
fn a_hundred_thousand_levels_do_not_end_the_stack() {
    let mut node = paragraph(&[text("deep")]);
    for _ in 0..100_000 {
        let mut outer = serde_json::Map::new();
        outer.insert("content".to_owned(), Value::Array(vec![node]));
        node = Value::Object(outer);
    }
    let mut module = common::example("text");
    module.props.insert("doc".to_owned(), node);
    let (errors, _) = accid_render::check_module(&module);
    assert_eq!(errors[0].pointer, "/props");
    assert_eq!(accid_render::search_text(&module), "");
    let mut page = common::page("index", None, json!([]));
    page.modules.push(module);
    let site = common::site(Vec::new());
    assert!(
        site.render_page(&page, &Mode::Export)
            .findings
            .iter()
            .any(|finding| finding.code == "module.value-refused")
    );
    // Dropping the value would itself recurse a hundred thousand times; that is serde_json's, not ours.
    std::mem::forget(page);
}
