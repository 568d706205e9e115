//! The button. Must not know other kinds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::parts::Action;
use crate::{
    choices::choices,
    icons::Icon,
    kind::{Check, ModuleKind, Words},
    place::Spot, renderer::Renderer,
};

choices! {
    ButtonLook {
        Solid "solid" "Filled",
        Outline "outline" "Outlined",
        Plain "plain" "Text with an arrow",
        Soft "soft" "Lightly tinted",
    }
}

choices! {
    ButtonSize {
        Medium "m" "Normal",
        Small "s" "Small",
        Large "l" "Large",
    }
}

choices! {
    ButtonWidth {
        Auto "auto" "As wide as its words",
        Full "full" "As wide as its column",
    }
}

/// A button that leads somewhere. Its alignment is that of its layout.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Button {
    /// What stands on the button: say what happens next.
    pub label: String,
    /// Where it leads: a page of the site, a web address, `mailto:` or `tel:`.
    #[schemars(extend("x-accid-editor" = "link-target"))]
    pub target: String,
    /// How it looks.
    pub variant: ButtonLook,
    /// How large it is.
    pub size: ButtonSize,
    /// A sign behind the words.
    pub icon: Icon,
    /// How wide it is.
    #[schemars(extend("x-accid-group" = "Look"))]
    pub width: ButtonWidth,
}

impl Button {
    fn action(&self) -> Action {
        Action::new(&self.label, &self.target)
    }
}

impl ModuleKind for Button {
    const KIND: &'static str = "button";
    const TITLE: &'static str = "Button";
    const ICON: &'static str = "rectangle-ellipsis";

    fn example() -> Self {
        Self { label: "Write to us".to_owned(), target: "mailto:crew@example.org".to_owned(), ..Self::default() }
    }

    fn check(&self, check: &mut Check) {
        self.action().check(check, "");
    }

    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>) {
        let class = match self.variant {
            ButtonLook::Solid => "button",
            ButtonLook::Outline => "button is-outline",
            ButtonLook::Plain => "button is-plain",
            ButtonLook::Soft => "button is-soft",
        };
        let size = if self.size == ButtonSize::Medium { String::new() } else { format!(" size-{}", self.size.as_str()) };
        let wide = if self.width == ButtonWidth::Full { " is-wide" } else { "" };
        let signed = if self.icon == Icon::None { "" } else { " has-icon" };
        to.root("p", spot, &[]);
        self.action().render_with(to, &format!("{class}{size}{wide}{signed}"), "", self.icon);
        to.html.close();
    }

    fn text(&self, words: &mut Words) {
        words.add(&self.label);
    }

    fn width(&self) -> &'static str {
        "narrow"
    }
}
