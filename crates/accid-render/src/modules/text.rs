//! Text: headings, paragraphs, lists, quotations. Must not know other kinds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    choices::choices,
    kind::{Check, ModuleKind, Words},
    link_text,
    place::Spot, renderer::Renderer,
    rich_text::RichText,
};

choices! {
    TextColumns {
        One "1" "One",
        Two "2" "Two",
        Three "3" "Three",
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// Text to read: headings, paragraphs, lists, quotations and links.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Text {
    /// The text.
    pub doc: RichText,
    /// Columns the text flows through on large screens.
    #[schemars(extend("x-accid-group" = "Look"))]
    pub columns: TextColumns,
    /// Sets the first paragraph larger, as a way in.
    #[serde(skip_serializing_if = "is_false")]
    #[schemars(extend("x-accid-group" = "Look"))]
    pub lead: bool,
    /// Begins with a letter as high as three lines.
    #[serde(skip_serializing_if = "is_false")]
    #[schemars(extend("x-accid-group" = "Look"))]
    pub drop_cap: bool,
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
            ..Self::default()
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
        if let Some(message) = self.doc.links().iter().find_map(|words| link_text::complaint(words)) {
            check.warn("link.text-vague", "doc", &message);
        }
    }

    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>) {
        let columns = match self.columns {
            TextColumns::One => "",
            TextColumns::Two => "in-2",
            TextColumns::Three => "in-3",
        };
        let (lead, cap) = (if self.lead { "has-lead" } else { "" }, if self.drop_cap { "has-cap" } else { "" });
        to.root("div", spot, &["rich", columns, lead, cap]).mark_rich("doc");
        self.doc.render(to, "doc");
        to.html.close();
    }

    fn text(&self, words: &mut Words) {
        words.add(&self.doc.plain());
    }

    fn width(&self) -> &'static str {
        if self.columns == TextColumns::One { "narrow" } else { "normal" }
    }
}
