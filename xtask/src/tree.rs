//! The repository's files and commands, with errors that name them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Folders that hold nothing written by hand.
const NOT_OURS: &[&str] = &["target", "node_modules", "dist", ".git", "data", "test-results"];

/// The folder of the repository: the one that the chore is run in, else the one it was built in.
pub fn root() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let around = here.ancestors().find(|folder| folder.join("xtask/Cargo.toml").is_file());
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    around.or(built).map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Every file written by hand, relative to the root, with `/`, sorted.
pub fn files() -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    collect(&root(), "", &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(root: &Path, folder: &str, found: &mut Vec<String>) -> Result<(), String> {
    let path = root.join(folder);
    let entries = fs::read_dir(&path).map_err(|error| format!("{folder} cannot be listed: {error}."))?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let relative = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && !NOT_OURS.contains(&name.as_str()) => {
                collect(root, &relative, found)?
            }
            Ok(kind) if kind.is_file() => found.push(relative),
            _ => {}
        }
    }
    Ok(())
}

/// The text of a file of the repository; `None` when there is none or it is not text.
pub fn text(path: &str) -> Option<String> {
    fs::read_to_string(root().join(path)).ok()
}

/// Whether anything has that path in the repository.
pub fn exists(path: &str) -> bool {
    root().join(path).exists()
}

/// Writes a file of the repository and the folders above it.
pub fn write(path: &str, bytes: &[u8]) -> Result<(), String> {
    let full = root().join(path);
    if let Some(folder) = full.parent() {
        fs::create_dir_all(folder)
            .map_err(|error| format!("{} cannot be made: {error}.", folder.display()))?;
    }
    fs::write(&full, bytes).map_err(|error| format!("{path} cannot be written: {error}."))
}

/// Runs a command in the root; its standard output, or a sentence with what it said.
pub fn output(program: &str, arguments: &[&str]) -> Result<String, String> {
    let result = Command::new(program)
        .args(arguments)
        .current_dir(root())
        .output()
        .map_err(|error| format!("{program} cannot be started: {error}."))?;
    if result.status.success() {
        Ok(String::from_utf8_lossy(&result.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&result.stderr);
        Err(format!("{program} {} failed: {}", arguments.join(" "), said.trim()))
    }
}
