//! Environments: the named places a project is published to.

use accid_model::{Blotter, Environment, Fields};
use accid_store::Project;
use accid_transfer::{Access, PlaceKind, kind_of, place_for};
use serde_json::Value;

use crate::{Vault, VaultError};

impl Vault {
    /// Names a place to publish to, or changes it.
    ///
    /// # Errors
    /// When the name or the address is not acceptable.
    pub fn set_environment(
        &self,
        project: &Project,
        author: &str,
        name: &str,
        environment: (&str, &str),
    ) -> Result<Environment, VaultError> {
        let (url, public_url) = environment;
        let good = (1..=40).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        let what = "the environment was not saved";
        if !good {
            let reason = "a name has 1 to 40 lower-case letters, digits and \"-\", such as \"production\"";
            return Err(VaultError::invalid(what, "/name", reason));
        }
        if !public_url.is_empty() && !public_url.starts_with("http://") && !public_url.starts_with("https://")
        {
            return Err(VaultError::invalid(
                what,
                "/public_url",
                "the public address starts with https:// or http://",
            ));
        }
        place_for(url, Access::default(), std::sync::Arc::clone(&self.vfs), &self.own)?;
        self.edit_blotter(project, author, &format!("Environment \"{name}\" saved"), None, |blotter| {
            let extra = blotter.environments.get(name).map_or_else(Fields::new, |known| known.extra.clone());
            let saved = Environment { url: url.to_owned(), public_url: public_url.to_owned(), extra };
            blotter.environments.insert(name.to_owned(), saved);
            Ok(())
        })?;
        self.environment(project, name)
    }

    /// What kind of place an environment is.
    ///
    /// # Errors
    /// When its address cannot be understood, as one of a newer ACCID.
    pub fn place_kind(environment: &Environment) -> Result<PlaceKind, VaultError> {
        Ok(kind_of(&environment.url)?.0)
    }

    /// One environment.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn environment(&self, project: &Project, name: &str) -> Result<Environment, VaultError> {
        let mut blotter = self.blotter(project)?.blotter;
        let missing = || VaultError::EnvironmentNotFound(name.chars().take(40).collect());
        blotter.environments.remove(name).ok_or_else(missing)
    }

    /// Forgets an environment; what was published stays where it is.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn remove_environment(&self, project: &Project, author: &str, name: &str) -> Result<(), VaultError> {
        self.environment(project, name)?;
        self.edit_blotter(project, author, &format!("Environment \"{name}\" removed"), None, |blotter| {
            blotter.environments.remove(name);
            if let Some(logins) = blotter.extra.get_mut(Blotter::CREDENTIALS).and_then(Value::as_object_mut) {
                logins.shift_remove(name);
            }
            Ok(())
        })?;
        Ok(())
    }
}
