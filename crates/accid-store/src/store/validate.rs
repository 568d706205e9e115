//! Looking for damage in the whole data root, and mending it.

use std::collections::BTreeSet;

use accid_model::Settings;

use super::{PROJECTS, Store};
use crate::{Damage, DamageKind, Repaired, StoreError, canonical, damage, disk};

/// What a look at every file found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// Number of files looked at: settings, documents, originals.
    pub files: usize,
    /// What is wrong. Paths begin at the data root.
    pub damages: Vec<Damage>,
    /// Folders of the projects in which nothing is wrong.
    pub sound: Vec<String>,
}

impl Store {
    /// Looks for damage in the settings and in all files of all projects; changes nothing, and opens no project:
    /// opening already mends much.
    pub fn inspect(&self) -> Inspection {
        let damages: Vec<Damage> = self.look_at_settings().into_iter().collect();
        let mut inspection = Inspection { files: 1, damages, sound: Vec::new() };
        for folder in self.project_folders() {
            inspection.files += damage::count_files(self.disk(), &self.projects_folder().join(&folder));
            let found = self.look_at_project(&folder);
            if found.is_empty() {
                inspection.sound.push(folder);
            } else {
                inspection.damages.extend(found.into_iter().map(|damage| below(&folder, damage)));
            }
        }
        inspection
    }

    /// Mends what [`Store::inspect`] finds.
    ///
    /// # Errors
    /// The first failure; the other projects are mended all the same.
    pub fn repair(&self) -> Result<Vec<Repaired>, StoreError> {
        self.repair_chosen(&|_| true)
    }

    /// Mends those of what [`Store::inspect`] finds that are chosen.
    ///
    /// # Errors
    /// As [`Store::repair`].
    pub fn repair_chosen(&self, chosen: &dyn Fn(&Damage) -> bool) -> Result<Vec<Repaired>, StoreError> {
        let mut repaired = Vec::new();
        let mut failure = None;
        if let Some(damage) = self.look_at_settings().filter(chosen) {
            let (_, findings) = self.read_settings();
            let what =
                findings.first().map_or_else(|| damage.repair.clone(), |finding| finding.message.clone());
            repaired.push(Repaired { kind: damage.kind, path: damage.path, what });
        }
        for folder in self.project_folders() {
            // Looked at before it is opened: opening already mends much.
            let mut found = self.look_at_project(&folder);
            found.retain(|damage| chosen(&below(&folder, damage.clone())));
            if found.is_empty() {
                continue;
            }
            match self.open_folder(&folder).and_then(|project| project.repair_these(&found)) {
                Ok(mended) => repaired
                    .extend(mended.into_iter().map(|one| Repaired { path: full(&folder, &one.path), ..one })),
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        failure.map_or(Ok(repaired), Err)
    }

    fn look_at_project(&self, folder: &str) -> Vec<Damage> {
        match self.opened(folder) {
            Some(project) => project.validate(),
            None => {
                let path = self.projects_folder().join(folder);
                let mut found = damage::look(self.disk(), &path, &BTreeSet::new());
                damage::look_at_media(self.disk(), &path, &mut found);
                found
            }
        }
    }

    fn look_at_settings(&self) -> Option<Damage> {
        let bytes = disk::read(self.disk(), &self.0.root.join(Settings::FILE)).ok().flatten()?;
        let reason = match canonical::parse(&bytes) {
            Ok(value) => accid_model::open::<Settings>(&value).err()?.to_string(),
            Err(error) => error.to_string(),
        };
        let repair = "The file is moved to quarantine and the defaults serve.";
        let what = "The settings cannot be read.";
        Some(Damage::new(DamageKind::UnreadableSettings, Settings::FILE, what, &format!("{reason}."), repair))
    }
}

fn full(folder: &str, path: &str) -> String {
    format!("{PROJECTS}/{folder}/{path}")
}

fn below(folder: &str, damage: Damage) -> Damage {
    Damage { path: full(folder, &damage.path), ..damage }
}
