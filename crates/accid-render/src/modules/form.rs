//! The form: visitors write to the owner. Must not know other kinds.

mod field;
mod receiver;
mod service;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::{
    field::{Control, Field, FieldKind, State},
    service::{Delivery, Service},
};
use crate::{
    kind::{Check, ModuleKind, Words},
    place::Spot,
    renderer::Renderer,
    scripts::{BOXES_SCRIPT, FORM_SCRIPT},
};

pub(crate) use receiver::{RECEIVER, receiver_file};

/// A form that visitors fill in. It is sent to an e-mail address, to a form service, or to your own web space.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Form {
    /// Title of the form; none when empty.
    pub title: String,
    /// A few words above the fields, such as when you answer.
    #[schemars(extend("x-accid-editor" = "multiline"))]
    pub text: String,
    /// The fields, from top to bottom.
    pub fields: Vec<Field>,
    /// What stands on the button.
    pub submit: String,
    /// Who takes what visitors send.
    pub service: Service,
    /// Where it is sent. For an e-mail or web address: `mailto:you@example.org`, or an `https://` address. For Formspree:
    /// the form's address or its id. For Web3Forms: the access key. For your own web space: the e-mail address that
    /// messages go to; visitors do not see it. Netlify needs nothing here. While it is missing, the form says so and
    /// takes no input, so that nothing a visitor writes is lost.
    #[schemars(extend("x-accid-editor" = "url"))]
    pub target: String,
    /// Subject of the e-mail you get; the form's title when empty.
    #[schemars(extend("x-accid-group" = "More"))]
    pub subject: String,
    /// What visitors read once it was sent; a plain word of thanks when empty.
    #[schemars(extend("x-accid-editor" = "multiline", "x-accid-group" = "More"))]
    pub thanks: String,
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
            ..Self::default()
        }
    }

    fn check(&self, check: &mut Check) {
        if self.target.trim().is_empty() && self.service != Service::Netlify {
            check.warn("form.target-missing", "target", self.service.missing());
        } else if self.delivery("").is_none() {
            check.warn("form.target-refused", "target", self.service.refused());
        }
        if self.fields.is_empty() {
            check.warn("form.empty", "fields", "The form has no fields. Add one.");
        }
        for (index, field) in self.fields.iter().enumerate() {
            field.check(check, &format!("fields/{index}/"));
        }
    }

    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>) {
        let delivery = self.delivery(spot.module.id.as_str());
        to.root("div", spot, &[]);
        to.heading_prop(spot.place.level, "form-title", "title", &self.title);
        to.text_prop("p", "form-text", "text", &self.text);
        if delivery.is_none() {
            let words = to.strings;
            to.html.leaf("p", "form-note", words.form_unconnected);
        }
        let thanks = spot.part_id("sent");
        to.html.open("form");
        if let Some(delivery) = &delivery {
            delivery.open(to, &thanks);
        }
        let state = if delivery.is_some() { State::Open } else { State::Closed };
        let mut names = Vec::new();
        for (index, field) in self.fields.iter().enumerate() {
            let name = field.unique_name(&mut names, index);
            let many = if self.service == Service::Php { "[]" } else { "" };
            field.render(to, &Control { id: spot.part_id(&index.to_string()), name, many, index, state });
        }
        if let Some(trap) = delivery.as_ref().and_then(|delivery| delivery.trap) {
            let (words, id) = (to.strings, spot.part_id("trap"));
            to.html.open("div").class("trap").attr("aria-hidden", "true");
            to.html.open("label").attr("for", &id).text(words.leave_empty).close();
            to.html.void("input").attr("type", "text").attr("id", &id).attr("name", trap);
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
        to.html.close().close();
        if delivery.as_ref().is_some_and(Delivery::is_by_script) {
            self.render_answers(to, &thanks);
        }
        to.html.close().close();
    }

    fn text(&self, words: &mut Words) {
        words.add(&self.title).add(&self.text);
        for field in &self.fields {
            words.add(&field.label).add(&field.help);
        }
    }

    fn width(&self) -> &'static str {
        "narrow"
    }

    fn scripts(&self) -> &'static [&'static str] {
        let delivery = self.delivery("");
        let boxes = delivery.is_some() && self.fields.iter().any(Field::needs_one_of_several);
        match (delivery.as_ref().is_some_and(Delivery::is_by_script), boxes) {
            (true, true) => &[FORM_SCRIPT, BOXES_SCRIPT],
            (true, false) => &[FORM_SCRIPT],
            (false, true) => &[BOXES_SCRIPT],
            (false, false) => &[],
        }
    }
}

impl Form {
    /// What the form says after it was sent. Its thanks are seen when the page is opened at them, so a host without
    /// scripts can lead there.
    fn render_answers(&self, to: &mut Renderer<'_>, thanks: &str) {
        let words = to.strings;
        to.html.open("p").class("form-state").attr("role", "status").close();
        to.html.open("p").class("form-thanks").attr("id", thanks);
        if self.thanks.trim().is_empty() {
            to.html.text(words.sent).close();
        } else {
            to.html.mark_prop("thanks").text(&self.thanks).close();
        }
    }
}
