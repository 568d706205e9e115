//! Use cases about projects that stand for a folder with a build command: what is run, on whose word, and what came of
//! it. Must not know how a program is run on this system.

use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use accid_access::{Administer, Permit, Publish, Read};
use accid_base::{ErrorCode, Problem, Progress, locked};
use accid_model::{BuildRecipe, ProjectType};
use accid_store::Project;
use accid_vault::{BuildOutcome, SiteFolder, build_fingerprint};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{Inner, JobView, Role, explain, jobs::plain};

/// How many of a command's last lines are told when it fails.
const LAST_LINES: usize = 5;
/// How much of each of them is told, in characters.
const OF_A_LINE: usize = 200;
/// Signs by which a shell does more than run one program.
const OF_SHELLS: &str = "&|;<>`$";

/// A program to be run in a folder, without a shell.
#[derive(Debug, Clone)]
pub struct BuildOrder {
    /// The folder it is run in.
    pub folder: PathBuf,
    /// The program and what it is given.
    pub command: Vec<String>,
    /// How long it may take.
    pub limit: Duration,
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BuildEnd {
    /// Well.
    Done,
    /// With this exit code; nothing when a signal ended it.
    Failed(Option<i32>),
    /// A person stopped it.
    Stopped,
    /// It took longer than it may.
    TooLong,
}

/// Runs programs on this system. Whatever a program started is ended with it.
pub trait BuildRunner: Send + Sync {
    /// Runs a program to its end, and tells each line that it writes.
    ///
    /// # Errors
    /// When it cannot be started; a part of a sentence that says why.
    fn run(&self, order: &BuildOrder, progress: &dyn Progress) -> Result<BuildEnd, String>;

    /// Ends all programs that run: this process is about to end.
    fn stop_all(&self);
}

/// Hands on what a program says, and remembers how it ended.
struct LastLines<'a> {
    watcher: &'a dyn Progress,
    lines: Mutex<VecDeque<String>>,
}

impl<'a> LastLines<'a> {
    fn of(watcher: &'a dyn Progress) -> Self {
        Self { watcher, lines: Mutex::default() }
    }

    /// The end of a sentence about a program.
    fn told(&self) -> String {
        let lines: Vec<String> = locked(&self.lines).iter().map(|line| format!("\"{line}\"")).collect();
        if lines.is_empty() {
            " and wrote nothing.".to_owned()
        } else {
            format!(". Its last lines: {}.", lines.join(", "))
        }
    }
}

impl Progress for LastLines<'_> {
    fn step(&self, done: usize, total: usize, message: &str) {
        self.watcher.step(done, total, message);
    }

    fn line(&self, text: &str) {
        self.watcher.line(text);
        let shown: String = plain(text).trim().chars().take(OF_A_LINE).collect();
        if !shown.is_empty() {
            let mut lines = locked(&self.lines);
            lines.push_back(shown);
            while lines.len() > LAST_LINES {
                lines.pop_front();
            }
        }
    }

    fn cancelled(&self) -> bool {
        self.watcher.cancelled()
    }
}

/// No program is ever run.
pub(crate) struct NoRunner;

impl BuildRunner for NoRunner {
    fn run(&self, _: &BuildOrder, _: &dyn Progress) -> Result<BuildEnd, String> {
        Err("this ACCID runs no programs".to_owned())
    }

    fn stop_all(&self) {}
}

/// How a folder is to be built; what is missing stays.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SetBuildCommand {
    /// The folder in full, such as `/home/ada/shop`.
    pub folder: Option<String>,
    /// The command as one line, such as `npm run build`. Words in quotes are one word; no shell reads it.
    pub command: Option<String>,
    /// The folder that the command writes, below the folder, such as `dist`.
    pub output: Option<String>,
    /// How many minutes it may take, at most 120; 0 for 10.
    pub minutes: Option<u32>,
}

/// The owner's word.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct ApproveBuild {
    /// The fingerprint of the command that was shown.
    pub fingerprint: String,
}

/// How a project's folder is built, and what was built last.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BuildCommandView {
    /// The folder.
    pub folder: String,
    /// The command, word by word, as it is run.
    pub command: Vec<String>,
    /// The command as one line.
    pub line: String,
    /// The folder that it writes.
    pub output: String,
    /// How many minutes it may take.
    pub minutes: u32,
    /// Names exactly this folder, command, output and time.
    pub fingerprint: String,
    /// Whether the owner said yes to it.
    pub approved: bool,
    /// What was built last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub built: Option<BuiltView>,
}

/// What was built last.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BuiltView {
    /// When.
    pub at: Timestamp,
    /// How many seconds it took.
    pub seconds: f64,
    /// Number of files.
    pub files: usize,
    /// Their size together, in bytes.
    pub bytes: u64,
}

/// Use cases about projects that are built.
pub struct Builds<'a>(pub(crate) &'a Arc<Inner>);

fn no_command(what: &str, reason: &str) -> Problem {
    Problem::new(ErrorCode::InvalidValue, what)
        .because(reason.to_owned())
        .fix("Put it into a script of the folder, such as one of package.json, and name that script.")
        .with_errors(vec![accid_base::FieldError {
            pointer: "/command".to_owned(),
            message: reason.to_owned(),
        }])
}

/// The words of a line. Quotes hold words together; what only a shell could do is refused.
fn words_of(line: &str) -> Result<Vec<String>, Problem> {
    const WHAT: &str = "The build command was not taken.";
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None::<char>);
    for sign in line.trim().chars() {
        match (sign, quote) {
            (_, Some(open)) if sign == open => quote = None,
            (_, Some(_)) => word.get_or_insert_default().push(sign),
            ('"' | '\'', None) => {
                quote = Some(sign);
                word.get_or_insert_default();
            }
            (_, None) if sign.is_whitespace() => words.extend(word.take()),
            (_, None) if OF_SHELLS.contains(sign) => {
                return Err(no_command(
                    WHAT,
                    "It has a sign that only a shell understands, and no shell is used.",
                ));
            }
            (_, None) => word.get_or_insert_default().push(sign),
        }
    }
    if quote.is_some() {
        return Err(no_command(WHAT, "A quote is not closed."));
    }
    words.extend(word);
    Ok(words)
}

/// The words as one line that means the same.
fn line_of(words: &[String]) -> String {
    let shown = |word: &String| {
        let plain = !word.is_empty()
            && !word
                .chars()
                .any(|sign| sign.is_whitespace() || (OF_SHELLS.contains(sign) || "\"'".contains(sign)));
        match (plain, word.contains('"')) {
            (true, _) => word.clone(),
            (false, false) => format!("\"{word}\""),
            (false, true) => format!("'{word}'"),
        }
    };
    words.iter().map(shown).collect::<Vec<_>>().join(" ")
}

impl Inner {
    fn build_view(
        &self,
        project: &Project,
        recipe: Option<&BuildRecipe>,
    ) -> Result<BuildCommandView, Problem> {
        let recipe = recipe.cloned().unwrap_or_default();
        let built = self.vault.built_site(project).map_err(explain)?;
        Ok(BuildCommandView {
            fingerprint: build_fingerprint(&recipe).to_string(),
            approved: self.vault.is_build_approved(project, &recipe),
            line: line_of(&recipe.command),
            folder: recipe.folder,
            command: recipe.command,
            output: recipe.output,
            minutes: recipe.minutes,
            built: built.map(|site| BuiltView {
                at: site.built_at,
                seconds: site.seconds,
                files: site.files.len(),
                bytes: site.files.values().map(|file| file.bytes).sum(),
            }),
        })
    }

    /// Whether a project stands for a folder that is built by a command.
    pub(crate) fn is_built_by_command(&self, project: &Project) -> Result<bool, Problem> {
        Ok(self.vault.blotter(project).map_err(explain)?.blotter.project_type == ProjectType::React)
    }

    /// What was built last, laid out in a folder.
    pub(crate) fn laid_out(
        &self,
        project: &Project,
        folder: &std::path::Path,
        progress: &dyn Progress,
    ) -> Result<SiteFolder, Problem> {
        self.vault.lay_out_build(project, folder, progress).map_err(explain)
    }

    /// Whether all in a folder was laid out there by an earlier build of the project: known by content, never by name.
    pub(crate) fn is_of_builds(&self, project: &Project, folder: &std::path::Path) -> bool {
        let names = project.media_names().unwrap_or_default();
        let known: std::collections::HashSet<&str> =
            names.iter().filter_map(|name| name.split('.').next()).collect();
        let mut left = vec![folder.to_path_buf()];
        while let Some(folder) = left.pop() {
            for entry in self.vfs.list(&folder).unwrap_or_default() {
                let at = folder.join(&entry.name);
                let ours = match entry.kind {
                    accid_base::vfs::Kind::Folder => {
                        left.push(at);
                        true
                    }
                    accid_base::vfs::Kind::File => self.vfs.read(&at).is_ok_and(|bytes| {
                        known.contains(accid_base::ContentHash::of(&bytes).to_string().as_str())
                    }),
                    accid_base::vfs::Kind::Other => false,
                };
                if !ours {
                    return false;
                }
            }
        }
        true
    }

    fn run_build(
        &self,
        project: &Project,
        recipe: &BuildRecipe,
        (by, progress): (&str, &dyn Progress),
    ) -> Result<Value, Problem> {
        // Asked again now that it is this job's turn: the command may have changed meanwhile.
        self.check_approved(project, recipe)?;
        let order = BuildOrder {
            folder: PathBuf::from(&recipe.folder),
            command: recipe.command.clone(),
            limit: Duration::from_secs(u64::from(recipe.minutes.max(1)) * 60),
        };
        progress.line(&format!("$ {}", line_of(&recipe.command)));
        let began = self.clock.now();
        let failed = |reason: String, fix: &str| {
            Problem::new(ErrorCode::BuildFailed, "The project was not built.")
                .because(reason)
                .fix(fix.to_owned())
        };
        let said = LastLines::of(progress);
        let end = self.runner().run(&order, &said);
        let end = end.map_err(|reason| {
            failed(
                format!("\"{}\" could not be started: {reason}.", recipe.command[0]),
                "Install the program, or mend the command.",
            )
        })?;
        match end {
            BuildEnd::Done => {}
            BuildEnd::Failed(code) => {
                let how = code.map_or("by a signal".to_owned(), |code| format!("with the exit code {code}"));
                return Err(failed(
                    format!("The command ended {how}{}", said.told()),
                    "Mend what they say, or look at all that it wrote in the log of this build.",
                ));
            }
            BuildEnd::Stopped => {
                return Err(Problem::new(ErrorCode::Cancelled, "The build was stopped.")
                    .fix("Start it again when you like."));
            }
            BuildEnd::TooLong => {
                let reason = format!("It took longer than {} minutes and was ended.", recipe.minutes);
                return Err(failed(reason, "Allow it more minutes, or see in the log what it waits for."));
            }
        }
        let seconds = self.clock.now().duration_since(began).as_secs_f64();
        let kept = self
            .vault
            .keep_build(project, (recipe, &BuildOutcome { seconds }), by, progress)
            .map_err(explain)?;
        let bytes: u64 = kept.files.values().map(|file| file.bytes).sum();
        tracing::info!(project_id = %project.id(), files = kept.files.len(), bytes, by, "project_built");
        let findings: Vec<accid_base::Finding> =
            (!kept.files.keys().any(|path| path.as_str() == "index.html"))
                .then(|| {
                    let message = "The site has no index.html, so its address shows nothing on most hosts.";
                    accid_base::Finding::new(accid_base::Severity::Warning, "build.no-index", message)
                })
                .into_iter()
                .collect();
        Ok(json!({
            "path": recipe.output, "files": kept.files.len(), "bytes": bytes, "seconds": seconds, "findings": findings,
        }))
    }

    fn check_approved(&self, project: &Project, recipe: &BuildRecipe) -> Result<(), Problem> {
        let now = self.vault.build_recipe(project).map_err(explain)?;
        if now.as_ref() == Some(recipe) && self.vault.is_build_approved(project, recipe) {
            return Ok(());
        }
        Err(Problem::new(ErrorCode::ApprovalNeeded, "Nothing was run.")
            .because(format!("The owner has not said yes to this command: {}", line_of(&recipe.command)))
            .fix("Look at the command and its folder, say yes to it, and build again.")
            .with_details(json!({
                "fingerprint": build_fingerprint(recipe).to_string(), "command": recipe.command,
                "line": line_of(&recipe.command), "folder": recipe.folder, "output": recipe.output,
            })))
    }
}

impl Builds<'_> {
    /// How a project's folder is built, and what was built last.
    ///
    /// # Errors
    /// When the project is missing or is none that is built.
    pub fn command(&self, _: &Permit<Read>, project: &str) -> Result<BuildCommandView, Problem> {
        let project = self.0.project(project)?;
        let recipe = self.0.vault.build_recipe(&project).map_err(explain)?;
        self.0.build_view(&project, recipe.as_ref())
    }

    /// Says how a project's folder is built; what is missing stays. Nothing is run.
    ///
    /// # Errors
    /// When the project is missing or is none that is built, or a value is not acceptable.
    pub fn set_command(
        &self,
        permit: &Permit<Administer>,
        project: &str,
        request: &SetBuildCommand,
    ) -> Result<BuildCommandView, Problem> {
        let project = self.0.project(project)?;
        let mut recipe = self.0.vault.build_recipe(&project).map_err(explain)?.unwrap_or_default();
        if let Some(folder) = &request.folder {
            recipe.folder.clone_from(folder);
        }
        if let Some(line) = &request.command {
            recipe.command = words_of(line)?;
        }
        if let Some(output) = &request.output {
            recipe.output.clone_from(output);
        }
        recipe.minutes = request.minutes.unwrap_or(recipe.minutes);
        let kept = self.0.vault.set_build_recipe(&project, permit.author(), &recipe).map_err(explain)?;
        self.0.build_view(&project, Some(&kept))
    }

    /// The owner says yes to the command that was shown. It may be run until it, its folder, its output or its time is
    /// another one.
    ///
    /// # Errors
    /// When it is another one by now.
    pub fn approve(
        &self,
        permit: &Permit<Administer>,
        project: &str,
        request: &ApproveBuild,
    ) -> Result<BuildCommandView, Problem> {
        let project = self.0.project(project)?;
        self.0.vault.approve_build(&project, permit.author(), &request.fingerprint).map_err(explain)?;
        let recipe = self.0.vault.build_recipe(&project).map_err(explain)?;
        tracing::info!(project_id = %project.id(), by = permit.author(), "build_approved");
        self.0.build_view(&project, recipe.as_ref())
    }

    /// Runs the command that the owner said yes to, and keeps what it wrote as a version.
    ///
    /// # Errors
    /// When the project is missing, or the owner did not say yes to the command as it is; what goes wrong later is told
    /// by the job.
    pub fn start(&self, permit: &Permit<Publish>, project: &str) -> Result<JobView, Problem> {
        self.0.roles.require(Role::Vault)?;
        let project = self.0.project(project)?;
        let recipe = self.0.vault.build_recipe(&project).map_err(explain)?;
        let recipe = recipe.ok_or_else(|| {
            Problem::new(ErrorCode::BuildFailed, "Nothing was run.")
                .because("No folder and no command were named yet.")
                .fix("Name the folder, its build command and its output folder first.")
        })?;
        self.0.check_approved(&project, &recipe)?;
        let by = permit.author().to_owned();
        Ok(self.0.start_job("build", project.id(), move |inner, progress| {
            inner.run_build(&project, &recipe, (&by, progress))
        }))
    }

    /// Whether a project is built by a command of its owner.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn is_built_by_command(&self, _: &Permit<Publish>, project: &str) -> Result<bool, Problem> {
        self.0.is_built_by_command(&*self.0.project(project)?)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_read_word_by_word_and_written_back() {
        for (line, words) in [
            ("npm run build", &["npm", "run", "build"][..]),
            ("  node  \"my build.js\" --out 'a b' ", &["node", "my build.js", "--out", "a b"]),
            ("make ''", &["make", ""]),
        ] {
            let read = words_of(line).unwrap();
            assert_eq!(read, words);
            assert_eq!(words_of(&line_of(&read)).unwrap(), words, "{line}");
        }
    }

    #[test]
    fn what_only_a_shell_could_do_is_refused() {
        for line in
            ["npm ci && npm run build", "a | b", "a > b", "a; b", "a $HOME", "a `b`", "a & b", "say \"hello"]
        {
            assert_eq!(words_of(line).unwrap_err().code, ErrorCode::InvalidValue, "{line}");
        }
        assert_eq!(words_of("echo 'a && b'").unwrap(), ["echo", "a && b"], "in quotes it is a word");
    }
}
