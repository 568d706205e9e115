//! Dropbox' part: granting, tokens, folders, files, upload sessions. Must not know who calls.

use accid_base::ContentHash;
use serde_json::{Value, json};

use super::{Asked, CloudHost, Said, State, fields};

/// The names of one answer: a folder with more needs another call.
const PAGE: usize = 3;

fn token(state: &mut State, kind: &str) -> String {
    state.issued += 1;
    format!("{}{kind}-{:08}", CloudHost::TOKEN, state.issued)
}

fn failed(status: u16, summary: &str, error: &Value) -> Said {
    Said::json(status, &json!({ "error_summary": format!("{summary}/.."), "error": error }))
}

pub(crate) fn expired() -> Said {
    failed(401, "expired_access_token", &json!({ ".tag": "expired_access_token" }))
}

fn base64_url(bytes: &[u8]) -> String {
    let mut bits = String::new();
    for byte in bytes {
        bits.push_str(&format!("{byte:08b}"));
    }
    let letters = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['-', '_']).collect::<Vec<_>>();
    let groups = bits.as_bytes().chunks(6);
    groups
        .map(|group| {
            let text = format!("{:0<6}", std::str::from_utf8(group).expect("bits"));
            letters[usize::from_str_radix(&text, 2).expect("a number")]
        })
        .collect()
}

/// Checks what the page of the address asks for as Dropbox does, and says yes.
pub(crate) fn grant(state: &mut State, address: &str) -> String {
    let (page, query) = address.split_once('?').expect("a page with a query");
    assert!(page.ends_with("/oauth2/authorize"), "{page}");
    let asked = fields(query);
    for (name, value) in [
        ("client_id", CloudHost::APP_KEY),
        ("response_type", "code"),
        ("code_challenge_method", "S256"),
        ("token_access_type", "offline"),
    ] {
        assert_eq!(asked[name], value, "{name}");
    }
    assert!(!asked.contains_key("client_secret"), "no secret is sent");
    assert!(asked["state"].len() >= 40, "a state that nobody guesses");
    let code = token(state, "code");
    state.codes.insert(code.clone(), (asked["code_challenge"].clone(), asked["redirect_uri"].clone()));
    format!("{}?code={code}&state={}", asked["redirect_uri"], asked["state"])
}

fn give_token(state: &mut State, asked: &Asked) -> Said {
    let form = fields(&String::from_utf8_lossy(&asked.body));
    let get = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let refused = |error: &str| Said::json(400, &json!({ "error": error, "error_description": "no" }));
    if get("client_id") != CloudHost::APP_KEY {
        return refused("invalid_client");
    }
    let refresh = match get("grant_type") {
        "authorization_code" => {
            // A code is good once.
            let Some((challenge, redirect)) = state.codes.remove(get("code")) else {
                return refused("invalid_grant");
            };
            let proof = base64_url(ContentHash::of(get("code_verifier").as_bytes()).as_bytes());
            if proof != challenge || get("redirect_uri") != redirect {
                return refused("invalid_grant");
            }
            let refresh = token(state, "refresh");
            state.refresh.push(refresh.clone());
            Some(refresh)
        }
        "refresh_token" if state.refresh.iter().any(|known| known == get("refresh_token")) => None,
        "refresh_token" => return refused("invalid_grant"),
        _ => return refused("unsupported_grant_type"),
    };
    let access = token(state, "access");
    state.access.push(access.clone());
    let mut answer = json!({ "access_token": access, "token_type": "bearer", "expires_in": 14_400 });
    if let Some(refresh) = refresh {
        answer["refresh_token"] = json!(refresh);
        answer["account_id"] = json!("dbid:AAA");
    }
    Said::json(200, &answer)
}

pub(crate) fn answer(state: &mut State, asked: &Asked) -> Said {
    if asked.path == "/oauth2/token" {
        return give_token(state, asked);
    }
    let shown = asked.headers.get("authorization").and_then(|text| text.strip_prefix("Bearer "));
    if !shown.is_some_and(|shown| state.access.iter().any(|known| known == shown)) {
        return expired();
    }
    let header = asked.headers.get("dropbox-api-arg");
    assert!(header.is_none_or(|text| text.is_ascii()), "a header is ASCII");
    let argument = header.map_or(&asked.body[..], |text| text.as_bytes());
    let argument: Value = serde_json::from_slice(argument).unwrap_or_default();
    match asked.path.as_str() {
        "/2/users/get_current_account" => Said::json(
            200,
            &json!({ "account_id": "dbid:AAA", "name": { "display_name": "Ada Lovelace" }, "email": "ada@example.org" }),
        ),
        "/2/auth/token/revoke" => {
            state.access.clear();
            state.refresh.clear();
            Said::json(200, &Value::Null)
        }
        "/2/files/list_folder" => list(state, argument["path"].as_str().unwrap_or_default(), 0),
        "/2/files/list_folder/continue" => {
            let (path, from) =
                argument["cursor"].as_str().and_then(|cursor| cursor.rsplit_once('|')).expect("a cursor");
            list(state, path, from.parse().expect("a number"))
        }
        "/2/files/download" => download(state, argument["path"].as_str().unwrap_or_default()),
        "/2/files/get_thumbnail_v2" => {
            assert_eq!(argument["resource"][".tag"], "path");
            thumbnail(state, argument["resource"]["path"].as_str().unwrap_or_default())
        }
        "/2/files/upload" => Said::json(200, &commit(state, &argument, &asked.body)),
        path if path.starts_with("/2/files/upload_session/") => session(state, path, &argument, &asked.body),
        _ => failed(404, "route", &Value::Null),
    }
}

fn not_found() -> Said {
    failed(409, "path/not_found", &json!({ ".tag": "path", "path": { ".tag": "not_found" } }))
}

fn list(state: &State, folder: &str, from: usize) -> Said {
    assert!(!folder.ends_with('/'), "the outermost folder is named by an empty path");
    let inside = format!("{folder}/");
    let mut names = std::collections::BTreeMap::new();
    for (path, content) in &state.files {
        let Some(rest) = path.strip_prefix(&inside) else { continue };
        let (name, deeper) = rest.split_once('/').map_or((rest, false), |(name, _)| (name, true));
        names.insert(name.to_owned(), (!deeper).then_some(content));
    }
    if names.is_empty() && !folder.is_empty() {
        return not_found();
    }
    let entry = |(name, content): (&String, &Option<&Vec<u8>>)| {
        let path = format!("{inside}{name}");
        match content {
            None => {
                json!({ ".tag": "folder", "name": name, "path_lower": path.to_lowercase(), "path_display": path })
            }
            Some(content) => {
                let mut file = metadata(&path, content);
                file[".tag"] = json!("file");
                file
            }
        }
    };
    let some: Vec<Value> = names.iter().skip(from).take(PAGE).map(entry).collect();
    let next = from + some.len();
    Said::json(
        200,
        &json!({ "entries": some, "cursor": format!("{folder}|{next}"), "has_more": next < names.len() }),
    )
}

fn metadata(path: &str, content: &[u8]) -> Value {
    let blocks: Vec<u8> =
        content.chunks(4 << 20).flat_map(|block| *ContentHash::of(block).as_bytes()).collect();
    json!({
        "name": path.rsplit('/').next(), "id": "id:abc", "path_lower": path.to_lowercase(), "path_display": path,
        "size": content.len(), "server_modified": "2026-03-01T12:00:00Z",
        "content_hash": ContentHash::of(&blocks).to_string(),
    })
}

fn download(state: &State, path: &str) -> Said {
    let Some(content) = state.files.get(path) else { return not_found() };
    let headers = format!("Dropbox-API-Result: {}\r\n", metadata("/file", content));
    Said { status: 200, headers, body: content.clone() }
}

/// Of what begins as a JPEG, its beginning stands for a small one.
fn thumbnail(state: &State, path: &str) -> Said {
    let Some(content) = state.files.get(path) else { return not_found() };
    if !content.starts_with(&[0xFF, 0xD8]) {
        return failed(409, "unsupported_image", &json!({ ".tag": "unsupported_image" }));
    }
    Said { status: 200, headers: String::new(), body: content[..content.len().min(900)].to_vec() }
}

/// Puts a file under its name, or, when another stands there, under the next free one; the same again is no conflict.
fn commit(state: &mut State, argument: &Value, content: &[u8]) -> Value {
    let path = argument["path"].as_str().expect("a path").to_owned();
    let (stem, ending) = path.rsplit_once('.').expect("an ending");
    let mut at = path.clone();
    let mut number = 1;
    while state.files.get(&at).is_some_and(|there| there != content) {
        at = format!("{stem} ({number}).{ending}");
        number += 1;
    }
    state.files.insert(at.clone(), content.to_vec());
    metadata(&at, content)
}

fn session(state: &mut State, path: &str, argument: &Value, body: &[u8]) -> Said {
    if path.ends_with("/start") {
        let id = format!("session-{}", state.sessions.len());
        state.sessions.insert(id.clone(), body.to_vec());
        return Said::json(200, &json!({ "session_id": id }));
    }
    let cursor = &argument["cursor"];
    let id = cursor["session_id"].as_str().unwrap_or_default();
    let Some(held) = state.sessions.get_mut(id) else {
        return failed(409, "not_found", &json!({ ".tag": "not_found" }));
    };
    if cursor["offset"] != held.len() {
        let wrong = json!({ ".tag": "incorrect_offset", "correct_offset": held.len() });
        return if path.ends_with("/finish") {
            failed(
                409,
                "lookup_failed/incorrect_offset",
                &json!({ ".tag": "lookup_failed", "lookup_failed": wrong }),
            )
        } else {
            failed(409, "incorrect_offset", &wrong)
        };
    }
    held.extend_from_slice(body);
    if path.ends_with("/finish") {
        let content = state.sessions.remove(id).unwrap_or_default();
        return Said::json(200, &commit(state, &argument["commit"], &content));
    }
    Said::json(200, &Value::Null)
}
