//! How passwords and keys come in: from a prompt that shows nothing, the standard input, or a file. Must not keep them.

use std::{
    io::{IsTerminal as _, Read as _},
    path::Path,
};

use accid_base::{Secret, SystemVfs, Vfs as _};

use crate::{config, failure::Failure};

/// Where a secret comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A prompt, when a person is there.
    Prompt,
    /// The standard input, up to its end.
    StandardInput,
}

impl Source {
    /// The standard input when it was asked for, else a prompt.
    pub const fn standard_input_if(asked: bool) -> Self {
        if asked { Self::StandardInput } else { Self::Prompt }
    }
}

/// Reads a secret; nothing when there is nobody to ask, or they only pressed return.
///
/// # Errors
/// When the standard input is empty or is not text.
pub fn read(source: Source, prompt: &str) -> Result<Option<Secret<String>>, Failure> {
    let text = match source {
        Source::StandardInput => {
            let mut text = String::new();
            let read = std::io::stdin().lock().take(64 * 1024).read_to_string(&mut text);
            read.map_err(|error| Failure::new(format!("The standard input cannot be read. {error}.")))?;
            let text = text.trim_end_matches(['\r', '\n']).to_owned();
            if text.is_empty() {
                return Err(Failure::new("The standard input is empty; nothing was kept."));
            }
            text
        }
        Source::Prompt if !std::io::stdin().is_terminal() => return Ok(None),
        Source::Prompt => rpassword::prompt_password(prompt)
            .map_err(|error| Failure::new(format!("The terminal cannot be asked. {error}.")))?,
    };
    Ok(Some(text).filter(|text| !text.is_empty()).map(Secret::new))
}

/// A secret in the environment, when it is there.
pub fn of_environment(name: &str) -> Option<Secret<String>> {
    let value = config::environment(name)?;
    value.into_os_string().into_string().ok().map(Secret::new)
}

/// Reads the first line of a file.
///
/// # Errors
/// When the file cannot be read or its first line is empty.
pub fn read_line(path: &Path) -> Result<Secret<String>, Failure> {
    let failed =
        |why: String| Failure::new(format!("The passphrase cannot be read from {}. {why}.", path.display()));
    let bytes = SystemVfs.read(path).map_err(|error| failed(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| failed("It is not text".to_owned()))?;
    let line = text.lines().next().filter(|line| !line.is_empty());
    line.map(|line| Secret::new(line.to_owned())).ok_or_else(|| failed("Its first line is empty".to_owned()))
}

/// Reads a private key.
///
/// # Errors
/// When the file cannot be read or is no text.
pub fn read_key(path: &Path) -> Result<Secret<String>, Failure> {
    let failed = |why: String| Failure::new(format!("The key {} cannot be read. {why}.", path.display()));
    let bytes = SystemVfs.read(path).map_err(|error| failed(error.to_string()))?;
    String::from_utf8(bytes)
        .map(Secret::new)
        .map_err(|_| failed("It is not the text of a private key".to_owned()))
}
