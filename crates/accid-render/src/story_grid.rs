//! The grid: all photos at a glance, in full rows under the names of their chapters. Needs no script. Must not know the
//! other templates.

use crate::{
    place::Place,
    renderer::Renderer,
    story::StoryContent,
    story_parts::{Click, Columns, write_facts, write_intro, write_rows, write_text},
    story_words::StoryWords,
};

pub(crate) fn write(to: &mut Renderer<'_>, content: &StoryContent, words: &StoryWords) {
    to.html.open("div").class("story-lead");
    write_intro(to, content);
    write_facts(to, content, words);
    to.html.close();
    if content.chapters.len() > 1 {
        to.html.open("nav").class("story-contents").attr("aria-label", words.chapters).open("ol");
        for (index, chapter) in content.chapters.iter().enumerate() {
            to.html.open("li").open("a").attr("href", &format!("#{}", chapter.anchor()));
            to.html.text(&chapter.heading(words, index)).close().close();
        }
        to.html.close().close();
    }
    for (index, chapter) in content.chapters.iter().enumerate() {
        to.html.open("section").class("chapter").attr("id", &chapter.anchor()).mark_module(&chapter.id);
        to.html.open("div").class("chapter-head");
        to.note_heading(2, "title");
        to.html.leaf("h2", "chapter-title", &chapter.heading(words, index));
        let day = chapter.day.filter(|_| !chapter.title.is_empty() || !chapter.place.is_empty());
        let about: Vec<String> =
            [chapter.place_beside().to_owned(), day.map_or_else(String::new, |day| words.long_day(day))]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect();
        if !about.is_empty() {
            to.html.leaf("p", "chapter-place", &about.join(" · "));
        }
        to.html.close();
        write_text(to, chapter);
        write_rows(to, chapter, words, Columns::Always(4), Place { share: 1.0, ..Place::TOP }, Click::Opens);
        to.html.close();
    }
}
