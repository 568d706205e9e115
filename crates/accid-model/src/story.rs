//! `stories/<id>.json`: photos as a story, with chapters and text between them. Must not know how one is drawn, or how
//! photos are arranged.

use accid_base::{Finding, Id, InvalidPath, RelativePath, Severity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Document, Fields, Migration, photo::is_false};

/// How a story is told. Each way shows the same chapters and photos.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StoryTemplate {
    /// Chapter after chapter along a line of time.
    #[default]
    Timeline,
    /// All photos at a glance, in full rows.
    Grid,
    /// Dots on a map or a picture, behind each of which photos are found.
    MysteryDots,
    /// A map that stays in sight beside the chapters.
    Map,
    /// One photo after the other, each as large as the window.
    Slideshow,
}

impl StoryTemplate {
    /// Every template.
    pub const ALL: &[Self] = &[Self::Timeline, Self::Grid, Self::MysteryDots, Self::Map, Self::Slideshow];

    /// Its name as it is written in files and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Grid => "grid",
            Self::MysteryDots => "mystery-dots",
            Self::Map => "map",
            Self::Slideshow => "slideshow",
        }
    }

    /// The template of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|template| template.name() == name)
    }
}

/// What the chapters of a story follow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ArrangedBy {
    /// One chapter for each day; new photos join the chapter of their day.
    #[default]
    Day,
    /// One chapter for each stay at a place; new photos join in the order of time.
    Place,
    /// The chapters are as somebody put them; new photos join no chapter by themselves.
    Hand,
}

/// What distances are told in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum DistanceUnit {
    /// Kilometres.
    #[default]
    #[serde(rename = "km")]
    Kilometres,
    /// Nautical miles of 1,852 m.
    #[serde(rename = "nm")]
    NauticalMiles,
    /// Miles of 1,609.344 m.
    #[serde(rename = "mi")]
    Miles,
}

impl DistanceUnit {
    /// Its length in metres.
    pub const fn metres(self) -> f64 {
        match self {
            Self::Kilometres => 1_000.0,
            Self::NauticalMiles => 1_852.0,
            Self::Miles => 1_609.344,
        }
    }

    /// Its sign behind a number.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Kilometres => "km",
            Self::NauticalMiles => "nm",
            Self::Miles => "mi",
        }
    }
}

/// A part of a story: a day, a place, or what belongs together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Chapter {
    /// Identity of the chapter, unique in the story.
    pub id: Id,
    /// Its heading. When empty, the place or the day is shown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Text before its photos: a document of ProseMirror's JSON as in the text module.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    #[schemars(extend("x-accid-editor" = "rich-text"))]
    pub text: Value,
    /// Its photos, in their order.
    #[serde(default)]
    pub photos: Vec<Id>,
    /// Its day, such as `2026-03-01`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// Where it was, such as `Bequia`. It may only be filled in when that may be told: it is published as it stands.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Leaves the chapter out of what is shown and exported.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// A dot on the picture of a story, behind which a photo or a chapter is found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StoryDot {
    /// Distance from the left edge, in percent of the picture's width.
    #[schemars(range(min = 0, max = 100))]
    pub x: f64,
    /// Distance from the top edge, in percent of the picture's height.
    #[schemars(range(min = 0, max = 100))]
    pub y: f64,
    /// The photo behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<Id>,
    /// The chapter behind it, when it is no single photo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chapter: Option<Id>,
    /// What stands there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// Photos as a story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Story {
    /// Identity of the story.
    pub id: Id,
    /// Format of this file.
    pub schema_version: u32,
    /// Its title.
    pub title: String,
    /// A line below the title.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subtitle: String,
    /// Text before the first chapter: a document of ProseMirror's JSON as in the text module.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    #[schemars(extend("x-accid-editor" = "rich-text"))]
    pub intro: Value,
    /// How it is told unless another way is asked for.
    #[serde(default)]
    pub template: StoryTemplate,
    /// What its chapters follow.
    #[serde(default)]
    pub by: ArrangedBy,
    /// Its chapters, in their order.
    #[serde(default)]
    pub chapters: Vec<Chapter>,
    /// The tracks whose lines its map shows; without any, a line leads from photo to photo.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tracks: Vec<Id>,
    /// Shows no route at all.
    #[serde(default, skip_serializing_if = "is_false")]
    pub no_route: bool,
    /// The photo that stands for the whole story; its first one when missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<Id>,
    /// The photo on which `mystery-dots` puts its dots; a map when missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Id>,
    /// The dots on that picture. Points that are marked on the photo itself are dots too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dots: Vec<StoryDot>,
    /// What distances are told in.
    #[serde(default)]
    pub unit: DistanceUnit,
    /// Place among the stories of the project, from 0; the first is the entry page of the exported site.
    #[serde(default)]
    pub order: u32,
    /// Leaves the story out of the exported site.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl Story {
    /// Folder of the stories in a project.
    pub const FOLDER: &'static str = "stories";

    /// A story with nothing in it.
    pub fn new(id: Id, title: &str) -> Self {
        Self {
            id,
            schema_version: Self::VERSION,
            title: title.to_owned(),
            subtitle: String::new(),
            intro: Value::Null,
            template: StoryTemplate::default(),
            by: ArrangedBy::default(),
            chapters: Vec::new(),
            tracks: Vec::new(),
            no_route: false,
            cover: None,
            picture: None,
            dots: Vec::new(),
            unit: DistanceUnit::default(),
            order: 0,
            hidden: false,
            extra: Fields::new(),
        }
    }

    /// The file a story is kept in.
    ///
    /// # Errors
    /// None in practice: every id can be a file's name.
    pub fn file(id: &Id) -> Result<RelativePath, InvalidPath> {
        RelativePath::document(Self::FOLDER, id.as_str())
    }
}

impl Document for Story {
    const NAME: &'static str = "story";
    const VERSION: u32 = 1;
    const MIGRATIONS: &'static [Migration] = &[];

    fn check(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.title.trim().is_empty() {
            let message = "The story has no title. Visitors and search engines need one.";
            findings.push(Finding::new(Severity::Warning, "story.title-missing", message).at("/title"));
        }
        let mut seen = std::collections::HashSet::new();
        for (index, chapter) in self.chapters.iter().enumerate() {
            if !seen.insert(&chapter.id) {
                let message =
                    format!("Two chapters have the id {}. Remove or rename one of them.", chapter.id);
                let finding = Finding::new(Severity::Error, "story.chapter-id-twice", message);
                findings.push(finding.at(format!("/chapters/{index}/id")));
            }
            if !chapter.date.is_empty() && chapter.date.parse::<jiff::civil::Date>().is_err() {
                let message = "The date is no day of the calendar and is left out. Write it as 2026-03-01.";
                let finding = Finding::new(Severity::Warning, "story.date-refused", message);
                findings.push(finding.at(format!("/chapters/{index}/date")));
            }
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::open;

    #[test]
    fn a_story_of_few_words_opens_and_a_full_one_loses_nothing() {
        let few = json!({"id": "s", "schema_version": 1, "title": "Spring"});
        let story = open::<Story>(&few).unwrap();
        assert!(story.findings.is_empty());
        assert_eq!(story.document, Story::new("s".parse().unwrap(), "Spring"));
        let full = json!({"id": "s", "schema_version": 1, "title": "Spring", "subtitle": "South", "intro": {"type": "doc"},
            "template": "mystery-dots", "by": "hand", "chapters": [{"id": "c", "title": "One", "text": {"type": "doc"},
            "photos": ["p"], "date": "2026-03-01", "place": "Bequia", "hidden": true, "mood": "calm"}], "tracks": ["t"],
            "no_route": true, "cover": "p", "picture": "q", "dots": [{"x": 1.5, "y": 2.5, "photo": "p", "chapter": "c",
            "label": "Here", "glow": 1}], "unit": "nm", "order": 2, "hidden": true, "hologram": 1});
        let opened = open::<Story>(&full).unwrap();
        assert_eq!(serde_json::to_value(opened.document).unwrap(), full);
    }

    #[test]
    fn what_is_wrong_in_a_story_is_found() {
        let chapter = json!({"id": "c", "photos": [], "date": "2026-02-30"});
        let story = json!({"id": "s", "schema_version": 1, "title": " ", "chapters": [chapter, {"id": "c"}]});
        let codes: Vec<_> =
            open::<Story>(&story).unwrap().findings.into_iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["story.title-missing", "story.date-refused", "story.chapter-id-twice"]);
    }

    #[test]
    fn templates_are_found_by_the_names_they_have() {
        for template in StoryTemplate::ALL {
            assert_eq!(StoryTemplate::named(template.name()), Some(*template));
            assert_eq!(serde_json::to_value(template).unwrap(), template.name());
        }
        assert_eq!(StoryTemplate::named("carousel"), None);
    }
}
