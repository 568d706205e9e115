//! Dropbox and imgBB against a server on this machine that speaks as they do: success, a token that ran out, conflicts,
//! "too many", silence, cuts in the middle.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use accid_base::{FixedClock, Progress, Secret, SystemRandom, Unwatched};
use accid_test::{CloudHost, Trouble};
use accid_transfer::{
    CloudFiles, CloudKind, Dropbox, DropboxAddresses, DropboxApp, ImageHost, ImgBb, ServiceError, Waits,
};

/// Files larger than this go in parts.
const PART: usize = 1_000;
/// Long enough for a machine at work; only silence takes as long.
const WAITS: Waits = Waits { connect: Duration::from_secs(20), answer: Duration::from_secs(20) };
const SOON: Waits = Waits { connect: Duration::from_secs(20), answer: Duration::from_millis(50) };

fn app(host: &CloudHost, waits: Waits) -> DropboxApp {
    let addresses = DropboxAddresses::at(&host.url()).unwrap();
    DropboxApp { key: CloudHost::APP_KEY.to_owned(), addresses, waits, part: PART }
}

const REDIRECT: &str = "http://localhost:9847/auth/dropbox/callback";

fn code_of(address: &str) -> Secret<String> {
    let query = address.split_once('?').unwrap().1;
    Secret::new(query.split('&').find_map(|pair| pair.strip_prefix("code=")).unwrap().to_owned())
}

fn connected(host: &CloudHost, waits: Waits) -> (Dropbox, Arc<FixedClock>) {
    let app = app(host, waits);
    let sign_in = app.begin(REDIRECT, &SystemRandom);
    let granted = DropboxApp { waits: WAITS, ..app.clone() };
    let granted = granted.take(&sign_in, &code_of(&host.say_yes(&sign_in.url))).unwrap();
    let clock = Arc::new(FixedClock::at("2026-03-01T12:00:00Z"));
    (Dropbox::new(app, granted.refresh, clock.clone()), clock)
}

fn count(host: &CloudHost, path: &str) -> usize {
    host.calls().iter().filter(|call| call.contains(path)).count()
}

#[test]
fn a_person_signs_in_without_a_secret_and_a_code_is_good_once() {
    let host = CloudHost::start();
    let app = app(&host, WAITS);
    let (mine, other) = (app.begin(REDIRECT, &SystemRandom), app.begin(REDIRECT, &SystemRandom));
    assert_ne!(mine.state.reveal(), other.state.reveal());
    assert!(!mine.url.contains(mine.verifier.reveal().as_str()), "the proof stays here");
    let stolen = code_of(&host.say_yes(&mine.url));
    let refused = app.take(&other, &stolen).unwrap_err();
    assert!(matches!(refused, ServiceError::SignedOut { .. }), "a code without its proof: {refused}");
    let code = code_of(&host.say_yes(&mine.url));
    assert!(app.take(&mine, &code).unwrap().refresh.reveal().starts_with(CloudHost::TOKEN));
    assert!(matches!(app.take(&mine, &code), Err(ServiceError::SignedOut { .. })), "once");
    let unknown = DropboxApp { key: "nobody".to_owned(), ..app };
    let refused = unknown.take(&mine, &code).unwrap_err().to_string();
    assert!(refused.contains("app key"), "{refused}");
}

#[test]
fn folders_are_listed_whole_and_files_come_as_they_are() {
    let host = CloudHost::start();
    for name in ["b.jpg", "Zürich ⛵.jpg", "a.txt", "c.jpg", "sub/d.jpg", "sub/deep/e.jpg", "other/x"] {
        host.put(&format!("/Photos/{name}"), name.as_bytes());
    }
    let (dropbox, _) = connected(&host, WAITS);
    assert_eq!(dropbox.account().unwrap().name, "Ada Lovelace");
    let names = |folder: &str| {
        let entries = dropbox.list(folder).unwrap();
        entries.into_iter().map(|entry| (entry.kind, entry.name)).collect::<Vec<_>>()
    };
    let (file, folder) = (CloudKind::File, CloudKind::Folder);
    assert_eq!(names(""), [(folder, "Photos".to_owned())]);
    assert_eq!(names("/"), names(""));
    let expected = [
        (folder, "other"),
        (folder, "sub"),
        (file, "a.txt"),
        (file, "b.jpg"),
        (file, "c.jpg"),
        (file, "Zürich ⛵.jpg"),
    ];
    assert_eq!(names("/Photos"), expected.map(|(kind, name)| (kind, name.to_owned())));
    let found = dropbox.download("/Photos/Zürich ⛵.jpg", 1_000).unwrap();
    assert_eq!(found, "Zürich ⛵.jpg".as_bytes());
    let missing = dropbox.download("/Photos/none.jpg", 1_000).unwrap_err();
    assert_eq!(missing, ServiceError::Missing { service: "Dropbox", path: "/Photos/none.jpg".to_owned() });
    assert!(matches!(dropbox.list("/Nowhere"), Err(ServiceError::Missing { .. })));
    assert!(matches!(dropbox.download("/Photos/b.jpg", 2), Err(ServiceError::Refused { .. })), "too large");
}

#[test]
fn a_token_that_ran_out_is_renewed_and_the_call_repeated_once() {
    let host = CloudHost::start();
    host.put("/a.jpg", b"a");
    let (dropbox, clock) = connected(&host, WAITS);
    dropbox.list("").unwrap();
    let renewed = count(&host, "/oauth2/token");
    host.expire();
    assert_eq!(dropbox.list("").unwrap().len(), 1);
    assert_eq!((count(&host, "/oauth2/token"), count(&host, "list_folder")), (renewed + 1, 3));
    // A token is renewed before it runs out, when that is known.
    clock.advance_milliseconds(14_400_000);
    dropbox.list("").unwrap();
    assert_eq!((count(&host, "/oauth2/token"), count(&host, "list_folder")), (renewed + 2, 4));
    // A service that refuses every token is not asked for ever.
    host.fail("list_folder", Trouble::Unauthorised);
    host.fail("list_folder", Trouble::Unauthorised);
    assert!(matches!(dropbox.list(""), Err(ServiceError::SignedOut { .. })));
    assert_eq!(count(&host, "list_folder"), 6);
    dropbox.list("").unwrap();
    host.revoke();
    assert!(
        matches!(dropbox.list(""), Err(ServiceError::SignedOut { .. })),
        "what was granted was taken back"
    );
}

#[test]
fn what_a_service_says_is_told_apart() {
    let host = CloudHost::start();
    host.put("/a.jpg", b"a");
    let (dropbox, _) = connected(&host, WAITS);
    let quick = |trouble: Trouble| {
        host.fail("list_folder", trouble);
        dropbox.list("").unwrap_err()
    };
    let busy = ServiceError::Busy { service: "Dropbox", after: Duration::from_secs(17) };
    assert_eq!(quick(Trouble::TooMany(17)), busy);
    let scope = r#"{"error_summary":"missing_scope/.","error":{".tag":"missing_scope","required_scope":"files.content.read"}}"#;
    for (status, body, word) in [
        (400, "Error in call: bad cursor", "bad cursor"),
        (401, scope, "files.content.read"),
        (403, r#"{"error_summary":"access_error/."}"#, "access_error"),
        (409, r#"{"error_summary":"path/malformed_path/.."}"#, "have that name"),
        (409, r#"{"error_summary":"path/no_write_permission/.."}"#, "written into"),
        (409, r#"{"error_summary":"path/something_new/.."}"#, "something_new"),
        (409, r#"{"error_summary":"path/insufficient_space/.."}"#, "no room"),
        (503, "", "503"),
    ] {
        let said = quick(Trouble::Status(status, body)).to_string();
        assert!(said.contains(word), "{said}");
    }
    let nobody = DropboxAddresses::at("http://127.0.0.1:9").unwrap();
    let lost = Dropbox::new(
        DropboxApp { addresses: nobody, ..app(&host, WAITS) },
        Secret::new("x".to_owned()),
        Arc::new(FixedClock::at("2026-03-01T12:00:00Z")),
    );
    assert!(lost.list("").unwrap_err().is_away());
    // Whatever it is that takes too long, it is told as that.
    let (hasty, _) = connected(&host, SOON);
    host.fail("list_folder", Trouble::Silence);
    let silent = hasty.list("").unwrap_err();
    assert!(silent.is_away() && silent.to_string().contains("in time"), "{silent}");
}

#[test]
fn a_call_that_was_cut_is_made_once_more() {
    let host = CloudHost::start();
    host.put("/a.jpg", &[7; 5_000]);
    let (dropbox, _) = connected(&host, WAITS);
    host.fail("download", Trouble::CutAnswer);
    assert_eq!(dropbox.download("/a.jpg", 10_000).unwrap(), vec![7; 5_000]);
    host.fail("list_folder", Trouble::CutRequest(3));
    assert_eq!(dropbox.list("").unwrap().len(), 1);
    for _ in 0..2 {
        host.fail("download", Trouble::CutAnswer);
    }
    assert_eq!(dropbox.download("/a.jpg", 10_000), Err(ServiceError::Cut { service: "Dropbox" }));
    // What arrives is compared with what the service says it is.
    host.fail("download", Trouble::Status(200, "something else"));
    assert_eq!(dropbox.download("/a.jpg", 10_000).unwrap(), b"something else", "no hash was told");
}

#[test]
fn a_small_file_goes_in_one_call_and_never_over_another() {
    let host = CloudHost::start();
    let (dropbox, _) = connected(&host, WAITS);
    let send = |content: &[u8]| dropbox.upload("/ACCID/boat.zip", content, &Unwatched).unwrap().path;
    host.fail("files/upload", Trouble::CutAnswer);
    assert_eq!(send(b"one"), "/ACCID/boat.zip");
    assert_eq!(host.files().len(), 1, "sent twice, there once");
    assert_eq!(send(b"two"), "/ACCID/boat (1).zip");
    assert_eq!(host.files()["/ACCID/boat.zip"], b"one");
}

#[test]
fn a_large_file_goes_in_parts_and_goes_on_where_a_cut_left_it() {
    let host = CloudHost::start();
    let (dropbox, _) = connected(&host, WAITS);
    let content: Vec<u8> = (0..PART * 4 + 17).map(|number| u8::try_from(number % 251).unwrap()).collect();
    // A part that did not arrive, one whose answer was lost, a token that ran out, an end that was cut.
    host.fail("append_v2", Trouble::CutRequest(100));
    host.fail("append_v2", Trouble::CutAnswer);
    host.fail("append_v2", Trouble::Unauthorised);
    host.fail("finish", Trouble::CutRequest(5));
    let there = dropbox.upload("/big.zip", &content, &Unwatched).unwrap();
    assert_eq!((there.path.as_str(), there.bytes), ("/big.zip", content.len() as u64));
    assert_eq!(host.files()["/big.zip"], content);
    assert!(count(&host, "append_v2") >= 4 && count(&host, "files/upload_session/start") == 1);
    // A connection that is cut again and again is given up in the end, and nothing half is there.
    for _ in 0..5 {
        host.fail("append_v2", Trouble::CutRequest(1));
    }
    let lost = dropbox.upload("/lost.zip", &content, &Unwatched).unwrap_err();
    assert_eq!(lost, ServiceError::Cut { service: "Dropbox" });
    assert!(!host.files().contains_key("/lost.zip"));
}

/// Asks to stop after the second step.
#[derive(Default)]
struct Impatient {
    steps: AtomicUsize,
    stopped: AtomicBool,
}

impl Progress for Impatient {
    fn step(&self, _: usize, _: usize, _: &str) {
        if self.steps.fetch_add(1, Ordering::Relaxed) == 1 {
            self.stopped.store(true, Ordering::Relaxed);
        }
    }

    fn cancelled(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

#[test]
fn a_large_file_is_stopped_between_two_parts() {
    let host = CloudHost::start();
    let (dropbox, _) = connected(&host, WAITS);
    let stopped = dropbox.upload("/big.zip", &[1; PART * 9], &Impatient::default()).unwrap_err();
    assert_eq!(stopped, ServiceError::Cancelled);
    assert_eq!((count(&host, "append_v2"), host.files().len()), (1, 0));
}

#[test]
fn whoever_signs_out_takes_the_sign_in_back() {
    let host = CloudHost::start();
    let (dropbox, _) = connected(&host, WAITS);
    dropbox.sign_out().unwrap();
    assert!(matches!(dropbox.list(""), Err(ServiceError::SignedOut { .. })));
}

#[test]
fn a_picture_is_hosted_and_a_refusal_is_told_without_the_key() {
    let host = CloudHost::start();
    let with = |key: &str, waits: Waits| ImgBb::new(&host.url(), Secret::new(key.to_owned()), waits).unwrap();
    let imgbb = with(CloudHost::IMGBB_KEY, WAITS);
    let picture = b"\xff\xd8\r\n--accid-\r\n picture \r\n\xff\xd9";
    let hosted = imgbb.host("my \"boat\"\r\n.jpg", picture).unwrap();
    assert_eq!(host.images(), [picture.to_vec()]);
    assert_eq!(hosted.url, "https://i.ibb.co/p1/boat.jpg");
    assert_eq!((hosted.width, hosted.height, hosted.bytes), (64, 48, picture.len() as u64));
    assert!(hosted.remove.contains("ibb.co") && hosted.thumbnail.contains("t.ibb.co"));

    let refused = with("canary-wrong&key=x", WAITS).host("a.jpg", picture).unwrap_err();
    assert!(matches!(refused, ServiceError::SignedOut { .. }), "{refused}");
    let busy = |seconds| ServiceError::Busy { service: "imgBB", after: Duration::from_secs(seconds) };
    host.fail("upload", Trouble::TooMany(9));
    assert_eq!(imgbb.host("a.jpg", picture), Err(busy(9)));
    host.fail("upload", Trouble::Status(400, r#"{"error":{"message":"Rate limit reached."}}"#));
    assert_eq!(imgbb.host("a.jpg", picture), Err(busy(300)));
    host.fail("upload", Trouble::CutRequest(20));
    assert_eq!(imgbb.host("a.jpg", picture), Err(ServiceError::Cut { service: "imgBB" }));
    host.fail("upload", Trouble::Silence);
    let silent = with(CloudHost::IMGBB_KEY, SOON).host("a.jpg", picture).unwrap_err();
    assert!(silent.is_away(), "{silent}");
    let large = vec![0; 32_000_001];
    assert!(matches!(imgbb.host("a.jpg", &large), Err(ServiceError::TooLarge { .. })));
    for error in [refused, silent] {
        assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
    }
}

#[test]
fn a_token_goes_nowhere_else_whatever_the_service_says() {
    let (host, inner) = (CloudHost::start(), CloudHost::start());
    host.put("/a.jpg", b"a");
    let (dropbox, _) = connected(&host, WAITS);
    for path in ["list_folder", "oauth2/token"] {
        host.expire();
        host.fail(path, Trouble::SendingOn(format!("{}/2/files/list_folder", inner.url())));
        assert!(dropbox.list("").unwrap_err().is_away(), "{path}");
    }
    let imgbb = ImgBb::new(&host.url(), Secret::new(CloudHost::IMGBB_KEY.to_owned()), WAITS).unwrap();
    host.fail("upload", Trouble::SendingOn(inner.url()));
    assert!(imgbb.host("a.jpg", b"a").unwrap_err().is_away());
    assert!(inner.calls().is_empty(), "nobody else was asked: {:?}", inner.calls());
}

#[test]
fn an_answer_that_is_nonsense_is_refused_or_empty_and_nothing_panics() {
    let host = CloudHost::start();
    let (dropbox, _) = connected(&host, WAITS);
    let imgbb = ImgBb::new(&host.url(), Secret::new(CloudHost::IMGBB_KEY.to_owned()), WAITS).unwrap();
    let deep: &'static str = Box::leak("[".repeat(100_000).into_boxed_str());
    let bodies = [
        "",
        "null",
        "[]",
        "{",
        "\u{0}\u{7f}",
        deep,
        r#"{"entries": 7, "has_more": "x"}"#,
        r#"{"entries": [{".tag": "file"}, {".tag": 1}, null, {"path_display": 5}]}"#,
        r#"{"session_id": {}, "content_hash": [], "correct_offset": -1}"#,
        r#"{"success": true, "data": {"width": -1, "size": "x", "url": 7}}"#,
        r#"{"error": {"correct_offset": 1e300, "message": []}, "error_summary": {}}"#,
    ];
    for body in bodies {
        for status in [200, 204, 400, 401, 404, 409, 418, 500] {
            for path in
                ["list_folder", "files/upload", "current_account", "upload_session/start", "/1/upload"]
            {
                host.fail(path, Trouble::Status(status, body));
            }
            drop(dropbox.list(""));
            drop(dropbox.account());
            drop(dropbox.upload("/a.zip", b"a", &Unwatched));
            drop(dropbox.upload("/b.zip", &[1; PART + 1], &Unwatched));
            drop(imgbb.host("a.jpg", b"a"));
        }
    }
    assert!(dropbox.list("").is_ok(), "and it goes on");
}
