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

modules! {
    hero::Hero,
    text::Text,
    section::Section,
}
