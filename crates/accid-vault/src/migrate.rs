//! Migration: bringing the documents of a project to the format of this ACCID, with a plan one can read first.

use accid_base::RelativePath;
use accid_model::{
    Album, Blotter, Document, Fields, Migration, Page, Photo, Story, Track, TrashEntry, WaypointSettings,
    check_schema_version,
};
use accid_store::{Expect, Project, Stored, Transaction, Write};
use serde_json::Value;

use crate::{Vault, VaultError};

/// One document that would be rewritten.
#[derive(Debug, Clone)]
pub struct PlannedMigration {
    /// The file.
    pub path: RelativePath,
    /// The format it has.
    pub from: u32,
    /// The format it would get.
    pub to: u32,
    /// What would be done, in order.
    pub steps: Vec<&'static str>,
    write: Write,
}

fn plan_one<D: Document>(path: RelativePath, stored: &Stored) -> Option<PlannedMigration> {
    let Value::Object(mut fields) = stored.value.as_ref().clone() else { return None };
    let from = check_schema_version(&fields);
    let taken = accid_model::migrate(&mut fields, D::VERSION, D::MIGRATIONS);
    if taken.is_empty() {
        return None;
    }
    let steps = taken.iter().map(|step: &&Migration| step.description).collect();
    let value = ordered::<D>(fields);
    let write = Write { path: path.clone(), value: Some(value), expect: Expect::Hash(stored.hash) };
    Some(PlannedMigration { path, from, to: D::VERSION, steps, write })
}

/// The document as this ACCID writes it, when it can be read so far; else as the migration left it.
fn ordered<D: Document>(fields: Fields) -> Value {
    let migrated = Value::Object(fields);
    let document = serde_json::from_value::<D>(migrated.clone()).ok();
    document.and_then(|document| serde_json::to_value(document).ok()).unwrap_or(migrated)
}

impl Vault {
    /// The documents that are of an older format, and what would be done to them.
    pub fn plan_migration(&self, project: &Project) -> Vec<PlannedMigration> {
        let below = |folder: &str| project.list(folder).into_iter();
        let settings =
            below(WaypointSettings::FOLDER).filter(|(path, _)| path.as_str() == WaypointSettings::FILE);
        let blotter = Blotter::FILE.parse().ok().and_then(|path| Some((project.get(&path)?, path)));
        blotter
            .and_then(|(stored, path)| plan_one::<Blotter>(path, &stored))
            .into_iter()
            .chain(below(Page::FOLDER).filter_map(|(path, stored)| plan_one::<Page>(path, &stored)))
            .chain(below(Photo::FOLDER).filter_map(|(path, stored)| plan_one::<Photo>(path, &stored)))
            .chain(below(Story::FOLDER).filter_map(|(path, stored)| plan_one::<Story>(path, &stored)))
            .chain(below(Album::FOLDER).filter_map(|(path, stored)| plan_one::<Album>(path, &stored)))
            .chain(below(Track::FOLDER).filter_map(|(path, stored)| plan_one::<Track>(path, &stored)))
            .chain(settings.filter_map(|(path, stored)| plan_one::<WaypointSettings>(path, &stored)))
            .chain(
                below(TrashEntry::FOLDER).filter_map(|(path, stored)| plan_one::<TrashEntry>(path, &stored)),
            )
            .collect()
    }

    /// Rewrites the documents of an older format in one change, after a named version of the state before.
    ///
    /// # Errors
    /// When a document changed meanwhile or the disk refuses; then nothing was rewritten.
    pub fn migrate(&self, project: &Project, author: &str) -> Result<Vec<PlannedMigration>, VaultError> {
        let planned = self.plan_migration(project);
        if planned.is_empty() {
            return Ok(planned);
        }
        project.snapshot(author, "Before the migration")?;
        let writes = planned.iter().map(|one| one.write.clone()).collect();
        let note = match planned.len() {
            1 => "1 document brought to the current format".to_owned(),
            several => format!("{several} documents brought to the current format"),
        };
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        Ok(planned)
    }
}
