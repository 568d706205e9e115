//! Page, theme and modules in; HTML, CSS and a list of pictures out. The only renderer: canvas, preview, export and
//! history call the same function.
//!
//! Owns: the kinds of modules, the themes, the look of a page, the names of published pictures. Must not know: files,
//! HTTP, who asks; it is pure and does no IO.
//!
//! **Invariant:** `strip_canvas(render(Canvas)) == render(Export)`, byte for byte. The canvas adds attributes that
//! begin with `data-accid-` and one helper script, nothing else.
//!
//! **Invariant:** nothing a user wrote is HTML. Every text goes through the escaping of [`html`], every link through
//! [`links`], every style value through [`style`].

mod base_map;
mod canvas;
mod catalogue;
mod choices;
mod colour;
mod course;
mod feeds;
mod files;
mod films;
mod fonts;
mod head;
mod highlight;
mod html;
mod icons;
mod kind;
mod languages;
mod link_text;
mod links;
mod locale;
mod modules;
mod own_css;
mod page;
mod palette;
mod picture_style;
mod pictures;
mod place;
mod redirects;
mod renderer;
mod rich_text;
mod scripts;
mod search;
mod shared_parts;
mod site;
mod site_tools;
mod sitemap;
mod spatial;
mod spatial_labels;
mod spatial_map;
mod spatial_pins;
mod story;
mod story_dots;
mod story_grid;
mod story_map;
mod story_parts;
mod story_sheets;
mod story_slideshow;
mod story_timeline;
mod story_words;
mod strings;
mod structured;
mod style;
mod theme;
mod themes;
mod view;

pub use base_map::{TileArchives, tile_file};
pub use canvas::strip_canvas;
pub use catalogue::{ModuleType, check_module, migrate_module, module_types, search_text};
pub use files::SiteFile;
pub use films::{film_file, film_path};
pub use fonts::font_file;
pub use locale::{PIN_LABEL, TextIn, TextState, texts, texts_in};
pub use pictures::{ImageFile, ImageFormat, image_file, largest_picture, picture_widths, smallest_picture};
pub use rich_text::RichText;
pub use scripts::script_file;
pub use site::{Mode, PageLink, RenderedModule, RenderedPage, Site, SiteSource, Told, TrackLines};
pub use spatial::{MapPin, MapProjection, SpatialMap};
pub use story::{StoryChapter, StoryContent, StoryContentDot, StoryPhoto};
pub use story_sheets::style_file;
pub use themes::{Theme, theme_named, themes};
