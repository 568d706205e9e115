//! What can be typed: the commands, their options, and the help text that follows from the comments here.
//! Must not know what a command does.

mod backup;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

pub use backup::{BackupCommand, BackupTo};

/// A creative studio for your own website: edit it on a canvas, go back in time, publish plain HTML.
///
/// Everything stays on this machine, in a folder you own. Without a command, `accid` starts the studio.
#[derive(Debug, Parser)]
#[command(name = "accid", version, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options that every command takes.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Folder that holds the projects; the platform's folder for data when missing
    #[arg(long, global = true, env = "ACCID_DATA", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub data: Option<PathBuf>,
    /// Print JSON for programs instead of sentences
    #[arg(long, global = true)]
    pub json: bool,
}

/// How a folder is built, for projects of the type react.
#[derive(Debug, Clone, Default, Args)]
pub struct RecipeArguments {
    /// Folder that is built
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: Option<PathBuf>,
    /// Command that builds it, such as "npm run build"; no shell reads it
    #[arg(long, value_name = "COMMAND")]
    pub command: Option<String>,
    /// Folder below it that the command writes, such as dist
    #[arg(long, value_name = "NAME")]
    pub output: Option<String>,
    /// How many minutes the command may take; 10 when missing
    #[arg(long, value_name = "N")]
    pub minutes: Option<u32>,
}

impl RecipeArguments {
    /// What was said.
    pub fn said(&self) -> crate::commands::Recipe<'_> {
        crate::commands::Recipe {
            folder: self.folder.as_deref(),
            command: self.command.as_deref(),
            output: self.output.as_deref(),
            minutes: self.minutes,
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start the studio: all tools in one process
    Up(Up),
    /// Start the Vault alone: projects, history, publishing
    #[command(args_conflicts_with_subcommands = true)]
    Vault(VaultArguments),
    /// Start the Builder alone: pages, canvas, export
    Builder(Alone),
    /// Start Waypoint alone: photos
    Waypoint(Alone),
    /// Make a new project
    New {
        /// Its name, such as "Harbour Café"
        name: String,
        /// What it is
        #[arg(long = "type", value_enum, default_value_t = ProjectKind::Html)]
        kind: ProjectKind,
        /// Template to start from: blank, portfolio, journal, business or landing
        #[arg(long, value_name = "NAME")]
        template: Option<String>,
        #[command(flatten)]
        recipe: RecipeArguments,
    },
    /// List the projects
    List,
    /// Build the site of a project; a folder with a build command by that command, which is shown before it is run
    Build {
        #[command(flatten)]
        project: ProjectName,
        #[command(flatten)]
        recipe: RecipeArguments,
        /// Say yes to the command with this fingerprint, for programs; a person is asked
        #[arg(long, value_name = "FINGERPRINT")]
        approve: Option<String>,
    },
    /// Open the project in a folder anywhere on this machine
    Open {
        /// The folder, which has an accid_blotter.json
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
    /// Close a project that was opened in a folder elsewhere; the folder stays as it is
    Close {
        #[command(flatten)]
        project: ProjectName,
    },
    /// Find the folder of a project again that was moved
    Find {
        #[command(flatten)]
        project: ProjectName,
        /// The folder, or one at most four levels above it
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
    /// Move the folder of a project to another place on this machine
    Move {
        #[command(flatten)]
        project: ProjectName,
        /// The folder that it becomes; it must not be there yet
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath, required_unless_present = "home")]
        folder: Option<PathBuf>,
        /// Back to ACCID's own data folder
        #[arg(long, conflicts_with = "folder")]
        home: bool,
    },
    /// Write a project as a static site into a folder
    Export {
        #[command(flatten)]
        project: ProjectName,
        /// Folder to write to; the project's own build folder when missing
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        out: Option<PathBuf>,
        /// Instead of a site: the project itself as one zip, with its originals and history, without secrets
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "out")]
        zip: Option<PathBuf>,
    },
    /// Take a project in from a zip that `accid export --zip` made
    Import {
        /// The zip
        #[arg(value_hint = ValueHint::FilePath)]
        source: PathBuf,
    },
    /// Give the present state of a project a name
    Snapshot {
        #[command(flatten)]
        project: ProjectName,
        /// What is special about it
        #[arg(short, long, default_value = "", hide_default_value = true, value_name = "TEXT")]
        message: String,
    },
    /// List the versions of a project, newest first
    History {
        #[command(flatten)]
        project: ProjectName,
    },
    /// Bring back a version of a project, or of one file; this can be undone
    Restore {
        #[command(flatten)]
        project: ProjectName,
        /// The version, as `accid history` prints it
        version: String,
        /// Only this file, such as pages/about.json
        #[arg(long, value_name = "FILE")]
        path: Option<String>,
        /// Only the look: the theme, what was changed of it, and the site's own CSS
        #[arg(long, conflicts_with_all = ["path", "photo"])]
        theme: bool,
        /// Only this photo, by its id or the name its file came with
        #[arg(long, value_name = "PHOTO", conflicts_with = "path")]
        photo: Option<String>,
    },
    /// Name, pin or annotate a version, so that it is never thinned out
    Mark {
        #[command(flatten)]
        project: ProjectName,
        /// The version, as `accid history` prints it
        version: String,
        /// A name for it; an empty one takes the name back
        #[arg(long, value_name = "TEXT")]
        name: Option<String>,
        /// A note about it
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
        /// Pin it
        #[arg(long, conflicts_with = "unpin")]
        pin: bool,
        /// Take the pin out
        #[arg(long)]
        unpin: bool,
    },
    /// Say how many versions of a project are kept and what would go; with options, change the rules
    Retention {
        #[command(flatten)]
        project: ProjectName,
        /// So many of the newest automatic versions
        #[arg(long, value_name = "N")]
        automatic: Option<u32>,
        /// The last version of each day, for so many days
        #[arg(long, value_name = "DAYS")]
        daily: Option<u32>,
        /// None older than so many days; 0 for no such limit
        #[arg(long, value_name = "DAYS")]
        max_age: Option<u32>,
        /// At most so many megabytes; 0 for no such limit
        #[arg(long, value_name = "MB")]
        max_size: Option<u32>,
        /// Let the settings say it again
        #[arg(long, conflicts_with_all = ["automatic", "daily", "max_age", "max_size"])]
        default: bool,
        /// Thin out now; what goes is gone for good
        #[arg(long)]
        apply: bool,
    },
    /// Write a project's history as a git repository: one commit a version
    GitExport {
        #[command(flatten)]
        project: ProjectName,
        /// Folder to write to: empty, missing, or that of an earlier export
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
    /// Say where a project is published to
    #[command(subcommand)]
    Env(EnvironmentCommand),
    /// Publish a project
    Deploy {
        #[command(flatten)]
        project: ProjectName,
        /// The environment, such as production
        environment: String,
        /// Only say what would be done
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        opening: Opening,
    },
    /// Bring the release before the one that is online back
    Rollback {
        #[command(flatten)]
        project: ProjectName,
        /// The environment, such as production
        environment: String,
        /// Another release, as `accid releases` prints it
        #[arg(long, value_name = "RELEASE")]
        release: Option<String>,
        /// Only say what would be done
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        opening: Opening,
    },
    /// List the releases of an environment, and what was done there
    Releases {
        #[command(flatten)]
        project: ProjectName,
        /// The environment, such as production
        environment: String,
    },
    /// Lock, unlock or protect the passwords and keys of environments
    #[command(subcommand)]
    Credentials(CredentialsCommand),
    /// Back everything up off-site, encrypted, in the format of restic; without more words, make a backup now
    Backup {
        #[command(flatten)]
        opening: Opening,
        #[command(subcommand)]
        command: Option<BackupCommand>,
    },
    /// Restore a backup, or a part of it, into an empty folder or as a project
    RestoreBackup {
        /// The backup, as `accid backup list` prints it; the newest when missing
        snapshot: Option<String>,
        /// Only this file or folder of it, such as projects/travel/pages
        #[arg(long, value_name = "PATH", conflicts_with = "project")]
        path: Option<String>,
        /// Empty or new folder to restore into
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, required_unless_present = "project")]
        out: Option<PathBuf>,
        /// Restore this project as one of this data folder, with its history unless it is here already
        #[arg(long, value_name = "PROJECT", conflicts_with = "out")]
        project: Option<String>,
        #[command(flatten)]
        opening: Opening,
    },
    /// See what was removed, bring it back, or remove it for good
    #[command(subcommand)]
    Trash(TrashCommand),
    /// Look at every file on disk, and mend what is damaged
    Validate {
        /// Mend what can be mended; nothing that can be read is thrown away
        #[arg(long)]
        repair: bool,
    },
    /// Bring documents of an older ACCID to this one's format
    Migrate {
        /// Only say what would be changed
        #[arg(long)]
        plan: bool,
    },
    /// Work with photos
    #[command(subcommand)]
    Photos(PhotosCommand),
    /// Print the completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// What opens the passwords and keys for this one command.
#[derive(Debug, Clone, Default, Args)]
pub struct Opening {
    /// Read the passphrase that protects the passwords and keys from this file; else it is taken from ACCID_PASSPHRASE,
    /// or asked for
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub passphrase_file: Option<PathBuf>,
}

/// A project, named as a person would.
#[derive(Debug, Clone, Args)]
pub struct ProjectName {
    /// The project, by its short name or its id, as `accid list` prints them
    pub project: String,
}

/// Where to listen.
#[derive(Debug, Clone, Default, Args)]
pub struct Listen {
    /// Address to listen at
    #[arg(long, env = "ACCID_HOST", value_name = "ADDRESS")]
    pub host: Option<String>,
    /// Port to listen at; 0 takes a free one
    #[arg(long, env = "ACCID_PORT", value_name = "PORT")]
    pub port: Option<u16>,
    /// How much to log: error, warn, info, debug, or a filter such as accid_store=debug
    #[arg(long, env = "ACCID_LOG", value_name = "LEVEL")]
    pub log: Option<String>,
}

/// How to start the Vault, or what to do with tools that are paired with it.
#[derive(Debug, Clone, Default, Args)]
pub struct VaultArguments {
    #[command(flatten)]
    pub listen: Listen,
    #[command(subcommand)]
    pub command: Option<VaultCommand>,
}

/// Tools that are paired with the Vault.
#[derive(Debug, Clone, Subcommand)]
pub enum VaultCommand {
    /// Pair a Builder or Waypoint of another process or machine; prints its token, this once
    Pair {
        /// What the tool is called in the history
        #[arg(default_value = "Builder")]
        name: String,
    },
    /// List the tools that are paired
    Pairings,
    /// End a pairing; what the tool handed over stays
    Unpair {
        /// The pairing, as `accid vault pairings` prints it
        pairing: String,
    },
}

/// How to start a tool alone, and with which Vault.
#[derive(Debug, Clone, Default, Args)]
pub struct Alone {
    #[command(flatten)]
    pub listen: Listen,
    /// Hand the projects to the Vault at this address, such as http://192.168.1.5:9847
    #[arg(long, env = "ACCID_VAULT", value_name = "URL")]
    pub vault: Option<String>,
    /// Read the token that `accid vault pair` printed from the standard input, and keep it sealed
    #[arg(long, requires = "vault")]
    pub vault_token_stdin: bool,
}

/// How to start the studio.
#[derive(Debug, Clone, Default, Args)]
pub struct Up {
    #[command(flatten)]
    pub listen: Listen,
    /// Open the studio in the browser
    #[arg(long)]
    pub open: bool,
    /// Make the demo site "Yacht Adventures" when it is not there
    #[arg(long)]
    pub demo: bool,
}

/// What a project is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProjectKind {
    /// A website
    Html,
    /// A photo story
    Gallery,
    /// Steps in order
    Tutorial,
    /// A folder with a build command
    React,
}

impl ProjectKind {
    /// As the API writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Gallery => "gallery",
            Self::Tutorial => "tutorial",
            Self::React => "react",
        }
    }
}

/// Where a project is published to.
#[derive(Debug, Subcommand)]
pub enum EnvironmentCommand {
    /// Set where an environment is
    Set {
        #[command(flatten)]
        project: ProjectName,
        /// Its name, such as production
        environment: String,
        /// Where the files go: sftp://name@host/folder, ftps://name@host/folder, ftp://name@host/folder, a folder as
        /// file:///srv/www/site, or an archive to hand in as zip:///home/anna/site.zip
        #[arg(long)]
        url: String,
        /// Where visitors see them, such as https://example.org
        #[arg(long, default_value = "", hide_default_value = true, value_name = "URL")]
        public_url: String,
        /// Read the password from the standard input
        #[arg(long, conflicts_with_all = ["key", "agent"])]
        password_stdin: bool,
        /// Sign in with this private key of SSH; its passphrase is asked for, or read with --password-stdin
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        key: Option<PathBuf>,
        /// Sign in with a key of this machine's SSH agent
        #[arg(long, conflicts_with = "key")]
        agent: bool,
    },
    /// List the environments of a project
    List {
        #[command(flatten)]
        project: ProjectName,
    },
    /// Forget an environment; what was published stays where it is
    Remove {
        #[command(flatten)]
        project: ProjectName,
        /// Its name
        environment: String,
    },
    /// Accept the host key or certificate that a server shows now
    Trust {
        #[command(flatten)]
        project: ProjectName,
        /// Its name
        environment: String,
        /// The fingerprint, as `accid deploy` printed it
        fingerprint: String,
    },
}

/// The lock of passwords and keys.
#[derive(Debug, Subcommand)]
pub enum CredentialsCommand {
    /// Say whether they are open, and what protects them
    Status,
    /// Open them with their passphrase
    Unlock {
        /// Read the passphrase from the standard input
        #[arg(long)]
        passphrase_stdin: bool,
    },
    /// Lock them until somebody opens them
    Lock,
    /// Protect them by a passphrase, or with --key-file by a file that this machine reads by itself
    Protect {
        /// Read the passphrase from the standard input
        #[arg(long)]
        passphrase_stdin: bool,
        /// Protect them by the key file: ACCID_KEY_FILE, or one in the data folder
        #[arg(long, conflicts_with = "passphrase_stdin")]
        key_file: bool,
        /// Protect them by the keyring of this system, which opens when you sign in to it
        #[arg(long, conflicts_with_all = ["passphrase_stdin", "key_file"])]
        keyring: bool,
    },
}

/// What was removed.
#[derive(Debug, Subcommand)]
pub enum TrashCommand {
    /// List what is in the trash
    List,
    /// Bring something back
    Restore {
        /// The entry, as `accid trash list` prints it
        entry: String,
    },
    /// Remove everything in the trash for good
    Empty,
}

/// Photos.
#[derive(Debug, Subcommand)]
pub enum PhotosCommand {
    /// Add pictures to a project; folders are looked through
    Add {
        #[command(flatten)]
        project: ProjectName,
        /// Pictures, or folders of pictures
        #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
        paths: Vec<PathBuf>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_commands_fit_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn data_and_json_are_taken_by_every_command() {
        for command in ["list", "trash list", "env list p", "validate", "new x"] {
            let words = ["accid"].into_iter().chain(command.split(' ')).chain(["--json", "--data", "d"]);
            let arguments = Arguments::try_parse_from(words).unwrap();
            assert!(arguments.common.json && arguments.common.data == Some(PathBuf::from("d")), "{command}");
        }
    }
}
