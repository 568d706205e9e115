//! The kinds of modules: one file each, and this list. Must not know how a page is put together.

mod parts;

/// Makes the table of kinds from `file::Type` pairs, in the order of the palette.
macro_rules! modules {
    ($($file:ident :: $kind:ident,)+) => {
        $(mod $file;)+

        /// All kinds, in the order of the palette.
        pub(crate) static REGISTRY: &[crate::kind::Kind] = &[$(crate::kind::Kind::of::<$file::$kind>(),)+];
    };
}

pub(crate) use form::{RECEIVER, receiver_file};

modules! {
    hero::Hero,
    text::Text,
    button::Button,
    image::Image,
    gallery::Gallery,
    form::Form,
    section::Section,
    row::Row,
    navigation::Navigation,
    waypoint_image::WaypointImage,
    code_screenshot::CodeScreenshot,
    link::Link,
}
