//! `/api/gallery/{id}/albums`: albums, by hand and by day, place or cluster.

use accid_access::{Read, Write};
use accid_studio::{AlbumChanges, AlbumView, Grouping, ProposedAlbum, TrashView};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::within;
use crate::{
    HttpState,
    answer::{Answer, Many, New, One},
    conditional::IfMatch,
    input::{At, Input},
    links,
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(list_albums)))
        .routes(needs::<Write>(routes!(create_album)))
        .routes(needs::<Read>(routes!(propose_albums)))
        .routes(needs::<Write>(routes!(make_albums)))
        .routes(needs::<Read>(routes!(get_album)))
        .routes(needs::<Write>(routes!(update_album)))
        .routes(needs::<Write>(routes!(delete_album)))
}

/// Lists the albums of a project, in their order.
#[utoipa::path(get, path = "/api/gallery/{id}/albums", tag = "albums", params(ListQuery), responses(Many<AlbumView>))]
async fn list_albums(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let links = within(&id, "albums").and("propose", &format!("/gallery/{id}/albums/propose"));
    let albums = state.run(move |studio| studio.albums().list(&may, &id)).await?;
    query.answer(&albums, links)
}

/// Makes an album by hand; it comes last.
#[utoipa::path(post, path = "/api/gallery/{id}/albums", tag = "albums",
    request_body = ref("#/components/schemas/AlbumChanges"), responses(New<AlbumView>))]
async fn create_album(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Input(changes): Input<AlbumChanges>,
) -> Result<Answer<AlbumView>, Failure> {
    let project = id.clone();
    let album = state.run(move |studio| studio.albums().create(&may, &id, &changes)).await?;
    let (etag, links) = (album.etag, album_links(&project, album.album.id.as_str()));
    Ok(Answer::created(album, links).tagged(etag))
}

/// Says which albums could be made: by `day`, `town`, `country`, or `cluster` (what lies near each other in place and
/// time). Nothing is stored.
#[utoipa::path(post, path = "/api/gallery/{id}/albums/propose", tag = "albums",
    request_body = ref("#/components/schemas/Grouping"), responses(Many<ProposedAlbum>))]
async fn propose_albums(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
    Input(grouping): Input<Grouping>,
) -> Result<Answer<Listed>, Failure> {
    let links = within(&id, "albums/propose").and("make", &format!("/gallery/{id}/albums/from"));
    let proposed = state.run(move |studio| studio.albums().propose(&may, &id, &grouping)).await?;
    query.answer(&proposed, links)
}

/// Makes the albums that could be made, in one step of the history. One that is there with the same photos is not made
/// again.
#[utoipa::path(post, path = "/api/gallery/{id}/albums/from", tag = "albums",
    request_body = ref("#/components/schemas/Grouping"), responses(Many<AlbumView>))]
async fn make_albums(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
    Input(grouping): Input<Grouping>,
) -> Result<Answer<Listed>, Failure> {
    let links = within(&id, "albums");
    let made = state.run(move |studio| studio.albums().make(&may, &id, &grouping)).await?;
    query.answer(&made, links)
}

/// Reads an album.
#[utoipa::path(get, path = "/api/gallery/{id}/albums/{album}", tag = "albums", responses(One<AlbumView>))]
async fn get_album(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, album)): At<(String, String)>,
) -> Result<Answer<AlbumView>, Failure> {
    let links = album_links(&id, &album);
    let found = state.run(move |studio| studio.albums().get(&may, &id, &album)).await?;
    let etag = found.etag;
    Ok(Answer::of(found, links).tagged(etag))
}

/// Changes an album: title, words, photos, cover, order, privacy; what is not named stays.
#[utoipa::path(put, path = "/api/gallery/{id}/albums/{album}", tag = "albums", params(IfMatch),
    request_body = ref("#/components/schemas/AlbumChanges"), responses(One<AlbumView>))]
async fn update_album(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, album)): At<(String, String)>,
    IfMatch(seen): IfMatch,
    Input(changes): Input<AlbumChanges>,
) -> Result<Answer<AlbumView>, Failure> {
    let links = album_links(&id, &album);
    let changed = state.run(move |studio| studio.albums().update(&may, &id, &album, &changes, seen)).await?;
    let etag = changed.etag;
    Ok(Answer::of(changed, links).tagged(etag))
}

/// Moves an album to the trash; its photos stay.
#[utoipa::path(delete, path = "/api/gallery/{id}/albums/{album}", tag = "albums", params(IfMatch),
    responses(One<TrashView>))]
async fn delete_album(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, album)): At<(String, String)>,
    IfMatch(seen): IfMatch,
) -> Result<Answer<TrashView>, Failure> {
    let links = links::trashed(&id).and("collection", &format!("/gallery/{id}/albums"));
    Ok(Answer::of(state.run(move |studio| studio.albums().remove(&may, &id, &album, seen)).await?, links))
}

fn album_links(project: &str, album: &str) -> links::Links {
    within(project, &format!("albums/{album}")).and("collection", &format!("/gallery/{project}/albums"))
}
