//! The keyring of the system, spoken to by the program the system has for that: `secret-tool` of libsecret for the Secret
//! Service of Linux desktops, `security` for the keychain of macOS. A secret travels on its standard input, never in
//! its words, which others can see. Must not know what is kept.

use std::{
    io::{Read as _, Write as _},
    path::PathBuf,
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use accid_base::{Secret, SystemVfs, Vfs as _};
use accid_studio::Keyring;

use crate::config::environment;

/// How long the keyring may take; it may ask the person for its own password meanwhile.
const PATIENCE: Duration = Duration::from_secs(20);

/// Which program speaks to the keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tool {
    Libsecret,
    Keychain,
}

/// The keyring of this system.
pub struct SystemKeyring {
    tool: Tool,
    /// Where its program is, or why there is no keyring.
    program: Result<PathBuf, String>,
}

impl SystemKeyring {
    /// Looks for the program; asks it nothing.
    pub fn find() -> Self {
        let tool = if cfg!(target_os = "macos") { Tool::Keychain } else { Tool::Libsecret };
        Self { tool, program: find(tool) }
    }

    fn run(&self, words: &[&str], input: Option<&str>) -> Result<(bool, String), String> {
        let program = self.program.as_ref().map_err(Clone::clone)?;
        let mut child = Command::new(program)
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("The keyring could not be asked ({error})"))?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        if let (Some(mut stdin), Some(input)) = (stdin, input) {
            drop(stdin.write_all(input.as_bytes()));
        }
        let (sender, answer) = mpsc::channel();
        thread::spawn(move || {
            let mut text = String::new();
            if let Some(stdout) = stdout {
                drop(stdout.take(64 * 1024).read_to_string(&mut text));
            }
            drop(sender.send(text));
        });
        let Ok(text) = answer.recv_timeout(PATIENCE) else {
            drop(child.kill());
            drop(child.wait());
            return Err(
                "The keyring did not answer; it may wait for its password on another screen".to_owned()
            );
        };
        let ended = child.wait().map_err(|error| format!("The keyring did not end well ({error})"))?;
        Ok((ended.success(), text))
    }
}

fn find(tool: Tool) -> Result<PathBuf, String> {
    let name = match tool {
        Tool::Libsecret if cfg!(windows) => {
            return Err("ACCID does not use the keyring of Windows yet".to_owned());
        }
        Tool::Libsecret => "secret-tool",
        Tool::Keychain => "security",
    };
    let path = environment("PATH").unwrap_or_default();
    let program =
        std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| SystemVfs.exists(file));
    let program = program.ok_or_else(|| {
        format!("This system has no {name}; on Debian and its kin it comes with the package libsecret-tools")
    })?;
    let bus = environment("DBUS_SESSION_BUS_ADDRESS").is_some()
        || environment("XDG_RUNTIME_DIR").is_some_and(|folder| SystemVfs.exists(&folder.join("bus")));
    if tool == Tool::Libsecret && !bus {
        return Err("No desktop session is running here, and the keyring belongs to one".to_owned());
    }
    Ok(program)
}

impl Keyring for SystemKeyring {
    fn missing(&self) -> Option<String> {
        self.program.as_ref().err().cloned()
    }

    fn keep(&self, name: &str, secret: &Secret<String>) -> Result<(), String> {
        let (kept, _) = match self.tool {
            Tool::Libsecret => {
                let words = ["store", "--label=ACCID", "application", "accid", "name", name];
                self.run(&words, Some(secret.reveal()))?
            }
            Tool::Keychain => {
                let line = format!("add-generic-password -U -s ACCID -a {name} -w {}\n", secret.reveal());
                self.run(&["-i"], Some(&line))?
            }
        };
        if kept { Ok(()) } else { Err("The keyring refused to keep a key".to_owned()) }
    }

    fn read(&self, name: &str) -> Result<Option<Secret<String>>, String> {
        let (found, text) = match self.tool {
            Tool::Libsecret => self.run(&["lookup", "application", "accid", "name", name], None)?,
            Tool::Keychain => self.run(&["find-generic-password", "-s", "ACCID", "-a", name, "-w"], None)?,
        };
        let text = text.trim();
        Ok((found && !text.is_empty()).then(|| Secret::new(text.to_owned())))
    }

    fn forget(&self, name: &str) -> Result<(), String> {
        let (gone, _) = match self.tool {
            Tool::Libsecret => self.run(&["clear", "application", "accid", "name", name], None)?,
            Tool::Keychain => self.run(&["delete-generic-password", "-s", "ACCID", "-a", name], None)?,
        };
        if gone { Ok(()) } else { Err("The keyring refused to forget a key".to_owned()) }
    }
}
