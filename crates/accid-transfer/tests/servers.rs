//! Publishing to servers: what visitors see at every moment, what is sent again after a cut, and what a server that
//! fails or lies is told. The servers are real ones of this machine, over disks in memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod site;

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    net::{IpAddr, Ipv4Addr},
    sync::{Arc, Mutex},
    time::Duration,
};

use accid_base::{Explain, FixedClock, Id, MemoryVfs, Secret, SequenceRandom, Unwatched, Vfs};
use accid_test::{
    Dice, Faults, FtpServer, FtpServerOptions, Proxy, RemoteDisk, SftpServer, Shield, long_form,
};
use accid_transfer::{Access, Claim, Login, Pin, Place, Published, Publisher, TransferError, place_for};
use site::Site;

/// A site of so many small files, with an entry page that names its edition.
impl Site {
    fn edition(edition: u8, files: usize) -> Self {
        let mut content = BTreeMap::from([
            ("index.html".to_owned(), vec![b'0' + edition; 9000 + usize::from(edition) * 7]),
            ("trips/index.html".to_owned(), vec![b'a' + edition; 3000]),
            (format!("only-{edition}.html"), b"here".to_vec()),
            (
                "images/large.jpg".to_owned(),
                (0..90_000_u32).map(|at| ((at * 31) >> 3) as u8 ^ edition).collect(),
            ),
            ("same.txt".to_owned(), b"in all editions".to_vec()),
        ]);
        for number in 0..files {
            content.insert(format!("pages/p{number}.html"), format!("{edition}: page {number}").into_bytes());
        }
        Self(content)
    }
}

enum Server {
    Ftp(FtpServer),
    Sftp(SftpServer, Proxy),
}

impl Server {
    fn ftp(options: FtpServerOptions) -> Self {
        Self::Ftp(FtpServer::start(options))
    }

    fn sftp(server: SftpServer) -> Self {
        let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let proxy = Proxy::start(here, here, &[(0, server.port())], Duration::ZERO);
        Self::Sftp(server, proxy)
    }

    /// One of each kind.
    fn all() -> Vec<(&'static str, Self)> {
        let shielded = |shield| FtpServerOptions { shield, ..FtpServerOptions::default() };
        let as_ls = FtpServerOptions { machine_lists: false, ..FtpServerOptions::default() };
        vec![
            ("FTP that lists as ls does", Self::ftp(as_ls)),
            ("explicit FTPS", Self::ftp(shielded(Shield::Explicit))),
            ("implicit FTPS", Self::ftp(shielded(Shield::Implicit))),
            ("SFTP", Self::sftp(SftpServer::start())),
        ]
    }

    fn url(&self) -> String {
        match self {
            Self::Ftp(server) => server.url("www"),
            Self::Sftp(_, proxy) => format!("sftp://anna@127.0.0.1:{}/www", proxy.ports()[0]),
        }
    }

    fn disk(&self) -> &RemoteDisk {
        match self {
            Self::Ftp(server) => server.disk(),
            Self::Sftp(server, _) => server.disk(),
        }
    }

    fn access(&self) -> Access {
        let password = match self {
            Self::Ftp(_) => FtpServer::PASSWORD,
            Self::Sftp(..) => SftpServer::PASSWORD,
        };
        Access { login: Some(Login::Password(Secret::new(password.to_owned()))), pin: None }
    }

    fn passwords(&self) -> usize {
        match self {
            Self::Ftp(server) => server.passwords(),
            Self::Sftp(server, _) => server.passwords(),
        }
    }

    fn change_identity(&self) {
        match self {
            Self::Ftp(server) => server.change_certificate(),
            Self::Sftp(server, _) => server.change_host_key(),
        }
    }

    fn cut_after(&self, bytes: u64) {
        match self {
            Self::Ftp(server) => {
                server.disk().set_faults(Faults { cut_after: Some(bytes), ..server.disk().faults() });
            }
            Self::Sftp(_, proxy) => proxy.cut_after(bytes),
        }
    }

    fn is_down(&self) -> bool {
        match self {
            Self::Ftp(server) => server.disk().is_down(),
            Self::Sftp(_, proxy) => proxy.is_down(),
        }
    }

    /// Bytes from clients since the last cut or mend.
    fn received(&self) -> u64 {
        match self {
            Self::Ftp(server) => server.disk().received(),
            Self::Sftp(_, proxy) => proxy.received(),
        }
    }

    fn mend(&self) {
        match self {
            Self::Ftp(server) => {
                server.disk().set_faults(Faults { cut_after: None, ..server.disk().faults() })
            }
            Self::Sftp(_, proxy) => proxy.mend(),
        }
    }

    fn place(&self) -> Place {
        self.place_with(self.access())
    }

    fn place_with(&self, access: Access) -> Place {
        place_for(&self.url(), access, Arc::new(MemoryVfs::new()), &[]).unwrap()
    }

    /// What visitors can get.
    fn online(&self) -> BTreeMap<String, Vec<u8>> {
        let visible =
            |(path, bytes): (String, Vec<u8>)| Some((path.strip_prefix("/www/")?.to_owned(), bytes));
        let files = self.disk().files().into_iter().filter_map(visible);
        files.filter(|(path, _)| !path.starts_with(".accid/")).collect()
    }

    /// Bytes of the new edition that are here: staged, in part too, or in their place.
    fn arrived(&self, old: &BTreeMap<String, Vec<u8>>, new: &BTreeMap<String, Vec<u8>>) -> u64 {
        let staged = self.disk().files();
        let staged = staged.iter().filter(|(path, _)| path.contains("/stage/") && !path.ends_with("/aside"));
        let online = self.online();
        let placed = online
            .iter()
            .filter(|(path, bytes)| new.get(*path) == Some(bytes) && old.get(*path) != Some(bytes));
        staged.chain(placed).map(|(_, bytes)| bytes.len() as u64).sum()
    }

    fn notes(&self) -> Vec<String> {
        let files = self.disk().files();
        files.keys().filter_map(|path| path.strip_prefix("/www/.accid/")).map(str::to_owned).collect()
    }
}

/// What visitors can get is that site, whole.
#[track_caller]
fn assert_shown(server: &Server, site: &Site, context: &str) {
    let online = server.online();
    let paths: BTreeSet<_> = online.keys().chain(site.0.keys()).collect();
    let differing: Vec<_> = paths.into_iter().filter(|path| online.get(*path) != site.0.get(*path)).collect();
    assert!(differing.is_empty(), "{context}: {differing:?}");
}

fn claim_of(number: u64, left: Option<u64>, at: &str) -> Claim {
    let id = |number: u64| format!("0190a7c0-0000-7000-8000-{number:012}").parse::<Id>().unwrap();
    Claim { token: id(number), left: left.map(id), by: "anna".to_owned(), at: at.parse().unwrap() }
}

const NOW: &str = "2026-03-01T12:00:00Z";

fn publish_as(place: &Place, site: &Site, claim: &Claim) -> Result<Published, TransferError> {
    let (clock, random) = (FixedClock::at(NOW), SequenceRandom::default());
    let publisher = Publisher { clock: &clock, random: &random, claim, progress: &Unwatched };
    place.publish(&site.manifest(), site, publisher)
}

fn publish(server: &Server, site: &Site) -> Result<Published, TransferError> {
    publish_as(&server.place(), site, &claim_of(1, Some(1), NOW))
}

#[test]
fn a_site_arrives_whole_and_a_second_publish_sends_only_what_changed() {
    let (one, two) = (Site::edition(1, 20), Site::edition(2, 20));
    for (kind, server) in Server::all() {
        let first = publish(&server, &one).unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert_eq!((first.uploaded, first.removed), (one.0.len(), 0), "{kind}");
        assert_shown(&server, &one, kind);
        let plan = server.place().plan(&two.manifest()).unwrap();
        assert_eq!((plan.added.len(), plan.removed.len(), plan.unchanged), (1, 1, 1), "{kind}");
        let second = publish(&server, &two).unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert_eq!((second.uploaded, second.removed), (two.0.len() - 1, 1), "{kind}");
        assert_shown(&server, &two, kind);
        assert_eq!(server.notes(), ["manifest.json"], "{kind}");
        // Nothing changed: nothing is sent, and nobody is kept out by a lock.
        server.disk().clear_log();
        let third = publish(&server, &two).unwrap();
        assert_eq!((third.uploaded, third.bytes, third.release), (0, 0, second.release), "{kind}");
        assert_eq!(server.disk().log(), Vec::<String>::new(), "{kind}");
    }
}

#[test]
fn entry_pages_come_last_and_orphans_go_after_them() {
    let server = Server::sftp(SftpServer::start());
    publish(&server, &Site::edition(1, 3)).unwrap();
    server.disk().clear_log();
    publish(&server, &Site::edition(2, 3)).unwrap();
    let log = server.disk().log();
    let place_of = |end: &str| {
        log.iter().position(|line| line.ends_with(end)).unwrap_or_else(|| panic!("{end}: {log:?}"))
    };
    let order = [
        " /www/images/large.jpg",
        " /www/pages/p1.html",
        " /www/trips/index.html",
        " /www/index.html",
        " /www/.accid/manifest.json",
        "remove /www/only-1.html",
    ];
    let places = order.map(place_of);
    assert!(places.is_sorted(), "{places:?} {log:#?}");
}

#[test]
fn a_cut_anywhere_leaves_a_whole_page_and_the_next_publish_sends_at_most_one_file_again() {
    let (one, two) = (Site::edition(1, 12), Site::edition(2, 12));
    for (kind, server) in Server::all() {
        publish(&server, &one).unwrap();
        server.mend();
        publish(&server, &two).unwrap();
        let whole = server.received();
        publish(&server, &one).unwrap();
        let differs = |(path, bytes): &(&String, &Vec<u8>)| one.0.get(*path) != Some(*bytes);
        let sizes = || two.0.iter().filter(differs).map(|(_, bytes)| bytes.len() as u64);
        let (changed, largest) = (sizes().sum::<u64>(), sizes().max().unwrap());
        let mut dice = Dice::new(whole);
        let offsets: Vec<u64> = match long_form() {
            true => (0..50).map(|_| dice.below(whole)).collect(),
            false => [3, 6, 9].map(|part| whole * part / 10 + dice.below(whole / 20)).to_vec(),
        };
        for offset in offsets {
            let context = format!("{kind}, cut after {offset} of {whole} bytes");
            server.disk().watch("/www/index.html");
            server.disk().clear_log();
            server.cut_after(offset);
            let cut = publish(&server, &two);
            let was_cut = server.is_down();
            assert_eq!(cut.is_err(), was_cut, "{context}: {cut:?}");
            server.mend();
            let (old, new, online) = (&one.0, &two.0, server.online());
            for (path, bytes) in &online {
                assert!(old.get(path) == Some(bytes) || new.get(path) == Some(bytes), "{context}: {path}");
            }
            let arrived = server.arrived(old, new);
            let again = publish(&server, &two).unwrap_or_else(|error| panic!("{context}, then: {error}"));
            assert_shown(&server, &two, &context);
            assert_eq!(server.notes(), ["manifest.json"], "{context}");
            let seen: BTreeSet<_> = [old, new].map(|site| site.get("index.html").cloned()).into();
            assert!(server.disk().seen().is_subset(&seen), "{context}: the page was seen in half");
            assert!(
                arrived + again.bytes <= changed + largest,
                "{context}: of {changed} bytes {arrived} had arrived, and {} were sent again",
                again.bytes
            );
            publish(&server, &one).unwrap_or_else(|error| panic!("{context}, then back: {error}"));
        }
    }
}

#[test]
fn a_server_whose_ports_are_all_taken_is_asked_again() {
    let server = Server::ftp(FtpServerOptions::default());
    let site = Site::edition(1, 3);
    server.disk().set_faults(Faults { busy_ports: 4, ..server.disk().faults() });
    publish(&server, &site).unwrap();
    assert_shown(&server, &site, "busy");
}

#[test]
fn a_large_file_that_was_cut_goes_on_where_it_was() {
    for (kind, server) in
        [("FTP", Server::ftp(FtpServerOptions::default())), ("SFTP", Server::sftp(SftpServer::start()))]
    {
        let mut site = Site::edition(1, 0);
        site.0.insert(
            "film.webm".to_owned(),
            (0..900_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect(),
        );
        server.cut_after(700_000);
        publish(&server, &site).unwrap_err();
        server.mend();
        let again = publish(&server, &site).unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert!(again.bytes < 700_000, "{kind}: {} bytes were sent again", again.bytes);
        assert_shown(&server, &site, kind);
    }
}

#[test]
fn a_changed_key_or_certificate_stops_before_any_password_is_sent() {
    let site = Site::edition(1, 1);
    for (kind, server) in Server::all().into_iter().skip(1) {
        let place = server.place();
        publish_as(&place, &site, &claim_of(1, None, NOW)).unwrap();
        let pin = place.pin().unwrap_or_else(|| panic!("{kind} shows nothing"));
        let sent = server.passwords();
        server.change_identity();
        let known = Access { pin: Some(pin.clone()), ..server.access() };
        let error = server.place_with(known).plan(&site.manifest()).unwrap_err();
        let TransferError::PinChanged { known, shown, .. } = &error else { panic!("{kind}: {error}") };
        assert!(*known == pin && *shown != pin, "{kind}");
        assert_eq!(server.passwords(), sent, "{kind}: a password was sent");
        let told = error.problem();
        assert!(told.details["shown"] == shown.to_string() && told.why.contains("No password"), "{told:?}");
        // Once a person has accepted it, it goes on.
        let accepted = Access { pin: Some(shown.clone()), ..server.access() };
        assert_eq!(server.place_with(accepted).plan(&site.manifest()).unwrap().unchanged, site.0.len());
    }
}

#[test]
fn a_wrong_password_is_told_and_shown_nowhere() {
    for (kind, server) in Server::all() {
        let wrong =
            Access { login: Some(Login::Password(Secret::new("canary-wrong".to_owned()))), pin: None };
        let error = server.place_with(wrong).plan(&Site::edition(1, 1).manifest()).unwrap_err();
        assert!(matches!(error, TransferError::SignIn { .. }), "{kind}: {error}");
        let told = format!("{error} {error:?} {:?}", error.problem());
        assert!(!told.contains("canary"), "{kind}: {told}");
    }
}

#[test]
fn a_server_without_tls_gets_no_password_when_the_address_asks_for_protection() {
    let plain = FtpServer::start(FtpServerOptions::default());
    let url = plain.url("www").replace("ftp://", "ftps://");
    let access = Server::Ftp(FtpServer::start(FtpServerOptions::default())).access();
    let place = place_for(&url, access, Arc::new(MemoryVfs::new()), &[]).unwrap();
    let error = place.plan(&Site::edition(1, 1).manifest()).unwrap_err();
    assert!(matches!(error, TransferError::Unprotected { .. }), "{error}");
    assert_eq!(plain.passwords(), 0);
}

#[test]
fn tls_1_3_alone_is_spoken_too_though_each_ticket_is_good_for_one_file() {
    let newest =
        FtpServerOptions { shield: Shield::Explicit, newest_tls_only: true, ..FtpServerOptions::default() };
    let server = Server::ftp(newest);
    let site = Site::edition(1, 9);
    publish(&server, &site).unwrap();
    assert_shown(&server, &site, "");
}

#[test]
fn keys_are_taken_with_and_without_a_passphrase() {
    let server = SftpServer::start();
    let place = |login| {
        let access = Access { login: Some(login), pin: None };
        place_for(&server.url("www"), access, Arc::new(MemoryVfs::new()), &[]).unwrap()
    };
    let site = Site::edition(1, 1);
    let open = Secret::new(server.allow_new_key(None));
    place(Login::Key { key: open, passphrase: None }).plan(&site.manifest()).unwrap();
    let locked = Secret::new(server.allow_new_key(Some("canary-passphrase")));
    let with = |passphrase: Option<&str>| Login::Key {
        key: locked.clone(),
        passphrase: passphrase.map(|text| Secret::new(text.to_owned())),
    };
    place(with(Some("canary-passphrase"))).plan(&site.manifest()).unwrap();
    for wrong in [None, Some("canary-other")] {
        let error = place(with(wrong)).plan(&site.manifest()).unwrap_err();
        assert!(matches!(&error, TransferError::SignIn { .. }), "{error}");
        assert!(!format!("{error:?}").contains("canary"));
    }
}

#[test]
fn a_server_that_refuses_to_rename_over_a_file_is_published_to_as_well() {
    let (one, two) = (Site::edition(1, 4), Site::edition(2, 4));
    let servers = [
        ("FTP", Server::ftp(FtpServerOptions::default())),
        ("SFTP", Server::sftp(SftpServer::start_plain())),
    ];
    for (kind, server) in servers {
        server.disk().set_faults(Faults { refuse_rename_over: true, ..Faults::default() });
        for site in [&one, &two, &one] {
            publish(&server, site).unwrap_or_else(|error| panic!("{kind}: {error}"));
            assert_shown(&server, site, kind);
            assert_eq!(server.notes(), ["manifest.json"], "{kind}");
        }
    }
}

#[test]
fn a_server_that_allows_few_connections_is_asked_for_fewer() {
    let site = Site::edition(1, 12);
    for most in [1, 2, 3] {
        let server = Server::ftp(FtpServerOptions::default());
        server.disk().set_faults(Faults { most_connections: Some(most), ..Faults::default() });
        publish(&server, &site).unwrap_or_else(|error| panic!("{most}: {error}"));
        assert_shown(&server, &site, &format!("{most}"));
    }
}

#[test]
fn a_full_disk_leaves_the_old_site_and_says_so() {
    let (one, two) = (Site::edition(1, 4), Site::edition(2, 4));
    for (kind, server) in Server::all() {
        publish(&server, &one).unwrap();
        let used: usize = server.disk().files().values().map(Vec::len).sum();
        server.disk().set_faults(Faults { capacity: Some(used as u64 + 20_000), ..Faults::default() });
        let error = publish(&server, &two).unwrap_err();
        assert!(matches!(error, TransferError::Refused { .. }), "{kind}: {error}");
        assert_shown(&server, &one, kind);
        // What did not fit is not left there: a smaller change finds room.
        let mut small = Site::edition(1, 4);
        small.0.insert("pages/p1.html".to_owned(), b"a small change".to_vec());
        publish(&server, &small).unwrap_or_else(|error| panic!("{kind}, a small change: {error}"));
        assert_shown(&server, &small, kind);
        server.disk().set_faults(Faults::default());
        publish(&server, &two).unwrap();
        assert_shown(&server, &two, kind);
    }
}

#[test]
fn a_file_the_manifest_lies_about_is_sent_again_and_files_of_others_are_left_alone() {
    let site = Site::edition(1, 4);
    for (kind, server) in Server::all() {
        publish(&server, &site).unwrap();
        server.disk().take("/www/same.txt");
        server.disk().put("/www/pages/p1.html", b"cut");
        server.disk().put("/www/theirs/notes.txt", b"mine");
        let again = publish(&server, &site).unwrap();
        assert_eq!(again.uploaded, 2, "{kind}");
        assert_eq!(server.online().get("theirs/notes.txt").map(Vec::as_slice), Some(&b"mine"[..]), "{kind}");
        let mut other = Site::edition(1, 4);
        other.0.insert("theirs/notes.txt".to_owned(), b"not mine".to_vec());
        let error = publish(&server, &other).unwrap_err();
        assert!(
            matches!(&error, TransferError::Foreign { files, .. } if files[0].as_str() == "theirs/notes.txt"),
            "{kind}: {error}"
        );
    }
}

#[test]
fn a_server_that_lies_is_not_believed() {
    let site = Site::edition(1, 2);
    for (kind, server) in Server::all() {
        publish(&server, &site).unwrap();
        server.disk().set_faults(Faults { hostile_names: true, ..Faults::default() });
        let error = server.place().plan(&site.manifest()).unwrap_err();
        assert!(matches!(error, TransferError::Hostile { .. }), "{kind}: {error}");
    }
    let server = Server::ftp(FtpServerOptions::default());
    server.disk().set_faults(Faults { passive_elsewhere: true, ..Faults::default() });
    let error = server.place().plan(&site.manifest()).unwrap_err();
    assert!(
        matches!(&error, TransferError::Hostile { reason, .. } if reason.contains("10.1.2.3")),
        "{error}"
    );
}

#[test]
fn a_lock_of_somebody_else_is_respected_until_it_is_stale_and_ones_own_is_taken_over() {
    let (one, two) = (Site::edition(1, 2), Site::edition(2, 2));
    for (kind, server) in Server::all() {
        publish(&server, &one).unwrap();
        let lock = "/www/.accid/lock/owner.json";
        let owner = |at: &str| {
            format!("{{\"token\":\"0190a7c0-0000-7000-8000-000000000009\",\"by\":\"ben\",\"at\":\"{at}\"}}")
        };
        server.disk().put(lock, owner("2026-03-01T11:55:00Z").as_bytes());
        let error = publish_as(&server.place(), &two, &claim_of(2, None, NOW)).unwrap_err();
        assert!(
            matches!(&error, TransferError::Busy { holder, .. } if holder.contains("ben")),
            "{kind}: {error}"
        );
        publish_as(&server.place(), &two, &claim_of(2, Some(9), NOW))
            .unwrap_or_else(|error| panic!("{kind}, ours: {error}"));
        server.disk().put(lock, owner("2026-03-01T11:40:00Z").as_bytes());
        publish_as(&server.place(), &one, &claim_of(2, None, NOW))
            .unwrap_or_else(|error| panic!("{kind}, stale: {error}"));
        assert_eq!(server.notes(), ["manifest.json"], "{kind}");
    }
}

#[test]
fn a_password_with_a_line_break_is_not_sent_as_two_commands() {
    let server = FtpServer::start(FtpServerOptions::default());
    let login = Login::Password(Secret::new("x\r\nDELE /www/index.html".to_owned()));
    let access = Access { login: Some(login), pin: None };
    let place = place_for(&server.url("www"), access, Arc::new(MemoryVfs::new()), &[]).unwrap();
    let error = place.plan(&Site::edition(1, 1).manifest()).unwrap_err();
    assert!(matches!(error, TransferError::Hostile { .. }), "{error}");
    assert_eq!((server.passwords(), server.disk().log()), (0, Vec::new()));
}

#[test]
fn an_archive_to_hand_in_holds_the_whole_site_and_is_left_when_nothing_changed() {
    let vfs = Arc::new(MemoryVfs::new());
    let place = || {
        let vfs: Arc<dyn Vfs> = Arc::<MemoryVfs>::clone(&vfs);
        place_for("zip:///out/site.zip", Access::default(), vfs, &[]).unwrap()
    };
    let (one, two) = (Site::edition(1, 3), Site::edition(2, 3));
    let claim = claim_of(1, None, NOW);
    assert_eq!(publish_as(&place(), &one, &claim).unwrap().uploaded, one.0.len());
    let file = std::path::Path::new("/out/site.zip");
    let bytes = vfs.read(file).unwrap();
    assert_eq!(publish_as(&place(), &one, &claim).unwrap().uploaded, 0);
    let plan = place().plan(&two.manifest()).unwrap();
    assert_eq!((plan.added.len(), plan.removed.len(), plan.unchanged), (1, 1, 1));
    publish_as(&place(), &two, &claim).unwrap();
    publish_as(&place(), &one, &claim).unwrap();
    assert_eq!(vfs.read(file).unwrap(), bytes, "the same site gives the same bytes");
    let mut archive = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
    let mut found = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        io::Read::read_to_end(&mut file, &mut content).unwrap();
        found.insert(file.name().unwrap().into_owned(), content);
    }
    assert_eq!(found, one.0);
    vfs.write(file, b"a letter").unwrap();
    assert!(place().plan(&one.manifest()).is_err(), "a file that is no archive is not overwritten");
}

/// Progress that never ends early, and who is told from several threads.
#[derive(Default)]
struct Counting(Mutex<Vec<(usize, usize)>>);

impl accid_base::Progress for Counting {
    fn step(&self, done: usize, total: usize, _: &str) {
        self.0.lock().unwrap().push((done, total));
    }

    fn cancelled(&self) -> bool {
        self.0.lock().unwrap().len() >= 5
    }
}

#[test]
fn a_stopped_publish_leaves_the_old_site_and_no_lock() {
    let (one, two) = (Site::edition(1, 12), Site::edition(2, 12));
    for (kind, server) in Server::all() {
        publish(&server, &one).unwrap();
        let (clock, random, counting) = (FixedClock::at(NOW), SequenceRandom::default(), Counting::default());
        let claim = claim_of(3, None, NOW);
        let publisher = Publisher { clock: &clock, random: &random, claim: &claim, progress: &counting };
        let error = server.place().publish(&two.manifest(), &two, publisher).unwrap_err();
        assert!(matches!(error, TransferError::Cancelled), "{kind}: {error}");
        assert_shown(&server, &one, kind);
        assert!(!server.notes().iter().any(|note| note.starts_with("lock")), "{kind}");
        publish_as(&server.place(), &two, &claim_of(4, None, NOW)).unwrap();
        assert_shown(&server, &two, kind);
    }
}

#[test]
fn a_pin_reads_the_same_after_it_was_kept() {
    let server = Server::sftp(SftpServer::start());
    let place = server.place();
    place.plan(&Site::edition(1, 1).manifest()).unwrap();
    let pin = place.pin().unwrap();
    let kept: Pin = serde_json::from_str(&serde_json::to_string(&pin).unwrap()).unwrap();
    assert_eq!(kept, pin);
    assert!(pin.to_string().starts_with("SHA256:"));
}
