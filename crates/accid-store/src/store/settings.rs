//! `accid.json`: read with defaults for what is missing, written durably, quarantined when it is broken.

use accid_base::{Finding, Severity};
use accid_model::Settings;
use serde_json::Value;

use super::Store;
use crate::{StoreError, canonical, disk};

/// Folder in the data root for files that could not be read.
const QUARANTINE: &str = "quarantine";

impl Store {
    /// The settings, and what is wrong with their file. A file that cannot be read is moved to `quarantine/` and the
    /// defaults serve.
    pub fn read_settings(&self) -> (Settings, Vec<Finding>) {
        let finding = |message: String| {
            vec![Finding::new(Severity::Warning, "settings.broken", message).in_path(Settings::FILE)]
        };
        let file = self.0.root.join(Settings::FILE);
        let bytes = match disk::read(self.disk(), &file) {
            Ok(None) => return (Settings::default(), Vec::new()),
            Ok(Some(bytes)) => bytes,
            Err(error) => return (Settings::default(), finding(format!("The defaults serve: {error}."))),
        };
        let opened = canonical::parse(&bytes)
            .map_err(|error| error.to_string())
            .and_then(|value| accid_model::open::<Settings>(&value).map_err(|error| error.to_string()));
        match opened {
            Ok(opened) => (opened.document, opened.findings),
            Err(reason) => {
                let moved =
                    disk::quarantine(self.disk(), &file, &self.0.root.join(QUARANTINE), Settings::FILE);
                let outcome = match moved {
                    Ok(target) => format!("It was moved to {}.", target.display()),
                    Err(error) => format!("It could not be moved away: {error}."),
                };
                let message = format!("The settings cannot be read: {reason}. {outcome} The defaults serve.");
                (Settings::default(), finding(message))
            }
        }
    }

    /// Writes the settings so that they survive a power cut; keeps the file's key order, and writes nothing when
    /// nothing differs.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        let file = self.0.root.join(Settings::FILE);
        let unstorable = |error: serde_json::Error| StoreError::Unstorable {
            path: Settings::FILE.to_owned(),
            reason: error.to_string(),
        };
        let value = serde_json::to_value(settings).map_err(unstorable)?;
        let standing = disk::read(self.disk(), &file)?.and_then(|bytes| canonical::parse(&bytes).ok());
        match standing {
            Some(standing) if standing == value => Ok(()),
            standing => {
                let arranged = canonical::arrange(&standing.unwrap_or(Value::Null), value);
                disk::write(self.disk(), &file, &canonical::write(&arranged))
            }
        }
    }
}
