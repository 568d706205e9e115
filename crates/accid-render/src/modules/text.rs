//! Text: headings, paragraphs, lists, quotations. Must not know other kinds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    kind::{Check, ModuleKind, Words},
    place::Spot, renderer::Renderer,
    rich_text::RichText,
};

/// Text to read: headings, paragraphs, lists, quotations and links.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Text {
    /// The text.
    pub doc: RichText,
}

impl ModuleKind for Text {
    const KIND: &'static str = "text";
    const TITLE: &'static str = "Text";
    const ICON: &'static str = "type";

    fn example() -> Self {
        let text = |text: &str| json!({"type": "text", "text": text});
        let strong = json!({"type": "text", "text": "the boat has a name", "marks": [{"type": "bold"}]});
        Self {
            doc: RichText(json!({"type": "doc", "content": [
                {"type": "heading", "attrs": {"level": 2}, "content": [text("Before we left")]},
                {"type": "paragraph", "content": [
                    text("The charts are on the wall, "), strong, text(", and nobody knows yet what we forgot.")
                ]},
            ]})),
        }
    }

    fn check(&self, check: &mut Check) {
        if self.doc.is_empty() {
            check.note("text.empty", "doc", "The text is empty, so nothing is shown.");
        }
        if self.doc.has_empty_link() {
            let message = "A link in the text has no words to click on. Write some, or remove the link.";
            check.warn("link.text-missing", "doc", message);
        }
    }

    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>) {
        to.root("div", spot, &["rich"]).mark_rich("doc");
        self.doc.render(to, "doc");
        to.html.close();
    }

    fn text(&self, words: &mut Words) {
        words.add(&self.doc.plain());
    }

    fn width(&self) -> &'static str {
        "narrow"
    }
}
