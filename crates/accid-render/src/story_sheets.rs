//! The style sheets of maps and stories, beside the site's own: only pages with a map or a story load them. Must not
//! know what is on a page.

use crate::theme::append_lean;

/// The style of maps, and of the places in their order.
pub(crate) const MAP_SHEET: &str = "assets/map.css";

/// The style of stories, in all ways they are told.
pub(crate) const STORY_SHEET: &str = "assets/story.css";

/// Most places whose pins stand out while they are read.
const MOST_STOPS: usize = 64;

const STORY: &[&str] = &[
    include_str!("../assets/css/story.css"),
    include_str!("../assets/css/story-timeline.css"),
    include_str!("../assets/css/story-grid.css"),
    include_str!("../assets/css/story-dots.css"),
    include_str!("../assets/css/story-map.css"),
    include_str!("../assets/css/story-slideshow.css"),
];

/// A style sheet of maps or stories, by its path in the site.
pub fn style_file(path: &str) -> Option<String> {
    // In the layer of the theme, so that a module's own style wins.
    let mut css = String::from("@layer theme{");
    match path {
        MAP_SHEET => {
            append_lean(include_str!("../assets/css/spatial.css"), &mut css);
            let names: Vec<String> = (1..=MOST_STOPS).map(|number| format!("--stop-{number}")).collect();
            css.push_str(&format!(".spatial{{timeline-scope:--way,{}}}", names.join(",")));
        }
        STORY_SHEET => STORY.iter().for_each(|sheet| append_lean(sheet, &mut css)),
        _ => return None,
    }
    css.push_str("}\n");
    Some(css)
}
