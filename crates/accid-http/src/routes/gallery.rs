//! `/api/gallery/{id}/photos`: the photos of a project, as a list and many at a time.

mod albums;
mod overview;
mod photo;
mod tracks;
mod uploads;
mod watch;

pub(crate) use self::{photo::WaypointsView, tracks::AddedTracks};

use accid_access::{Read, Write};
use accid_base::{ErrorCode, Problem};
use accid_studio::{
    ChangePhotos, KnownFiles, KnownView, PhotoFilter, PhotoOrder, PhotoView, PlacePhotos, Presence, Refused,
    ReorderPhotos, UploadView, UploadedFile,
};
use axum::{
    extract::{
        DefaultBodyLimit, FromRequest, Multipart, Request, State,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many, One},
    input::{Asked, At, Input, too_large, unreadable_body},
    limits::UPLOAD_BYTES,
    links::Links,
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Largest single file, in bytes; larger ones are refused by name and the rest of the upload goes on.
const FILE_BYTES: usize = 256_000_000;

/// Most files of notes (`.xmp`) of one request, which are read after all its pictures.
const MOST_NOTES: usize = 2_000;

/// Routes of this file and of those below it.
pub fn routes() -> OpenApiRouter<HttpState> {
    let (schemas, paths, upload) = needs::<Write>(routes!(upload_photos));
    OpenApiRouter::new()
        .routes((schemas, paths, upload.layer(DefaultBodyLimit::max(UPLOAD_BYTES))))
        .routes(needs::<Read>(routes!(list_photos)))
        .routes(needs::<Write>(routes!(update_photos)))
        .routes(needs::<Write>(routes!(reorder_photos)))
        .routes(needs::<Write>(routes!(find_known_photos)))
        .routes(needs::<Write>(routes!(update_locations)))
        .merge(photo::routes())
        .merge(uploads::routes())
        .merge(overview::routes())
        .merge(albums::routes())
        .merge(tracks::routes())
        .merge(watch::routes())
}

/// Takes photos into a project: `multipart/form-data` with any number of fields `files`: pictures, raw files, and files
/// of notes (`.xmp`) on them. One that cannot be read, or is there already, is named in `refused`; the others are taken.
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
    let mut notes = Vec::new();
    while let Some(field) = files.next_field().await.map_err(|error| unreadable_upload(&error))? {
        match read_file(field, FILE_BYTES).await? {
            Ok(file) if file.name.to_ascii_lowercase().ends_with(".xmp") && notes.len() < MOST_NOTES => {
                notes.push(file);
            }
            Ok(file) => take(&may, &state, &id, vec![file], &mut taken).await?,
            Err(refused) => taken.refused.push(refused),
        }
    }
    take(&may, &state, &id, notes, &mut taken).await?;
    Ok(Answer::of(taken, links_of(&id)))
}

async fn take(
    may: &Allowed<Write>,
    state: &HttpState,
    id: &str,
    files: Vec<UploadedFile>,
    taken: &mut UploadView,
) -> Result<(), Failure> {
    let (may, id) = (may.clone(), id.to_owned());
    let some = state.run(move |studio| studio.photos().upload(&may, &id, &files)).await?;
    taken.items.extend(some.items);
    taken.refused.extend(some.refused);
    Ok(())
}

/// Which photos are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct PhotoQuery {
    /// Those of an album, by its id.
    #[param(required = false)]
    album: Option<String>,
    /// Those taken in a country, by ISO 3166-1 alpha-2.
    #[param(required = false, example = "LC")]
    country: Option<String>,
    /// Those whose nearest town this is.
    #[param(required = false)]
    town: Option<String>,
    /// Those of a camera.
    #[param(required = false)]
    camera: Option<String>,
    /// Those with at least so many stars.
    #[param(required = false, maximum = 5)]
    rating: Option<u8>,
    /// Those taken on this local day or later.
    #[param(required = false, example = "2026-03-01")]
    from: Option<String>,
    /// Those taken on this local day or earlier.
    #[param(required = false, example = "2026-03-14")]
    to: Option<String>,
    /// Those without a place (`none`) or with one (`any`).
    #[param(required = false, value_type = String)]
    place: Option<Presence>,
    /// Those in whose words, name or place this text occurs.
    #[param(required = false)]
    q: Option<String>,
}

impl PhotoQuery {
    /// The filter, and the rest of the query when its `sort` names an order of photos.
    fn filter(self, list: &ListQuery) -> (PhotoFilter, ListQuery) {
        let (name, descending) =
            list.sort.strip_prefix('-').map_or((list.sort.as_str(), false), |name| (name, true));
        let orders = [
            ("taken", PhotoOrder::Taken),
            ("added", PhotoOrder::Added),
            ("name", PhotoOrder::Name),
            ("order", PhotoOrder::Order),
        ];
        let sort = orders.into_iter().find(|(known, _)| *known == name).map(|(_, order)| order);
        let list =
            if sort.is_some() { ListQuery { sort: String::new(), ..list.clone() } } else { list.clone() };
        let filter = PhotoFilter {
            album: self.album,
            country: self.country,
            town: self.town,
            camera: self.camera,
            rating: self.rating,
            from: self.from,
            to: self.to,
            place: self.place,
            q: self.q.filter(|text| !text.trim().is_empty()),
            descending: sort.is_some() && descending,
            sort: sort.unwrap_or_default(),
        };
        (filter, list)
    }
}

/// Lists the photos of a project: all, or those a filter lets through. `sort` takes `taken`, `added`, `name` and `order`
/// (that of the story), a `-` in front turns it around; other names sort by a field.
#[utoipa::path(get, path = "/api/gallery/{id}/photos", tag = "photos", params(ListQuery, PhotoQuery),
    responses(Many<PhotoView>))]
async fn list_photos(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
    Asked(asked): Asked<PhotoQuery>,
) -> Result<Answer<Listed>, Failure> {
    let links = links_of(&id);
    let (filter, query) = asked.filter(&query);
    match query.places() {
        Some(places) => {
            let (part, total) =
                state.run(move |studio| studio.photos().find_some(&may, &id, &filter, places)).await?;
            query.answer_part(&part, total, links)
        }
        None => {
            let photos = state.run(move |studio| studio.photos().find(&may, &id, &filter)).await?;
            query.answer(&photos, links)
        }
    }
}

/// Changes many photos in the same way, in one step of the history. Photos that are missing are named in `refused`.
#[utoipa::path(put, path = "/api/gallery/{id}/photos", tag = "photos",
    request_body = ref("#/components/schemas/ChangePhotos"), responses(One<UploadView>))]
async fn update_photos(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Input(body): Input<ChangePhotos>,
) -> Result<Answer<UploadView>, Failure> {
    let links = links_of(&id);
    let changed =
        state.run(move |studio| studio.photos().update_many(&may, &id, &body.ids, &body.changes)).await?;
    Ok(Answer::of(changed, links))
}

/// Puts photos in this order, in the story and wherever it counts. Photos that are not named keep their places.
#[utoipa::path(put, path = "/api/gallery/{id}/photos/reorder", tag = "photos",
    request_body = ref("#/components/schemas/ReorderPhotos"), responses(Many<PhotoView>))]
async fn reorder_photos(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
    Input(body): Input<ReorderPhotos>,
) -> Result<Answer<Listed>, Failure> {
    let links = links_of(&id);
    let ordered = state.run(move |studio| studio.photos().reorder(&may, &id, &body.ids)).await?;
    query.answer(&ordered, links)
}

/// Says which files are photos of the project already, so that a folder can be looked through again without sending
/// anything: by path, size and time as they were when it was last asked, else by the hash of the content.
#[utoipa::path(post, path = "/api/gallery/{id}/photos/known", tag = "photos",
    request_body = ref("#/components/schemas/KnownFiles"), responses(One<KnownView>))]
async fn find_known_photos(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Input(body): Input<KnownFiles>,
) -> Result<Answer<KnownView>, Failure> {
    let links = links_of(&id);
    let known = state.run(move |studio| studio.photos().known(&may, &id, &body.files)).await?;
    Ok(Answer::of(known, links))
}

/// Puts photos at places, or takes their places away, in one step of the history: `{"photo", "lat", "lon"}`, or
/// `{"photo", "location": null}`. Photos that are missing are named in `refused`.
#[utoipa::path(put, path = "/api/gallery/{id}/locations/update", tag = "photos",
    request_body = ref("#/components/schemas/PlacePhotos"), responses(One<UploadView>))]
async fn update_locations(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Input(body): Input<PlacePhotos>,
) -> Result<Answer<UploadView>, Failure> {
    let links = links_of(&id);
    let placed = state.run(move |studio| studio.photos().place(&may, &id, &body.items)).await?;
    Ok(Answer::of(placed, links))
}

/// Links of something of a gallery, such as `albums`.
fn within(project: &str, what: &str) -> Links {
    Links::to(&format!("/gallery/{project}/{what}"))
        .and("photos", &format!("/gallery/{project}/photos"))
        .and("project", &format!("/projects/{project}"))
}

fn links_of(project: &str) -> Links {
    Links::to(&format!("/gallery/{project}/photos"))
        .and("project", &format!("/projects/{project}"))
        .and("upload", &format!("/gallery/{project}/photos/upload"))
        .and("index", &format!("/gallery/{project}/index"))
        .and("facets", &format!("/gallery/{project}/facets"))
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
async fn read_file(
    mut field: Field<'_>,
    most_bytes: usize,
) -> Result<Result<UploadedFile, Refused>, Failure> {
    let name = field.file_name().or(field.name()).unwrap_or("unnamed").to_owned();
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(chunk) = field.chunk().await.map_err(|error| unreadable_upload(&error))? {
        length += chunk.len();
        if length <= most_bytes {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    if length > most_bytes {
        let reason =
            format!("It is larger than {} MB. Save it smaller and send it again.", most_bytes / 1_000_000);
        return Ok(Err(Refused { name, reason, photo: None }));
    }
    Ok(Ok(UploadedFile { name, bytes }))
}

fn unreadable_upload(error: &MultipartError) -> Failure {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure(too_large(UPLOAD_BYTES)),
        status => unreadable_body(status),
    }
}
