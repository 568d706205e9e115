//! Publishing 201 small files over a long link (40 ms there and back) to Debian's servers, beside lftp with four
//! connections and rclone over the same link in the same run; and publishing again when nothing changed.

#![expect(clippy::panic, reason = "a bench that cannot measure what it should stops")]

use std::{
    fs,
    io::Write as _,
    net::{IpAddr, Ipv4Addr},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use accid_base::{ContentHash, Id, Secret, SystemClock, SystemRandom, SystemVfs, Unwatched};
use accid_test::{Host, Hosts, Proxy, Sandbox};
use accid_transfer::{
    Access, BuildFile, BuildFolder, BuildManifest, Claim, Login, Published, Publisher, place_for,
};

use super::{Row, percentile};

const FILES: usize = 201;
const ROUNDS: usize = 3;
const ROUND_TRIP: Duration = Duration::from_millis(40);
const NEAR: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
const FAR: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Publishes by FTP and by SFTP.
pub fn measure(sandbox: &Sandbox) -> Vec<Row> {
    let Some(hosts) = Hosts::start() else {
        return vec![Row::known(
            "publishing to servers",
            "not measured: they could not be started here".to_owned(),
        )];
    };
    let site = sandbox.path("site");
    write_site(&site);
    let mut rows = Vec::new();
    for (name, scheme, limit) in [("vsftpd", "ftp", 1.1), ("openssh", "sftp", 0.5)] {
        if let Some(host) = hosts.find(name, scheme) {
            rows.extend(Link::to(host).rows(&site, limit));
        }
    }
    rows
}

/// Pages of about 5.5 KB that do not compress to nothing.
fn write_site(folder: &Path) {
    for number in 0..FILES {
        let path =
            folder.join(if number == 0 { "index.html".to_owned() } else { format!("pages/p{number}.html") });
        drop(fs::create_dir_all(path.parent().unwrap_or(folder)));
        let lines: String = (0..80)
            .map(|line| {
                format!(
                    "<p>Page {number}, line {line}, {:08x}.</p>\n",
                    ContentHash::of(format!("{number} {line}").as_bytes()).as_bytes()[0]
                )
            })
            .collect();
        fs::write(&path, format!("{lines}{}", "x".repeat(5_500_usize.saturating_sub(lines.len()))))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

struct Link<'a> {
    host: &'a Host,
    _proxy: Proxy,
}

impl<'a> Link<'a> {
    fn to(host: &'a Host) -> Self {
        Self { host, _proxy: Proxy::start(NEAR, FAR, &host.ports(), ROUND_TRIP) }
    }

    fn fresh(&self) {
        drop(fs::remove_dir_all(self.host.home.join("bench")));
        drop(fs::remove_dir_all(self.host.home.join("peer")));
    }

    fn rows(&self, site: &Path, limit: f64) -> Vec<Row> {
        let scheme = self.host.scheme.to_uppercase();
        let (mut own, mut peer) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            self.fresh();
            let (seconds, done) = self.publish(site);
            assert_eq!(done.uploaded, FILES, "all files are sent");
            own.push(seconds);
            peer.extend(self.lftp(site));
        }
        let (again, unchanged) = self.publish(site);
        for entry in Sandbox::files(site) {
            let touched = fs::OpenOptions::new()
                .append(true)
                .open(&entry.0)
                .and_then(|file| file.set_modified(std::time::SystemTime::now()));
            touched.unwrap_or_else(|error| panic!("{}: {error}", entry.0.display()));
        }
        let (_, touched) = self.publish(site);
        let rclone = self.rclone(site).and_then(|_| self.rclone(site));
        let median = percentile(&mut own, 0.5);
        let what = format!("{FILES} small files by {scheme}, 40 ms there and back");
        let mut rows = Vec::new();
        if peer.len() == ROUNDS {
            let theirs = percentile(&mut peer, 0.5);
            rows.push(Row::within(&format!("{what}, with safe renames, as a multiple of lftp with 4 connections (medians of {ROUNDS})"), median / theirs, limit, "×"));
            rows.push(Row::known(
                "the same in seconds: accid / lftp",
                format!("{median:.2} / {theirs:.2} s"),
            ));
        } else {
            rows.push(Row::known(&format!("{what} (lftp is not installed)"), format!("{median:.2} s")));
        }
        let count = |done: &Published| u32::try_from(done.uploaded).map_or(f64::NAN, f64::from);
        rows.push(Row::within(
            &format!("files sent by {scheme} when nothing changed"),
            count(&unchanged),
            0.0,
            "files",
        ));
        rows.push(Row::within(
            &format!("files sent by {scheme} when all were only touched"),
            count(&touched),
            0.0,
            "files",
        ));
        match rclone {
            Some(theirs) => rows.push(Row::within(
                &format!(
                    "{what}, nothing changed, as a multiple of rclone's time ({again:.2} / {theirs:.2} s)"
                ),
                again / theirs,
                1.0,
                "×",
            )),
            None => rows.push(Row::known(
                &format!("{what}, nothing changed (rclone is not installed)"),
                format!("{again:.2} s"),
            )),
        }
        rows
    }

    fn publish(&self, site: &Path) -> (f64, Published) {
        let begun = Instant::now();
        let login = Some(Login::Password(Secret::new(Host::PASSWORD.to_owned())));
        let url = self.host.url(&NEAR.to_string(), self.host.port, "bench");
        let place = place_for(&url, Access { login, pin: None }, Arc::new(SystemVfs), &[]);
        let file = |(path, bytes): (PathBuf, Vec<u8>)| {
            let path = path.strip_prefix(site).ok()?.to_str()?.parse().ok()?;
            Some(BuildFile { path, hash: ContentHash::of(&bytes), bytes: bytes.len() as u64 })
        };
        let files = Sandbox::files(site).into_iter().filter_map(file).collect();
        let manifest = BuildManifest::new(files).unwrap_or_else(|error| panic!("{error}"));
        let token = Id::generate(&SystemClock, &SystemRandom);
        let at = accid_base::Clock::now(&SystemClock);
        let claim = Claim { token, left: None, by: "bench".to_owned(), at };
        let publisher =
            Publisher { clock: &SystemClock, random: &SystemRandom, claim: &claim, progress: &Unwatched };
        let content = BuildFolder::new(Arc::new(SystemVfs), site.to_path_buf());
        let done = place.and_then(|place| place.publish(&manifest, &content, publisher));
        let done = done.unwrap_or_else(|error| panic!("{error}"));
        (begun.elapsed().as_secs_f64(), done)
    }

    /// The folder of a peer as its own program names it.
    fn peer_folder(&self) -> String {
        match self.host.name.as_str() {
            "openssh" => self.host.home.join("peer").display().to_string(),
            _ => "peer".to_owned(),
        }
    }

    fn lftp(&self, site: &Path) -> Option<f64> {
        let Host { scheme, user, port, .. } = self.host;
        let script = format!(
            "set ftp:prefer-epsv yes; set ftp:ssl-allow no; set net:max-retries 2; set sftp:auto-confirm yes; \
             set sftp:connect-program \"ssh -a -x -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR\"; \
             open -u {user},{} {scheme}://{NEAR}:{port}; mirror -R --parallel=4 {} {}; exit\n",
            Host::PASSWORD,
            site.display(),
            self.peer_folder(),
        );
        let begun = Instant::now();
        let mut child = Command::new("lftp").stdin(Stdio::piped()).stdout(Stdio::null()).spawn().ok()?;
        child.stdin.take()?.write_all(script.as_bytes()).ok()?;
        child.wait().ok()?;
        let seconds = begun.elapsed().as_secs_f64();
        let arrived = Sandbox::files(&self.host.home.join("peer")).len();
        // A peer that did not do the work is no peer.
        (arrived == FILES).then_some(seconds)
    }

    fn rclone(&self, site: &Path) -> Option<f64> {
        let hidden = Command::new("rclone").args(["obscure", Host::PASSWORD]).output().ok()?;
        let hidden = String::from_utf8(hidden.stdout).ok()?;
        let Host { scheme, user, port, .. } = self.host;
        let place = format!(
            ":{scheme},host={NEAR},port={port},user={user},pass={}:{}",
            hidden.trim(),
            self.peer_folder()
        );
        let begun = Instant::now();
        let status = Command::new("rclone")
            .args(["sync", "--config", "", &site.display().to_string(), &place])
            .stderr(Stdio::null())
            .status();
        status.ok()?.success().then(|| begun.elapsed().as_secs_f64())
    }
}
