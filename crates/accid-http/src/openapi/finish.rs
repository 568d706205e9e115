//! What holds for every operation is written here once: canonical paths, path parameters, the shape of failures,
//! `Idempotency-Key`. Must not know any single operation.

use serde_json::{Map, Value, json};

/// What every reader should know first.
const ABOUT: &str = "The programming interface of ACCID, a creative studio for your own website. It is served by the \
    program itself, on your machine.\n\n\
    **Roots.** Every operation is found at `/api/v1/…` (as listed here) and at `/api/…`; and `/api/project/{id}/…` is \
    the same as `/api/projects/{id}/…`. `{id}` takes an id or a slug.\n\n\
    **Answers.** A success is `{\"success\": true, \"data\": …, \"links\": {…}, \"version\": \"2.0\", \"api_version\": \
    \"v1\"}`, where `links` says what can be done next. A failure is `application/problem+json` (RFC 9457) with the \
    sentence also in `error`, a stable `code`, and `errors` with a JSON pointer for every value that is not \
    acceptable.\n\n\
    **Concurrent changes.** Answers carry an `ETag`. Send it as `If-Match` with a change: 412 says that somebody else \
    was faster, and nothing was written.\n\n\
    **Repeats.** A `POST` with an `Idempotency-Key` is done once; its repeat gets the same answer.\n\n\
    **Permission.** `x-accid-permission` is what a caller has to be allowed: `read`, `write`, `publish`, \
    `administer`, or `none`. On your own machine you are the owner, and no login is needed; requests from pages of \
    other sites are refused.";

const TAGS: [(&str, &str); 21] = [
    ("projects", "Sites, galleries, tutorials: folders that you own."),
    ("pages", "Pages of a site, with their modules inline."),
    ("modules", "The building blocks of pages, and what they can be."),
    ("patterns", "Ready-made pages and sections."),
    ("photos", "Pictures of a project."),
    ("albums", "Photos that belong together."),
    ("tracks", "Ways that were gone or drawn, and photos along them."),
    ("stories", "Photos as stories: arranged, shown in five ways, exported."),
    ("maps", "Maps of countries and regions, and pages that are maps."),
    ("time machine", "Versions: what was, and going back to it."),
    ("trash", "What was removed and can come back."),
    ("export", "The site as static files."),
    ("publishing", "Bringing the site to where visitors see it."),
    ("connected", "Tools of other processes or machines, and the Vault they hand their projects to."),
    ("services", "Dropbox and imgBB: connecting, taking pictures in, sending sites there."),
    ("jobs", "Long work and its progress."),
    ("events", "What happens, as it happens."),
    ("canvas", "The site as the builder shows it."),
    ("settings", "Settings of this ACCID."),
    ("backup", "Off-site backups: where they go, restoring, proving them."),
    ("system", "Health, validation, migration, description."),
];

const PARAMETERS: [(&str, &str); 23] = [
    ("snapshot", "The backup, by its id or the first digits of it; `latest` is the newest."),
    ("id", "The project, by id or slug."),
    ("project", "The project, by id or slug."),
    ("pid", "The page, by id or slug."),
    ("mid", "The module, by id."),
    ("env", "The environment, by name, such as `production`."),
    ("template", "The template, by its name, such as `portfolio` of a site or `timeline` of a story."),
    ("pattern", "The pattern, by its name, such as `landing`."),
    ("pairing", "The pairing, by id."),
    ("media", "An original: the SHA-256 of its content and an ending, such as `9b0e….jpg`."),
    ("service", "The service: `dropbox` or `imgbb`."),
    ("job", "The job, by id."),
    ("photo", "The photo, by id or file name."),
    ("filename", "The photo, by file name or id."),
    ("size", "The longest side in pixels: `320`, `1280` or `2048`."),
    ("album", "The album, by id."),
    ("track", "The track, by id."),
    ("upload", "The upload, by id."),
    ("video", "The film, by id."),
    ("sid", "The story, by id."),
    ("code", "A country by its ISO 3166-1 code, or a region, such as `VC` or `lesser-antilles`."),
    ("version", "The version, by id."),
    ("path", "A path in the exported site, such as `trips/grenada.html`."),
];

/// Joins operations and schemas to one document.
pub fn join(mut operations: Value, schemas: Map<String, Value>) -> Value {
    let mut paths = Map::new();
    if let Some(Value::Object(found)) = operations.get_mut("paths").map(Value::take) {
        let mut found: Vec<_> = found.into_iter().map(|(path, item)| (canonical(&path), item)).collect();
        found.sort_by(|one, other| one.0.cmp(&other.0));
        for (path, mut item) in found {
            complete(&path, &mut item);
            paths.insert(path, item);
        }
    }
    let tags: Vec<_> = TAGS.iter().map(|(name, text)| json!({ "name": name, "description": text })).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "ACCID",
            "version": "v1",
            "description": ABOUT,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "The ACCID that serves this document." }],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": { "Problem": {
                "description": "It could not be done; `detail` says why and what to do.",
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
            } },
        },
    })
}

fn canonical(path: &str) -> String {
    let path = path.replace("{*", "{");
    match path.strip_prefix("/api/") {
        Some(rest) => format!("/api/v1/{rest}"),
        None => path,
    }
}

fn complete(path: &str, item: &mut Value) {
    let Value::Object(operations) = item else {
        return;
    };
    for (method, operation) in operations {
        let Value::Object(operation) = operation else {
            continue;
        };
        let described = operation.shift_remove("parameters");
        let mut parameters: Vec<Value> = path_parameters(path).collect();
        parameters.extend(described.and_then(|found| found.as_array().cloned()).into_iter().flatten());
        if method == "post" {
            parameters.push(idempotency_key());
        }
        if !parameters.is_empty() {
            operation.insert("parameters".to_owned(), Value::Array(parameters));
        }
        if let Some(Value::Object(responses)) = operation.get_mut("responses") {
            responses.insert("default".to_owned(), json!({ "$ref": "#/components/responses/Problem" }));
        }
    }
}

fn path_parameters(path: &str) -> impl Iterator<Item = Value> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).map(|name| {
        let text = PARAMETERS.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
        json!({ "name": name, "in": "path", "required": true, "description": text, "schema": { "type": "string" } })
    })
}

fn idempotency_key() -> Value {
    json!({
        "name": "Idempotency-Key", "in": "header", "required": false,
        "description": "Any text of the caller's, such as a UUID: a repeat with the same key is not done again.",
        "schema": { "type": "string", "maxLength": 255 },
    })
}
