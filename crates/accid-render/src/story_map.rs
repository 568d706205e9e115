//! The map: it stays in sight beside the chapters, and the route is drawn as one reads, by CSS alone. Must not know the
//! other templates.

use crate::{
    place::Place,
    renderer::Renderer,
    story::{StoryContent, StoryPlan},
    story_parts::{
        Click, Columns, pin_number, way_words, write_facts, write_intro, write_rows, write_sheet, write_text,
    },
    story_words::StoryWords,
};

pub(crate) fn write(to: &mut Renderer<'_>, content: &StoryContent, plan: &StoryPlan, words: &StoryWords) {
    to.html.open("div").class("story-lead");
    write_intro(to, content);
    write_facts(to, content, words);
    to.html.close();
    to.html.open("div").class(if plan.sheet.is_some() { "spatial" } else { "spatial has-no-map" });
    write_sheet(to, content, plan, words);
    to.html.open("ol").class("stops").attr("aria-label", words.chapters);
    for (index, chapter) in content.chapters.iter().enumerate() {
        let placed = chapter.at.is_some() && plan.sheet.is_some();
        let class =
            if placed { format!("stop stop-{}", pin_number(content, index)) } else { "stop".to_owned() };
        to.html.open("li").class(&class).attr("id", &chapter.anchor()).mark_module(&chapter.id);
        to.html.open("div").class("stop-head");
        if placed {
            to.html.open("span").class("pin-head").attr("aria-hidden", "true");
            to.html.text(&pin_number(content, index).to_string()).close();
        }
        to.note_heading(2, "title");
        to.html.leaf("h2", "stop-name", &chapter.heading(words, index));
        let day = chapter.day.filter(|_| !chapter.title.is_empty() || !chapter.place.is_empty());
        let about: Vec<String> = [
            day.map(|day| words.long_day(day)),
            Some(chapter.place_beside().to_owned()),
            way_words(chapter, content, words).filter(|_| index > 0),
        ]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
        if !about.is_empty() {
            to.html.leaf("p", "stop-day", &about.join(" · "));
        }
        to.html.close();
        write_text(to, chapter);
        let place = Place { width: Some(560.0), share: 0.42, ..Place::TOP };
        write_rows(to, chapter, words, Columns::UpTo(2), place, Click::Enlarges);
        to.html.close();
    }
    to.html.close().close();
}
