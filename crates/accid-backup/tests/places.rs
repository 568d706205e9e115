//! Backups to a folder, over SFTP and to object storage: what goes in comes out, and what fails leaves the older ones
//! as they were. The servers are real ones of this machine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use accid_backup::{BackupError, BackupPlace, Content, Keep, ObjectKind, Repository, SourceFile, Storage};
use accid_base::{
    Clock, Explain as _, FixedClock, Id, MemoryVfs, Progress, Secret, SystemClock, Unwatched, Vfs,
};
use accid_test::{Conditions, Faults, ObjectServer, Proxy, SftpServer};
use accid_transfer::{Access, Claim, Login};

const PASSWORD: &str = "canary backup password";

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

/// What lies in the data root, by its path.
fn files(edition: u8) -> BTreeMap<String, Vec<u8>> {
    let mut dice = accid_test::Dice::new(7);
    let picture: Vec<u8> = (0..700_000).map(|_| dice.below(256) as u8).collect();
    let mut dice = accid_test::Dice::new(u64::from(edition));
    let only: Vec<u8> = (0..60_000).map(|_| dice.below(256) as u8).collect();
    BTreeMap::from([
        ("projects/travel/accid_blotter.json".to_owned(), br#"{"id": "x"}"#.to_vec()),
        ("projects/travel/pages/index.json".to_owned(), format!("{{\"edition\": {edition}}}").into_bytes()),
        ("projects/travel/media/a.jpg".to_owned(), picture),
        ("projects/travel/.accid/ledger/000001.log".to_owned(), vec![edition; 3000 + usize::from(edition)]),
        (format!("projects/travel/pages/only-{edition}.json"), only),
        ("projects/z\u{e4}hler/pages/\u{1f6a4} boat.json".to_owned(), b"{}".to_vec()),
        ("projects/z\u{e4}hler/pages/empty.txt".to_owned(), Vec::new()),
    ])
}

/// The same for the repository; originals lie on the disk, documents and history in memory.
fn source(vfs: &Arc<dyn Vfs>, edition: u8) -> Vec<SourceFile> {
    let at = Some("2026-03-01T12:00:00Z".parse().unwrap());
    let file = |(path, bytes): (String, Vec<u8>)| {
        let length = bytes.len() as u64;
        let content = if path.contains("/media/") {
            let whole = Path::new("/data").join(&path);
            vfs.create_folders(whole.parent().unwrap()).unwrap();
            vfs.write(&whole, &bytes).unwrap();
            Content::File(whole)
        } else if path.ends_with(".log") {
            // It has grown since.
            Content::Open(Box::new(std::io::Cursor::new([bytes, b"later".to_vec()].concat())))
        } else {
            Content::Bytes(bytes.into())
        };
        SourceFile { path, bytes: length, modified: at, content }
    };
    files(edition).into_iter().map(file).collect()
}

/// A place, what serves it, and how it fails.
enum Host {
    Folder,
    Sftp(SftpServer, Proxy),
    Objects(ObjectServer),
}

struct Bench {
    host: Host,
    vfs: Arc<dyn Vfs>,
}

impl Bench {
    fn all() -> Vec<Self> {
        let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let server = SftpServer::start();
        let proxy = Proxy::start(here, here, &[(0, server.port())], Duration::ZERO);
        let hosts = [Host::Folder, Host::Sftp(server, proxy), Host::Objects(ObjectServer::start())];
        hosts.into_iter().map(|host| Self { host, vfs: Arc::new(MemoryVfs::new()) }).collect()
    }

    fn storage(&self) -> Arc<dyn Storage> {
        self.storage_with(SftpServer::PASSWORD, ObjectServer::SECRET).unwrap()
    }

    fn storage_with(&self, password: &str, access_secret: &str) -> Result<Arc<dyn Storage>, BackupError> {
        self.storage_at(Arc::new(SystemClock), password, access_secret)
    }

    fn storage_at(
        &self,
        clock: Arc<dyn Clock>,
        password: &str,
        access_secret: &str,
    ) -> Result<Arc<dyn Storage>, BackupError> {
        let url = match &self.host {
            Host::Folder => "file:///stick/backup".to_owned(),
            Host::Sftp(_, proxy) => format!("sftp://anna@127.0.0.1:{}/~/backup", proxy.ports()[0]),
            Host::Objects(server) => server.url("accid"),
        };
        let access = Access { login: Some(Login::Password(secret(password))), pin: None };
        BackupPlace::parse(&url).unwrap().storage(
            access,
            Some(secret(access_secret)),
            Arc::clone(&self.vfs),
            clock,
            &[PathBuf::from("/data")],
        )
    }

    fn cut_after(&self, bytes: u64) {
        match &self.host {
            Host::Folder => {}
            Host::Sftp(_, proxy) => proxy.cut_after(bytes),
            Host::Objects(server) => server.cut_after(bytes),
        }
    }

    fn mend(&self) {
        match &self.host {
            Host::Folder => {}
            Host::Sftp(server, proxy) => {
                server.disk().set_faults(Faults::default());
                proxy.mend();
            }
            Host::Objects(server) => server.mend(),
        }
    }

    fn open(&self) -> Repository {
        Repository::open(self.storage(), &secret(PASSWORD)).unwrap()
    }

    fn back_up(&self, edition: u8) -> Result<accid_backup::BackedUp, BackupError> {
        let repository = Repository::open_or_make(self.storage(), &secret(PASSWORD))?;
        repository.back_up(source(&self.vfs, edition), &self.vfs, &Unwatched)
    }

    /// Takes a snapshot out and checks that it is that edition.
    fn is_edition(&self, repository: &Repository, snapshot: &str, edition: u8) {
        let vfs: Arc<dyn Vfs> = Arc::new(MemoryVfs::new());
        let into = Path::new("/out");
        let restored = repository.restore((snapshot, ""), into, &vfs, &Unwatched).unwrap();
        restored.compare(&*vfs, into, &Unwatched).unwrap();
        let expected = files(edition);
        assert_eq!(restored.files.len(), expected.len());
        for (path, bytes) in expected {
            assert!(vfs.read(&into.join(&path)).unwrap() == bytes, "{path}");
        }
    }
}

#[test]
fn what_goes_into_a_backup_comes_out_of_it_and_is_stored_once() {
    for bench in Bench::all() {
        assert!(matches!(
            Repository::open(bench.storage(), &secret(PASSWORD)),
            Err(BackupError::Empty { .. })
        ));
        let first = bench.back_up(1).unwrap();
        assert_eq!((first.new, first.snapshot.files), (7, 7));
        assert!(first.snapshot.added_bytes > 700_000, "{first:?}");
        let same = bench.back_up(1).unwrap();
        assert_eq!((same.new, same.changed, same.unchanged, same.snapshot.added_bytes), (0, 0, 7, 0));
        let second = bench.back_up(2).unwrap();
        assert!(second.snapshot.added_bytes < 100_000, "the picture is there already: {second:?}");
        let repository = bench.open();
        let ids: Vec<_> = repository.snapshots().unwrap().into_iter().map(|one| one.id).collect();
        assert_eq!(ids, [&second, &same, &first].map(|done| done.snapshot.id.clone()));
        bench.is_edition(&repository, &first.snapshot.id[..8], 1);
        bench.is_edition(&repository, "latest", 2);
        let pages = repository.look("latest", "projects/travel/pages").unwrap();
        let names: Vec<_> = pages.iter().map(|item| item.path.as_str()).collect();
        assert_eq!(names, ["projects/travel/pages/index.json", "projects/travel/pages/only-2.json"]);
        let wrong = Repository::open(bench.storage(), &secret("another password")).err().unwrap();
        assert!(matches!(wrong, BackupError::WrongPassword { .. }), "{wrong:?}");
        let told = format!("{wrong} {wrong:?} {}", wrong.problem());
        assert!(!told.contains("canary") && !told.contains("another password"), "{told}");
        assert!(matches!(
            repository.restore(("abcd1234", ""), Path::new("/x"), &bench.vfs, &Unwatched),
            Err(BackupError::SnapshotNotFound(_))
        ));
        assert!(matches!(repository.look("latest", "projects/nowhere"), Err(BackupError::NotInSnapshot(_))));
    }
}

#[test]
fn one_file_or_folder_of_a_backup_is_taken_out_alone_and_never_over_something() {
    let bench = Bench::all().remove(0);
    bench.back_up(1).unwrap();
    let repository = bench.open();
    let take = |what: &str, into: &str| {
        repository.restore(("latest", what), Path::new(into), &bench.vfs, &Unwatched)
    };
    take("projects/travel/pages", "/pages").unwrap();
    assert_eq!(bench.vfs.read(Path::new("/pages/index.json")).unwrap(), b"{\"edition\": 1}");
    let one = take("projects/travel/pages/index.json", "/one").unwrap();
    assert_eq!(one.files.len(), 1);
    assert!(matches!(take("", "/one"), Err(BackupError::NotEmpty(_))));
    for hostile in ["../x", "/etc", "projects/../.."] {
        assert!(matches!(take(hostile, "/two"), Err(BackupError::NotInSnapshot(_))), "{hostile}");
    }
}

#[test]
fn a_cut_connection_leaves_the_older_backup_as_it_was_and_the_next_run_finishes() {
    for bench in Bench::all().into_iter().skip(1) {
        bench.back_up(1).unwrap();
        for bytes in [1, 4_000, 40_000] {
            bench.cut_after(bytes);
            let failed = bench.back_up(2).err().unwrap();
            let problem = failed.problem();
            assert!(!problem.sentence().contains("canary"), "{problem}");
            bench.mend();
            let repository = bench.open();
            assert_eq!(repository.snapshots().unwrap().len(), 1, "{failed:?}");
            bench.is_edition(&repository, "latest", 1);
        }
        bench.back_up(2).unwrap();
        bench.is_edition(&bench.open(), "latest", 2);
    }
}

#[test]
fn a_full_place_leaves_the_older_backup_as_it_was() {
    for bench in Bench::all().into_iter().skip(1) {
        bench.back_up(1).unwrap();
        match &bench.host {
            Host::Sftp(server, _) => {
                let used: usize = server.disk().files().values().map(Vec::len).sum();
                let capacity = Some(used as u64 + 500);
                server.disk().set_faults(Faults { capacity, ..Faults::default() });
            }
            Host::Objects(server) => {
                server.limit(server.objects().values().map(Vec::len).sum::<usize>() as u64 + 500);
            }
            Host::Folder => {}
        }
        let failed = bench.back_up(2).err().unwrap();
        assert!(failed.problem().sentence().contains("lder backups are as they were"), "{failed:?}");
        bench.mend();
        let repository = bench.open();
        assert_eq!(repository.snapshots().unwrap().len(), 1);
        bench.is_edition(&repository, "latest", 1);
    }
}

#[test]
fn a_wrong_sign_in_is_told_and_a_busy_storage_is_asked_again() {
    for bench in Bench::all().into_iter().skip(1) {
        let storage = bench.storage_with("wrong", "wrong").unwrap();
        let refused = Repository::open(storage, &secret(PASSWORD)).err().unwrap();
        let sentence = refused.problem().sentence();
        assert!(sentence.contains("did not accept"), "{sentence}");
        if let Host::Objects(server) = &bench.host {
            server.be_busy(2);
            bench.back_up(1).unwrap();
            assert!(server.log().iter().any(|line| line == "PUT accid/config"), "{:?}", server.log());
        }
    }
}

/// Stops at once.
struct Stopper;

impl Progress for Stopper {
    fn step(&self, _: usize, _: usize, _: &str) {}

    fn cancelled(&self) -> bool {
        true
    }
}

#[test]
fn a_file_that_cannot_be_read_means_no_new_backup_and_one_that_is_gone_is_left_out() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("bad sector"))
        }
    }
    let bench = Bench::all().remove(0);
    bench.back_up(1).unwrap();
    let repository = bench.open();
    let extra =
        |content| SourceFile { path: "projects/x.bin".to_owned(), bytes: 10, modified: None, content };
    let with = |content| {
        let mut all = source(&bench.vfs, 2);
        all.push(extra(content));
        repository.back_up(all, &bench.vfs, &Unwatched)
    };
    let failed = with(Content::Open(Box::new(Broken))).err().unwrap();
    assert!(failed.to_string().contains("bad sector"), "{failed:?}");
    assert_eq!(repository.snapshots().unwrap().len(), 1);
    with(Content::File("/data/projects/gone.bin".into())).unwrap();
    bench.is_edition(&repository, "latest", 2);
    let restoring = repository.restore(("latest", ""), Path::new("/stopped"), &bench.vfs, &Stopper);
    assert!(matches!(restoring, Err(BackupError::Cancelled)));
}

#[test]
fn a_damaged_repository_is_told_and_nothing_wrong_is_restored() {
    let bench = Bench::all().remove(0);
    bench.back_up(1).unwrap();
    let repository = bench.open();
    let mut folders = vec![PathBuf::from("/stick/backup/data")];
    let mut packs = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in bench.vfs.list(&folder).unwrap() {
            let path = folder.join(&entry.name);
            match entry.kind {
                accid_base::vfs::Kind::Folder => folders.push(path),
                _ => packs.push(path),
            }
        }
    }
    for (number, pack) in packs.iter().enumerate() {
        let good = bench.vfs.read(pack).unwrap();
        for at in [10, good.len() / 3, good.len() / 2] {
            let mut bad = good.clone();
            bad[at] ^= 0x40;
            bench.vfs.write(pack, &bad).unwrap();
            let into = PathBuf::from(format!("/damaged-{number}-{at}"));
            if let Ok(restored) = repository.restore(("latest", ""), &into, &bench.vfs, &Unwatched) {
                // What was damaged is in none of the pieces: everything is as it was.
                assert_eq!(restored.files.len(), 7);
                for (path, bytes) in files(1) {
                    assert!(bench.vfs.read(&into.join(&path)).unwrap() == bytes, "{path}");
                }
            }
        }
        bench.vfs.write(pack, &good).unwrap();
    }
    bench.vfs.remove_file(&packs[0]).unwrap();
    let gone = repository.restore(("latest", ""), Path::new("/gone"), &bench.vfs, &Unwatched);
    assert!(matches!(gone, Err(BackupError::Damaged { .. })), "{gone:?}");
}

#[test]
fn thinning_out_says_first_what_goes_and_what_stays_can_be_restored() {
    for bench in Bench::all() {
        for edition in 1..=3 {
            bench.back_up(edition).unwrap();
        }
        let repository = bench.open();
        let keep = Keep { daily: 1, weekly: 0, monthly: 0 };
        let now = jiff::Timestamp::from_second(4_000_000_000).unwrap();
        let plan = repository.plan_thinning(keep, now).unwrap();
        assert_eq!((plan.goes.len(), plan.stays), (2, 1), "{plan:?}");
        assert_eq!(repository.snapshots().unwrap().len(), 3, "a plan removes nothing");
        let done = repository.thin_out(keep, now, &Unwatched).unwrap();
        assert_eq!(done.goes, plan.goes);
        assert_eq!(repository.snapshots().unwrap().len(), 1);
        bench.is_edition(&bench.open(), "latest", 3);
        bench.back_up(4).unwrap();
        bench.is_edition(&bench.open(), "latest", 4);
    }
}

fn claim(digit: char, by: &str, clock: &FixedClock) -> Claim {
    let token = format!("019ca8b4-2d80-7000-8000-00000000000{digit}").parse::<Id>().unwrap();
    Claim { token, left: None, by: by.to_owned(), at: clock.now() }
}

#[test]
fn a_lock_is_held_for_as_long_as_a_backup_takes() {
    const MINUTES: i64 = 60_000;
    for bench in &Bench::all()[1..] {
        let clock = Arc::new(FixedClock::at("2026-03-01T12:00:00Z"));
        let storage = || {
            let clock: Arc<dyn Clock> = clock.clone();
            bench.storage_at(clock, SftpServer::PASSWORD, ObjectServer::SECRET).unwrap()
        };
        let claim = |digit, by| claim(digit, by, &clock);
        let (long, other) = (storage(), storage());
        let lock = long.lock(&claim('1', "a long backup")).unwrap();
        for number in 0..3 {
            clock.advance_milliseconds(10 * MINUTES);
            long.write(ObjectKind::Pack, &format!("{number:064}"), b"a pack".to_vec()).unwrap();
            let refused = other.lock(&claim('2', "another")).err().expect("half an hour after it was begun");
            assert!(refused.problem().sentence().contains("a long backup"), "{refused}");
        }
        drop(lock);
        // What is read later takes no lock that is another's by now.
        let taken = other.lock(&claim('2', "another")).unwrap();
        clock.advance_milliseconds(10 * MINUTES);
        assert!(long.read(ObjectKind::Pack, &"0".repeat(64), None).unwrap().is_some());
        let refused = storage().lock(&claim('3', "a third")).err().expect("it is held");
        assert!(refused.problem().sentence().contains("another, whose"), "{refused}");
        // One that died gives no sign of life.
        std::mem::forget(taken);
        clock.advance_milliseconds(20 * MINUTES);
        drop(storage().lock(&claim('3', "a third")).unwrap());
        drop(storage().lock(&claim('4', "a fourth")).unwrap());
    }
}

#[test]
fn of_many_that_come_at_once_one_has_the_lock_whatever_the_storage_knows_of_conditions() {
    let clock = FixedClock::at("2026-03-01T12:00:00Z");
    for conditions in [Conditions::Minded, Conditions::Refused, Conditions::Ignored] {
        let bench = &Bench::all()[2];
        let Host::Objects(server) = &bench.host else { panic!("the last is object storage") };
        server.take_conditions(conditions);
        let claims = ['1', '2', '3', '4'].map(|digit| claim(digit, "one of four", &clock));
        let storage = bench.storage();
        let first = storage.lock(&claims[0]).unwrap();
        for late in &claims[1..] {
            let refused = bench.storage().lock(late).err().expect("it is held");
            assert!(refused.problem().sentence().contains("one of four"), "{conditions:?}: {refused}");
        }
        drop(first);
        if conditions == Conditions::Minded {
            let storages = claims.each_ref().map(|_| bench.storage());
            let had = std::thread::scope(|scope| {
                let tries = storages.iter().zip(&claims).map(|(storage, claim)| {
                    // Whoever has it keeps it until all have tried.
                    scope.spawn(move || storage.lock(claim).map(std::mem::forget).is_ok())
                });
                let tries: Vec<_> = tries.collect();
                tries.into_iter().map(|tried| tried.join().unwrap()).filter(|had| *had).count()
            });
            assert_eq!(had, 1);
        }
    }
}
