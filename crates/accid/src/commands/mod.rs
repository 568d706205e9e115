//! The commands: each asks the API and says what came of it. One file per family.
//! Must not know whether the API is in this process or in another.

mod history;
mod photos;
mod projects;
mod publishing;
mod system;
mod trash;

use crate::{
    arguments::{Command, EnvironmentCommand, PhotosCommand, TrashCommand},
    client::ApiClient,
    failure::Failure,
    output::Report,
    progress::Progress,
};

/// Does one command.
///
/// # Errors
/// When it could not be done; the failure is the sentence to print.
pub fn run(command: Command, client: &dyn ApiClient, progress: &Progress) -> Result<Report, Failure> {
    match command {
        Command::New { name, kind, template } => projects::create(client, &name, kind, template.as_deref()),
        Command::List => projects::list(client),
        Command::Export { project, out } => publishing::export(client, progress, &project, out.as_deref()),
        Command::Snapshot { project, message } => history::snapshot(client, &project, &message),
        Command::History { project } => history::list(client, &project),
        Command::Restore { project, version, path } => {
            history::restore(client, &project, &version, path.as_deref())
        }
        Command::Env(EnvironmentCommand::Set { project, environment, url, public_url }) => {
            publishing::set_environment(client, &project, &environment, &url, &public_url)
        }
        Command::Env(EnvironmentCommand::List { project }) => publishing::list_environments(client, &project),
        Command::Env(EnvironmentCommand::Remove { project, environment }) => {
            publishing::remove_environment(client, &project, &environment)
        }
        Command::Deploy { project, environment, dry_run: true } => {
            publishing::plan(client, &project, &environment)
        }
        Command::Deploy { project, environment, dry_run: false } => {
            publishing::deploy(client, progress, &project, &environment)
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
        Command::Up(_)
        | Command::Vault(_)
        | Command::Builder(_)
        | Command::Waypoint(_)
        | Command::Completions { .. } => Err(Failure::new("This command does not ask the API.")),
    }
}
