//! What must hold over the whole tree and no compiler sees. Runs as a test of this crate too.

use crate::tree;

/// Longest file that is taken, in lines.
const LONGEST: usize = 600;

/// Runs every check; the failure lists all that was found.
pub fn run() -> Result<String, String> {
    let files = tree::files()?;
    let mut found = Vec::new();
    for path in &files {
        if let Some(text) = tree::text(path) {
            found.extend(check_file(path, &text));
        }
    }
    found.extend(check_architecture());
    if found.is_empty() { Ok(format!("{} files are tidy.", files.len())) } else { Err(found.join("\n")) }
}

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// What is untidy in one file.
fn check_file(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let written = matches!(ending(path), "rs" | "ts" | "tsx" | "mjs" | "css" | "sh" | "toml" | "yml");
    if !written && ending(path) != "md" {
        return found;
    }
    if generated(path, text) {
        return found;
    }
    if written && text.lines().count() > LONGEST {
        found.push(format!(
            "{path}: {} lines; the longest file has {LONGEST}. Split it.",
            text.lines().count()
        ));
    }
    for (index, line) in text.lines().enumerate() {
        let complaint = line_complaint(path, line);
        found.extend(complaint.map(|complaint| format!("{path}:{}: {complaint}", index + 1)));
    }
    if ending(path) == "rs" && !text.starts_with("//!") {
        found.push(format!("{path}: opens without `//!`. Say what it owns and what it must not know."));
    }
    if path.starts_with("crates/") && path.ends_with("Cargo.toml") {
        for needed in ["[lints]\nworkspace = true", "publish.workspace = true", "license.workspace = true"] {
            if !text.contains(needed) {
                found.push(format!("{path}: lacks `{}`.", needed.replace('\n', " ")));
            }
        }
    }
    found
}

/// Files that a program writes say so in their first lines; the golden files of tests are what a test wrote.
fn generated(path: &str, text: &str) -> bool {
    let golden = path.contains("/golden/") || path.contains("/fixtures/") || path.contains("/snapshots/");
    golden || text.lines().take(5).any(|line| line.contains("generated") || line.contains("auto-generated"))
}

fn line_complaint(path: &str, line: &str) -> Option<String> {
    if line.ends_with(' ') || line.ends_with('\t') {
        return Some("space at the end of the line.".to_owned());
    }
    for folder in MACHINE_PATHS {
        if line.contains(&folder.concat()) {
            return Some(format!("names a folder of somebody's machine, {}.", folder.concat()));
        }
    }
    if ending(path) != "rs" {
        return None;
    }
    for (parts, instead) in FORBIDDEN {
        if line.trim_start().starts_with("//") {
            break;
        }
        if line.contains(&parts.concat()) {
            return Some(format!("`{}`: {instead}", parts.concat()));
        }
    }
    // The renderer is pure, the atlas is packed into the program: what follows from the code alone, once, is no state.
    let pure = path.starts_with("crates/accid-render/") || path == "crates/accid-geo/src/atlas.rs";
    let table = pure && line.contains("OnceLock");
    let code = line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ");
    if !table
        && code.starts_with("static ")
        && ["Mutex", "RwLock", "OnceLock", "OnceCell"].iter().any(|word| code.contains(word))
    {
        return Some("global mutable state; hang it on the value that owns it.".to_owned());
    }
    let waits = ["thread::", "time::"].iter().any(|module| line.contains(&[module, "sleep("].concat()));
    if path.contains("/tests/") && waits {
        return Some("a test that sleeps; wait for what should happen instead.".to_owned());
    }
    None
}

// Written in parts so that this file does not find itself.
const MACHINE_PATHS: &[[&str; 2]] =
    &[["/wo", "rk/main"], ["/wo", "rk/shared"], ["/ro", "ot/."], ["/tmp", "/plan"]];
const FORBIDDEN: &[([&str; 2], &str)] = &[
    (["#[ign", "ore"], "a test runs or is not there; long ones ask ACCID_LONG."),
    (["#[should_", "panic"], "assert on the result instead."),
    (["todo", "!("], "finish it or leave it out."),
    (["unimple", "mented!("], "finish it or leave it out."),
    (["dbg", "!("], "leftover of a search."),
];

/// Every path that ARCHITECTURE.md and CONTRIBUTING.md name in backticks exists.
fn check_architecture() -> Vec<String> {
    let mut found = Vec::new();
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"] {
        let Some(text) = tree::text(document) else {
            found.push(format!("{document} is missing."));
            continue;
        };
        for path in named_paths(&text) {
            if !tree::exists(path) {
                found.push(format!("{document} names {path}, which does not exist."));
            }
        }
    }
    found
}

/// Words in backticks that look like a path of this repository.
fn named_paths(text: &str) -> Vec<&str> {
    const TOPS: &[&str] = &["crates/", "web/", "docs/", "scripts/", "xtask/", ".ci/", ".config/", ".cargo/"];
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| TOPS.iter().any(|top| word.starts_with(top)))
        .filter(|word| !word.contains(['*', '{', ' ', '<', '$']) && !word.contains("NAME"))
        .filter(|word| !word.contains("/dist") && !word.contains("node_modules"))
        .map(|word| word.trim_end_matches('/'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_tidy() {
        if let Err(found) = run() {
            panic!("\n{found}\n");
        }
    }

    #[test]
    fn untidy_files_are_found() {
        let of = |path: &str, text: &str| check_file(path, text).join("\n");
        assert!(of("crates/a/src/a.rs", "fn a() {}\n").contains("opens without"));
        assert!(of("crates/a/src/a.rs", "//! A.\nfn a() {} \n").contains("space at the end"));
        assert!(
            of("crates/a/src/a.rs", &format!("//! A.\n{}]\n", FORBIDDEN[0].0.concat()))
                .contains("a test runs")
        );
        assert!(of("crates/a/src/a.rs", "//! A.\npub static A: OnceLock<u8> = x;\n").contains("global"));
        assert!(of("crates/a/src/a.rs", &"//! A.\n".repeat(601)).contains("longest file"));
        assert!(of("docs/a.md", &MACHINE_PATHS[0].concat()).contains("somebody's machine"));
        assert!(of("crates/a/tests/a.rs", "//! A.\nthread::sleep(x);\n").contains("sleeps"));
        assert_eq!(of("crates/a/src/a.rs", "//! A.\nfn a() {}\n"), "");
    }

    #[test]
    fn paths_in_backticks_are_found_and_patterns_are_not() {
        let text = "See `crates/accid-base/src/id.rs`, `docs/`, `crates/*`, `cargo run`.";
        assert_eq!(named_paths(text), ["crates/accid-base/src/id.rs", "docs"]);
    }
}
