//! The code screenshot: code as real text in the frame of a window. Must not know other kinds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    choices::choices,
    highlight::{self, Language},
    kind::{Check, ModuleKind, Words},
    place::Spot, renderer::Renderer,
    scripts::COPY_SCRIPT,
    style::Rules,
};

choices! {
    Frame {
        Bar "bar" "A bar with the name",
        Dots "dots" "A bar with three dots",
        Bare "bare" "No bar",
    }
}

/// Code as it looks in an editor, but as real text that can be read aloud, found and copied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct CodeScreenshot {
    /// Name of the file, in the window's title.
    pub file_name: String,
    /// Language of the code, such as `rust`, `html`, `python`; plain text when it is not known.
    #[schemars(extend("x-accid-suggestions" = ["text", "bash", "c", "css", "go", "html", "java", "javascript", "json", "python", "rust", "sql", "toml", "typescript", "yaml"]))]
    pub language: String,
    /// The code.
    #[schemars(extend("x-accid-editor" = "code"))]
    pub code: String,
    /// Lines to mark, such as `3, 5-7`.
    pub marked_lines: String,
    /// Shows a number before each line.
    pub line_numbers: bool,
    /// Number of the first line, for a piece out of a longer file.
    #[schemars(range(min = 1, max = 99_999), extend("x-accid-group" = "Look"))]
    pub first_line: u32,
    /// What is above the code.
    #[schemars(extend("x-accid-group" = "Look"))]
    pub frame: Frame,
    /// Breaks lines that are too long, instead of letting them be pushed sideways.
    #[schemars(extend("x-accid-group" = "Look"))]
    pub wrap: bool,
    /// A button that copies the code, with a small script.
    pub copy: bool,
    /// A line under the window.
    pub caption: String,
}

impl Default for CodeScreenshot {
    fn default() -> Self {
        Self {
            file_name: String::new(),
            language: String::new(),
            code: String::new(),
            marked_lines: String::new(),
            line_numbers: true,
            first_line: 1,
            frame: Frame::default(),
            wrap: false,
            copy: false,
            caption: String::new(),
        }
    }
}

impl ModuleKind for CodeScreenshot {
    const KIND: &'static str = "code-screenshot";
    const TITLE: &'static str = "Code screenshot";
    const ICON: &'static str = "square-terminal";

    fn example() -> Self {
        Self {
            file_name: "route.py".to_owned(),
            language: "python".to_owned(),
            code: "# Miles between two waypoints\ndef miles(start, end):\n    angle = start.angle_to(end)\n    return angle * \
                   60  # one minute is one mile\n"
                .to_owned(),
            marked_lines: "4".to_owned(),
            caption: "One minute of latitude is one nautical mile.".to_owned(),
            copy: true,
            ..Self::default()
        }
    }

    fn check(&self, check: &mut Check) {
        if self.code.trim().is_empty() {
            check.note("code.empty", "code", "There is no code yet, so an empty window is shown.");
        }
        if marked(&self.marked_lines).is_none() {
            let message = "The marked lines are numbers and ranges such as \"3, 5-7\". What is none of these marks nothing.";
            check.warn("code.lines", "marked_lines", message);
        }
    }

    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>) {
        let numbers = if self.line_numbers { "has-numbers" } else { "" };
        let frame = if self.frame == Frame::Dots { "has-dots" } else { "" };
        to.root("figure", spot, &[numbers, frame, if self.wrap { "has-breaks" } else { "" }]);
        to.html.open("div").class("window");
        if self.frame != Frame::Bare {
            to.html.open("div").class("window-bar");
            to.text_prop("span", "file-name", "file_name", &self.file_name);
            to.text_prop("span", "language", "language", &self.language);
            self.render_copy(to);
            to.html.close();
        }
        let marked = marked(&self.marked_lines).unwrap_or_default();
        let language = Language::named(&self.language);
        to.html.open("pre").attr("tabindex", "0").open("code");
        let code = self.code.replace("\r\n", "\n");
        for (index, line) in highlight::lines(code.trim_end_matches('\n'), language).iter().enumerate() {
            if index > 0 {
                to.html.text("\n");
            }
            let number = index + usize::try_from(self.first_line.max(1)).unwrap_or(1);
            let hit = marked.iter().any(|(from, until)| (*from..=*until).contains(&number));
            to.html.open("span").class(if hit { "line is-marked" } else { "line" });
            for (class, text) in line {
                if class.is_empty() {
                    to.html.text(text);
                } else {
                    to.html.leaf("span", class, text);
                }
            }
            to.html.close();
        }
        to.html.close().close();
        if self.frame == Frame::Bare {
            self.render_copy(to);
        }
        to.html.close();
        to.text_prop("figcaption", "", "caption", &self.caption);
        to.html.close();
    }

    fn text(&self, words: &mut Words) {
        words.add(&self.file_name).add(&self.code).add(&self.caption);
    }

    fn rules(&self, selector: &str, rules: &mut Rules) -> bool {
        let shifted = self.line_numbers && self.first_line > 1;
        if shifted {
            rules.push(&format!("{selector} pre{{counter-reset:line {}}}", self.first_line - 1));
        }
        shifted
    }

    fn scripts(&self) -> &'static [&'static str] {
        if self.copy { &[COPY_SCRIPT] } else { &[] }
    }
}

impl CodeScreenshot {
    fn render_copy(&self, to: &mut Renderer<'_>) {
        if self.copy {
            let words = to.strings;
            to.html.open("button").class("copy").attr("type", "button").attr("aria-live", "polite");
            to.html.attr("data-copy", words.copy).attr("data-copied", words.copied).text(words.copy).close();
        }
    }
}

/// The ranges of a list such as `3, 5-7`; none when it is not such a list.
fn marked(text: &str) -> Option<Vec<(usize, usize)>> {
    let parts = text.split([',', ' ', ';']).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (from, until) = part.split_once(['-', '–']).unwrap_or((part, part));
            Some((from.trim().parse().ok()?, until.trim().parse().ok()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_lines_are_numbers_and_ranges() {
        assert_eq!(marked("3, 5-7"), Some(vec![(3, 3), (5, 7)]));
        assert_eq!(marked(""), Some(vec![]));
        assert_eq!(marked("three"), None);
        assert_eq!(marked("99999999999999999999999"), None);
    }
}
