//! Passwords and keys on the command line: one command under a passphrase, the keyring of the system, and secrets that
//! are in no file, no log and no answer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

use std::{
    fs,
    io::Write,
    os::unix::fs::PermissionsExt as _,
    process::{Command, Stdio},
};

use accid_test::{CloudHost, FtpServer, FtpServerOptions, Outcome, Sandbox, Trouble};

const PASSPHRASE: &str = "canary horse battery";

fn finish(mut command: Command, input: &str) -> Outcome {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Whoever does not read it may have ended already.
    drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    Outcome {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A project that goes to a server whose password is known.
fn sandbox(server: &FtpServer) -> Sandbox {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_accid"));
    sandbox.run(&["new", "Boat", "--type", "html"]).good();
    let url = server.url("www");
    let words = ["env", "set", "boat", "production", "--url", &url, "--password-stdin"];
    finish(sandbox.command(&words), FtpServer::PASSWORD).good();
    sandbox
}

const DEPLOY: [&str; 3] = ["deploy", "boat", "production"];

#[test]
fn one_command_is_opened_by_the_passphrase_it_is_given() {
    let server = FtpServer::start(FtpServerOptions::default());
    let sandbox = sandbox(&server);
    let protect = ["credentials", "protect", "--passphrase-stdin"];
    finish(sandbox.command(&protect), PASSPHRASE).good();
    let said = sandbox.run(&DEPLOY).refused();
    assert!(said.contains("locked") && said.contains("--passphrase-file"), "{said}");
    assert_eq!(server.passwords(), 0, "nothing was sent");
    let wrong = finish_with(&sandbox, "canary wrong");
    assert!(wrong.refused().contains("not the passphrase"));
    assert!(finish_with(&sandbox, PASSPHRASE).good().starts_with("Published boat"));
    let file = sandbox.path("passphrase.txt");
    sandbox.write(&file, &format!("{PASSPHRASE}\n"));
    let named = ["deploy", "boat", "production", "--dry-run", "--passphrase-file", file.to_str().unwrap()];
    assert!(sandbox.run(&named).good().contains("would add 0"));
    assert!(sandbox.run(&DEPLOY).refused().contains("locked"), "the next command is locked again");
    fs::remove_file(&file).unwrap();
    assert!(sandbox.run(&named).refused().contains("cannot be read"));
    for (path, bytes) in Sandbox::files(&sandbox.data()) {
        assert!(!String::from_utf8_lossy(&bytes).contains("canary"), "{} holds a secret", path.display());
    }
}

fn finish_with(sandbox: &Sandbox, passphrase: &str) -> Outcome {
    let mut command = sandbox.command(&DEPLOY);
    command.env("ACCID_PASSPHRASE", passphrase);
    finish(command, "")
}

/// A keyring that is a folder, spoken to as `secret-tool` is.
const KEYRING: &str = r#"#!/bin/sh
case "$1" in
    store) /bin/cat > "$KEYRING/$6" ;;
    lookup) [ -f "$KEYRING/$5" ] && /bin/cat "$KEYRING/$5" ;;
    clear) /bin/rm -f "$KEYRING/$5" ;;
esac
"#;

#[cfg(target_os = "linux")]
#[test]
fn a_keyring_opens_them_and_a_machine_without_one_says_so_and_goes_on() {
    let server = FtpServer::start(FtpServerOptions::default());
    let sandbox = sandbox(&server);
    let protect = ["credentials", "protect", "--keyring"];
    let said = sandbox.run(&protect).refused();
    assert!(said.contains("secret-tool"), "{said}");

    let (programs, held) = (sandbox.path("programs"), sandbox.path("held"));
    fs::create_dir_all(&programs).unwrap();
    fs::create_dir_all(&held).unwrap();
    sandbox.write(&programs.join("secret-tool"), KEYRING);
    fs::set_permissions(programs.join("secret-tool"), fs::Permissions::from_mode(0o755)).unwrap();
    let with_keyring = |words: &[&str]| {
        let mut command = sandbox.command(words);
        command.env("PATH", &programs).env("KEYRING", &held).env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/x");
        finish(command, "")
    };
    assert!(with_keyring(&protect).good().contains("keyring of this system"));
    assert_eq!(fs::read_dir(&held).unwrap().count(), 1);
    assert!(with_keyring(&DEPLOY).good().starts_with("Published boat"));
    // Without its keyring the machine starts, works, and says what is locked and why.
    let said = sandbox.run(&DEPLOY).refused();
    assert!(said.contains("locked") && said.contains("secret-tool"), "{said}");
    sandbox.run(&["list"]).good();
    let server = sandbox.start(&["up"]);
    assert_eq!(server.get("/api/vault/credentials").data()["state"], "locked");
    assert!(server.terminate(std::time::Duration::from_secs(5)).is_some_and(|status| status.success()));
    assert!(with_keyring(&["credentials", "protect", "--key-file"]).good().contains("key file"));
    assert_eq!(fs::read_dir(&held).unwrap().count(), 0, "what opens nothing is not kept");
    assert!(sandbox.run(&DEPLOY).good().contains("0 files sent"));
}

#[test]
fn no_secret_is_in_any_log_answer_file_or_version() {
    let host = FtpServer::start(FtpServerOptions::default());
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_accid"));
    let cloud = CloudHost::start();
    let mut command = sandbox.command(&["up", "--port", "0"]);
    command.env("ACCID_LOG", "trace").env("ACCID_DROPBOX_URL", cloud.url());
    command.env("ACCID_IMGBB_URL", cloud.url()).env("ACCID_DROPBOX_APP_KEY", CloudHost::APP_KEY);
    let server = sandbox.start_as(command);
    let mut told = Vec::new();
    let mut call = |method: &str, path: &str, body: serde_json::Value| {
        let answer = server.call(method, path, &body);
        told.push(answer.body.to_string());
        answer
    };
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    call("POST", "/api/projects", json(r#"{"name": "Boat", "type": "html"}"#)).data();
    let at = |rest: &str| format!("/api/projects/boat/{rest}");
    let place = serde_json::json!({"url": host.url("www")});
    call("PUT", &at("environments/production"), place).data();
    let credentials = at("ftp-credentials/production");
    for refused in [
        r#"{"password": "canary-one", "key": "canary-two"}"#,
        r#"{"password": ["canary-three"]}"#,
        r#"{"password": "canary-four", "agent": "yes"}"#,
    ] {
        assert!(call("POST", &credentials, json(refused)).status >= 400);
    }
    call("POST", &credentials, json(r#"{"password": "canary-wrong"}"#)).data();
    assert!(call("POST", &at("publish/production?wait=true"), json("{}")).status >= 400);
    let key = r#"{"key": "-----BEGIN OPENSSH PRIVATE KEY-----\ncanary-key\n-----END OPENSSH PRIVATE KEY-----\n", "passphrase": "canary-of-key"}"#;
    call("POST", &credentials, json(key));
    call("POST", &at("publish/production?wait=true"), json("{}"));
    call("POST", &credentials, serde_json::json!({"password": FtpServer::PASSWORD})).data();
    let protection = "/api/vault/credentials/protection";
    call("PUT", protection, serde_json::json!({"by": "passphrase", "passphrase": PASSPHRASE})).data();
    call("POST", "/api/vault/credentials/lock", json("{}")).data();
    call("POST", "/api/vault/credentials/unlock", json(r#"{"passphrase": "canary-wrong-one"}"#));
    call("POST", "/api/vault/credentials/unlock", serde_json::json!({"passphrase": PASSPHRASE})).data();
    call("POST", &at("publish/production?wait=true"), json("{}")).data();
    call("POST", &at("time-machine/snapshot"), json(r#"{"message": "published"}"#)).data();
    use_services(&mut call, server.url(), &cloud);
    for path in [
        "environments",
        "deployments/production",
        "releases/production",
        "time-machine/snapshots",
        "",
        "jobs",
    ] {
        told.push(server.get(&at(path)).body.to_string());
    }
    for path in ["/api/vault/credentials", "/api/settings", "/api/health", "/api/validation/run", "/api/jobs"]
    {
        told.push(server.get(path).body.to_string());
    }
    let log = server.end_with_log();
    assert!(log.iter().any(|line| line.contains("project_published")), "the log tells what was done");
    for line in told.iter().chain(&log) {
        assert!(!line.contains("canary"), "a secret was told: {line}");
    }
    sandbox.run(&["export", "boat", "--out", &sandbox.text("out")]).good();
    for (path, bytes) in Sandbox::files(&sandbox.path("")) {
        assert!(!holds(&bytes, "canary"), "{} holds a secret", path.display());
    }
    // Versions are compressed in the ledger: each is brought back and looked at.
    let versions = sandbox.json(&["history", "boat"]);
    let versions = versions["items"].as_array().unwrap();
    assert!(!versions.is_empty());
    for version in versions {
        sandbox.run(&["restore", "boat", version["id"].as_str().unwrap()]).good();
        for (path, bytes) in Sandbox::files(&sandbox.project_folder("boat")) {
            assert!(!holds(&bytes, "canary"), "{} of {version} holds a secret", path.display());
            let sealed = holds(&bytes, "\"sealed\"");
            assert!(
                !sealed || path.ends_with("accid_blotter.json") || path.ends_with("dropbox_tokens.json"),
                "{} holds what is sealed",
                path.display()
            );
        }
    }
    assert!(host.passwords() > 0, "the password was used");
}

/// Services on the web: their tokens and keys, what they refuse, and a way back that was made up.
fn use_services(
    call: &mut dyn FnMut(&str, &str, serde_json::Value) -> accid_test::Answer,
    url: &str,
    cloud: &CloudHost,
) {
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let connect = |whose: &str| {
        let start = follow(&format!("{url}/auth/dropbox/start/{whose}"));
        assert!(start.contains("/oauth2/authorize"), "{start}");
        let back = cloud.say_yes(&start);
        let back = back.replacen("http://localhost", "http://127.0.0.1", 1);
        assert_eq!(follow(&back), format!("{url}/settings?dropbox=connected"), "back where it was begun");
        assert_eq!(follow(&back), "/settings?dropbox=refused", "a code is good once");
    };
    connect("shared");
    connect("boat");
    follow(&format!("{url}/auth/dropbox/callback?code=canary-code&state=canary-state"));
    call("GET", "/api/projects/boat/dropbox/list", json("{}")).data();
    cloud.fail("list_folder", Trouble::Status(500, "canary-token"));
    call("GET", "/api/projects/boat/dropbox/list", json("{}"));
    call("POST", "/api/projects/boat/dropbox/upload?wait=true", json(r#"{"what": "project"}"#)).data();
    call("PUT", "/api/services/imgbb", json(r#"{"key": "canary/not-a-key"}"#));
    call("PUT", "/api/services/imgbb", serde_json::json!({"key": CloudHost::IMGBB_KEY})).data();
    call("POST", "/api/images/upload-imgbb", json(r#"{"project": "boat", "photo": "none"}"#));
    cloud.revoke();
    assert!(call("GET", "/api/projects/boat/dropbox/list", json("{}")).status >= 400);
    for path in ["/api/services", "/api/system/log"] {
        call("GET", path, json("{}")).data();
    }
    for zip in cloud.files().values() {
        assert!(!holds(zip, "canary") && !holds(zip, "keys/tokens"), "what is sent holds no secret");
    }
}

/// Where an address of this machine leads a browser.
fn follow(url: &str) -> String {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    std::io::Read::read_to_string(&mut stream, &mut answer).unwrap();
    let location = answer.lines().find_map(|line| line.strip_prefix("location: "));
    location.unwrap_or_else(|| panic!("{answer}")).trim().to_owned()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
