//! `/api/docs`: the description as one page for people. Written by the server, without scripts and without anything
//! from elsewhere, so it works offline. Must not know operations; everything comes from the description.

use std::fmt::Write;

use accid_base::ErrorCode;
use serde_json::{Map, Value};

use crate::problem::status;

const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8884;--soft:#8881;--accent:#b45309}\
body{font:16px/1.55 system-ui,sans-serif;margin:0 auto;max-width:64rem;padding:1.5rem}\
h1{font-size:1.9rem;margin:.2rem 0}h2{margin:2.5rem 0 .5rem;border-bottom:1px solid var(--line)}\
code,pre{font:.88em/1.5 ui-monospace,monospace}pre{background:var(--soft);padding:.7rem;overflow-x:auto;border-radius:.4rem}\
nav a{margin-right:.8rem}a{color:var(--accent)}details{border:1px solid var(--line);border-radius:.4rem;margin:.5rem 0;padding:0 .8rem}\
summary{cursor:pointer;padding:.5rem 0}summary b{display:inline-block;min-width:4.2rem;color:var(--accent)}\
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.25rem .7rem .25rem 0;border-top:1px solid var(--line)}\
.need{float:right;opacity:.7;font-size:.85em}";

/// The page of a description.
pub fn page(document: &Value) -> String {
    let mut html = String::with_capacity(200_000);
    let _ = write!(
        html,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width,initial-scale=1\"><title>ACCID API</title><style>{STYLE}</style></head><body>\
         <h1>ACCID API</h1>"
    );
    for paragraph in text(&document["info"]["description"]).split("\n\n") {
        let _ = write!(html, "<p>{}</p>", inline(paragraph));
    }
    let _ = write!(
        html,
        "<p>For programs: <a href=\"/api/openapi.json\">openapi.json</a> (OpenAPI 3.1).</p><nav>"
    );
    let tags: Vec<&Value> = document["tags"].as_array().into_iter().flatten().collect();
    for tag in &tags {
        let name = text(&tag["name"]);
        let _ = write!(html, "<a href=\"#{}\">{}</a>", anchor(name), escape(name));
    }
    let _ = write!(html, "<a href=\"#schemas\">schemas</a><a href=\"#problems\">problems</a></nav>");
    for tag in &tags {
        write_tag(&mut html, document, tag);
    }
    write_schemas(&mut html, &document["components"]["schemas"]);
    write_problems(&mut html);
    html.push_str("</body></html>\n");
    html
}

fn write_tag(html: &mut String, document: &Value, tag: &Value) {
    let name = text(&tag["name"]);
    let _ = write!(
        html,
        "<h2 id=\"{}\">{}</h2><p>{}</p>",
        anchor(name),
        escape(name),
        inline(text(&tag["description"]))
    );
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            if operation["tags"].as_array().is_some_and(|tags| tags.contains(&tag["name"])) {
                write_operation(html, path, method, operation);
            }
        }
    }
}

fn write_operation(html: &mut String, path: &str, method: &str, operation: &Value) {
    let _ = write!(
        html,
        "<details id=\"{}\"><summary><span class=\"need\">{}</span><b>{}</b> <code>{}</code><br>{}</summary>",
        escape(text(&operation["operationId"])),
        escape(text(&operation[crate::PERMISSION])),
        method.to_uppercase(),
        escape(path),
        inline(text(&operation["summary"]))
    );
    let more = text(&operation["description"]);
    if !more.is_empty() {
        let _ = write!(html, "<p>{}</p>", inline(more));
    }
    write_parameters(html, operation);
    let body = body_of(operation);
    if let Some((kind, schema)) = &body {
        let _ = write!(html, "<p>Body: <code>{}</code> {}</p>", escape(kind), shape(schema));
    }
    for (code, response) in
        operation["responses"].as_object().into_iter().flatten().filter(|(code, _)| *code != "default")
    {
        let schema = response["content"].as_object().and_then(|content| content.values().next());
        let shape = schema.map_or_else(String::new, |content| shape(&content["schema"]));
        let _ = write!(html, "<p>{code}: {} {shape}</p>", inline(text(&response["description"])));
    }
    let _ = write!(html, "<pre>{}</pre></details>", escape(&curl(path, method, body.map(|(kind, _)| kind))));
}

fn write_parameters(html: &mut String, operation: &Value) {
    let Some(parameters) = operation["parameters"].as_array().filter(|found| !found.is_empty()) else {
        return;
    };
    html.push_str("<table><tr><th>parameter</th><th>in</th><th></th></tr>");
    for parameter in parameters {
        let _ = write!(
            html,
            "<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>",
            escape(text(&parameter["name"])),
            escape(text(&parameter["in"])),
            inline(text(&parameter["description"]))
        );
    }
    html.push_str("</table>");
}

fn body_of(operation: &Value) -> Option<(String, Value)> {
    let (kind, content) = operation["requestBody"]["content"].as_object()?.iter().next()?;
    Some((kind.clone(), content["schema"].clone()))
}

fn curl(path: &str, method: &str, body: Option<String>) -> String {
    let method = if method == "get" { String::new() } else { format!(" -X {}", method.to_uppercase()) };
    let body = match body.as_deref() {
        None => String::new(),
        Some("multipart/form-data") => " -F files=@picture.jpg".to_owned(),
        Some(kind) => format!(" -H 'Content-Type: {kind}' -d @body.json"),
    };
    format!("curl{method}{body} 'http://localhost:9847{path}'")
}

/// A schema in a few words, with links to the named ones.
fn shape(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return format!("<a href=\"#schema-{0}\"><code>{0}</code></a>", escape(name));
    }
    if let Some(parts) = ["allOf", "anyOf", "oneOf"].iter().find_map(|key| schema[*key].as_array()) {
        let data = parts.iter().map(|part| &part["properties"]["data"]).find(|data| data.is_object());
        return match data {
            Some(data) => format!("<code>data</code>: {}", shape(data)),
            None => parts.iter().map(shape).collect::<Vec<_>>().join(" | "),
        };
    }
    let items = &schema["properties"]["items"]["items"];
    if items.is_object() {
        return format!("<code>items</code>: list of {}", shape(items));
    }
    if schema["items"].is_object() {
        return format!("list of {}", shape(&schema["items"]));
    }
    match &schema["type"] {
        Value::String(kind) => escape(kind),
        Value::Array(kinds) => kinds.iter().map(|kind| escape(text(kind))).collect::<Vec<_>>().join(" | "),
        _ => String::new(),
    }
}

fn write_schemas(html: &mut String, schemas: &Value) {
    html.push_str("<h2 id=\"schemas\">schemas</h2>");
    for (name, schema) in schemas.as_object().into_iter().flatten() {
        let _ = write!(
            html,
            "<details id=\"schema-{0}\"><summary><code>{0}</code> {1}</summary>",
            escape(name),
            inline(text(&schema["description"]))
        );
        for fields in properties_of(schema) {
            html.push_str("<table>");
            for (field, kind) in fields {
                let text = inline(text(&kind["description"]));
                let _ = write!(
                    html,
                    "<tr><td><code>{}</code></td><td>{}</td><td>{text}</td></tr>",
                    escape(field),
                    shape(kind)
                );
            }
            html.push_str("</table>");
        }
        html.push_str("</details>");
    }
}

fn properties_of(schema: &Value) -> Vec<&Map<String, Value>> {
    let parts = schema["allOf"].as_array().into_iter().flatten();
    std::iter::once(schema).chain(parts).filter_map(|part| part["properties"].as_object()).collect()
}

fn write_problems(html: &mut String) {
    html.push_str("<h2 id=\"problems\">problems</h2><table><tr><th>code</th><th>status</th><th></th></tr>");
    for code in ErrorCode::ALL {
        let _ = write!(
            html,
            "<tr id=\"problem-{0}\"><td><code>{0}</code></td><td>{1}</td><td>{2}</td></tr>",
            code.as_str(),
            status(*code).as_u16(),
            inline(code.description().trim())
        );
    }
    html.push_str("</table>");
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn anchor(name: &str) -> String {
    name.replace(' ', "-")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Escapes, then sets `code` and **bold** of doc comments.
fn inline(text: &str) -> String {
    let mut html = String::new();
    for (index, part) in escape(text).split('`').enumerate() {
        if index % 2 == 1 {
            let _ = write!(html, "<code>{part}</code>");
            continue;
        }
        for (index, part) in part.split("**").enumerate() {
            let _ = if index % 2 == 1 { write!(html, "<b>{part}</b>") } else { write!(html, "{part}") };
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_lists_every_operation_and_loads_nothing_from_elsewhere() {
        let document = crate::openapi();
        let html = page(&document);
        for (path, item) in document["paths"].as_object().unwrap() {
            for operation in item.as_object().unwrap().values() {
                let id = operation["operationId"].as_str().unwrap();
                assert!(html.contains(&format!("<details id=\"{id}\">")), "{path} {id}");
            }
        }
        for code in ErrorCode::ALL {
            assert!(html.contains(&format!("id=\"problem-{}\"", code.as_str())));
        }
        for loading in ["<script", "<link", "<img", "src=\"", "href=\"http", "url("] {
            assert!(!html.contains(loading), "{loading}");
        }
    }

    #[test]
    fn text_of_doc_comments_is_escaped() {
        assert_eq!(inline("a `<b>` & **c**"), "a <code>&lt;b&gt;</code> &amp; <b>c</b>");
    }
}
