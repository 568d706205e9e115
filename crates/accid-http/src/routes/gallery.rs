//! `/api/gallery/{id}/photos/…`: the photos of a project.

use accid_access::{Read, Write};
use accid_base::{ErrorCode, Problem};
use accid_studio::{PhotoChanges, PhotoView, Refused, TrashView, UploadView, UploadedFile};
use axum::{
    extract::{
        DefaultBodyLimit, FromRequest, Multipart, Request, State,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many, One},
    conditional::IfMatch,
    input::{At, Input, too_large, unreadable_body},
    limits::UPLOAD_BYTES,
    links::{self, Links},
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Largest single file, in bytes; larger ones are refused by name and the rest of the upload goes on.
const FILE_BYTES: usize = 128_000_000;

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    let (schemas, paths, upload) = needs::<Write>(routes!(upload_photos));
    OpenApiRouter::new()
        .routes((schemas, paths, upload.layer(DefaultBodyLimit::max(UPLOAD_BYTES))))
        .routes(needs::<Read>(routes!(list_photos)))
        .routes(needs::<Read>(routes!(get_photo)))
        .routes(needs::<Write>(routes!(update_photo)))
        .routes(needs::<Write>(routes!(delete_photo)))
}

/// Takes photos into a project: `multipart/form-data` with any number of fields `files`. One that cannot be read is
/// named in `refused`; the others are taken.
#[utoipa::path(post, path = "/api/gallery/{id}/photos/upload", tag = "photos",
    request_body(content = ref("#/components/schemas/Upload"), content_type = "multipart/form-data"),
    responses(One<UploadView>))]
async fn upload_photos(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    request: Request,
) -> Result<Answer<UploadView>, Failure> {
    let mut files = read_multipart(request).await?;
    let mut taken = UploadView { items: Vec::new(), refused: Vec::new() };
    while let Some(field) = files.next_field().await.map_err(|error| unreadable_upload(&error))? {
        match read_file(field).await? {
            Ok(file) => {
                let (may, id) = (may.clone(), id.clone());
                let one = state.run(move |studio| studio.photos().upload(&may, &id, &[file])).await?;
                taken.items.extend(one.items);
                taken.refused.extend(one.refused);
            }
            Err(refused) => taken.refused.push(refused),
        }
    }
    Ok(Answer::of(taken, links_of(&id)))
}

/// Lists the photos of a project.
#[utoipa::path(get, path = "/api/gallery/{id}/photos", tag = "photos", params(ListQuery), responses(Many<PhotoView>))]
async fn list_photos(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let links = links_of(&id);
    let photos = state.run(move |studio| studio.photos().list(&may, &id)).await?;
    query.answer(&photos, links)
}

/// Reads a photo, by id or file name.
#[utoipa::path(get, path = "/api/gallery/{id}/photos/{photo}", tag = "photos", responses(One<PhotoView>))]
async fn get_photo(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, photo)): At<(String, String)>,
) -> Result<Answer<PhotoView>, Failure> {
    let project = id.clone();
    let found = state.run(move |studio| studio.photos().get(&may, &id, &photo)).await?;
    Ok(answer(&project, found))
}

/// Changes what is said of a photo: its description, its caption, and what of it stays in sight when it is cut; what is
/// not named stays. The original is never changed.
#[utoipa::path(put, path = "/api/gallery/{id}/photos/{photo}", tag = "photos", params(IfMatch),
    request_body = ref("#/components/schemas/PhotoChanges"), responses(One<PhotoView>))]
async fn update_photo(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, photo)): At<(String, String)>,
    IfMatch(seen): IfMatch,
    Input(changes): Input<PhotoChanges>,
) -> Result<Answer<PhotoView>, Failure> {
    let project = id.clone();
    let changed = state.run(move |studio| studio.photos().update(&may, &id, &photo, &changes, seen)).await?;
    Ok(answer(&project, changed))
}

/// Moves a photo to the trash; its original stays until the trash is emptied.
#[utoipa::path(delete, path = "/api/gallery/{id}/photos/{photo}", tag = "photos", responses(One<TrashView>))]
async fn delete_photo(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, photo)): At<(String, String)>,
) -> Result<Answer<TrashView>, Failure> {
    let links = links::trashed(&id).and("collection", &format!("/gallery/{id}/photos"));
    Ok(Answer::of(state.run(move |studio| studio.photos().remove(&may, &id, &photo)).await?, links))
}

fn answer(project: &str, photo: PhotoView) -> Answer<PhotoView> {
    let links = Links::to(&format!("/gallery/{project}/photos/{}", photo.photo.id))
        .and("collection", &format!("/gallery/{project}/photos"))
        .and("project", &format!("/projects/{project}"));
    let etag = photo.etag;
    Answer::of(photo, links).tagged(etag)
}

fn links_of(project: &str) -> Links {
    Links::to(&format!("/gallery/{project}/photos"))
        .and("project", &format!("/projects/{project}"))
        .and("upload", &format!("/gallery/{project}/photos/upload"))
}

async fn read_multipart(request: Request) -> Result<Multipart, Failure> {
    Multipart::from_request(request, &()).await.map_err(|_| {
        Failure(
            Problem::new(ErrorCode::UnsupportedMediaType, "The body is not a form with files.")
                .fix("Send \"multipart/form-data\" with the files in fields named \"files\"."),
        )
    })
}

/// One file in memory, or why it is too large to be taken. Files are read one after another, so that a large upload
/// needs the memory of its largest file only.
async fn read_file(mut field: Field<'_>) -> Result<Result<UploadedFile, Refused>, Failure> {
    let name = field.file_name().or(field.name()).unwrap_or("unnamed").to_owned();
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(chunk) = field.chunk().await.map_err(|error| unreadable_upload(&error))? {
        length += chunk.len();
        if length <= FILE_BYTES {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    if length > FILE_BYTES {
        let reason =
            format!("It is larger than {} MB. Save it smaller and send it again.", FILE_BYTES / 1_000_000);
        return Ok(Err(Refused { name, reason }));
    }
    Ok(Ok(UploadedFile { name, bytes }))
}

fn unreadable_upload(error: &MultipartError) -> Failure {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure(too_large(UPLOAD_BYTES)),
        status => unreadable_body(status),
    }
}
