//! Who may do what: callers, roles, and the [`Permit`] that every use case of the studio asks for.
//!
//! Owns: the only issuer of permits. Must not know: HTTP, sessions, passwords; it is pure and gets the caller as data.
//!
//! **Invariant:** a [`Permit`] has a private field, so nothing but [`Caller::permit`] can make one.

use std::marker::PhantomData;

use accid_base::{ErrorCode, Explain, Problem};

/// What a person's account may do, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reads.
    Viewer,
    /// Reads and writes, publishes; no users, no settings.
    Maintainer,
    /// Everything.
    Admin,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// Nobody known: a request that could not show who it is.
    Nobody,
    /// The person at the machine, in local mode.
    Owner,
    /// A person with an account.
    Person {
        /// Name shown in the history.
        name: String,
        /// What they may do.
        role: Role,
    },
    /// ACCID itself: jobs, the watcher, recovery.
    System,
}

impl Caller {
    /// The name that goes into the ledger as the author of a change.
    pub fn author(&self) -> &str {
        match self {
            Self::Nobody => "nobody",
            Self::Owner => "owner",
            Self::Person { name, .. } => name,
            Self::System => "accid",
        }
    }

    fn role(&self) -> Option<Role> {
        match self {
            Self::Nobody => None,
            Self::Owner | Self::System => Some(Role::Admin),
            Self::Person { role, .. } => Some(*role),
        }
    }

    /// Lets the caller do `A`, or says why not.
    ///
    /// # Errors
    /// [`Denied`] when the caller's role is below what `A` needs.
    pub fn permit<A: Action>(&self) -> Result<Permit<A>, Denied> {
        match self.role() {
            Some(role) if role >= A::NEEDS => {
                Ok(Permit { author: self.author().to_owned(), action: PhantomData })
            }
            role => Err(Denied { action: A::NAME, needs: A::NEEDS, has: role }),
        }
    }
}

/// Something one may be allowed to do.
pub trait Action: Send + Sync + 'static {
    /// Its name, as written in the API description.
    const NAME: &'static str;
    /// The least role that may.
    const NEEDS: Role;
}

macro_rules! actions {
    ($($(#[doc = $doc:literal])+ $name:ident $text:literal $role:ident;)+) => {
        $($(#[doc = $doc])+
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Action for $name {
            const NAME: &'static str = $text;
            const NEEDS: Role = Role::$role;
        })+
    };
}

actions! {
    /// Read projects, pages, versions, settings without secrets.
    Read "read" Viewer;
    /// Change content: create, edit, move, trash and restore.
    Write "write" Maintainer;
    /// Build, export, publish.
    Publish "publish" Maintainer;
    /// Change settings, empty the trash for good, repair, name folders of this machine.
    Administer "administer" Admin;
}

/// Proof that the caller may do `A`; carries who it is for the ledger.
#[derive(Debug, Clone)]
pub struct Permit<A> {
    author: String,
    action: PhantomData<A>,
}

impl<A> Permit<A> {
    /// Who does it.
    pub fn author(&self) -> &str {
        &self.author
    }
}

/// The caller may not do this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this needs the role {needs:?}")]
pub struct Denied {
    action: &'static str,
    needs: Role,
    has: Option<Role>,
}

impl Explain for Denied {
    fn problem(&self) -> Problem {
        let why = match self.has {
            None => "Nobody is signed in with this request.".to_owned(),
            Some(role) => format!("It needs the role {:?}, and yours is {role:?}.", self.needs),
        };
        Problem::new(ErrorCode::NotAllowed, format!("You may not do this (\"{}\").", self.action))
            .because(why)
            .fix("Ask the owner of this ACCID.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(role: Role) -> Caller {
        Caller::Person { name: "Ada".to_owned(), role }
    }

    #[test]
    fn nobody_may_do_nothing() {
        assert!(Caller::Nobody.permit::<Read>().is_err());
    }

    #[test]
    fn a_viewer_reads_and_a_maintainer_writes_and_only_an_admin_administers() {
        assert!(person(Role::Viewer).permit::<Read>().is_ok());
        assert!(person(Role::Viewer).permit::<Write>().is_err());
        assert!(person(Role::Maintainer).permit::<Write>().is_ok());
        assert!(person(Role::Maintainer).permit::<Administer>().is_err());
        assert!(person(Role::Admin).permit::<Administer>().is_ok());
    }

    #[test]
    fn a_permit_says_who_it_was_given_to() -> Result<(), Denied> {
        assert_eq!(person(Role::Maintainer).permit::<Write>()?.author(), "Ada");
        Ok(())
    }
}
