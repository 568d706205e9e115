//! A data folder of its own, and commands run on it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::Server;

const STRACE: &str = "/usr/bin/strace";

/// A temporary folder with a data root in it, and the program that works on it. Removed at the end.
pub struct Sandbox {
    folder: TempDir,
    program: PathBuf,
}

/// How a command ended.
#[derive(Debug)]
pub struct Outcome {
    /// Exit code; -1 when a signal ended it.
    pub code: i32,
    /// What it printed.
    pub out: String,
    /// What it complained.
    pub err: String,
}

impl Outcome {
    /// The command did what it should; gives what it printed.
    #[track_caller]
    pub fn good(self) -> String {
        assert_eq!(self.code, 0, "{}\n{}", self.out, self.err);
        self.out
    }

    /// The command could not do it (exit code 1) and printed nothing but its sentence, which is given.
    #[track_caller]
    pub fn refused(self) -> String {
        assert_eq!((self.code, self.out.as_str()), (1, ""), "{}", self.err);
        self.err
    }
}

impl Sandbox {
    /// An empty folder for that program.
    pub fn new(program: &str) -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder"), program: PathBuf::from(program) }
    }

    /// An empty folder below `folder`, which decides the disk it is on.
    pub fn within(program: &str, folder: &Path) -> Self {
        fs::create_dir_all(folder).expect("a folder for temporary folders");
        let folder = tempfile::tempdir_in(folder).expect("a temporary folder");
        Self { folder, program: PathBuf::from(program) }
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The data root.
    pub fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// A path in the folder, as text.
    pub fn text(&self, name: &str) -> String {
        self.path(name).to_str().expect("a path of UTF-8").to_owned()
    }

    /// The program with these words, nothing of the surrounding environment that it reads, and no browser.
    pub fn command(&self, words: &[&str]) -> Command {
        self.prepare(Command::new(&self.program), words)
    }

    fn prepare(&self, mut command: Command, words: &[&str]) -> Command {
        command.args(words).stdin(Stdio::null()).current_dir(self.folder.path());
        for name in [
            "ACCID_DATA",
            "ACCID_HOST",
            "ACCID_PORT",
            "ACCID_LOG",
            "ACCID_KEY_FILE",
            "ACCID_PASSPHRASE",
            "ACCID_VAULT",
            "CREDENTIALS_DIRECTORY",
            "DBUS_SESSION_BUS_ADDRESS",
        ] {
            command.env_remove(name);
        }
        command.env("ACCID_DATA", self.data()).env("PATH", "");
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, words: &[&str]) -> Outcome {
        let output = self.command(words).output().expect("the program starts");
        Outcome {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        }
    }

    /// Runs a command in which the `when`-th of these system calls (names with commas between) is met by a fault of
    /// `strace`, such as `error=EIO` or `signal=KILL`. Gives its exit code, none when a signal ended it, and whether the
    /// fault came. One that ends by itself and badly does so with a sentence.
    #[track_caller]
    pub fn run_with_fault(
        &self,
        words: &[&str],
        calls: &str,
        fault: &str,
        when: usize,
    ) -> (Option<i32>, bool) {
        assert!(Path::new(STRACE).exists(), "this test needs strace: apt-get install strace");
        let trace = self.text("trace");
        let mut traced = Command::new(STRACE);
        traced.args(["-f", "-qq", "-o", &trace, "-e", &format!("trace={calls}")]);
        traced.args(["-e", &format!("inject={calls}:{fault}:when={when}")]).arg(&self.program);
        let output = self.prepare(traced, words).output().expect("strace starts");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = output.status.code();
        assert!(
            code.is_none_or(|code| code == 0 || said.contains("accid: ") || code > 128),
            "it ended without a sentence: {said}"
        );
        let trace = self.read(&self.path("trace"));
        (code, trace.contains("(INJECTED)") || trace.contains("killed by SIGKILL"))
    }

    /// Runs a command with `--json` and gives what it printed.
    #[track_caller]
    pub fn json(&self, words: &[&str]) -> Value {
        let words: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
        serde_json::from_str(&self.run(&words).good()).expect("JSON")
    }

    /// Starts the program as a server on a free port and waits until it is ready.
    #[track_caller]
    pub fn start(&self, words: &[&str]) -> Server {
        let words: Vec<&str> = words.iter().copied().chain(["--port", "0"]).collect();
        Server::start(self.command(&words))
    }

    /// Starts a prepared command as a server and waits until it is ready.
    #[track_caller]
    pub fn start_as(&self, command: Command) -> Server {
        Server::start(command)
    }

    /// Starts the program as a server on that port, with the file as its standard input when one is named.
    #[track_caller]
    pub fn start_at(&self, words: &[&str], port: u16, input: Option<&Path>) -> Server {
        let port = port.to_string();
        let words: Vec<&str> = words.iter().copied().chain(["--port", &port]).collect();
        let mut command = self.command(&words);
        if let Some(file) = input {
            command.stdin(fs::File::open(file).expect("the input"));
        }
        Server::start(command)
    }

    /// Starts the program as [`Sandbox::start`] does, through another program such as `strace` with its own words.
    ///
    /// # Errors
    /// What it said, when it ended instead.
    pub fn start_through(&self, wrapper: &[&str], words: &[&str]) -> Result<Server, String> {
        let program = self.program.to_str().expect("a path of UTF-8");
        let words: Vec<&str> = words.iter().copied().chain(["--port", "0"]).collect();
        let words: Vec<&str> = wrapper[1..].iter().copied().chain([program]).chain(words).collect();
        Server::try_start(self.prepare(Command::new(wrapper[0]), &words))
    }

    /// Folder of the only project, or of the one with that slug.
    pub fn project_folder(&self, slug: &str) -> PathBuf {
        self.data().join("projects").join(slug)
    }

    /// Reads a file of the sandbox as text.
    #[track_caller]
    pub fn read(&self, path: &Path) -> String {
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Writes a file, as another program would.
    #[track_caller]
    pub fn write(&self, path: &Path, text: &str) {
        fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Every file below a folder, sorted, with its content.
    pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let mut open = vec![folder.to_path_buf()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => open.push(entry.path()),
                    Ok(kind) if kind.is_file() => {
                        found.push((entry.path(), fs::read(entry.path()).unwrap_or_default()))
                    }
                    _ => {}
                }
            }
        }
        found.sort();
        found
    }
}
