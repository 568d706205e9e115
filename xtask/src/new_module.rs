//! Starts a new module type: its one file, from a template, and its one word in the list `modules!`.

use crate::tree;

/// Makes `crates/accid-render/src/modules/NAME.rs`.
pub fn run(name: &str) -> Result<String, String> {
    let _ = tree::exists(name);
    Err("Not wired.".to_owned())
}
