//! How the stories of a gallery differ between a version and today: their chapters, and the photos in them. Must not know
//! how a story is shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use accid_base::{Id, Problem};
use accid_model::{Chapter, Photo, ProjectType, Story};
use accid_store::{Documents, Project};
use accid_vault::DocumentDifference;

use crate::{ChangeKind, Inner, ModuleChange, PageChange, explain, history::change_kind};

fn by_id(stories: Vec<accid_waypoint::StoredStory>) -> BTreeMap<Id, Story> {
    stories.into_iter().map(|stored| (stored.story.id.clone(), stored.story)).collect()
}

/// The chapters that differ; one that only stands elsewhere among those that stay has moved.
fn differing_chapters(then: &[Chapter], now: &[Chapter]) -> Vec<ModuleChange> {
    let known: HashMap<&Id, &Chapter> = then.iter().map(|chapter| (&chapter.id, chapter)).collect();
    let today: BTreeSet<&Id> = now.iter().map(|chapter| &chapter.id).collect();
    let stays = |chapters: &[Chapter], of: &dyn Fn(&Id) -> bool| -> Vec<Id> {
        chapters.iter().map(|chapter| chapter.id.clone()).filter(|id| of(id)).collect()
    };
    let before = stays(then, &|id| today.contains(id));
    let after = stays(now, &|id| known.contains_key(id));
    let change =
        |id: &Id, change: ChangeKind| ModuleChange { id: id.clone(), kind: "chapter".to_owned(), change };
    let mut changes: Vec<ModuleChange> = then
        .iter()
        .filter(|chapter| !today.contains(&chapter.id))
        .map(|chapter| change(&chapter.id, ChangeKind::Removed))
        .collect();
    for chapter in now {
        let at = |list: &[Id]| list.iter().position(|id| *id == chapter.id);
        changes.extend(match known.get(&chapter.id) {
            None => Some(change(&chapter.id, ChangeKind::Added)),
            Some(then) if *then != chapter => Some(change(&chapter.id, ChangeKind::Changed)),
            Some(_) if at(&before) != at(&after) => Some(change(&chapter.id, ChangeKind::Moved)),
            Some(_) => None,
        });
    }
    changes
}

/// A story without its chapters, to see whether anything else of it differs.
fn bare(story: &Story) -> Story {
    Story { chapters: Vec::new(), ..story.clone() }
}

fn difference(
    then: Option<&Story>,
    now: Option<&Story>,
    photos: &HashMap<&Id, ChangeKind>,
) -> Option<PageChange> {
    let story = now.or(then)?;
    let chapters = |story: Option<&Story>| story.map(|story| story.chapters.clone()).unwrap_or_default();
    let (before, after) = (chapters(then), chapters(now));
    let mut modules = differing_chapters(&before, &after);
    let shown: BTreeSet<&Id> = before.iter().chain(&after).flat_map(|chapter| &chapter.photos).collect();
    modules.extend(shown.into_iter().filter_map(|id| {
        let change = *photos.get(id)?;
        Some(ModuleChange { id: id.clone(), kind: "photo".to_owned(), change })
    }));
    let change = match (then, now) {
        (None, _) => ChangeKind::Added,
        (_, None) => ChangeKind::Removed,
        (Some(then), Some(now)) if modules.is_empty() && bare(then) == bare(now) => return None,
        _ => ChangeKind::Changed,
    };
    Some(PageChange { id: story.id.clone(), title: story.title.clone(), change, modules })
}

impl Inner {
    /// The stories of a gallery that differ between a version and today; nothing for other projects.
    ///
    /// # Errors
    /// When the version cannot be read.
    pub(crate) fn story_changes(
        &self,
        project: &Project,
        version: &Id,
        documents: &[DocumentDifference],
    ) -> Result<Vec<PageChange>, Problem> {
        if self.vault.blotter(project).map_err(explain)?.blotter.project_type != ProjectType::Gallery {
            return Ok(Vec::new());
        }
        let tree = project.tree_at(version).map_err(explain)?;
        let then = by_id(self.waypoint.stories(Documents::Then(&tree)));
        let now = by_id(self.waypoint.stories(project));
        let of_photos = documents.iter().filter(|one| one.path.is_below(Photo::FOLDER));
        let photos = of_photos.map(|one| (&one.id, change_kind(one.change))).collect();
        let ids: BTreeSet<&Id> = then.keys().chain(now.keys()).collect();
        Ok(ids.into_iter().filter_map(|id| difference(then.get(id), now.get(id), &photos)).collect())
    }
}
