//! The slideshow: one photo after the other, each as large as the window, side by side in a row that is pushed along
//! with fingers, keys and links; a small script adds keys and playing. Must not know the other templates.

use crate::{
    pictures::is_showable,
    place::{Loading, Place},
    renderer::Renderer,
    story::{StoryChapter, StoryContent, beside, image},
    story_parts::{way_words, write_caption, write_facts},
    story_words::StoryWords,
};

/// One slide.
enum Slide<'c> {
    Chapter(usize, &'c StoryChapter),
    Photo(&'c StoryChapter, usize),
}

pub(crate) fn write(to: &mut Renderer<'_>, content: &StoryContent, words: &StoryWords) {
    let mut slides = Vec::new();
    for (index, chapter) in content.chapters.iter().enumerate() {
        slides.push(Slide::Chapter(index, chapter));
        for (photo, told) in chapter.photos.iter().enumerate() {
            if to.site.photo(&told.photo).is_some_and(is_showable) {
                slides.push(Slide::Photo(chapter, photo));
            }
        }
    }
    let last = slides.len() + 2;
    to.html.open("div").class("slides").attr("tabindex", "0").attr("role", "region");
    to.html.attr("aria-label", words.slides).attr("data-slides", "");
    to.html.attr("data-play", words.play).attr("data-pause", words.pause);
    write_title(to, content, words, last);
    for (index, slide) in slides.iter().enumerate() {
        let number = index + 2;
        match slide {
            Slide::Chapter(index, chapter) => {
                open_slide(to, "section", "is-chapter", number);
                to.html.mark_module(&chapter.id);
                write_chapter(to, content, chapter, words, *index);
            }
            Slide::Photo(chapter, photo) => {
                open_slide(to, "div", "is-photo", number);
                let told = &chapter.photos[*photo];
                let (caption, when) =
                    to.site.photo(&told.photo).map(|photo| beside(photo, told, chapter)).unwrap_or_default();
                to.html.open("figure").mark_module(&told.photo);
                let loading = if number <= 3 { Loading::Now } else { Loading::Lazy };
                to.picture(&image(&told.photo), Place::TOP, loading, "photo");
                write_caption(to, &caption, &when);
                to.html.close();
            }
        }
        write_steps(to, words, number, last);
        to.html.close();
    }
    open_slide(to, "section", "is-end", last);
    to.html.open("div").class("slide-words");
    to.note_heading(2, "end");
    to.html.leaf("h2", "slide-title", words.end);
    write_facts(to, content, words);
    to.html.open("p").class("buttons").open("a").class("button").attr("href", "#slide_1");
    to.html.text(words.to_start).close().close();
    to.html.close().close();
    to.html.close();
}

fn open_slide(to: &mut Renderer<'_>, name: &'static str, class: &str, number: usize) {
    to.html.open(name).class(&format!("slide {class}")).attr("id", &format!("slide_{number}"));
}

fn write_title(to: &mut Renderer<'_>, content: &StoryContent, words: &StoryWords, last: usize) {
    open_slide(to, "section", "is-title", 1);
    if let Some(cover) =
        content.cover.as_deref().filter(|cover| to.site.photo(cover).is_some_and(is_showable))
    {
        to.html.open("div").class("slide-ground");
        let mut behind = image(cover);
        behind.decorative = true;
        to.picture(&behind, Place::TOP, Loading::First, "cover");
        to.html.close();
    }
    to.html.open("div").class("slide-words");
    if let Some((first, end)) = content.days() {
        to.html.leaf("p", "slide-day", &words.span(first, end));
    }
    to.note_heading(1, "title");
    to.html.leaf("h1", "slide-title", content.title.trim());
    if !content.subtitle.trim().is_empty() {
        to.html.leaf("p", "lead", content.subtitle.trim());
    }
    if !content.intro.is_empty() {
        to.html.open("div").class("rich");
        content.intro.render(to, "intro");
        to.html.close();
    }
    if last > 2 {
        to.html.open("p").class("buttons").open("a").class("button").attr("href", "#slide_2");
        to.html.text(words.begin).close().close();
    }
    to.html.close().close();
}

fn write_chapter(
    to: &mut Renderer<'_>,
    content: &StoryContent,
    chapter: &StoryChapter,
    words: &StoryWords,
    index: usize,
) {
    to.html.open("div").class("slide-words");
    let heading = chapter.heading(words, index);
    let day = chapter.day.map(|day| words.long_day(day)).filter(|day| *day != heading);
    let above: Vec<String> = day
        .into_iter()
        .chain(Some(chapter.place_beside().to_owned()).filter(|place| !place.is_empty()))
        .collect();
    if !above.is_empty() {
        to.html.leaf("p", "slide-day", &above.join(" · "));
    }
    to.note_heading(2, "title");
    to.html.leaf("h2", "slide-title", &heading);
    if index > 0
        && let Some(way) = way_words(chapter, content, words)
    {
        to.html.leaf("p", "way", &way);
    }
    if !chapter.text.is_empty() {
        to.html.open("div").class("rich");
        chapter.text.render(to, "text");
        to.html.close();
    }
    to.html.close();
}

/// The links to the slides before and after.
fn write_steps(to: &mut Renderer<'_>, words: &StoryWords, number: usize, last: usize) {
    to.html.open("div").class("steps");
    for (target, class, label, sign) in
        [(number - 1, "back", words.previous, "‹"), (number + 1, "on", words.next, "›")]
    {
        to.html.open("a").class(class).attr("href", &format!("#slide_{target}"));
        to.html.attr("aria-label", &format!("{label}: {target} {} {last}", words.slide_of));
        to.html.text(sign).close();
    }
    to.html.open("span").class("slide-number").text(&format!("{number} / {last}")).close();
    to.html.close();
}
