//! Chores of this repository: `cargo xtask gen|tidy|new-module|pack-geo|dist|seed|bench`.
//!
//! Owns: what is generated, what is checked over the whole tree, what is packed. Must not be needed to build or run
//! ACCID; no crate depends on it, so it may depend on all of them.

#![expect(
    clippy::disallowed_methods,
    reason = "a chore of the repository works on the repository's own files"
)]

mod bench;
mod dist;
mod generate;
mod geo;
mod new_module;
mod seed;
mod tidy;
mod tree;

use std::process::ExitCode;

const USAGE: &str = "\
Usage: cargo xtask CHORE

  gen [--check]      writes what is generated, or says what is stale
  tidy               checks the whole tree for what the compiler does not see
  new-module NAME    starts a new module type: one file and one word
  pack-geo           packs the map data anew from its sources (only when they change)
  dist               packs the release binary as tar.gz and .deb into dist/
  seed --data DIR    fills a data folder with projects to play with
  bench [--write F]  measures what is promised, on the release build
  bench --only PART  measures one part only, such as exports
  bench --program P  the same with another build, such as target/debug/accid";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["gen"] => generate::run(generate::Mode::Write),
        ["gen", "--check"] => generate::run(generate::Mode::Check),
        ["tidy"] => tidy::run(),
        ["new-module", name] => new_module::run(name),
        ["pack-geo"] => geo::run(),
        ["dist"] => dist::run(),
        ["seed", "--data", folder] => seed::run(folder),
        ["bench"] => bench::run(bench::RELEASE, "", None),
        ["bench", "--only", part] => bench::run(bench::RELEASE, part, None),
        ["bench", "--write", file] => bench::run(bench::RELEASE, "", Some(file)),
        ["bench", "--program", program] => bench::run(program, "", None),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(sentence) => {
            println!("{sentence}");
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}
