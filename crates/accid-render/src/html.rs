//! Writes HTML. Owns: escaping, nesting, line breaks, the canvas's marks. Must not know: modules, pages.
//!
//! There is one line break before a block element and none elsewhere, so that the HTML of a module does not depend on
//! where it stands.

use std::sync::Arc;

use crate::locale::ForeignTexts;

/// Whether the marks for the canvas are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marks {
    Written,
    LeftOut,
}

/// A growing piece of HTML. Attributes are added to the element that was opened last.
pub(crate) struct Html {
    foreign: Option<Arc<ForeignTexts>>,
    out: String,
    open: Vec<Open>,
    tag_pending: bool,
    canvas: bool,
}

struct Open {
    name: &'static str,
    inline: bool,
    broken: bool,
}

const BLOCKS: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "body",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "head",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "script",
    "section",
    "select",
    "style",
    "summary",
    "title",
    "ul",
];

impl Html {
    /// An empty piece; with `canvas`, the marks for the studio's canvas are written too.
    pub fn new(canvas: bool) -> Self {
        Self { foreign: None, out: String::with_capacity(4096), open: Vec::new(), tag_pending: false, canvas }
    }

    /// Opens an element.
    pub fn open(&mut self, name: &'static str) -> &mut Self {
        self.begin(name);
        self.open.push(Open { name, inline: false, broken: false });
        self
    }

    /// Writes an element that has no content and no end tag.
    pub fn void(&mut self, name: &'static str) -> &mut Self {
        self.begin(name);
        self
    }

    fn begin(&mut self, name: &'static str) {
        self.finish_tag();
        let block = BLOCKS.binary_search(&name).is_ok();
        let inside_text = self.open.last().is_some_and(|parent| parent.inline);
        if let Some(parent) = self.open.last_mut() {
            if block { parent.broken = true } else { parent.inline = true }
        }
        if block && !inside_text && !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push('<');
        self.out.push_str(name);
        self.tag_pending = true;
    }

    fn finish_tag(&mut self) {
        if self.tag_pending {
            self.out.push('>');
            self.tag_pending = false;
        }
    }

    /// Closes the element that was opened last.
    pub fn close(&mut self) -> &mut Self {
        self.finish_tag();
        if let Some(open) = self.open.pop() {
            if open.broken && !open.inline {
                self.out.push('\n');
            }
            self.out.push_str("</");
            self.out.push_str(open.name);
            self.out.push('>');
        }
        self
    }

    /// Adds an attribute.
    pub fn attr(&mut self, name: &str, value: &str) -> &mut Self {
        debug_assert!(self.tag_pending, "attribute {name} outside a tag");
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, &mut self.out);
        self.out.push('"');
        self
    }

    /// Adds an attribute unless its value is empty.
    pub fn attr_unless_empty(&mut self, name: &str, value: &str) -> &mut Self {
        if value.is_empty() { self } else { self.attr(name, value) }
    }

    /// Adds an attribute without a value.
    pub fn flag(&mut self, name: &str) -> &mut Self {
        self.out.push(' ');
        self.out.push_str(name);
        self
    }

    /// Adds the class attribute.
    pub fn class(&mut self, value: &str) -> &mut Self {
        self.attr("class", value)
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.finish_tag();
        if let Some(parent) = self.open.last_mut() {
            parent.inline = true;
        }
        escape(text, &mut self.out);
        self
    }

    /// Writes an element that holds only text.
    pub fn leaf(&mut self, name: &'static str, class: &str, text: &str) -> &mut Self {
        self.open(name).attr_unless_empty("class", class);
        self.text(text).close()
    }

    /// Adds what is already HTML or CSS. Never call it with anything a user wrote.
    pub fn trusted(&mut self, markup: &str) -> &mut Self {
        self.finish_tag();
        self.out.push_str(markup);
        self
    }

    /// Adds the piece `inner` as block content of the open element.
    pub fn block(&mut self, inner: &str) -> &mut Self {
        self.finish_tag();
        if let Some(parent) = self.open.last_mut() {
            parent.broken = true;
        }
        if !inner.is_empty() {
            self.out.push('\n');
            self.out.push_str(inner);
        }
        self
    }

    /// Canvas only: marks the root element of a module.
    pub fn mark_module(&mut self, id: &str) -> &mut Self {
        self.mark("data-accid-id", id)
    }

    /// Canvas only: marks the element that shows a reusable part, whose modules are not edited here.
    pub fn mark_part(&mut self, id: &str) -> &mut Self {
        self.mark("data-accid-part", id)
    }

    /// Canvas only: marks the element whose children are the modules inside.
    pub fn mark_slot(&mut self, id: &str) -> &mut Self {
        self.mark("data-accid-slot", id)
    }

    /// Marks an element whose text is exactly one property: with its language when it is not the page's, and for the
    /// canvas.
    pub fn mark_prop(&mut self, pointer: &str) -> &mut Self {
        self.mark_language(pointer).mark("data-accid-prop", pointer)
    }

    /// Marks the element whose children are a rich text: with its language when it is not the page's, and for the
    /// canvas.
    pub fn mark_rich(&mut self, pointer: &str) -> &mut Self {
        self.mark_language(pointer).mark("data-accid-rich", pointer)
    }

    /// Says the language of a property when it is not the page's.
    pub fn mark_language(&mut self, pointer: &str) -> &mut Self {
        let foreign = self.foreign.clone().filter(|foreign| foreign.pointers.contains(pointer));
        if let Some(foreign) = foreign {
            self.attr("lang", &foreign.language);
        }
        self
    }

    /// From now on these texts are in another language than the page. Gives back those that were before.
    pub fn set_foreign(&mut self, foreign: Option<Arc<ForeignTexts>>) -> Option<Arc<ForeignTexts>> {
        std::mem::replace(&mut self.foreign, foreign)
    }

    /// From now on marks for the canvas are written, or not. Gives back whether they were before.
    pub fn set_marks(&mut self, marks: Marks) -> Marks {
        let before = if self.canvas { Marks::Written } else { Marks::LeftOut };
        self.canvas = marks == Marks::Written;
        before
    }

    fn mark(&mut self, name: &str, value: &str) -> &mut Self {
        if self.canvas { self.attr(name, value) } else { self }
    }

    /// The finished HTML.
    pub fn finish(mut self) -> String {
        self.finish_tag();
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }
}

/// Writes `text` so that it is text in element content and in quoted attributes alike. Characters that HTML forbids
/// (control characters other than tab and line feed, noncharacters) are left out.
pub(crate) fn escape(text: &str, out: &mut String) {
    let mut start = 0;
    for (index, character) in text.char_indices() {
        let replacement = match character {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            '\t' | '\n' => continue,
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}' => "",
            _ if character >= '\u{fffe}' && u32::from(character) & 0xfffe == 0xfffe => "",
            _ => continue,
        };
        out.push_str(&text[start..index]);
        out.push_str(replacement);
        start = index + character.len_utf8();
    }
    out.push_str(&text[start..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_blocks_is_sorted_for_the_search() {
        assert!(BLOCKS.is_sorted());
    }

    #[test]
    fn text_is_text_in_content_and_in_attributes() {
        let mut html = Html::new(false);
        html.open("p").attr("title", "\"><script>'&").text("<b>&\u{0}\u{7}\u{ffff}\r\nx").close();
        assert_eq!(html.finish(), "<p title=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">&lt;b&gt;&amp;\nx</p>");
    }

    #[test]
    fn lines_break_before_blocks_and_never_inside_text() {
        let mut html = Html::new(false);
        html.open("div").open("p").text("a ").open("strong").text("b").close().close();
        html.open("ul").open("li").text("c").close().close();
        assert_eq!(html.finish(), "<div>\n<p>a <strong>b</strong></p>\n<ul>\n<li>c</li>\n</ul>\n</div>");
    }

    #[test]
    fn marks_are_written_for_the_canvas_only() {
        let write = |canvas| {
            let mut html = Html::new(canvas);
            html.open("p").mark_module("x").mark_prop("title").text("t");
            html.finish()
        };
        assert_eq!(write(false), "<p>t</p>");
        assert_eq!(write(true), "<p data-accid-id=\"x\" data-accid-prop=\"title\">t</p>");
    }
}
