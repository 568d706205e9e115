//! Debian's own FTP and SSH servers, started by `scripts/servers.sh`: the long form of the tests publishes to them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Running servers; they end with the test.
pub struct Hosts {
    folder: tempfile::TempDir,
    list: Vec<Host>,
}

/// One server, spoken to in one way.
#[derive(Debug, Clone)]
pub struct Host {
    /// Which server it is, such as `vsftpd`.
    pub name: String,
    /// How it is spoken to: `ftp`, `ftps` or `sftp`.
    pub scheme: String,
    /// Who signs in.
    pub user: String,
    /// Where it listens.
    pub port: u16,
    /// The ports of its data connections; none for SFTP.
    pub passive: std::ops::Range<u16>,
    /// The folder that a sign-in leads to.
    pub home: PathBuf,
}

impl Host {
    /// The password of everybody.
    pub const PASSWORD: &str = "canary-host-password";

    /// The address of a folder in its home, at that machine and port.
    pub fn url(&self, machine: &str, port: u16, folder: &str) -> String {
        // OpenSSH shows the whole disk, the others a home alone.
        let home = if self.name == "openssh" { self.home.display().to_string() } else { String::new() };
        format!("{}://{}@{machine}:{port}{home}/{folder}", self.scheme, self.user)
    }

    /// Every port it listens at.
    pub fn ports(&self) -> Vec<(u16, u16)> {
        std::iter::once(self.port).chain(self.passive.clone()).map(|port| (port, port)).collect()
    }
}

impl Hosts {
    /// Starts them; where that is not possible, says so and gives none.
    pub fn start() -> Option<Self> {
        let folder = tempfile::Builder::new().prefix("accid-hosts").tempdir().expect("a temporary folder");
        let started = script("start", folder.path());
        if !started {
            eprintln!("Debian's servers could not be started here; publishing to them was NOT tested.");
            return None;
        }
        let text = fs::read_to_string(folder.path().join("servers")).expect("the list of servers");
        let list = text.lines().map(read).collect();
        Some(Self { folder, list })
    }

    /// All of them.
    pub fn list(&self) -> &[Host] {
        &self.list
    }

    /// One by its name and scheme.
    pub fn find(&self, name: &str, scheme: &str) -> Option<&Host> {
        self.list.iter().find(|host| host.name == name && host.scheme == scheme)
    }
}

impl Drop for Hosts {
    fn drop(&mut self) {
        script("stop", self.folder.path());
    }
}

fn script(action: &str, folder: &Path) -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let status =
        Command::new("bash").arg("scripts/servers.sh").arg(action).arg(folder).current_dir(root).status();
    status.is_ok_and(|status| status.success())
}

fn read(line: &str) -> Host {
    let words: Vec<&str> = line.split(' ').collect();
    let number = |at: usize| words[at].parse().expect("a port");
    let last: u16 = number(5);
    Host {
        name: words[0].to_owned(),
        scheme: words[1].to_owned(),
        user: words[2].to_owned(),
        port: number(3),
        passive: number(4)..if last == 0 { 0 } else { last + 1 },
        home: words[6].into(),
    }
}
