//! Rich text: a closed schema of ProseMirror's JSON, and its HTML. Owns: which nodes and marks there are. Must not
//! know: modules.
//!
//! The names are Tiptap's. What the schema does not know is kept as its text, with a finding.

use accid_base::Severity;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::renderer::Renderer;

/// How deep lists and quotations may nest; what is deeper is shown as if it stood higher.
const DEEPEST: usize = 24;

/// A text with headings, lists, quotations and links, as ProseMirror's JSON:
/// `{"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "…"}]}]}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RichText(pub Value);

impl Default for RichText {
    fn default() -> Self {
        Self(json!({"type": "doc", "content": []}))
    }
}

impl schemars::JsonSchema for RichText {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RichText".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "required": ["type"],
            "properties": {"type": {"const": "doc"}, "content": {"type": "array", "items": {"type": "object"}}},
            "x-accid-editor": "rich-text"
        })
    }
}

impl RichText {
    /// A text of plain paragraphs.
    pub fn from_paragraphs(paragraphs: &[&str]) -> Self {
        let node = |text: &&str| json!({"type": "paragraph", "content": [{"type": "text", "text": text}]});
        Self(json!({"type": "doc", "content": paragraphs.iter().map(node).collect::<Vec<_>>()}))
    }

    /// Its words, one line for each block.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        collect(&self.0, &mut out, 0);
        out.trim().to_owned()
    }

    /// Whether it has no text at all.
    pub fn is_empty(&self) -> bool {
        self.plain().is_empty()
    }

    /// Writes the content of the element that is open.
    pub(crate) fn render(&self, to: &mut Renderer<'_>, pointer: &str) {
        Writer { to, pointer, unknown: false }.blocks(content(&self.0), 0);
    }

    /// The words of its links; those that lead to the same place and follow each other are one.
    pub(crate) fn links(&self) -> Vec<String> {
        let mut found = Vec::new();
        visit(&self.0, 0, &mut |node| {
            let mut open: Option<&str> = None;
            for child in content(node) {
                let (leads, words) = (target(child), child["text"].as_str().unwrap_or_default());
                match found.last_mut().filter(|_| leads.is_some() && leads == open) {
                    Some(link) => String::push_str(link, words),
                    None if leads.is_some() => found.push(words.to_owned()),
                    None => {}
                }
                open = leads;
            }
        });
        found
    }

    /// Whether some link in it has no words.
    pub fn has_empty_link(&self) -> bool {
        let mut found = false;
        visit(&self.0, 0, &mut |node| {
            let marks = node.get("marks").and_then(Value::as_array);
            let linked = marks.is_some_and(|marks| marks.iter().any(|mark| kind(mark) == "link"));
            found |= linked && node["text"].as_str().unwrap_or_default().trim().is_empty();
        });
        found
    }
}

/// Where the link around a text leads.
fn target(node: &Value) -> Option<&str> {
    let marks = node.get("marks").and_then(Value::as_array)?;
    marks.iter().find(|mark| kind(mark) == "link")?["attrs"]["href"].as_str()
}

fn content(node: &Value) -> &[Value] {
    node.get("content").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn kind(node: &Value) -> &str {
    node.get("type").and_then(Value::as_str).unwrap_or_default()
}

fn visit<'a>(node: &'a Value, depth: usize, see: &mut dyn FnMut(&'a Value)) {
    see(node);
    if depth < DEEPEST * 2 {
        content(node).iter().for_each(|child| visit(child, depth + 1, see));
    }
}

fn collect(node: &Value, out: &mut String, depth: usize) {
    match node.get("text").and_then(Value::as_str) {
        Some(text) => out.push_str(text),
        None if kind(node) == "hardBreak" => out.push('\n'),
        None if depth < DEEPEST * 2 => {
            content(node).iter().for_each(|child| collect(child, out, depth + 1));
            if !is_inline(node) && !out.ends_with('\n') {
                out.push('\n');
            }
        }
        None => {}
    }
}

fn is_inline(node: &Value) -> bool {
    matches!(kind(node), "text" | "hardBreak")
}

struct Writer<'w, 'a> {
    to: &'w mut Renderer<'a>,
    pointer: &'w str,
    unknown: bool,
}

impl Writer<'_, '_> {
    fn blocks(&mut self, nodes: &[Value], depth: usize) {
        for node in nodes {
            self.block(node, depth);
        }
    }

    fn block(&mut self, node: &Value, depth: usize) {
        if depth > DEEPEST {
            return self.as_text(node);
        }
        match kind(node) {
            "paragraph" => self.inline_element("p", node),
            "heading" => {
                let level = node["attrs"]["level"].as_u64().unwrap_or(2).clamp(2, 4);
                let name = ["h2", "h3", "h4"][usize::try_from(level - 2).unwrap_or(0)];
                self.to.note_heading(u8::try_from(level).unwrap_or(2), self.pointer);
                self.inline_element(name, node);
            }
            "bulletList" => self.list("ul", node, depth),
            "orderedList" => self.list("ol", node, depth),
            "blockquote" => {
                self.to.html.open("blockquote");
                self.blocks(content(node), depth + 1);
                self.to.html.close();
            }
            "horizontalRule" => {
                self.to.html.void("hr");
            }
            "codeBlock" => {
                self.to.html.open("pre").attr("tabindex", "0").open("code");
                for text in content(node).iter().filter_map(|child| child.get("text").and_then(Value::as_str))
                {
                    self.to.html.text(text);
                }
                self.to.html.close().close();
            }
            "text" | "hardBreak" => {
                self.to.html.open("p");
                self.inline(std::slice::from_ref(node));
                self.to.html.close();
            }
            _ => self.as_text(node),
        }
    }

    fn list(&mut self, name: &'static str, node: &Value, depth: usize) {
        let items = content(node);
        if items.is_empty() {
            return;
        }
        self.to.html.open(name);
        if let Some(start) = node["attrs"]["start"].as_i64().filter(|start| name == "ol" && *start != 1) {
            self.to.html.attr("start", &start.to_string());
        }
        for item in items {
            self.to.html.open("li");
            match kind(item) {
                "listItem" => self.blocks(content(item), depth + 1),
                _ => self.block(item, depth + 1),
            }
            self.to.html.close();
        }
        self.to.html.close();
    }

    /// Something the schema does not know, or that nests too deep: its words in a paragraph.
    fn as_text(&mut self, node: &Value) {
        if !std::mem::replace(&mut self.unknown, true) {
            let name: String = kind(node).chars().take(40).collect();
            self.to.find(
                Severity::Warning,
                "rich-text.unknown",
                self.pointer,
                format!(
                    "The text has something ACCID does not know (\"{name}\"); it is shown as plain text."
                ),
            );
        }
        let mut text = String::new();
        collect(node, &mut text, 0);
        if !text.trim().is_empty() {
            self.to.html.leaf("p", "", text.trim());
        }
    }

    fn inline_element(&mut self, name: &'static str, node: &Value) {
        self.to.html.open(name);
        self.inline(content(node));
        self.to.html.close();
    }

    /// Writes inline nodes; a mark that neighbours share is opened once, as ProseMirror does.
    fn inline(&mut self, nodes: &[Value]) {
        let mut active: Vec<&Value> = Vec::new();
        for node in nodes {
            let marks: Vec<_> = node.get("marks").and_then(Value::as_array).into_iter().flatten().collect();
            let shared = active.iter().zip(&marks).take_while(|(one, two)| one == two).count();
            for _ in shared..active.len() {
                self.to.html.close();
            }
            active.truncate(shared);
            for mark in &marks[shared..] {
                let nested_link = kind(mark) == "link" && active.iter().any(|other| kind(other) == "link");
                if active.len() < DEEPEST && !nested_link && self.open_mark(mark) {
                    active.push(mark);
                }
            }
            match (kind(node), node.get("text").and_then(Value::as_str)) {
                ("text", Some(text)) => {
                    self.to.html.text(text);
                }
                ("hardBreak", _) => {
                    self.to.html.void("br");
                }
                _ => {
                    let mut text = String::new();
                    collect(node, &mut text, 0);
                    self.to.html.text(text.trim());
                }
            }
        }
        for _ in active {
            self.to.html.close();
        }
    }

    fn open_mark(&mut self, mark: &Value) -> bool {
        let attribute = |name: &str| mark["attrs"][name].as_str().unwrap_or_default();
        match kind(mark) {
            "bold" => self.to.html.open("strong"),
            "italic" => self.to.html.open("em"),
            "underline" => self.to.html.open("u"),
            "strike" => self.to.html.open("s"),
            "code" => self.to.html.open("code"),
            "lang" if is_language(attribute("lang")) => {
                self.to.html.open("span").attr("lang", attribute("lang"))
            }
            "link" => {
                let href = self.to.link(attribute("href"), self.pointer);
                self.to.html.open("a");
                if let Some(href) = href {
                    self.to.html.attr("href", &href);
                }
                self.to.html.attr_unless_empty("title", attribute("title"))
            }
            _ => return false,
        };
        true
    }
}

/// Whether the text has the form of a language tag (BCP 47), such as `de-AT`.
pub(crate) fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
        && text.len() <= 35
}
