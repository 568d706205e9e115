//! The program `accid`: reads the command line and the environment, chooses disk, clock and chance, starts the server
//! or calls the API. Must not decide anything about projects.

mod arguments;
mod browser;
mod build_runner;
mod client;
mod commands;
mod config;
mod failure;
mod keyring;
mod log;
mod output;
mod progress;
mod secrets;
mod serve;

use std::{io::Write, process::ExitCode};

use arguments::{Alone, Arguments, Command, Common, Up, VaultArguments};
use clap::{CommandFactory, Parser};
use config::Tool;
use failure::Failure;
use output::Format;
use progress::Progress;

fn main() -> ExitCode {
    let Arguments { common, command } = Arguments::parse();
    let result = match command.unwrap_or_else(|| Command::Up(Up::default())) {
        Command::Up(options) => serve::up(&common, &options),
        Command::Vault(VaultArguments { listen, command: None }) => {
            serve::alone(&common, Tool::Vault, &Alone { listen, ..Alone::default() })
        }
        Command::Builder(alone) => serve::alone(&common, Tool::Builder, &alone),
        Command::Waypoint(alone) => serve::alone(&common, Tool::Waypoint, &alone),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Arguments::command(), "accid", &mut std::io::stdout());
            Ok(())
        }
        command => ask(&common, command),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            drop(writeln!(std::io::stderr(), "accid: {failure}"));
            ExitCode::FAILURE
        }
    }
}

/// Does a command through the API and prints what came of it.
fn ask(common: &Common, command: Command) -> Result<(), Failure> {
    let root = config::data_folder(common.data.as_deref(), Tool::All)?;
    let format = if common.json { Format::Json } else { Format::Sentences };
    let client = client::open(&root)?;
    let report = commands::run(command, client.as_ref(), &Progress::new(format));
    client.close()?;
    // A reader that went away, as `head` does, is no failure of the command.
    drop(writeln!(std::io::stdout(), "{}", report?.render(format)));
    Ok(())
}
