//! The row: modules side by side. Must not know other kinds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    choices::choices,
    kind::{Check, ModuleKind, Words},
    place::{Place, Spot}, renderer::Renderer,
};

choices! {
    Columns {
        Halves "1:1" "Two halves",
        Thirds "1:1:1" "Three thirds",
        Quarters "1:1:1:1" "Four quarters",
        Narrow "1:2" "A third and two thirds",
        Wide "2:1" "Two thirds and a third",
        Middle "1:2:1" "A wide middle",
        Golden "2:3" "Two fifths and three",
        Silver "3:2" "Three fifths and two",
        One "1" "One column",
        SmallLast "3:1" "Three quarters and a quarter",
        SmallFirst "1:3" "A quarter and three quarters",
        WideFirst "2:1:1" "A half and two quarters",
    }
}

choices! {
    RowGap {
        Normal "m" "Normal",
        None "none" "None",
        Small "s" "Small",
        Large "l" "Large",
    }
}

choices! {
    RowAlign {
        Start "start" "At the top",
        Center "center" "In the middle",
        End "end" "At the bottom",
        Stretch "stretch" "As high as the highest",
    }
}

choices! {
    OnTablets {
        Auto "auto" "As many as fit",
        Two "two" "Two columns",
        Stack "stack" "One below the other",
    }
}

choices! {
    OnPhones {
        Stack "stack" "One below the other",
        Two "two" "Two columns",
    }
}

choices! {
    PhoneOrder {
        Written "written" "As they are written",
        Reversed "reversed" "The last first",
    }
}

/// Modules side by side. Each module inside takes the next column; on phones they stand one below the other.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Row {
    /// The columns and their proportions.
    pub columns: Columns,
    /// Space between the columns.
    pub gap: RowGap,
    /// How modules of unequal height stand.
    pub align: RowAlign,
    /// How the modules stand on screens up to 1023 px wide.
    #[schemars(extend("x-accid-group" = "Smaller screens"))]
    pub tablet: OnTablets,
    /// How the modules stand on screens up to 639 px wide.
    #[schemars(extend("x-accid-group" = "Smaller screens"))]
    pub phone: OnPhones,
    /// In which order they stand below each other on phones. Screen readers and the keyboard go on as written.
    #[schemars(extend("x-accid-group" = "Smaller screens"))]
    pub phone_order: PhoneOrder,
}

impl Row {
    fn shares(&self) -> Vec<f64> {
        self.columns.as_str().split(':').filter_map(|part| part.parse().ok()).collect()
    }
}

impl ModuleKind for Row {
    const KIND: &'static str = "row";
    const TITLE: &'static str = "Row";
    const ICON: &'static str = "columns-3";
    const NESTS: bool = true;

    fn example() -> Self {
        Self::default()
    }

    fn check(&self, _check: &mut Check) {}

    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>) {
        let columns = format!("cols-{}", self.columns.as_str().replace(':', "-"));
        let (gap, align) = (format!("gap-{}", self.gap.as_str()), format!("items-{}", self.align.as_str()));
        let tablet = match self.tablet {
            OnTablets::Auto => "",
            OnTablets::Two => "tablet-two",
            OnTablets::Stack => "tablet-stack",
        };
        let phone = match (self.phone, self.phone_order) {
            (OnPhones::Two, _) => "phone-two",
            (OnPhones::Stack, PhoneOrder::Reversed) => "phone-reversed",
            (OnPhones::Stack, PhoneOrder::Written) => "",
        };
        to.root("div", spot, &[&columns, &gap, &align, tablet, phone]).mark_slot(spot.module.id.as_str());
        to.children(|index| self.inside(spot.content(), index));
        to.html.close();
    }

    fn text(&self, _words: &mut Words) {}

    fn width(&self) -> &'static str {
        "wide"
    }

    fn inside(&self, place: Place, index: usize) -> Place {
        let shares = self.shares();
        let all: f64 = shares.iter().sum();
        place.part(shares.get(index % shares.len().max(1)).map_or(1.0, |share| share / all))
    }
}
