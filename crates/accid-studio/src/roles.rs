//! Which tools are part of this process, and what is said when one is not.

use accid_base::{ErrorCode, Problem};

/// A tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Registry, publishing, system utilities.
    Vault,
    /// Pages, modules, export.
    Builder,
    /// Photos.
    Waypoint,
}

impl Role {
    const ALL: [Self; 3] = [Self::Vault, Self::Builder, Self::Waypoint];

    const fn name(self) -> &'static str {
        match self {
            Self::Vault => "vault",
            Self::Builder => "builder",
            Self::Waypoint => "waypoint",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Vault => "The Vault",
            Self::Builder => "The HTML Builder",
            Self::Waypoint => "Waypoint",
        }
    }

    const fn does(self) -> &'static str {
        match self {
            Self::Vault => "publishing, environments, emptying the trash, validation and migration",
            Self::Builder => "pages, modules, themes and the export",
            Self::Waypoint => "photos",
        }
    }
}

/// The tools in this process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roles(Vec<Role>);

impl Roles {
    /// All tools in one process.
    pub fn all() -> Self {
        Self(Role::ALL.to_vec())
    }

    /// One tool alone.
    pub fn only(role: Role) -> Self {
        Self(vec![role])
    }

    /// Their names, as `GET /api/health` lists them.
    pub fn names(&self) -> Vec<&'static str> {
        self.0.iter().map(|role| role.name()).collect()
    }

    /// Refuses with a sentence when the tool is not part of this process.
    ///
    /// # Errors
    /// [`ErrorCode::ServiceUnavailable`], when it is not.
    pub fn require(&self, role: Role) -> Result<(), Problem> {
        if self.0.contains(&role) {
            return Ok(());
        }
        let what = format!("{} is not running here.", role.title());
        let why = format!(
            "This process was started as {} alone, and {} does {}.",
            self.names().join(" and "),
            role.title(),
            role.does()
        );
        let fix = "Everything else goes on. Start the whole studio with: accid up.";
        Err(Problem::new(ErrorCode::ServiceUnavailable, what).because(why).fix(fix))
    }
}
