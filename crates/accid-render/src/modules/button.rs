//! The button. Must not know other kinds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::parts::Action;
use crate::{
    choices::choices,
    kind::{Check, ModuleKind, Words},
    place::Spot, renderer::Renderer,
};

choices! {
    ButtonLook {
        Solid "solid" "Filled",
        Outline "outline" "Outlined",
        Plain "plain" "Text with an arrow",
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
        };
        to.root("p", spot, &[]);
        self.action().render(to, class, "");
        to.html.close();
    }

    fn text(&self, words: &mut Words) {
        words.add(&self.label);
    }

    fn width(&self) -> &'static str {
        "narrow"
    }
}
