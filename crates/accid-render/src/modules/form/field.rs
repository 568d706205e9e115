//! A field of a form. Must not know where the form is sent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{choices::choices, kind::Check, renderer::Renderer};

choices! {
    FieldKind {
        Text "text" "One line",
        Textarea "textarea" "Several lines",
        Email "email" "E-mail address",
        Tel "tel" "Telephone number",
        Url "url" "Web address",
        Number "number" "Number",
        Date "date" "Date",
        Select "select" "Choice from a list that opens",
        Radio "radio" "One of a few, all in sight",
        Checkbox "checkbox" "Tick box, or several with choices",
        Consent "consent" "Agreement that has to be ticked",
    }
}

choices! {
    FieldWidth {
        Full "full" "The whole width",
        Half "half" "Half, beside the next",
    }
}

/// A field of a form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Field {
    /// Name under which the answer is sent; made of the label when empty. It is the same in every language.
    #[schemars(extend("x-accid-translatable" = false, "x-accid-group" = "More"))]
    pub name: String,
    /// What to write here.
    pub label: String,
    /// What kind of answer it takes.
    pub kind: FieldKind,
    /// The form cannot be sent without it.
    pub required: bool,
    /// The choices, for a list and for several boxes.
    #[schemars(extend("x-accid-when" = json!({"kind": ["select", "radio", "checkbox"]})))]
    pub options: Vec<String>,
    /// An example shown while the field is empty.
    #[schemars(extend("x-accid-when" = json!({"kind": ["text", "textarea", "email", "tel", "url", "number"]})))]
    pub placeholder: String,
    /// A line below the label that helps to fill it in.
    pub help: String,
    /// How much of a line it takes on larger screens.
    pub width: FieldWidth,
    /// The least: a number, a date such as `2026-05-01`, or how many letters a text has at least.
    #[schemars(extend(
        "x-accid-translatable" = false,
        "x-accid-group" = "Limits",
        "x-accid-when" = json!({"kind": ["text", "textarea", "email", "tel", "url", "number", "date"]})
    ))]
    pub minimum: String,
    /// The most: a number, a date such as `2026-09-30`, or how many letters a text has at most.
    #[schemars(extend(
        "x-accid-translatable" = false,
        "x-accid-group" = "Limits",
        "x-accid-when" = json!({"kind": ["text", "textarea", "email", "tel", "url", "number", "date"]})
    ))]
    pub maximum: String,
    /// How the answer is made, as a regular expression such as `[0-9]{5}`; say it in words as the line that helps.
    #[schemars(extend(
        "x-accid-translatable" = false,
        "x-accid-group" = "Limits",
        "x-accid-when" = json!({"kind": ["text", "email", "tel", "url"]})
    ))]
    pub pattern: String,
    /// Words behind an agreement that lead to what is agreed to, such as "Privacy policy".
    #[schemars(extend("x-accid-when" = json!({"kind": ["consent"]})))]
    pub link_label: String,
    /// Where these words lead.
    #[schemars(extend("x-accid-editor" = "link-target", "x-accid-when" = json!({"kind": ["consent"]})))]
    pub link: String,
}

/// Whether a form takes input.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Open,
    Closed,
}

/// A field as it stands in its form.
pub(super) struct Control {
    pub id: String,
    pub name: String,
    /// What the name of a field ends with that sends several answers.
    pub many: &'static str,
    pub index: usize,
    pub state: State,
}

/// The longest regular expression a field may have.
const LONGEST_PATTERN: usize = 120;

impl Field {
    /// Finds what keeps visitors from filling it in.
    pub fn check(&self, check: &mut Check<'_>, pointer: &str) {
        if self.label.trim().is_empty() {
            let message = "The field has no label, so nobody knows what to write. Say it.";
            check.warn("form.label-missing", &format!("{pointer}label"), message);
        }
        if matches!(self.kind, FieldKind::Select | FieldKind::Radio) && self.choices().next().is_none() {
            let message = "The list has no choices. Add some.";
            check.warn("form.options-missing", &format!("{pointer}options"), message);
        }
        for (name, value) in [("minimum", &self.minimum), ("maximum", &self.maximum)] {
            if !value.trim().is_empty() && self.limit(value).is_none() {
                let message = "This limit does not fit the kind of field, so it holds nothing back. Write a number, a \
                               date such as 2026-05-01, or a number of letters.";
                check.warn("form.limit-refused", &format!("{pointer}{name}"), message);
            }
        }
        if !self.pattern.trim().is_empty() && self.good_pattern().is_none() {
            let message = "This is not a regular expression ACCID knows to be understood by every browser, or the field \
                           has none, so it is left out. Letters, digits, [a-z], \\d, ., ( ), |, ?, *, + and {2,5} are.";
            check.warn("form.pattern-refused", &format!("{pointer}pattern"), message);
        }
    }

    fn choices(&self) -> impl Iterator<Item = &str> {
        self.options.iter().map(|option| option.trim()).filter(|option| !option.is_empty())
    }

    /// A name that no earlier field has.
    pub fn unique_name(&self, taken: &mut Vec<String>, index: usize) -> String {
        let wished = if self.name.trim().is_empty() { &self.label } else { &self.name };
        let fallback = format!("field-{}", index + 1);
        let slug = accid_base::Slug::from_text(wished, &fallback);
        let slug = slug.first_free(|slug| taken.iter().any(|name| name == slug.as_str())).to_string();
        taken.push(slug.clone());
        slug
    }

    /// Writes it with its label.
    pub(super) fn render(&self, to: &mut Renderer<'_>, control: &Control) {
        let half = if self.width == FieldWidth::Half { " is-half" } else { "" };
        let several = self.kind == FieldKind::Checkbox && self.choices().next().is_some();
        if several || self.kind == FieldKind::Radio {
            return self.render_choices(to, control, half);
        }
        let box_first = matches!(self.kind, FieldKind::Checkbox | FieldKind::Consent);
        to.html.open("div").class(&format!("field{}{half}", if box_first { " is-check" } else { "" }));
        if !box_first {
            self.render_label(to, control);
            self.render_help(to, control);
        }
        self.render_control(to, control);
        if box_first {
            to.html.open("div");
            self.render_label(to, control);
            self.render_help(to, control);
            to.html.close();
        }
        to.html.close();
    }

    fn render_control(&self, to: &mut Renderer<'_>, control: &Control) {
        match self.kind {
            FieldKind::Textarea => to.html.open("textarea").attr("rows", "6"),
            FieldKind::Select => to.html.open("select"),
            FieldKind::Checkbox | FieldKind::Consent => {
                to.html.void("input").attr("type", "checkbox").attr("value", "yes")
            }
            kind => to.html.void("input").attr("type", kind.as_str()),
        };
        to.html.attr("id", &control.id).attr("name", &control.name);
        if let Some(purpose) = self.purpose(&control.name) {
            to.html.attr("autocomplete", purpose);
        }
        let holds_text = !matches!(
            self.kind,
            FieldKind::Select | FieldKind::Checkbox | FieldKind::Consent | FieldKind::Date
        );
        if holds_text {
            to.html.attr_unless_empty("placeholder", self.placeholder.trim());
        }
        self.render_limits(to);
        if !self.help.trim().is_empty() {
            to.html.attr("aria-describedby", &format!("{}_help", control.id));
        }
        if self.must() {
            to.html.flag("required");
        }
        if control.state == State::Closed {
            to.html.flag("disabled");
        }
        match self.kind {
            FieldKind::Textarea => {
                to.html.close();
            }
            FieldKind::Select => {
                let words = to.strings;
                to.html.open("option").attr("value", "").text(words.choose).close();
                for option in self.choices() {
                    to.html.leaf("option", "", option);
                }
                to.html.close();
            }
            _ => {}
        }
    }

    /// Whether the form cannot be sent without it; of several boxes, without one of them.
    pub const fn is_needed(&self) -> bool {
        self.must()
    }

    /// Whether it is several boxes of which one has to be ticked. HTML has no word for that, so a script says it.
    pub fn needs_one_of_several(&self) -> bool {
        self.required && self.kind == FieldKind::Checkbox && self.choices().next().is_some()
    }

    /// The kind of answer, as the receiver of the site's own web space tells them apart.
    pub const fn sort(&self) -> &'static str {
        match self.kind {
            FieldKind::Email => "email",
            FieldKind::Textarea => "long",
            _ => "short",
        }
    }

    const fn must(&self) -> bool {
        self.required || matches!(self.kind, FieldKind::Consent)
    }

    fn render_limits(&self, to: &mut Renderer<'_>) {
        let (least, most) = match self.kind {
            FieldKind::Number | FieldKind::Date => ("min", "max"),
            _ => ("minlength", "maxlength"),
        };
        for (name, value) in [(least, &self.minimum), (most, &self.maximum)] {
            if let Some(limit) = self.limit(value) {
                to.html.attr(name, &limit);
            }
        }
        if let Some(pattern) = self.good_pattern() {
            to.html.attr("pattern", pattern).attr_unless_empty("title", self.help.trim());
        }
        if self.kind == FieldKind::Number {
            to.html.attr("step", "any");
        }
    }

    /// A limit as the field's kind writes it.
    fn limit(&self, value: &str) -> Option<String> {
        let value = value.trim();
        match self.kind {
            FieldKind::Number => {
                let plain = value.len() <= 16 && value.bytes().all(|byte| byte.is_ascii_digit() || b"-.".contains(&byte));
                value.parse::<f64>().ok().filter(|_| plain).map(|number| number.to_string())
            }
            FieldKind::Date => is_date(value).then(|| value.to_owned()),
            FieldKind::Text | FieldKind::Textarea | FieldKind::Email | FieldKind::Tel | FieldKind::Url => {
                value.parse::<u16>().ok().map(|letters| letters.to_string())
            }
            _ => None,
        }
    }

    fn good_pattern(&self) -> Option<&str> {
        let pattern = self.pattern.trim();
        let takes = matches!(self.kind, FieldKind::Text | FieldKind::Email | FieldKind::Tel | FieldKind::Url);
        (takes && is_plain_pattern(pattern)).then_some(pattern)
    }

    /// Several boxes or buttons under one title.
    fn render_choices(&self, to: &mut Renderer<'_>, control: &Control, half: &str) {
        let radio = self.kind == FieldKind::Radio;
        to.html.open("fieldset").class(&format!("field choices{half}"));
        if !self.help.trim().is_empty() {
            to.html.attr("aria-describedby", &format!("{}_help", control.id));
        }
        if self.needs_one_of_several() && control.state == State::Open {
            let words = to.strings;
            to.html.attr("data-needed", words.tick_one);
        }
        to.html.open("legend");
        self.render_name(to, control);
        to.html.close();
        self.render_help(to, control);
        for (number, option) in self.choices().enumerate() {
            let id = format!("{}_{number}", control.id);
            let (kind, many) = if radio { ("radio", "") } else { ("checkbox", control.many) };
            to.html.open("div").class("is-check");
            to.html.void("input").attr("type", kind).attr("id", &id);
            to.html.attr("name", &format!("{}{many}", control.name)).attr("value", option);
            if radio && self.required {
                to.html.flag("required");
            }
            if control.state == State::Closed {
                to.html.flag("disabled");
            }
            to.html.open("label").attr("for", &id).text(option).close().close();
        }
        to.html.close();
    }

    fn render_help(&self, to: &mut Renderer<'_>, control: &Control) {
        if !self.help.trim().is_empty() {
            to.html.open("p").class("help").attr("id", &format!("{}_help", control.id));
            to.html.mark_prop(&format!("fields/{}/help", control.index)).text(&self.help).close();
        }
    }

    fn render_label(&self, to: &mut Renderer<'_>, control: &Control) {
        to.html.open("label").attr("for", &control.id);
        self.render_name(to, control);
        to.html.close();
        if self.kind == FieldKind::Consent && !self.link_label.trim().is_empty() {
            let pointer = format!("fields/{}/link", control.index);
            if let Some(href) = to.link(&self.link, &pointer) {
                to.html.text(" ").open("a").attr("href", &href);
                to.html.mark_prop(&format!("{pointer}_label")).text(&self.link_label).close();
            }
        }
    }

    fn render_name(&self, to: &mut Renderer<'_>, control: &Control) {
        if self.label.trim().is_empty() {
            to.html.text(&control.name);
        } else {
            to.html.open("span").mark_prop(&format!("fields/{}/label", control.index)).text(&self.label).close();
        }
        if self.must() {
            let words = to.strings;
            to.html.text(" ").leaf("small", "", &format!("({})", words.required));
        }
    }

    /// What browsers may fill in (HTML's autofill tokens).
    fn purpose(&self, name: &str) -> Option<&'static str> {
        match (self.kind, name) {
            (FieldKind::Email, _) => Some("email"),
            (FieldKind::Tel, _) => Some("tel"),
            (FieldKind::Url, _) => Some("url"),
            (FieldKind::Text, "name" | "your-name" | "full-name") => Some("name"),
            (FieldKind::Text, "first-name") => Some("given-name"),
            (FieldKind::Text, "last-name" | "surname") => Some("family-name"),
            (FieldKind::Text, "company" | "organisation" | "organization") => Some("organization"),
            (FieldKind::Text, "street" | "address") => Some("address-line1"),
            (FieldKind::Text, "postcode" | "zip") => Some("postal-code"),
            (FieldKind::Text, "country") => Some("country-name"),
            _ => None,
        }
    }
}

/// Whether the text is a regular expression of the plainest kind, which every browser reads the same way: letters,
/// digits, spaces, classes such as `[a-z]` and `\\d`, groups, `|`, and how often.
fn is_plain_pattern(pattern: &str) -> bool {
    let mut letters = pattern.chars().peekable();
    let (mut groups, mut repeats) = (0_u32, false);
    while let Some(letter) = letters.next() {
        let was_atom = std::mem::replace(&mut repeats, true);
        let good = match letter {
            '\\' => letters.next().is_some_and(|next| "dwsDWS.-+*?()|[]{}/".contains(next)),
            '[' => {
                let class: String = letters.by_ref().take_while(|next| *next != ']').collect();
                is_plain_class(class.strip_prefix('^').unwrap_or(&class))
            }
            '(' => {
                (groups, repeats) = (groups + 1, false);
                true
            }
            ')' if groups > 0 => {
                groups -= 1;
                was_atom
            }
            '|' => {
                repeats = false;
                was_atom
            }
            '?' | '*' | '+' => {
                repeats = false;
                was_atom
            }
            '{' => {
                repeats = false;
                let times: String = letters.by_ref().take_while(|next| *next != '}').collect();
                let (least, most) = times.split_once(',').unwrap_or((&times, &times));
                let least = least.parse::<u8>().ok();
                was_atom && least.is_some_and(|least| most.is_empty() || most.parse::<u8>().is_ok_and(|most| most >= least))
            }
            '.' | ' ' | '@' | '-' | '_' | ',' | ':' | '/' => true,
            other => other.is_alphanumeric(),
        };
        if !good {
            return false;
        }
    }
    // What ends with an open class or count ends the letters before it.
    let closed = pattern.matches('[').count() == pattern.matches(']').count()
        && pattern.matches('{').count() == pattern.matches('}').count();
    !pattern.is_empty() && pattern.len() <= LONGEST_PATTERN && groups == 0 && closed
}

/// Whether the inside of `[…]` is letters, digits, ranges of them, and a few signs.
fn is_plain_class(class: &str) -> bool {
    let letters: Vec<char> = class.chars().collect();
    let mut rest = letters.as_slice();
    while let [first, after @ ..] = rest {
        rest = match after {
            ['-', last, after @ ..] if first.is_alphanumeric() && last.is_alphanumeric() && first <= last => after,
            ['-', ..] => return false,
            _ if first.is_alphanumeric() || " ._,:+/".contains(*first) => after,
            _ => return false,
        };
    }
    !letters.is_empty()
}

/// Whether the text is a day of the calendar, such as `2026-05-01`.
fn is_date(text: &str) -> bool {
    let parts: Vec<u16> = text.split('-').filter_map(|part| part.parse().ok()).collect();
    let [year, month, day] = parts[..] else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u16::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    year > 0 && (1..=days).contains(&day) && text == format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_patterns_are_taken_and_doubtful_ones_are_not() {
        for good in ["[0-9]{5}", "\\d{4,6}", "[A-Z]{2}-\\d+", "(yes|no)", "ab?c*", "[a-zA-Z]+ \\d{1,}", "a.b"] {
            assert!(is_plain_pattern(good), "{good}");
        }
        for bad in ["", "[", "[]", "(", ")", "a{", "a{3,1}", "*a", "a**", "(?=a)", "\\", "[z-a]", "a)", "[a", "\"><script>"] {
            assert!(!is_plain_pattern(bad), "{bad}");
        }
    }

    #[test]
    fn limits_are_numbers_dates_or_counts_of_letters() {
        let limit = |kind, value: &str| Field { kind, ..Field::default() }.limit(value);
        assert_eq!(limit(FieldKind::Number, "-1.5").as_deref(), Some("-1.5"));
        assert_eq!(limit(FieldKind::Number, "NaN"), None);
        assert_eq!(limit(FieldKind::Date, "2026-02-29"), None);
        assert_eq!(limit(FieldKind::Date, "2026-05-01").as_deref(), Some("2026-05-01"));
        assert_eq!(limit(FieldKind::Textarea, "400").as_deref(), Some("400"));
        assert_eq!(limit(FieldKind::Text, "-4"), None);
        assert_eq!(limit(FieldKind::Select, "4"), None);
    }
}
