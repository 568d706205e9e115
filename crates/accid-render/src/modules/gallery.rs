//! The gallery: many pictures. Must not know other kinds.

use accid_model::{Focus, ImageRef};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    choices::choices,
    kind::{Check, Claims, ModuleKind, Words},
    picture_style::{Ground, Shown, ratio_class},
    place::{Loading, Place, Spot},
    renderer::Renderer,
    scripts::GALLERY_SCRIPT,
};

choices! {
    GalleryLayout {
        Grid "grid" "Even tiles",
        Masonry "masonry" "Columns of pictures in their own proportions",
        Justified "justified" "Full rows of equal height",
        Carousel "carousel" "One row to push along",
    }
}

choices! {
    TileRatio {
        Theme "theme" "As the theme has it",
        Original "original" "As the pictures are",
        Square "1:1" "Square",
        Classic "4:3" "Classic (4:3)",
        Photo "3:2" "Photo (3:2)",
        Wide "16:9" "Wide (16:9)",
        Portrait "3:4" "Upright (3:4)",
    }
}

choices! {
    CaptionPlace {
        Below "below" "Under the picture",
        Over "over" "On the picture",
        Large "large" "Only in the large view",
    }
}

/// A picture of a gallery.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct GalleryPhoto {
    /// The photo's id.
    #[schemars(extend("x-accid-editor" = "photo"))]
    pub photo: String,
    /// What the picture shows, for people who do not see it. When empty, what the photo itself says is read to them.
    pub alt: String,
    /// Whether the picture is mere decoration here, which nobody has to be told about.
    #[serde(skip_serializing_if = "is_false")]
    #[schemars(extend("x-accid-editor" = "decorative"))]
    pub decorative: bool,
    /// What is kept in sight when the picture is cut to a tile; the photo's own point when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-accid-editor" = "focus"))]
    pub focus: Option<Focus>,
    /// A line under the picture.
    pub caption: String,
    /// Where a click on the picture leads instead of showing it large; nowhere when empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(extend("x-accid-editor" = "link-target", "x-accid-group" = "More"))]
    pub link: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// Many pictures: as tiles, in columns, in full rows, or in one row to push along; a click shows one large.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Gallery {
    /// The pictures, in their order.
    pub photos: Vec<GalleryPhoto>,
    /// How they are laid out.
    pub layout: GalleryLayout,
    /// Columns on large screens; smaller ones have fewer. Full rows are the lower the more columns there are, and a row
    /// to push along shows as many pictures at once.
    #[schemars(range(min = 1, max = 6))]
    pub columns: u8,
    /// Proportions of the tiles, for even tiles and a row to push along.
    #[schemars(extend("x-accid-group" = "Look", "x-accid-when" = json!({"layout": ["grid", "carousel"]})))]
    pub ratio: TileRatio,
    /// Where the lines that belong to the pictures stand.
    #[schemars(extend("x-accid-group" = "Look"))]
    pub captions: CaptionPlace,
    /// Shows a picture large over the page, with a small script. Without it, a click opens the large picture itself.
    pub lightbox: bool,
}

impl Default for Gallery {
    fn default() -> Self {
        Self {
            photos: Vec::new(),
            layout: GalleryLayout::default(),
            columns: 3,
            ratio: TileRatio::default(),
            captions: CaptionPlace::default(),
            lightbox: true,
        }
    }
}

impl GalleryPhoto {
    fn image(&self) -> ImageRef {
        ImageRef {
            photo: self.photo.clone(),
            alt: self.alt.clone(),
            decorative: self.decorative,
            focus: self.focus,
        }
    }
}

impl ModuleKind for Gallery {
    const KIND: &'static str = "gallery";
    const TITLE: &'static str = "Gallery";
    const ICON: &'static str = "images";

    fn example() -> Self {
        let photo = |alt: &str| GalleryPhoto { alt: alt.to_owned(), ..GalleryPhoto::default() };
        Self { photos: vec![photo("Boats at anchor"), photo("A market stall"), photo("Rain over the bay")], ..Self::default() }
    }

    fn check(&self, check: &mut Check) {
        if self.photos.is_empty() {
            check.note("gallery.empty", "photos", "The gallery has no pictures yet, so nothing is shown.");
        }
    }

    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>) {
        let columns = self.columns.clamp(1, 6);
        let (layout, columns_class) = (format!("is-{}", self.layout.as_str()), format!("cols-{columns}"));
        to.root("div", spot, &[&layout, &columns_class, &self.ratio_class(), self.captions_class()]);
        if !self.photos.is_empty() {
            let (words, carousel) = (to.strings, self.layout == GalleryLayout::Carousel);
            if carousel {
                // Its arrows are CSS, where browsers have them; keys and fingers push it along everywhere.
                to.html.open("div").class("track").attr("tabindex", "0").attr("role", "group");
                to.html.attr("aria-label", words.pictures);
                to.html.attr("data-previous", words.previous).attr("data-next", words.next);
            }
            to.html.open("ul").class("tiles");
            if self.lightbox {
                to.html.attr("data-lightbox", "").attr("data-close", words.close);
                to.html.attr("data-previous", words.previous).attr("data-next", words.next);
            }
            let place = self.place_of_one(spot.content(), f64::from(columns));
            for (index, photo) in self.photos.iter().enumerate() {
                let loading = if index == 0 { to.loading(spot.module) } else { Loading::Lazy };
                to.expect_alt(&photo.image(), &format!("photos/{index}/alt"));
                self.render_photo(to, photo, index, |to| {
                    to.picture(&photo.image(), place, loading, &format!("photos/{index}"));
                });
            }
            to.html.close();
            if carousel {
                to.html.close();
            }
        }
        to.html.close();
    }

    fn text(&self, words: &mut Words) {
        for photo in &self.photos {
            words.add(&photo.alt).add(&photo.caption);
        }
    }

    fn width(&self) -> &'static str {
        "wide"
    }

    fn pictures(&self) -> Vec<Shown> {
        let in_row = self.layout == GalleryLayout::Justified;
        let ground = if in_row { Ground::InRow } else { Ground::Free };
        self.photos.iter().map(|photo| Shown { image: photo.image(), ground }).collect()
    }

    fn scripts(&self) -> &'static [&'static str] {
        if self.lightbox && !self.photos.is_empty() { &[GALLERY_SCRIPT] } else { &[] }
    }

    fn claims(&self) -> Claims {
        Claims { picture: self.photos.first().is_some_and(|photo| !photo.photo.is_empty()), ..Claims::default() }
    }
}

impl Gallery {
    fn ratio_class(&self) -> String {
        let cut = matches!(self.layout, GalleryLayout::Grid | GalleryLayout::Carousel);
        if cut && self.ratio != TileRatio::Theme {
            format!("ratio-{}", self.ratio.as_str().replace(':', "-"))
        } else {
            String::new()
        }
    }

    const fn captions_class(&self) -> &'static str {
        match self.captions {
            CaptionPlace::Over => "captions-over",
            // Without a large view they would be nowhere.
            CaptionPlace::Large if self.lightbox => "captions-large",
            CaptionPlace::Below | CaptionPlace::Large => "",
        }
    }

    fn place_of_one(&self, place: Place, columns: f64) -> Place {
        let on_phones = if columns > 1.0 { 0.5 } else { 1.0 };
        match self.layout {
            GalleryLayout::Grid | GalleryLayout::Masonry => Place { phone: on_phones, ..place.part(1.0 / columns) },
            // The widest of a row is wider than its share.
            GalleryLayout::Justified => Place { phone: 1.0, ..place.part((1.4 / columns).min(1.0)) },
            GalleryLayout::Carousel if self.ratio == TileRatio::Original => Place { phone: 1.0, ..place.part(0.8) },
            GalleryLayout::Carousel => Place { phone: 0.86, ..place.part(1.0 / columns) },
        }
    }

    fn render_photo(
        &self,
        to: &mut Renderer<'_>,
        photo: &GalleryPhoto,
        index: usize,
        picture: impl Fn(&mut Renderer<'_>),
    ) {
        let known = to.site.photo(&photo.photo);
        let in_row = known.filter(|_| self.layout == GalleryLayout::Justified);
        to.html.open("li").attr_unless_empty("class", &in_row.map(ratio_class).unwrap_or_default());
        to.html.open("figure");
        let own = to.link(&photo.link, &format!("photos/{index}/link"));
        let is_own = own.is_some();
        if let Some(href) = own.or_else(|| to.large(&photo.image())) {
            to.html.open("a").class(if is_own { "frame leads" } else { "frame" }).attr("href", &href);
            if to.told(&photo.image()).trim().is_empty() {
                let caption = Some(photo.caption.trim()).filter(|caption| is_own && !caption.is_empty());
                let name = format!("{} {}", to.strings.enlarge, index + 1);
                to.html.attr("aria-label", caption.unwrap_or(&name));
            }
        } else {
            to.html.open("div").class("frame");
        }
        picture(to);
        to.html.close();
        to.text_prop("figcaption", "", &format!("photos/{index}/caption"), &photo.caption);
        to.html.close().close();
    }
}
