//! Runs build commands on this system: in a folder, without a shell, in a process group of its own, so that whatever a
//! command started ends with it. Must not know projects, nor who said yes to a command.

use std::{
    collections::BTreeSet,
    io::{self, BufRead as _, BufReader, PipeReader, PipeWriter, Read as _},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use accid_base::Progress;
use accid_studio::{BuildEnd, BuildOrder, BuildRunner};

/// How often it is asked whether to stop.
const PAUSE: Duration = Duration::from_millis(50);
/// How long a program gets to end by itself once it was asked to.
const GRACE: Duration = Duration::from_secs(2);
/// Longest line that is read at once, in bytes; what is longer becomes several.
const LONGEST_LINE: u64 = 16 * 1024;

/// Runs programs of this system.
#[derive(Default)]
pub struct SystemRunner {
    running: Mutex<BTreeSet<u32>>,
}

/// How a group of processes is asked to end.
#[derive(Debug, Clone, Copy)]
enum Signal {
    Term,
    Kill,
}

/// Ends all processes of a group; one that has ended already is no failure.
fn end_group(leader: u32, signal: Signal) {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("taskkill");
        command.args(["/T", "/F", "/PID", &leader.to_string()]);
        command
    } else {
        let name = match signal {
            Signal::Term => "TERM",
            Signal::Kill => "KILL",
        };
        // The shell's own kill is on every system, the program is not; its words are a name and a number.
        let mut command = Command::new("/bin/sh");
        command.args(["-c", &format!("kill -{name} -{leader}")]);
        command
    };
    drop(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status());
}

/// Lets a program run in a group of its own: what is sent to the group of this process does not reach it.
fn own_group(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _ = command;
}

/// The program in its folder, in a group of its own. What it says and what it complains of come through one pipe, so that
/// the order stays. It gets the surroundings of this process but nothing that is for ACCID alone: some of it opens
/// secrets.
fn prepare(order: &BuildOrder, program: &str, says: &PipeWriter) -> io::Result<Command> {
    let mut command = Command::new(program);
    command
        .args(&order.command[1..])
        .current_dir(&order.folder)
        .stdin(Stdio::null())
        .stdout(says.try_clone()?)
        .stderr(says.try_clone()?)
        .env("NO_COLOR", "1")
        .env("CI", "true");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().to_ascii_uppercase().starts_with("ACCID_") {
            command.env_remove(name);
        }
    }
    own_group(&mut command);
    Ok(command)
}

/// Starts the program; gives with it what it says.
fn start(order: &BuildOrder) -> Result<(Child, PipeReader), String> {
    let program = order.command.first().ok_or("no program is named")?;
    let (said, says) = io::pipe().map_err(|error| error.to_string())?;
    let run = |program: &str| prepare(order, program, &says).and_then(|mut command| command.spawn());
    let started = match run(program) {
        // On Windows npm and its kin are scripts of this ending, which only the full name finds.
        Err(error) if cfg!(windows) && error.kind() == io::ErrorKind::NotFound => {
            run(&format!("{program}.cmd"))
        }
        started => started,
    };
    Ok((started.map_err(|error| error.to_string())?, said))
}

/// Ends a group of processes when this process is gone, however it ended: a shell that waits for the end of a pipe which
/// only this process holds open.
struct Watchman(Option<Child>);

impl Watchman {
    fn over(leader: u32) -> Self {
        if cfg!(windows) {
            return Self(None);
        }
        let mut command = Command::new("/bin/sh");
        command.args(["-c", &format!("read -r _; kill -KILL -{leader}")]);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).current_dir("/");
        own_group(&mut command);
        // Without one the command runs all the same; it only outlives a process that is killed.
        Self(command.spawn().ok())
    }
}

impl Drop for Watchman {
    fn drop(&mut self) {
        if let Some(shell) = &mut self.0 {
            // Ended before its pipe is closed: the number of the group may be another one's by then.
            drop(shell.kill());
            drop(shell.wait());
        }
    }
}

/// Sends each line of a stream.
fn read_lines(stream: PipeReader, sender: mpsc::Sender<String>) {
    thread::spawn(move || {
        let mut reader = BufReader::new(stream);
        let mut line = Vec::new();
        loop {
            line.clear();
            match reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            }
            let text = String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']).to_owned();
            if sender.send(text).is_err() {
                return;
            }
        }
    });
}

impl SystemRunner {
    fn running(&self) -> std::sync::MutexGuard<'_, BTreeSet<u32>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn watch(
        (child, said): (&mut Child, PipeReader),
        order: &BuildOrder,
        progress: &dyn Progress,
    ) -> Result<BuildEnd, String> {
        let (sender, lines) = mpsc::channel();
        read_lines(said, sender);
        let began = Instant::now();
        let mut asked: Option<(Instant, BuildEnd)> = None;
        let end = loop {
            while let Ok(line) = lines.try_recv() {
                progress.line(&line);
            }
            if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
                let own = if status.success() { BuildEnd::Done } else { BuildEnd::Failed(status.code()) };
                break asked.map_or(own, |(_, why)| why);
            }
            match &asked {
                Some((at, _)) if at.elapsed() >= GRACE => end_group(child.id(), Signal::Kill),
                Some(_) => {}
                None => {
                    let why = if progress.cancelled() {
                        Some(BuildEnd::Stopped)
                    } else {
                        (began.elapsed() >= order.limit).then_some(BuildEnd::TooLong)
                    };
                    if let Some(why) = why {
                        end_group(child.id(), Signal::Term);
                        asked = Some((Instant::now(), why));
                    }
                }
            }
            if let Ok(line) = lines.recv_timeout(PAUSE) {
                progress.line(&line);
            } else {
                thread::sleep(Duration::from_millis(5));
            }
        };
        // What it left behind would go on writing into the folder, and hold the streams open.
        end_group(child.id(), Signal::Kill);
        while let Ok(line) = lines.recv_timeout(GRACE) {
            progress.line(&line);
        }
        Ok(end)
    }
}

impl BuildRunner for SystemRunner {
    fn run(&self, order: &BuildOrder, progress: &dyn Progress) -> Result<BuildEnd, String> {
        let (mut child, said) = start(order)?;
        let leader = child.id();
        self.running().insert(leader);
        let watchman = Watchman::over(leader);
        let end = Self::watch((&mut child, said), order, progress);
        drop(watchman);
        self.running().remove(&leader);
        end
    }

    fn stop_all(&self) {
        let running: Vec<u32> = self.running().iter().copied().collect();
        for leader in running {
            end_group(leader, Signal::Kill);
        }
    }
}

/// The runner of this program.
pub fn system_runner() -> Arc<dyn BuildRunner> {
    Arc::new(SystemRunner::default())
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    /// Collects lines, and stops the work when a line says so.
    #[derive(Default)]
    struct Watcher {
        lines: Mutex<Vec<String>>,
        stopped: AtomicBool,
    }

    impl Progress for Watcher {
        fn step(&self, _: usize, _: usize, _: &str) {}

        fn line(&self, text: &str) {
            self.lines.lock().unwrap().push(text.to_owned());
            if text == "stop me" {
                self.stopped.store(true, Ordering::Relaxed);
            }
        }

        fn cancelled(&self) -> bool {
            self.stopped.load(Ordering::Relaxed)
        }
    }

    fn order(folder: &std::path::Path, script: &str) -> BuildOrder {
        BuildOrder {
            folder: folder.to_path_buf(),
            command: ["/bin/sh", "-c", script].map(str::to_owned).to_vec(),
            limit: Duration::from_secs(60),
        }
    }

    #[test]
    fn a_program_runs_in_its_folder_and_its_lines_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let watcher = Watcher::default();
        let end = SystemRunner::default()
            .run(&order(folder.path(), "pwd; echo wrong >&2; touch made; exit 3"), &watcher)
            .unwrap();
        assert_eq!(end, BuildEnd::Failed(Some(3)));
        let lines = watcher.lines.into_inner().unwrap();
        assert!(lines.contains(&folder.path().canonicalize().unwrap().display().to_string()), "{lines:?}");
        assert!(lines.contains(&"wrong".to_owned()));
        assert!(folder.path().join("made").exists());
    }

    #[test]
    fn stopping_ends_what_the_program_started_too() {
        let folder = tempfile::tempdir().unwrap();
        let watcher = Watcher::default();
        let script = "trap '' TERM; sleep 600 & echo $! > child; echo stop me; wait; sleep 600";
        let end = SystemRunner::default().run(&order(folder.path(), script), &watcher).unwrap();
        assert_eq!(end, BuildEnd::Stopped);
        let child = std::fs::read_to_string(folder.path().join("child")).unwrap();
        let state = std::fs::read_to_string(format!("/proc/{}/stat", child.trim())).unwrap_or_default();
        assert!(state.is_empty() || state.contains(") Z "), "the child lives: {state}");
    }

    #[test]
    fn a_program_that_takes_too_long_is_ended_and_one_that_is_missing_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let slow = BuildOrder { limit: Duration::from_millis(100), ..order(folder.path(), "sleep 600") };
        assert_eq!(SystemRunner::default().run(&slow, &Watcher::default()).unwrap(), BuildEnd::TooLong);
        let missing = BuildOrder { command: vec!["no-such-program-anywhere".to_owned()], ..slow };
        assert!(SystemRunner::default().run(&missing, &Watcher::default()).is_err());
    }
}
