//! What the long form of a suite found, kept in `target/quality`, from which `docs/quality.md` is put together.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The result of one suite: a page with a title, some words and a table whose rows may come from several tests.
#[derive(Debug, Clone, Copy)]
pub struct Quality {
    /// The suite's name, which is its file's: `hosts`.
    pub suite: &'static str,
    /// A heading `# …`, words, and the head of the table.
    pub head: &'static str,
}

impl Quality {
    /// What the system calls that fail and the kills came to, of all suites that make them.
    pub const FAULTS: Self = Self {
        suite: "faults",
        head: "# Faults of the system\n\nThe system calls of the running program fail one after the other (EIO, ENOSPC), or \
               the program is killed in their place, injected by `strace`; kills at random moments come without it. After \
               each the program starts again: what was acknowledged is there, every file can be read, all checks of the \
               folder pass, the exit code had told the truth, and the same command then works.\n\n\
               | what | faults and kills | lost | repairs |\n|---|---|---|---|\n",
    };

    /// Keeps one row, such as `| vsftpd | 50 |`, in the place of an earlier one of that name; rows stand in the order of
    /// their names. The short form of the tests keeps nothing.
    pub fn keep(&self, name: &str, row: &str) {
        eprintln!("{row}");
        if !crate::long_form() {
            return;
        }
        let folder = folder();
        let rows = folder.join(self.suite);
        fs::create_dir_all(&rows).expect("target/quality is made");
        fs::write(folder.join(format!("{}.md", self.suite)), self.head).expect("the page is kept");
        fs::write(rows.join(name), format!("{row}\n")).expect("the row is kept");
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/quality")
}
