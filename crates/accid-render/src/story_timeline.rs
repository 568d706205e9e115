//! The timeline: chapter after chapter along a line, with the way between them. Needs no script. Must not know the
//! other templates.

use crate::{
    place::Place,
    renderer::Renderer,
    story::{StoryChapter, StoryContent, StoryPlan},
    story_parts::{Click, Columns, way_words, write_facts, write_intro, write_rows, write_sheet, write_text},
    story_words::StoryWords,
};

pub(crate) fn write(to: &mut Renderer<'_>, content: &StoryContent, plan: &StoryPlan, words: &StoryWords) {
    to.html.open("div").class("story-lead");
    to.html.open("div").class("story-about");
    write_intro(to, content);
    write_facts(to, content, words);
    to.html.close();
    write_sheet(to, content, plan, words);
    to.html.close();
    to.html.open("ol").class("chapters").attr("aria-label", words.chapters);
    for (index, chapter) in content.chapters.iter().enumerate() {
        write_chapter(to, content, chapter, words, index);
    }
    to.html.close();
}

fn write_chapter(
    to: &mut Renderer<'_>,
    content: &StoryContent,
    chapter: &StoryChapter,
    words: &StoryWords,
    index: usize,
) {
    to.html.open("li").class("chapter").attr("id", &chapter.anchor()).mark_module(&chapter.id);
    if index > 0
        && let Some(way) = way_words(chapter, content, words)
    {
        to.html.leaf("p", "way", &way);
    }
    to.html.open("div").class("chapter-head");
    if let Some(day) = chapter.day {
        to.html.open("time").class("chapter-day").attr("datetime", &day.to_string());
        to.html.leaf("span", "day-number", &day.day().to_string()).text(" ");
        let long = words.long_day(day);
        let rest = long.strip_prefix(&day.day().to_string()).unwrap_or(&long);
        to.html.leaf("span", "day-month", rest.trim_start_matches(['.', ' '])).close();
    }
    to.note_heading(2, "title");
    to.html.leaf("h2", "chapter-title", &chapter.heading(words, index));
    if !chapter.place_beside().is_empty() {
        to.html.leaf("p", "chapter-place", chapter.place_beside());
    }
    to.html.close();
    to.html.open("div").class("chapter-body");
    write_text(to, chapter);
    let place = Place { width: Some(880.0), share: 0.7, ..Place::TOP };
    write_rows(to, chapter, words, Columns::UpTo(3), place, Click::Opens);
    to.html.close().close();
}
