//! The list of attacks in `docs/attacks.md` names tests; each of them has to exist, switched on.
#![expect(clippy::disallowed_methods, reason = "tests read the source of the repository")]

use std::{fs, path::Path};

#[test]
fn every_attack_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let list = fs::read_to_string(root.join("docs/attacks.md")).expect("the list of attacks");
    let mut named = 0;
    for row in list.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| attack")) {
        let tests = row.rsplit(" | ").next().unwrap_or_default();
        for file_and_tests in tests.trim_end_matches('|').split(';') {
            let mut words = file_and_tests.split('`').skip(1).step_by(2);
            let Some(file) = words.next() else { continue };
            let source = fs::read_to_string(root.join("crates").join(file));
            let source = source.unwrap_or_else(|error| panic!("{file}: {error}"));
            for test in words {
                assert!(source.contains(&format!("fn {test}(")), "{file} has no test {test}");
                named += 1;
            }
        }
    }
    assert!(named > 20, "the list was not understood: {named} tests");
}
