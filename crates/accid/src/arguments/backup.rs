//! The words of `accid backup`. Must not know what they do.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

/// Off-site backups.
#[derive(Debug, Subcommand)]
pub enum BackupCommand {
    /// Make a backup now
    Run,
    /// Say where backups go, when, and how many are kept; what is not named stays
    Set(BackupTo),
    /// Say where backups go, and how the last ones went
    Status,
    /// List the backups, newest first
    List,
    /// Prove that the newest backup can be restored: into a folder of its own, compared, and taken away again
    Drill,
    /// Remove the backups that the rules do not keep
    ThinOut {
        /// Only say what would go
        #[arg(long)]
        dry_run: bool,
    },
    /// Accept the host key that the server shows now
    Trust {
        /// The fingerprint, as `accid backup` printed it
        fingerprint: String,
    },
    /// Forget the place and its passwords; the backups stay there
    Forget,
}

/// Where backups go.
#[derive(Debug, Args)]
pub struct BackupTo {
    /// The place: file:///media/stick/backup, sftp://name@host/folder, or s3://ACCESS-KEY@host/bucket/folder
    #[arg(long)]
    pub url: Option<String>,
    /// Read the password that encrypts the backups from the first line of the standard input, and from the second
    /// that of the server or the secret access key
    #[arg(long)]
    pub password_stdin: bool,
    /// Sign in with this private key of SSH
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub key: Option<PathBuf>,
    /// Sign in with a key of this machine's SSH agent
    #[arg(long, conflicts_with = "key")]
    pub agent: bool,
    /// When a backup is made by itself
    #[arg(long, value_enum)]
    pub schedule: Option<Schedule>,
    /// When a restore is tried by itself
    #[arg(long, value_enum)]
    pub drill: Option<Schedule>,
    /// Keep the last backup of each of so many days
    #[arg(long, value_name = "DAYS")]
    pub keep_daily: Option<u32>,
    /// Keep the last backup of each of so many weeks
    #[arg(long, value_name = "WEEKS")]
    pub keep_weekly: Option<u32>,
    /// Keep the last backup of each of so many months
    #[arg(long, value_name = "MONTHS")]
    pub keep_monthly: Option<u32>,
}

/// When something is done by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Schedule {
    /// Only when somebody asks
    Never,
    /// Once an hour
    Hourly,
    /// Once a day
    Daily,
    /// Once a week
    Weekly,
    /// Once in thirty days
    Monthly,
}

impl Schedule {
    /// As the API writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Hourly => "hourly",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
        }
    }
}
