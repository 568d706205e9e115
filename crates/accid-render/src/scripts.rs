//! The few small scripts of pages, each in a file of its own that only pages with a need for it load. Must not know
//! modules.

/// Shows a picture large over the page.
pub(crate) const GALLERY_SCRIPT: &str = "assets/gallery.js";

/// Sends a form and lets the page stay.
pub(crate) const FORM_SCRIPT: &str = "assets/form.js";

/// All scripts there are: path in the site and content.
pub(crate) const SCRIPTS: &[(&str, &str)] = &[(GALLERY_SCRIPT, include_str!("../assets/gallery.js"))];
