//! The commands: each asks the API and says what came of it. One file per family.
//! Must not know whether the API is in this process or in another.

mod backup;
mod builds;
mod credentials;
mod folders;
mod history;
mod keeping;
mod photos;
mod projects;
mod publishing;
mod system;
mod trash;
mod vault;

pub use self::builds::Recipe;
use crate::{
    arguments::{
        Command, CredentialsCommand, EnvironmentCommand, PhotosCommand, TrashCommand, VaultArguments,
        VaultCommand,
    },
    client::ApiClient,
    failure::Failure,
    output::Report,
    progress::Progress,
    secrets::Source,
};

/// Does one command.
///
/// # Errors
/// When it could not be done; the failure is the sentence to print.
pub fn run(command: Command, client: &dyn ApiClient, progress: &Progress) -> Result<Report, Failure> {
    match command {
        Command::New { name, kind, template, recipe } => {
            projects::create(client, (&name, kind), template.as_deref(), &recipe.said())
        }
        Command::Build { project, recipe, approve } => {
            builds::build(client, progress, &project, (&recipe.said(), approve.as_deref()))
        }
        Command::Open { folder } => folders::open(client, &folder),
        Command::Close { project } => folders::close(client, &project.project),
        Command::Find { project, folder } => folders::find(client, &project.project, &folder),
        Command::Move { project, folder, home: _ } => {
            folders::relocate(client, &project.project, folder.as_deref())
        }
        Command::List => projects::list(client),
        Command::Export { project, zip: Some(file), .. } => projects::zip(client, progress, &project, &file),
        Command::Import { source } => projects::import(client, progress, &source),
        Command::Export { project, out, zip: None } => {
            publishing::export(client, progress, &project, out.as_deref())
        }
        command @ (Command::Snapshot { .. }
        | Command::History { .. }
        | Command::Restore { .. }
        | Command::Mark { .. }
        | Command::Retention { .. }
        | Command::GitExport { .. }) => of_history(command, client, progress),
        Command::Env(command) => environment(client, command),
        Command::Deploy { project, environment, dry_run, opening } => {
            credentials::open(client, opening.passphrase_file.as_deref())?;
            match dry_run {
                true => publishing::plan(client, &project, &environment),
                false => publishing::deploy(client, progress, &project, &environment),
            }
        }
        Command::Rollback { project, environment, release, dry_run, opening } => {
            credentials::open(client, opening.passphrase_file.as_deref())?;
            let back = publishing::Back { release: release.as_deref(), dry_run };
            publishing::roll_back(client, progress, &project, &environment, back)
        }
        Command::Releases { project, environment } => publishing::releases(client, &project, &environment),
        Command::Credentials(command) => lock(client, command),
        command @ (Command::Backup { .. } | Command::RestoreBackup { .. }) => {
            of_backups(command, client, progress)
        }
        Command::Trash(TrashCommand::List) => trash::list(client),
        Command::Trash(TrashCommand::Restore { entry }) => trash::restore(client, &entry),
        Command::Trash(TrashCommand::Empty) => trash::empty(client),
        Command::Validate { repair: false } => system::validate(client),
        Command::Validate { repair: true } => system::repair(client),
        Command::Migrate { plan: true } => system::plan_migration(client),
        Command::Migrate { plan: false } => system::migrate(client),
        Command::Photos(PhotosCommand::Add { project, paths }) => {
            photos::add(client, progress, &project, &paths)
        }
        Command::Vault(VaultArguments { command: Some(command), .. }) => match command {
            VaultCommand::Pair { name } => vault::pair(client, &name),
            VaultCommand::Pairings => vault::pairings(client),
            VaultCommand::Unpair { pairing } => vault::unpair(client, &pairing),
        },
        Command::Up(_)
        | Command::Vault(_)
        | Command::Builder(_)
        | Command::Waypoint(_)
        | Command::Completions { .. } => Err(asks_nothing()),
    }
}

fn asks_nothing() -> Failure {
    Failure::new("This command does not ask the API.")
}

fn of_history(command: Command, client: &dyn ApiClient, progress: &Progress) -> Result<Report, Failure> {
    match command {
        Command::Snapshot { project, message } => history::snapshot(client, &project, &message),
        Command::History { project } => history::list(client, &project),
        Command::Restore { project, version, path, theme, photo } => {
            let what = match (path, photo) {
                (Some(path), _) => history::Wanted::File(path),
                (None, Some(photo)) => history::Wanted::Photo(photo),
                (None, None) if theme => history::Wanted::Look,
                (None, None) => history::Wanted::All,
            };
            history::restore(client, &project, &version, what)
        }
        Command::Mark { project, version, name, note, pin, unpin } => {
            let pinned = if pin { Some(true) } else { unpin.then_some(false) };
            keeping::mark(
                client,
                &project,
                &version,
                &serde_json::json!({"name": name, "note": note, "pinned": pinned}),
            )
        }
        Command::Retention { project, automatic, daily, max_age, max_size, default, apply } => {
            let rules = keeping::Rules { automatic, daily, max_age, max_size };
            let wish = if default { keeping::Wish::Default } else { keeping::Wish::Rules(rules) };
            keeping::retention(client, &project, &wish, apply.then_some(keeping::Apply))
        }
        Command::GitExport { project, folder } => keeping::git_export(client, progress, &project, &folder),
        _ => Err(asks_nothing()),
    }
}

fn of_backups(command: Command, client: &dyn ApiClient, progress: &Progress) -> Result<Report, Failure> {
    match command {
        Command::Backup { opening, command } => {
            credentials::open(client, opening.passphrase_file.as_deref())?;
            backup::run(client, progress, command)
        }
        Command::RestoreBackup { snapshot, path, out, project, opening } => {
            credentials::open(client, opening.passphrase_file.as_deref())?;
            let back = backup::Back {
                snapshot: snapshot.as_deref(),
                path: path.as_deref(),
                out: out.as_deref(),
                project: project.as_deref(),
            };
            backup::restore(client, progress, &back)
        }
        _ => Err(asks_nothing()),
    }
}

fn environment(client: &dyn ApiClient, command: EnvironmentCommand) -> Result<Report, Failure> {
    match command {
        EnvironmentCommand::Set { project, environment, url, public_url, password_stdin, key, agent } => {
            let given = credentials::Given {
                source: Source::standard_input_if(password_stdin),
                key: key.as_deref(),
                agent: agent.then_some(credentials::Agent),
            };
            publishing::set_environment(client, &project, &environment, (&url, &public_url), &given)
        }
        EnvironmentCommand::List { project } => publishing::list_environments(client, &project),
        EnvironmentCommand::Remove { project, environment } => {
            publishing::remove_environment(client, &project, &environment)
        }
        EnvironmentCommand::Trust { project, environment, fingerprint } => {
            publishing::trust(client, &project, &environment, &fingerprint)
        }
    }
}

fn lock(client: &dyn ApiClient, command: CredentialsCommand) -> Result<Report, Failure> {
    match command {
        CredentialsCommand::Status => credentials::status(client),
        CredentialsCommand::Unlock { passphrase_stdin } => {
            credentials::unlock(client, Source::standard_input_if(passphrase_stdin))
        }
        CredentialsCommand::Lock => credentials::lock(client),
        CredentialsCommand::Protect { key_file: true, .. } => credentials::protect_by(client, "key-file"),
        CredentialsCommand::Protect { keyring: true, .. } => credentials::protect_by(client, "keyring"),
        CredentialsCommand::Protect { passphrase_stdin, .. } => {
            credentials::protect_by_passphrase(client, Source::standard_input_if(passphrase_stdin))
        }
    }
}
