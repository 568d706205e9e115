//! The gallery: many pictures. Must not know other kinds.

use accid_model::{Focus, ImageRef};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    choices::choices,
    files::GALLERY_SCRIPT,
    kind::{Check, Claims, ModuleKind, Words},
    pictures::{ImageFormat, is_showable, renditions},
    picture_style::Shown,
    place::{Loading, Place, Spot}, renderer::{Renderer, alt_of},
};

choices! {
    GalleryLayout {
        Grid "grid" "Even tiles",
        Masonry "masonry" "Columns of pictures in their own proportions",
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
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// Many pictures, as tiles or in their own proportions; a click shows one large.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Gallery {
    /// The pictures, in their order.
    pub photos: Vec<GalleryPhoto>,
    /// How they are laid out.
    pub layout: GalleryLayout,
    /// Columns on large screens; smaller ones have fewer.
    #[schemars(range(min = 1, max = 6))]
    pub columns: u8,
    /// Shows a picture large over the page, with a small script. Without it, a click opens the large picture itself.
    pub lightbox: bool,
}

impl Default for Gallery {
    fn default() -> Self {
        Self { photos: Vec::new(), layout: GalleryLayout::default(), columns: 3, lightbox: true }
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
        to.root("div", spot, &[&format!("is-{}", self.layout.as_str()), &format!("cols-{columns}")]);
        if !self.photos.is_empty() {
            to.html.open("ul").class("tiles");
            if self.lightbox {
                to.scripts.insert(GALLERY_SCRIPT);
                let words = to.strings;
                to.html.attr("data-lightbox", "").attr("data-close", words.close);
                to.html.attr("data-previous", words.previous).attr("data-next", words.next);
            }
            let part = spot.content().part(1.0 / f64::from(columns));
            let place = Place { phone: if columns > 1 { 0.5 } else { 1.0 }, ..part };
            for (index, photo) in self.photos.iter().enumerate() {
                let loading = if index == 0 { to.loading(spot.module) } else { Loading::Lazy };
                to.expect_alt(&photo.image(), &format!("photos/{index}/alt"));
                photo.render(to, index, |to| to.picture(&photo.image(), place, loading, &format!("photos/{index}")));
            }
            to.html.close();
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
        self.photos.iter().map(|photo| Shown::free(&photo.image())).collect()
    }

    fn claims(&self) -> Claims {
        Claims { picture: self.photos.first().is_some_and(|photo| !photo.photo.is_empty()), ..Claims::default() }
    }
}

impl GalleryPhoto {
    fn render(&self, to: &mut Renderer<'_>, index: usize, picture: impl Fn(&mut Renderer<'_>)) {
        to.html.open("li").open("figure");
        let large = to.site.photo(&self.photo).filter(|photo| is_showable(photo)).and_then(|photo| {
            let last = renditions(photo, ImageFormat::WebP).pop();
            last.or_else(|| renditions(photo, ImageFormat::Original).pop()).map(|file| (file, photo))
        });
        if let Some((file, photo)) = large {
            let image = self.image();
            let alt = alt_of(&image, photo);
            let href = format!("{}{}", to.view.root(), file.path);
            to.html.open("a").class("frame").attr("href", &href);
            if alt.trim().is_empty() {
                let name = format!("{} {}", to.strings.enlarge, index + 1);
                to.html.attr("aria-label", &name);
            }
            to.images.insert(file.path.clone(), file);
        } else {
            to.html.open("div").class("frame");
        }
        picture(to);
        to.html.close();
        to.text_prop("figcaption", "", &format!("photos/{index}/caption"), &self.caption);
        to.html.close().close();
    }
}
