//! `/api/gallery/{id}/uploads`: uploads in parts, which go on where they were cut off.

use accid_access::Write;
use accid_base::{ErrorCode, FieldError, Problem};
use accid_studio::{BeginUpload, UploadPartView};
use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, HeaderName, HeaderValue},
    response::{IntoResponse, Response},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{FILE_BYTES, within};
use crate::{
    HttpState,
    answer::{Answer, Many, New, One},
    input::{At, Input},
    limits::PART_BYTES,
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Header that says at which byte a part begins, and in answers how many are here.
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    let (schemas, paths, part) = needs::<Write>(routes!(continue_upload));
    OpenApiRouter::new()
        .routes(needs::<Write>(routes!(list_uploads)))
        .routes(needs::<Write>(routes!(begin_upload)))
        .routes(needs::<Write>(routes!(get_upload)))
        .routes((schemas, paths, part.layer(DefaultBodyLimit::max(PART_BYTES))))
        .routes(needs::<Write>(routes!(cancel_upload)))
}

/// Lists uploads that have begun and are not whole.
#[utoipa::path(get, path = "/api/gallery/{id}/uploads", tag = "photos", params(ListQuery),
    responses(Many<UploadPartView>))]
async fn list_uploads(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let links = within(&id, "uploads");
    let uploads = state.run(move |studio| studio.gallery().uploads(&may, &id)).await?;
    query.answer(&uploads, links)
}

/// Begins an upload in parts. With the file's `sha256`, one of the same file that was cut off goes on instead: `received`
/// says from where.
#[utoipa::path(post, path = "/api/gallery/{id}/uploads", tag = "photos",
    request_body = ref("#/components/schemas/BeginUpload"), responses(New<UploadPartView>))]
async fn begin_upload(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Input(file): Input<BeginUpload>,
) -> Result<Answer<UploadPartView>, Failure> {
    let project = id.clone();
    let begun =
        state.run(move |studio| studio.gallery().begin_upload(&may, &id, &file, FILE_BYTES as u64)).await?;
    let links = within(&project, &format!("uploads/{}", begun.id));
    Ok(Answer::created(begun, links))
}

/// Says where an upload stands: `received` bytes are here, also in the header `Upload-Offset`.
#[utoipa::path(get, path = "/api/gallery/{id}/uploads/{upload}", tag = "photos", responses(One<UploadPartView>))]
async fn get_upload(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, upload)): At<(String, String)>,
) -> Result<Response, Failure> {
    let links = within(&id, &format!("uploads/{upload}"));
    let found = state.run(move |studio| studio.gallery().upload(&may, &id, &upload)).await?;
    let received = HeaderValue::from(found.received);
    let mut response = Answer::of(found, links).into_response();
    response.headers_mut().insert(OFFSET, received);
    Ok(response)
}

/// Takes the next part, as it is, of at most 32 MB; the header `Upload-Offset` says at which byte it begins. With the last
/// one the file becomes a photo, or `refused` says why not. A part that does not follow what is here is answered with 412
/// and what is.
#[utoipa::path(patch, path = "/api/gallery/{id}/uploads/{upload}", tag = "photos",
    params(("Upload-Offset" = u64, Header, description = "The byte of the file at which this part begins.")),
    request_body(content = String, content_type = "application/offset+octet-stream"), responses(One<UploadPartView>))]
async fn continue_upload(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, upload)): At<(String, String)>,
    headers: HeaderMap,
    part: Bytes,
) -> Result<Answer<UploadPartView>, Failure> {
    let offset = headers.get(&OFFSET).and_then(|value| value.to_str().ok()?.trim().parse::<u64>().ok());
    let offset = offset.ok_or_else(|| {
        let error = FieldError { pointer: "/Upload-Offset".to_owned(), message: "it is missing".to_owned() };
        Problem::new(ErrorCode::InvalidValue, "The part was not taken.")
            .because("The header \"Upload-Offset\" does not say at which byte it begins.")
            .fix("Send that header with a number.")
            .with_errors(vec![error])
    })?;
    let links = within(&id, &format!("uploads/{upload}"));
    let step =
        state.run(move |studio| studio.gallery().continue_upload(&may, &id, &upload, offset, &part)).await?;
    Ok(Answer::of(step, links))
}

/// Gives an upload up.
#[utoipa::path(delete, path = "/api/gallery/{id}/uploads/{upload}", tag = "photos", responses(One<UploadPartView>))]
async fn cancel_upload(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, upload)): At<(String, String)>,
) -> Result<Answer<UploadPartView>, Failure> {
    let links = within(&id, "uploads");
    Ok(Answer::of(state.run(move |studio| studio.gallery().cancel_upload(&may, &id, &upload)).await?, links))
}
