//! The few small scripts of pages, each in a file of its own that only pages with a need for it load. Must not know
//! modules.

/// Asks for one of several tick boxes.
pub(crate) const BOXES_SCRIPT: &str = "assets/boxes.js";

/// Copies code.
pub(crate) const COPY_SCRIPT: &str = "assets/copy.js";

/// Plays films.
pub(crate) const FILM_SCRIPT: &str = "assets/film.js";

/// Sends a form and lets the page stay.
pub(crate) const FORM_SCRIPT: &str = "assets/form.js";

/// Shows a picture large over the page.
pub(crate) const GALLERY_SCRIPT: &str = "assets/gallery.js";

/// Closes notes on pictures with a key.
pub(crate) const NOTES_SCRIPT: &str = "assets/notes.js";

/// Keys and playing for slides, and closing what is open on a map of dots.
pub(crate) const STORY_SCRIPT: &str = "assets/story.js";

/// Finds pages of the site by their words.
pub(crate) const SEARCH_SCRIPT: &str = "assets/search.js";

/// The script at a path in the site, whichever pages need it.
pub fn script_file(path: &str) -> Option<&'static [u8]> {
    SCRIPTS.iter().find(|(known, _)| *known == path).map(|(_, content)| content.as_bytes())
}

/// All scripts there are: path in the site and content.
pub(crate) const SCRIPTS: &[(&str, &str)] = &[
    (BOXES_SCRIPT, include_str!("../assets/boxes.js")),
    (COPY_SCRIPT, include_str!("../assets/copy.js")),
    (FILM_SCRIPT, include_str!("../assets/film.js")),
    (FORM_SCRIPT, include_str!("../assets/form.js")),
    (GALLERY_SCRIPT, include_str!("../assets/gallery.js")),
    (NOTES_SCRIPT, include_str!("../assets/notes.js")),
    (SEARCH_SCRIPT, include_str!("../assets/search.js")),
    (STORY_SCRIPT, include_str!("../assets/story.js")),
];
