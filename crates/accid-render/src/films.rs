//! Films: the name one is published under, and how one plays in the place of a picture. Must not know which modules show
//! them.
//!
//! A film is decoration: it has no sound, nobody is told of it, and the picture it lies on says what there is to see. It
//! starts by a script, and only for visitors who have nothing against movement; a button stops it (WCAG 2.2.2).

use accid_base::{Severity, Slug};
use accid_model::Video;

use crate::{
    pictures::{ImageFile, ImageFormat},
    renderer::Renderer,
    scripts::FILM_SCRIPT,
};

/// The folder of published films.
const FOLDER: &str = "videos/";

/// The file a film is published as: its original without notes.
fn file_of(video: &Video) -> ImageFile {
    let stem = video.filename.rsplit_once('.').map_or(video.filename.as_str(), |(stem, _)| stem);
    let hash = video.hash.to_string();
    ImageFile {
        path: format!("{FOLDER}{}-{}.{}", Slug::from_text(stem, "film"), &hash[..8], video.extension),
        photo: video.id.clone(),
        hash: video.hash,
        extension: video.extension.clone(),
        width: video.width,
        format: ImageFormat::Original,
    }
}

/// The path of a film in the site.
pub fn film_path(video: &Video) -> String {
    file_of(video).path
}

/// The film a path in the site means, if it is one of these.
pub fn film_file(path: &str, videos: &[Video]) -> Option<ImageFile> {
    videos.iter().map(file_of).find(|file| file.path == path)
}

/// Writes a film over the picture that was written before it, unless there is no such film.
pub(crate) fn write(to: &mut Renderer<'_>, id: &str, pointer: &str) {
    let known = to.site.source().videos.iter().find(|video| video.id.as_str() == id);
    let Some(video) = known.filter(|video| matches!(video.extension.as_str(), "mp4" | "webm")) else {
        let message =
            "The film is not in this project any more, so the picture stands alone. Choose another film.";
        to.find(Severity::Warning, "video.missing", pointer, message.to_owned());
        return;
    };
    let (words, file) = (to.strings, file_of(video));
    let source = format!("{}{}", to.view.root(), file.path);
    to.html.open("video").class("film").attr("src", &source).attr("preload", "none");
    to.html.attr("width", &video.width.to_string()).attr("height", &video.height.to_string());
    to.html.flag("muted").flag("loop").flag("playsinline").attr("aria-hidden", "true").close();
    to.html.open("button").class("film-button").attr("type", "button").flag("hidden");
    to.html.attr("data-play", words.film_play).attr("data-pause", words.film_pause);
    to.html.text(words.film_play).close();
    to.images.insert(file.path.clone(), file);
    to.scripts.insert(FILM_SCRIPT);
}
