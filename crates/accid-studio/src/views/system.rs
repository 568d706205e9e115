//! The program itself: who asks, health, jobs, settings, validation, migration. Must not know HTTP.

use accid_access::{Action, Administer, Caller, Publish, Read, Write};
use accid_base::{ContentHash, Finding, Id, Problem};
use accid_model::Settings;
use schemars::JsonSchema;
use serde::Serialize;

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum JobState {
    /// At work.
    Running,
    /// Ended well.
    Done,
    /// Ended with a problem.
    Failed,
    /// Stopped because a person asked.
    Cancelled,
}

/// Long work and how far it is.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct JobView {
    /// Identity of the job.
    pub id: Id,
    /// What it does: `export`, `deploy`, `dropbox-import` or `dropbox-send`.
    pub kind: String,
    /// The project it works on.
    pub project: Id,
    /// Where it stands.
    pub state: JobState,
    /// Steps done.
    pub done: usize,
    /// Steps in all.
    pub total: usize,
    /// What is being done now.
    pub message: String,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<serde_json::Value>,
    /// What went wrong.
    #[serde(skip)]
    pub failure: Option<Problem>,
    /// What went wrong, for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// Code of what went wrong, as `docs/errors.md` lists them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// More about what went wrong, for programs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<serde_json::Value>,
}

/// Who asks, and what they may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MeView {
    /// Name in the history; `owner` on a person's own machine.
    pub name: String,
    /// Names of the permissions the caller has, from least to most, as the description of the API names them:
    /// `read`, `write`, `publish`, `administer`.
    pub may: Vec<&'static str>,
}

impl MeView {
    /// What this caller may.
    pub fn of(caller: &Caller) -> Self {
        fn name<A: Action>(caller: &Caller) -> Option<&'static str> {
            caller.permit::<A>().is_ok().then_some(A::NAME)
        }
        let may = [
            name::<Read>(caller),
            name::<Write>(caller),
            name::<Publish>(caller),
            name::<Administer>(caller),
        ];
        Self { name: caller.author().to_owned(), may: may.into_iter().flatten().collect() }
    }
}

/// How this ACCID is.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HealthView {
    /// `ok`.
    pub status: &'static str,
    /// `local_dev` on a person's own machine.
    pub mode: &'static str,
    /// Version of the interface.
    pub version: &'static str,
    /// Identity of this running process.
    pub instance: Id,
    /// The tools in this process.
    pub roles: Vec<&'static str>,
    /// Version of the program.
    pub program: &'static str,
}

/// What a look at every file found.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ValidationView {
    /// Number of files looked at.
    pub files: usize,
    /// What was found.
    pub findings: Vec<Finding>,
    /// What a repair would do, one by one.
    pub proposals: Vec<RepairProposal>,
}

/// What a repair would do about one thing. Documents are put back as versions of their own.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RepairProposal {
    /// Names it in a request to repair; the same damage of the same file keeps its id.
    pub id: String,
    /// What kind of damage it is, such as `unreadable-document`.
    pub kind: String,
    /// The file, in the data folder.
    pub path: String,
    /// What is wrong.
    pub what: String,
    /// Why, as far as that can be seen.
    pub why: String,
    /// What would be done.
    pub repair: String,
}

/// What a repair did.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RepairView {
    /// What was mended, for a person.
    pub repaired: Vec<Finding>,
    /// What is still to be mended by hand.
    pub findings: Vec<Finding>,
}

/// The settings with their hash.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SettingsView {
    /// The settings.
    #[serde(flatten)]
    pub settings: Settings,
    /// Their content hash.
    pub etag: ContentHash,
    /// What a person should know about them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

/// A document that an update of ACCID would rewrite.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MigrationStep {
    /// The project it is in.
    pub project: String,
    /// The file.
    pub path: String,
    /// The format it has.
    pub from: u32,
    /// The format it would get.
    pub to: u32,
    /// What would be done, in order.
    pub steps: Vec<String>,
}
