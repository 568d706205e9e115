//! Pins on a sheet: where they stand, what is written beside them, and the links that they are. Must not know what they
//! lead to.

use crate::{
    html::Html,
    icons::Icon,
    spatial_labels::{Label, Side, sides},
    spatial_map::{apart, tenth, write_line},
};

/// How far apart pins stand at least, in units of the sheet: a finger's breadth on a phone.
const PIN: f64 = 64.0;

/// How far a pin has to be from its place before a line joins them, in units.
const MOVED: f64 = 5.0;

/// A pin.
pub(crate) struct Pin {
    /// The id in HTML of what it leads to.
    pub target: String,
    /// What it is called.
    pub label: String,
    /// What stands on it, when it has no sign.
    pub number: String,
    pub icon: Icon,
    /// Where the place is, in units.
    pub at: (f64, f64),
    /// Where the pin stands: at the place, or beside it where pins would touch.
    pub shown_at: (f64, f64),
    pub side: Side,
}

/// The pins of a sheet of this size.
pub(crate) struct Pins {
    pub all: Vec<Pin>,
    size: (f64, f64),
}

/// Whether a point lies on a sheet of this size.
pub(crate) fn is_on((x, y): (f64, f64), (width, height): (f64, f64)) -> bool {
    (0.0..=width).contains(&x) && (0.0..=height).contains(&y)
}

/// How far along a side, in percent with two digits.
pub(crate) fn percent(value: f64, whole: f64) -> String {
    let percent = (value / whole * 10_000.0).round() / 100.0;
    format!("{}", if percent == 0.0 { 0.0 } else { percent })
}

impl Pin {
    pub fn new(target: String, label: String, number: String, at: (f64, f64)) -> Self {
        Self { target, label, number, icon: Icon::None, at, shown_at: at, side: Side::East }
    }

    /// Writes its head: a number or a sign.
    pub fn write_head(&self, html: &mut Html, hidden: Hidden) {
        html.open("span").class("pin-head");
        if hidden == Hidden::FromReaders {
            html.attr("aria-hidden", "true");
        }
        if self.icon == Icon::None {
            html.text(&self.number);
        } else {
            self.icon.draw(html);
        }
        html.close();
    }
}

/// Whether something is read to people who do not see the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hidden {
    No,
    FromReaders,
}

impl Pins {
    /// Puts the pins where they do not touch, and their names where they cover nothing.
    pub fn new(mut all: Vec<Pin>, size: (f64, f64)) -> Self {
        let points: Vec<_> = all.iter().map(|pin| pin.at).collect();
        let moved = apart(&points, PIN, size);
        let labels: Vec<_> =
            all.iter().zip(&moved).map(|(pin, at)| Label { text: &pin.label, at: *at }).collect();
        let sides = sides(&labels, size);
        for ((pin, at), side) in all.iter_mut().zip(moved).zip(sides) {
            (pin.side, pin.shown_at) = (side, at);
        }
        Self { all, size }
    }

    /// Where they stand, as rules. What they lead to has a name for the place that is being read, `--stop-1`, and so has
    /// the leg of the route that leads there.
    pub fn rules(&self) -> String {
        let (width, height) = self.size;
        let mut css = String::new();
        for (index, pin) in self.all.iter().enumerate() {
            let (number, (x, y)) = (index + 1, pin.shown_at);
            css.push_str(&format!(
                ".pin-{number}{{left:{}%;top:{}%;--near:--stop-{number}}}.leg-{number}{{--near:--stop-{number}}}.stop-{number}{{--here:--stop-{number}}}",
                percent(x, width),
                percent(y, height)
            ));
        }
        css
    }

    /// The lines that join pins to their places, as part of an `svg`.
    pub fn leads(&self) -> String {
        let (mut leads, mut dots) = (String::new(), String::new());
        for pin in self.all.iter().filter(|pin| is_on(pin.at, self.size)) {
            let (from, to) = (pin.at, pin.shown_at);
            if (from.0 - to.0).hypot(from.1 - to.1) > MOVED {
                write_line(&mut leads, &[from, to]);
                dots.push_str(&format!(
                    "<circle cx=\"{}\" cy=\"{}\" r=\"5\"/>",
                    tenth(from.0),
                    tenth(from.1)
                ));
            }
        }
        if leads.is_empty() {
            leads
        } else {
            format!("<g class=\"geo-leads\"><path d=\"{leads}\"/>{dots}</g>")
        }
    }

    /// Writes them as a list of links.
    pub fn write(&self, html: &mut Html, label: &str, names: Names) {
        if self.all.is_empty() {
            return;
        }
        html.open("nav").class("geo-pins").attr("aria-label", label);
        html.open("ol").class(if names == Names::Shown { "pins has-names" } else { "pins" });
        for (index, pin) in self.all.iter().enumerate() {
            let unseen = if is_on(pin.at, self.size) { "" } else { " is-off" };
            html.open("li").class(&format!("pin pin-{} {}{unseen}", index + 1, pin.side.class()));
            html.open("a").attr("href", &format!("#{}", pin.target));
            pin.write_head(html, Hidden::No);
            html.text(" ").open("span").class("pin-name").text(&pin.label).close();
            html.close().close();
        }
        html.close().close();
    }
}

/// Whether names stand beside pins, or only of the pin that is pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    Shown,
    OnDemand,
}
