//! The form: visitors write to the owner. Must not know other kinds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    choices::choices,
    kind::{Check, ModuleKind, Words},
    links::web_address,
    place::Spot, renderer::Renderer,
};

choices! {
    FieldKind {
        Text "text" "One line",
        Email "email" "E-mail address",
        Tel "tel" "Telephone number",
        Textarea "textarea" "Several lines",
        Select "select" "Choice from a list",
        Checkbox "checkbox" "Tick box",
        Date "date" "Date",
        Number "number" "Number",
    }
}

/// A field of a form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Field {
    /// Name under which the answer is sent; made of the label when empty.
    pub name: String,
    /// What to write here.
    pub label: String,
    /// What kind of answer it takes.
    pub kind: FieldKind,
    /// The form cannot be sent without it.
    pub required: bool,
    /// The choices of a list.
    pub options: Vec<String>,
    /// An example shown while the field is empty.
    pub placeholder: String,
}

/// A form that visitors fill in. It is sent to an e-mail address, or to an address of a form service.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Form {
    /// Title of the form; none when empty.
    pub title: String,
    /// The fields, from top to bottom.
    pub fields: Vec<Field>,
    /// What stands on the button.
    pub submit: String,
    /// Where it is sent: `mailto:you@example.org`, or the `https://` address of a form service. While there is none, the
    /// form says so and takes no input, so that nothing a visitor writes is lost.
    #[schemars(extend("x-accid-editor" = "url"))]
    pub target: String,
}

/// Where a form is sent.
enum Receiver {
    Mail(String),
    Service(String),
}

/// Name of the field that people do not see and programs fill in; a form service drops what has it filled.
const HONEYPOT: &str = "accid-website";

impl Form {
    fn receiver(&self) -> Option<Receiver> {
        let target = self.target.trim();
        let mail = target.strip_prefix("mailto:").or_else(|| (!target.contains(':')).then_some(target));
        if let Some(address) = mail {
            let plain = |part: &str| {
                !part.is_empty() && part.chars().all(|letter| letter.is_ascii_alphanumeric() || "._+-".contains(letter))
            };
            let good = address.split_once('@').is_some_and(|(name, host)| plain(name) && plain(host));
            return good.then(|| Receiver::Mail(format!("mailto:{address}")));
        }
        web_address(target).filter(|address| address.starts_with("https:")).map(Receiver::Service)
    }
}

impl ModuleKind for Form {
    const KIND: &'static str = "form";
    const TITLE: &'static str = "Form";
    const ICON: &'static str = "text-cursor-input";

    fn example() -> Self {
        let field = |name: &str, label: &str, kind, required| Field {
            name: name.to_owned(),
            label: label.to_owned(),
            kind,
            required,
            ..Field::default()
        };
        Self {
            title: "Come aboard".to_owned(),
            fields: vec![
                field("name", "Your name", FieldKind::Text, true),
                field("email", "E-mail", FieldKind::Email, true),
                field("message", "Message", FieldKind::Textarea, true),
            ],
            submit: "Send".to_owned(),
            target: String::new(),
        }
    }

    fn check(&self, check: &mut Check) {
        if self.target.trim().is_empty() {
            let message = "The form has no target, so visitors cannot send it, and it says so. Write where it is sent: \
                           mailto:you@example.org or the https:// address of a form service.";
            check.warn("form.target-missing", "target", message);
        } else if self.receiver().is_none() {
            let message = "The form cannot be sent there. The target is mailto: with an e-mail address, or an address \
                           that begins with https://.";
            check.warn("form.target-refused", "target", message);
        }
        if self.fields.is_empty() {
            check.warn("form.empty", "fields", "The form has no fields. Add one.");
        }
        for (index, field) in self.fields.iter().enumerate() {
            if field.label.trim().is_empty() {
                let message = "The field has no label, so nobody knows what to write. Say it.";
                check.warn("form.label-missing", &format!("fields/{index}/label"), message);
            }
            if field.kind == FieldKind::Select && field.options.iter().all(|option| option.trim().is_empty()) {
                let message = "The list has no choices. Add some.";
                check.warn("form.options-missing", &format!("fields/{index}/options"), message);
            }
        }
    }

    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>) {
        let receiver = self.receiver();
        to.root("div", spot, &[]);
        to.heading_prop(spot.place.level, "form-title", "title", &self.title);
        if receiver.is_none() {
            let words = to.strings;
            to.html.leaf("p", "form-note", words.form_unconnected);
        }
        to.html.open("form");
        match &receiver {
            Some(Receiver::Mail(address)) => {
                to.html.attr("action", address).attr("method", "post").attr("enctype", "text/plain");
            }
            Some(Receiver::Service(address)) => {
                to.html.attr("action", address).attr("method", "post");
            }
            None => {}
        }
        let state = if receiver.is_some() { State::Open } else { State::Closed };
        let mut names = Vec::new();
        for (index, field) in self.fields.iter().enumerate() {
            let name = field.unique_name(&mut names, index);
            field.render(to, &Control { id: spot.part_id(&index.to_string()), name, index, state });
        }
        if let Some(Receiver::Service(_)) = receiver {
            let (words, id) = (to.strings, spot.part_id("trap"));
            to.html.open("div").class("trap").attr("aria-hidden", "true");
            to.html.open("label").attr("for", &id).text(words.leave_empty).close();
            to.html.void("input").attr("type", "text").attr("id", &id).attr("name", HONEYPOT);
            to.html.attr("tabindex", "-1").attr("autocomplete", "off").close();
        }
        to.html.open("p").class("buttons").open("button").class("button").attr("type", "submit");
        if state == State::Closed {
            to.html.flag("disabled");
        }
        if self.submit.trim().is_empty() {
            to.html.text("OK");
        } else {
            to.html.mark_prop("submit").text(&self.submit);
        }
        to.html.close().close().close().close();
    }

    fn text(&self, words: &mut Words) {
        words.add(&self.title);
        for field in &self.fields {
            words.add(&field.label);
        }
    }

    fn width(&self) -> &'static str {
        "narrow"
    }
}

/// Whether a form takes input.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Closed,
}

struct Control {
    id: String,
    name: String,
    index: usize,
    state: State,
}

impl Field {
    /// A name that no earlier field has.
    fn unique_name(&self, taken: &mut Vec<String>, index: usize) -> String {
        let wished = if self.name.trim().is_empty() { &self.label } else { &self.name };
        let fallback = format!("field-{}", index + 1);
        let slug = accid_base::Slug::from_text(wished, &fallback);
        let slug = slug.first_free(|slug| taken.iter().any(|name| name == slug.as_str())).to_string();
        taken.push(slug.clone());
        slug
    }

    fn render(&self, to: &mut Renderer<'_>, control: &Control) {
        let checkbox = self.kind == FieldKind::Checkbox;
        to.html.open("div").class(if checkbox { "field is-check" } else { "field" });
        if !checkbox {
            self.render_label(to, control);
        }
        match self.kind {
            FieldKind::Textarea => {
                to.html.open("textarea").attr("rows", "6");
            }
            FieldKind::Select => {
                to.html.open("select");
            }
            FieldKind::Checkbox => {
                to.html.void("input").attr("type", "checkbox").attr("value", "yes");
            }
            kind => {
                to.html.void("input").attr("type", kind.as_str());
            }
        }
        to.html.attr("id", &control.id).attr("name", &control.name);
        if let Some(purpose) = self.purpose(&control.name) {
            to.html.attr("autocomplete", purpose);
        }
        if !matches!(self.kind, FieldKind::Select | FieldKind::Checkbox | FieldKind::Date) {
            to.html.attr_unless_empty("placeholder", self.placeholder.trim());
        }
        if self.required {
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
                for option in self.options.iter().filter(|option| !option.trim().is_empty()) {
                    to.html.leaf("option", "", option.trim());
                }
                to.html.close();
            }
            _ => {}
        }
        if checkbox {
            self.render_label(to, control);
        }
        to.html.close();
    }

    fn render_label(&self, to: &mut Renderer<'_>, control: &Control) {
        to.html.open("label").attr("for", &control.id);
        if self.label.trim().is_empty() {
            to.html.text(&control.name);
        } else {
            to.html.open("span").mark_prop(&format!("fields/{}/label", control.index)).text(&self.label).close();
        }
        if self.required {
            let words = to.strings;
            to.html.text(" ").leaf("small", "", &format!("({})", words.required));
        }
        to.html.close();
    }

    /// What browsers may fill in (HTML's autofill tokens).
    fn purpose(&self, name: &str) -> Option<&'static str> {
        match (self.kind, name) {
            (FieldKind::Email, _) => Some("email"),
            (FieldKind::Tel, _) => Some("tel"),
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
