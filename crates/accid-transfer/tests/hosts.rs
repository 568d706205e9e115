//! Publishing to the servers that web hosts run, in the long form of the tests: the connection is cut at fifty places
//! of each, the disk fills up, connections are turned away, the link is slow, and whoever looks sees version 1 or
//! version 2. `servers.rs` does the same to servers of its own in every run.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod site;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    net::{IpAddr, Ipv4Addr},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use accid_base::{ContentHash, FixedClock, Id, MemoryVfs, Secret, SequenceRandom, Unwatched};
use accid_test::{Dice, Host, Hosts, Proxy, Quality, long_form};
use accid_transfer::{Access, Claim, Login, Published, Publisher, TransferError, place_for};
use site::Site;

const CUTS: u64 = 50;

const FOUND: Quality = Quality {
    suite: "hosts",
    head: "# Publishing to hosts\n\nDebian's own servers on this machine. The connection is cut after so many bytes, at \
           fifty places all over a publish of 25 files: what a visitor can get is looked at all the time, and must be \
           version 1 or version 2 of each page, whole. The next publish finishes; what it may send is what had not \
           arrived and one file. vsftpd asks that a data connection goes on with the TLS session of its control \
           connection. Then a disk of one megabyte that is full, two connections at most (421), a server that renames \
           over nothing, and a round trip of 80 ms.\n\n\
           | server | by | what | found | most sent again |\n|---|---|---|---|---|\n",
};

impl Site {
    /// An entry page of some size, and files that differ from edition to edition.
    fn edition(edition: u8) -> Self {
        let page = |at: usize| format!("<p>{edition}, line {at} of the page</p>\n");
        let mut content = BTreeMap::from([
            ("index.html".to_owned(), (0..4000).map(page).collect::<String>().into_bytes()),
            ("trips/index.html".to_owned(), vec![b'a' + edition; 30_000]),
            (format!("only-{edition}.html"), b"here".to_vec()),
            ("same.txt".to_owned(), b"in all editions".to_vec()),
            (
                "film.webm".to_owned(),
                (0..500_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8 ^ edition).collect(),
            ),
        ]);
        for number in 0..20 {
            content.insert(
                format!("pages/p{number}.html"),
                format!("{edition}: page {number}").repeat(200).into_bytes(),
            );
        }
        Self(content)
    }
}

const NEAR: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
const SLOW: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 3));
const FAR: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

fn publish(host: &Host, machine: IpAddr, folder: &str, site: &Site) -> Result<Published, TransferError> {
    let login = Some(Login::Password(Secret::new(Host::PASSWORD.to_owned())));
    let url = host.url(&machine.to_string(), host.port, folder);
    let place = place_for(&url, Access { login, pin: None }, Arc::new(MemoryVfs::new()), &[]).unwrap();
    let (clock, random) = (FixedClock::at("2026-03-01T12:00:00Z"), SequenceRandom::default());
    let token = "0190a7c0-0000-7000-8000-000000000001".parse::<Id>().unwrap();
    let at = "2026-03-01T12:00:00Z".parse().unwrap();
    let claim = Claim { token: token.clone(), left: Some(token), by: "anna".to_owned(), at };
    place.publish(
        &site.manifest(),
        site,
        Publisher { clock: &clock, random: &random, claim: &claim, progress: &Unwatched },
    )
}

/// Files below a folder by their path in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(&at).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(bytes) = fs::read(&path) {
                found.insert(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned(), bytes);
            }
        }
    }
    found
}

fn online(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    files(folder).into_iter().filter(|(path, _)| !path.starts_with(".accid/")).collect()
}

/// What differs, as its name and sizes.
fn differing(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names: BTreeSet<_> = left.keys().chain(right.keys()).collect();
    let size = |files: &BTreeMap<String, Vec<u8>>, name: &String| files.get(name).map(Vec::len);
    let different = names.into_iter().filter(|name| left.get(*name) != right.get(*name));
    different.map(|name| format!("{name}: {:?} for {:?}", size(left, name), size(right, name))).collect()
}

/// Looks at a page again and again until it is told to stop; what it saw.
fn watch(page: &Path) -> (Arc<AtomicBool>, thread::JoinHandle<BTreeSet<Option<ContentHash>>>) {
    let over = Arc::new(AtomicBool::new(false));
    let (told, page) = (Arc::clone(&over), page.to_path_buf());
    let looking = thread::spawn(move || {
        let mut seen = BTreeSet::new();
        while !told.load(Ordering::SeqCst) {
            seen.insert(fs::read(&page).ok().map(|bytes| ContentHash::of(&bytes)));
            // Often enough to see what a visitor could, and leaves the processor to the publish.
            thread::park_timeout(Duration::from_micros(300));
        }
        seen
    });
    (over, looking)
}

/// Bytes of an edition that are whole at the host, in their place or staged.
fn whole(folder: &Path, site: &Site) -> u64 {
    let there = files(folder);
    let staged: BTreeSet<ContentHash> = there.values().map(|bytes| ContentHash::of(bytes)).collect();
    let new = site
        .0
        .iter()
        .filter(|(path, bytes)| there.get(*path) == Some(bytes) || staged.contains(&ContentHash::of(bytes)));
    new.map(|(_, bytes)| bytes.len() as u64).sum()
}

/// Keeps what was found of a server.
fn found(order: u8, host: &Host, what: &str, found: &str, again: &str) {
    let name = host.name.trim_end_matches("-sftp");
    let row = format!("| {name} | {} | {what} | {found} | {again} |", host.scheme.to_uppercase());
    FOUND.keep(&format!("{order}-{}-{}", host.name, host.scheme), &row);
}

/// Cuts the connection at places all over a publish; gives how many cuts there were, and the most bytes that the next one
/// sent of what had arrived.
fn cut_everywhere(host: &Host, proxy: &Proxy) -> (usize, u64) {
    let (one, two) = (Site::edition(1), Site::edition(2));
    // Servers share the home of their user.
    let name = format!("www-{}", host.port);
    let folder = host.home.join(&name);
    publish(host, NEAR, &name, &one).unwrap_or_else(|error| panic!("{}: {error}", host.name));
    proxy.mend();
    publish(host, NEAR, &name, &two).unwrap();
    let total = proxy.received();
    publish(host, NEAR, &name, &one).unwrap();
    let allowed: BTreeSet<_> = [&one, &two].map(|site| Some(ContentHash::of(&site.0["index.html"]))).into();
    let largest = two.0.values().map(|bytes| bytes.len() as u64).max().unwrap();
    let mut dice = Dice::new(total);
    let (mut cuts, mut most) = (0, 0);
    for part in 0..CUTS {
        let offset = total * part / CUTS + dice.below(total / CUTS);
        let context = format!("{} by {}, cut after {offset} of {total} bytes", host.name, host.scheme);
        let (over, looking) = watch(&folder.join("index.html"));
        proxy.cut_after(offset.max(1));
        let cut = publish(host, NEAR, &name, &two);
        let was_cut = proxy.is_down();
        assert!(cut.is_ok() || was_cut, "{context}: it failed though nothing was cut: {cut:?}");
        cuts += usize::from(was_cut);
        proxy.mend();
        for (path, bytes) in online(&folder) {
            assert!(
                one.0.get(&path) == Some(&bytes) || two.0.get(&path) == Some(&bytes),
                "{context}: {path}"
            );
        }
        if cut.is_ok() {
            assert_eq!(online(&folder), two.0, "{context}: it said that all is online");
        }
        let left = two.0.values().map(|bytes| bytes.len() as u64).sum::<u64>() - whole(&folder, &two);
        let again =
            publish(host, NEAR, &name, &two).unwrap_or_else(|error| panic!("{context}, then: {error}"));
        assert!(
            again.bytes <= left + largest,
            "{context}: {} bytes sent again, {left} were left",
            again.bytes
        );
        most = most.max(again.bytes.saturating_sub(left));
        assert!(
            differing(&online(&folder), &two.0).is_empty(),
            "{context}: {:?}",
            differing(&online(&folder), &two.0)
        );
        over.store(true, Ordering::SeqCst);
        let seen = looking.join().unwrap();
        assert!(seen.is_subset(&allowed), "{context}: the page was seen in half or not at all");
        publish(host, NEAR, &name, &one).unwrap_or_else(|error| panic!("{context}, then back: {error}"));
    }
    (cuts, most)
}

/// Cuts publishes to one server by all it speaks.
fn cut_all(server: &[&Host]) {
    let proxy = Proxy::start(NEAR, FAR, &server[0].ports(), Duration::ZERO);
    for host in server {
        drop(fs::remove_dir_all(host.home.join(format!("www-{}", host.port))));
        let (cuts, most) = cut_everywhere(host, &proxy);
        found(1, host, &format!("{cuts} cuts"), "0 half pages", &format!("{most} bytes"));
        assert!(cuts > 40, "{} by {}: only {cuts} cuts", host.name, host.scheme);
    }
}

#[test]
fn servers_of_web_hosts_never_show_half_a_page() {
    if !long_form() {
        return;
    }
    let Some(hosts) = Hosts::start() else { return };
    // One that speaks FTP and FTPS does so at the same ports, one after the other; the others side by side.
    let mut servers: BTreeMap<u16, Vec<&Host>> = BTreeMap::new();
    for host in hosts.list() {
        if !["vsftpd-two", "proftpd-never-over"].contains(&host.name.as_str()) {
            servers.entry(host.port).or_default().push(host);
        }
    }
    let count: usize = servers.values().map(Vec::len).sum();
    assert!(count >= 5, "only these servers were there: {:?}", servers.keys());
    thread::scope(|scope| {
        for server in servers.values() {
            scope.spawn(|| cut_all(server));
        }
    });
    a_full_disk(&hosts);
    few_connections(&hosts);
    nothing_over_what_is_there(&hosts);
    a_slow_link(&hosts);
}

fn a_full_disk(hosts: &Hosts) {
    for host in [hosts.find("vsftpd", "ftps"), hosts.find("openssh", "sftp")].into_iter().flatten() {
        let folder = host.home.join("small/www");
        drop(fs::remove_dir_all(&folder));
        let mut small = Site::edition(1);
        small.0.remove("film.webm");
        publish(host, FAR, "small/www", &small).unwrap();
        let mut large = Site::edition(2);
        large.0.insert("long.webm".to_owned(), vec![7; 2_000_000]);
        let full = publish(host, FAR, "small/www", &large);
        assert!(full.is_err(), "{}: a disk of one megabyte took two", host.name);
        assert_eq!(online(&folder), small.0, "{}: version 1 is not whole on the full disk", host.name);
        let mut fitting = Site::edition(2);
        fitting.0.remove("film.webm");
        publish(host, FAR, "small/www", &fitting).unwrap_or_else(|error| panic!("{}: {error}", host.name));
        assert_eq!(online(&folder), fitting.0, "{}", host.name);
        found(2, host, "full disk", "refused, version 1 whole; the next one fits", "");
    }
}

fn few_connections(hosts: &Hosts) {
    let Some(host) = hosts.find("vsftpd-two", "ftps") else { return };
    let folder = host.home.join("few");
    drop(fs::remove_dir_all(&folder));
    for edition in [1, 2] {
        let site = Site::edition(edition);
        publish(host, FAR, "few", &site).unwrap();
        assert_eq!(online(&folder), site.0);
    }
    found(3, host, "two connections at most", "two releases published by as many as it lets in", "");
}

fn nothing_over_what_is_there(hosts: &Hosts) {
    let Some(host) = hosts.find("proftpd-never-over", "ftps") else { return };
    let folder = host.home.join("never");
    drop(fs::remove_dir_all(&folder));
    for edition in [1, 2, 1] {
        let site = Site::edition(edition);
        publish(host, FAR, "never", &site).unwrap_or_else(|error| panic!("edition {edition}: {error}"));
        assert_eq!(online(&folder), site.0);
    }
    found(4, host, "renames over nothing", "three releases published", "");
}

fn a_slow_link(hosts: &Hosts) {
    for host in [hosts.find("proftpd", "ftps"), hosts.find("openssh", "sftp")].into_iter().flatten() {
        let proxy = Proxy::start(SLOW, FAR, &host.ports(), Duration::from_millis(80));
        let folder = host.home.join("www");
        for edition in [2, 1] {
            let site = Site::edition(edition);
            publish(host, SLOW, "www", &site).unwrap();
            assert_eq!(online(&folder), site.0);
        }
        drop(proxy);
        found(5, host, "slow link", "two releases published", "");
    }
}
