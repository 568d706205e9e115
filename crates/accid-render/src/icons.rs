//! The few signs that buttons and places on pictures can carry, as drawings of lines. Must not know modules.

use crate::{choices::choices, html::Html};

choices! {
    /// A sign.
    Icon {
        None "none" "None",
        Arrow "arrow" "Arrow",
        Download "download" "Download",
        Outside "outside" "Leads away",
        Mail "mail" "Letter",
        Calendar "calendar" "Calendar",
        Pin "pin" "Place",
        Camera "camera" "Camera",
        Anchor "anchor" "Anchor",
        Home "home" "House",
        Star "star" "Star",
        Play "play" "Play",
    }
}

impl Icon {
    const fn lines(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Arrow => "M4 12h16m-6-6 6 6-6 6",
            Self::Download => "M12 4v11m-5-5 5 5 5-5M5 20h14",
            Self::Outside => "M13 5h6v6m0-6-9 9M17 15v4H5V7h4",
            Self::Mail => "M3 6h18v12H3zm0 1 9 6 9-6",
            Self::Calendar => "M4 6h16v14H4zm0 5h16M8 3v5m8-5v5",
            Self::Pin => {
                "M12 21s7-6 7-11a7 7 0 0 0-14 0c0 5 7 11 7 11zm0-13a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 1 0 0-4.4z"
            }
            Self::Camera => "M3 8h4l2-3h6l2 3h4v11H3zm9 2a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 1 0 0-6.4z",
            Self::Anchor => "M12 8v13M5 13a7 7 0 0 0 14 0M12 3a2.5 2.5 0 1 0 0 5 2.5 2.5 0 1 0 0-5z",
            Self::Home => "m4 11 8-7 8 7M6 10v10h12V10",
            Self::Star => "m12 4 2.4 5.2 5.6.7-4.1 3.9 1 5.6L12 16.7l-4.9 2.7 1-5.6L4 9.9l5.6-.7z",
            Self::Play => "M7 4v16l13-8z",
        }
    }

    /// The sign of that name; none when there is no such sign.
    pub fn named(name: &str) -> Self {
        serde_json::from_value(serde_json::Value::String(name.to_owned())).unwrap_or_default()
    }

    /// Draws it in the colour of the text around, unseen by screen readers; nothing when there is none.
    pub fn draw(self, html: &mut Html) {
        if self != Self::None {
            html.open("svg").class("icon").attr("viewBox", "0 0 24 24").attr("aria-hidden", "true");
            html.open("path").attr("d", self.lines()).close().close();
        }
    }
}
