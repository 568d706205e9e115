//! Opens an address in the person's browser, with whatever the platform has for that.

use std::process::{Command, Stdio};

/// Opens it; says why not when there is no browser, which is never a reason to stop.
///
/// # Errors
/// A sentence with the address to open by hand.
pub fn open(url: &str) -> Result<(), String> {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(target_os = "windows") {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    Command::new(program)
        .args(arguments)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(drop)
        .map_err(|error| format!("No browser could be opened ({program}: {error}). Open {url} yourself."))
}
