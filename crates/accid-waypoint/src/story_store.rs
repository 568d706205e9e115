//! Stories: make, change, list. A gallery has one by itself from its first photo on; it becomes a file when somebody
//! changes it. Must not know how a story is shown.

use accid_base::{ContentHash, FieldError, Id};
use accid_model::{ArrangedBy, Blotter, Chapter, Fields, ProjectType, Story, to_value};
use accid_store::{Documents, Expect, Project, Transaction, Write};
use serde_json::Value;

use crate::{Waypoint, WaypointError, arranged, chapters_now, open_all};

/// Id of the story that a gallery has by itself.
const OWN: &str = "story";

/// A story as it is stored; one that a gallery has by itself has no hash yet.
#[derive(Debug, Clone)]
pub struct StoredStory {
    /// The story, its chapters as they are now.
    pub story: Story,
    /// Content hash of its document.
    pub hash: Option<ContentHash>,
}

fn blotter(of: Documents<'_>) -> Option<Blotter> {
    let stored = of.get(&Blotter::FILE.parse().ok()?)?;
    Some(accid_model::open::<Blotter>(&stored.value).ok()?.document)
}

impl Waypoint {
    /// All stories, in their order, with their chapters as they are now.
    pub fn stories<'a>(&self, of: impl Into<Documents<'a>>) -> Vec<StoredStory> {
        let of = of.into();
        let stored = open_all::<Story>(of, Story::FOLDER);
        let mut stories: Vec<StoredStory> =
            stored.into_iter().map(|(story, hash)| StoredStory { story, hash: Some(hash) }).collect();
        if stories.is_empty() {
            stories.extend(self.own_story(of).map(|story| StoredStory { story, hash: None }));
        }
        stories.sort_by(|one, other| {
            (one.story.order, &one.story.id).cmp(&(other.story.order, &other.story.id))
        });
        let sources = self.story_photos(of);
        for stored in &mut stories {
            stored.story.chapters = chapters_now(&stored.story, &sources);
        }
        stories
    }

    /// The story of a gallery in which nobody made one: all its photos by day.
    fn own_story(&self, of: Documents<'_>) -> Option<Story> {
        let blotter = blotter(of).filter(|blotter| blotter.project_type == ProjectType::Gallery)?;
        if self.photos_of(of).is_empty() {
            return None;
        }
        let title =
            [blotter.site.title.trim(), blotter.name.trim()].into_iter().find(|title| !title.is_empty());
        Some(Story::new(OWN.parse().ok()?, title.unwrap_or_default()))
    }

    /// One story.
    ///
    /// # Errors
    /// When there is none.
    pub fn story(&self, project: &Project, id: &str) -> Result<StoredStory, WaypointError> {
        let found = self.stories(project).into_iter().find(|stored| stored.story.id.as_str() == id);
        found.ok_or_else(|| WaypointError::NotFound { what: "story", id: id.chars().take(80).collect() })
    }

    /// Makes a story; it comes last. Its photos are arranged by day unless the fields say otherwise.
    ///
    /// # Errors
    /// When it has no title, a value cannot be used, or the store refuses.
    pub fn create_story(
        &self,
        project: &Project,
        author: &str,
        fields: &Fields,
    ) -> Result<StoredStory, WaypointError> {
        let known = self.stories(project);
        let order = known.iter().map(|stored| stored.story.order + 1).max().unwrap_or_default();
        let fresh = Story { order, ..Story::new(self.new_id(), "") };
        let story = changed(&fresh, fields)?;
        let mut writes = vec![Write::put(Story::file(&story.id)?, to_value(&story)).if_absent()];
        // The one that was there by itself stays.
        if let Some(own) = known.into_iter().find(|stored| stored.hash.is_none()) {
            writes.push(Write::put(Story::file(&own.story.id)?, to_value(&own.story)).if_absent());
        }
        let note = format!("Story \"{}\" made", story.title);
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        self.story(project, story.id.as_str())
    }

    /// Changes the named fields of a story; `chapters` replaces all of them. Chapters without an id get one.
    ///
    /// # Errors
    /// When there is none, it is not as `seen`, a value cannot be used, or the store refuses.
    pub fn update_story(
        &self,
        project: &Project,
        author: &str,
        id: &str,
        fields: &Fields,
        seen: Option<ContentHash>,
    ) -> Result<StoredStory, WaypointError> {
        let stored = self.story(project, id)?;
        if seen.is_some_and(|seen| stored.hash.is_some_and(|hash| hash != seen)) {
            return Err(WaypointError::Stale {
                name: stored.story.title.clone(),
                current: to_value(&stored.story),
            });
        }
        let story = changed(&stored.story, &self.with_ids(fields))?;
        self.put_story(project, author, &stored, &story, "changed")
    }

    /// Arranges the chapters of a story anew; what was written in them is kept.
    ///
    /// # Errors
    /// When there is none, or the store refuses.
    pub fn arrange_story(
        &self,
        project: &Project,
        author: &str,
        id: &str,
        by: ArrangedBy,
    ) -> Result<StoredStory, WaypointError> {
        let stored = self.story(project, id)?;
        let sources = self.story_photos(project);
        let chapters: Vec<Chapter> = match by {
            // By hand, what is there stays.
            ArrangedBy::Hand => stored.story.chapters.clone(),
            ArrangedBy::Day | ArrangedBy::Place => arranged(&stored.story, &sources, by),
        };
        let story = Story { by, chapters, ..stored.story.clone() };
        self.put_story(project, author, &stored, &story, "arranged")
    }

    fn put_story(
        &self,
        project: &Project,
        author: &str,
        before: &StoredStory,
        story: &Story,
        what: &str,
    ) -> Result<StoredStory, WaypointError> {
        if before.hash.is_some() && *story == before.story {
            return Ok(before.clone());
        }
        let expect = before.hash.map_or(Expect::Absent, Expect::Hash);
        let writes = vec![Write { path: Story::file(&story.id)?, value: Some(to_value(story)), expect }];
        let note = format!("Story \"{}\" {what}", story.title);
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        self.story(project, story.id.as_str())
    }

    fn with_ids(&self, fields: &Fields) -> Fields {
        let mut fields = fields.clone();
        for chapter in fields.get_mut("chapters").and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(chapter) = chapter.as_object_mut()
                && chapter.get("id").and_then(Value::as_str).is_none_or(|id| id.parse::<Id>().is_err())
            {
                chapter.insert("id".to_owned(), self.new_id().to_string().into());
            }
        }
        fields
    }
}

/// A story with these fields changed; its id stays.
fn changed(story: &Story, fields: &Fields) -> Result<Story, WaypointError> {
    const REFUSED: &str = "The story was not saved.";
    let invalid = |pointer: &str, message: String| WaypointError::Invalid {
        what: REFUSED.to_owned(),
        errors: vec![FieldError { pointer: pointer.to_owned(), message }],
    };
    let Value::Object(mut whole) = to_value(story) else {
        return Err(invalid("", "a story is a JSON object".to_owned()));
    };
    for (name, value) in fields {
        if name == "id" || name == "schema_version" {
            continue;
        }
        if value.is_null() {
            whole.shift_remove(name);
        } else {
            whole.insert(name.clone(), value.clone());
        }
    }
    let opened = accid_model::open::<Story>(&Value::Object(whole));
    let changed = opened.map_err(|error| invalid("", error.to_string()))?.document;
    if changed.title.trim().is_empty() {
        return Err(invalid("/title", "a story has a title".to_owned()));
    }
    let mut seen = std::collections::HashSet::new();
    for (index, chapter) in changed.chapters.iter().enumerate() {
        if !seen.insert(&chapter.id) {
            return Err(invalid(&format!("/chapters/{index}/id"), "another chapter has this id".to_owned()));
        }
    }
    Ok(changed)
}
