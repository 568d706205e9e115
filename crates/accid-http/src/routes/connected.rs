//! `/api/connected/…`: how a tool that is paired with this Vault hands its projects over. `/api/vault/pairings`: which
//! tools are. `/api/system/vault`: the Vault that this tool itself is paired with.

use accid_access::{Administer, Read, Write};
use accid_studio::{
    ConnectRequest, ConnectionView, Delivery, Hello, Lacking, Offer, PairRequest, PairedView, PairingView,
    Taken, Welcome,
};
use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, State},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many, New, One},
    input::{At, Input},
    limits::UPLOAD_BYTES,
    links::Links,
    listing::{ListQuery, Listed},
    openapi::Removed,
    pairing::Paired,
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    let (schemas, paths, media) = needs::<Write>(routes!(take_media));
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(say_hello)))
        .routes(needs::<Read>(routes!(find_lacking)))
        .routes(needs::<Write>(routes!(take_records)))
        .routes((schemas, paths, media.layer(DefaultBodyLimit::max(UPLOAD_BYTES))))
        .routes(needs::<Read>(routes!(list_pairings)))
        .routes(needs::<Administer>(routes!(pair_tool)))
        .routes(needs::<Administer>(routes!(unpair_tool)))
        .routes(needs::<Read>(routes!(get_connection)))
        .routes(needs::<Administer>(routes!(connect_vault)))
        .routes(needs::<Administer>(routes!(disconnect_vault)))
        .routes(needs::<Read>(routes!(retry_vault)))
}

fn own() -> Links {
    Links::to("/system/vault").and("retry", "/system/vault/retry")
}

/// A tool says that it is there, and learns how far its projects are kept and what is wanted of it.
#[utoipa::path(post, path = "/api/connected/hello", tag = "connected",
    request_body = ref("#/components/schemas/Hello"), responses(One<Welcome>))]
async fn say_hello(
    may: Allowed<Read>,
    Paired(tool): Paired,
    State(state): State<HttpState>,
    Input(hello): Input<Hello>,
) -> Result<Answer<Welcome>, Failure> {
    let welcome = state.run(move |studio| studio.connected().hello(&may, &tool, &hello)).await?;
    Ok(Answer::of(welcome, Links::to("/connected/hello")))
}

/// A tool names contents by their hashes, and learns which of them the Vault does not have.
#[utoipa::path(post, path = "/api/connected/lacking", tag = "connected",
    request_body = ref("#/components/schemas/Offer"), responses(One<Lacking>))]
async fn find_lacking(
    may: Allowed<Read>,
    Paired(tool): Paired,
    State(state): State<HttpState>,
    Input(offer): Input<Offer>,
) -> Result<Answer<Lacking>, Failure> {
    let lacking = state.run(move |studio| studio.connected().lacking(&may, &tool, offer)).await?;
    Ok(Answer::of(lacking, Links::to("/connected/lacking")))
}

/// A tool hands over changes of a project, in their order, with the texts that the Vault did not have. Those that are
/// here already are not taken again.
#[utoipa::path(post, path = "/api/connected/records", tag = "connected",
    request_body = ref("#/components/schemas/Delivery"), responses(One<Taken>))]
async fn take_records(
    may: Allowed<Write>,
    Paired(tool): Paired,
    State(state): State<HttpState>,
    Input(delivery): Input<Delivery>,
) -> Result<Answer<Taken>, Failure> {
    let taken = state.run(move |studio| studio.connected().take(&may, &tool, delivery)).await?;
    Ok(Answer::of(taken, Links::to("/connected/records")))
}

/// A tool hands over an original, as it is; its name is the hash of its content and an ending.
#[utoipa::path(put, path = "/api/connected/{project}/media/{media}", tag = "connected",
    request_body(content = String, content_type = "application/octet-stream"), responses(One<Taken>))]
async fn take_media(
    may: Allowed<Write>,
    Paired(tool): Paired,
    State(state): State<HttpState>,
    At((project, media)): At<(String, String)>,
    bytes: Bytes,
) -> Result<Answer<Taken>, Failure> {
    let links = Links::to(&format!("/connected/{project}/media/{media}"));
    state.run(move |studio| studio.connected().take_media(&may, &tool, (&project, &media), &bytes)).await?;
    Ok(Answer::of(Taken { taken: 1, through: None }, links))
}

/// Lists the tools that are paired with this Vault.
#[utoipa::path(get, path = "/api/vault/pairings", tag = "connected", params(ListQuery), responses(Many<PairingView>))]
async fn list_pairings(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let pairings = state.run(move |studio| studio.connected().pairings(&may)).await?;
    query.answer(&pairings, Links::to("/vault/pairings"))
}

/// Pairs a tool. Its token is in the answer and is never shown again.
#[utoipa::path(post, path = "/api/vault/pairings", tag = "connected",
    request_body = ref("#/components/schemas/PairRequest"), responses(New<PairedView>))]
async fn pair_tool(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    Input(request): Input<PairRequest>,
) -> Result<Answer<PairedView>, Failure> {
    let paired = state.run(move |studio| studio.connected().pair(&may, &request)).await?;
    let links = Links::to(&format!("/vault/pairings/{}", paired.pairing.id));
    Ok(Answer::created(paired, links).saying("The token is shown this once. Give it to the tool."))
}

/// Ends a pairing: its token is good for nothing any more. What the tool handed over stays.
#[utoipa::path(delete, path = "/api/vault/pairings/{pairing}", tag = "connected", responses(One<Removed>))]
async fn unpair_tool(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At(pairing): At<String>,
) -> Result<Answer<Removed>, Failure> {
    let removed = Removed { name: pairing.clone() };
    state.run(move |studio| studio.connected().unpair(&may, &pairing)).await?;
    Ok(Answer::of(removed, Links::to("/vault/pairings")))
}

/// Says how this tool stands to a Vault of another process, and how many changes wait for it.
#[utoipa::path(get, path = "/api/system/vault", tag = "connected", responses(One<ConnectionView>))]
async fn get_connection(
    may: Allowed<Read>,
    State(state): State<HttpState>,
) -> Result<Answer<ConnectionView>, Failure> {
    Ok(Answer::of(state.run(move |studio| studio.connection().view(&may)).await?, own()))
}

/// Names the Vault that this tool hands its projects to. The token is never answered.
#[utoipa::path(put, path = "/api/system/vault", tag = "connected",
    request_body = ref("#/components/schemas/ConnectRequest"), responses(One<ConnectionView>))]
async fn connect_vault(
    (may, look): (Allowed<Administer>, Allowed<Read>),
    State(state): State<HttpState>,
    Input(request): Input<ConnectRequest>,
) -> Result<Answer<ConnectionView>, Failure> {
    let connected = state.run(move |studio| {
        studio.connection().connect(&may, &request)?;
        studio.connection().retry(&look)
    });
    Ok(Answer::of(connected.await?, own()))
}

/// Hands the projects to no Vault any more; what it has stays there.
#[utoipa::path(delete, path = "/api/system/vault", tag = "connected", responses(One<ConnectionView>))]
async fn disconnect_vault(
    (may, look): (Allowed<Administer>, Allowed<Read>),
    State(state): State<HttpState>,
) -> Result<Answer<ConnectionView>, Failure> {
    let alone = state.run(move |studio| {
        studio.connection().disconnect(&may)?;
        studio.connection().view(&look)
    });
    Ok(Answer::of(alone.await?, own()))
}

/// Tries at once to reach the Vault.
#[utoipa::path(post, path = "/api/system/vault/retry", tag = "connected", responses(One<ConnectionView>))]
async fn retry_vault(
    may: Allowed<Read>,
    State(state): State<HttpState>,
) -> Result<Answer<ConnectionView>, Failure> {
    Ok(Answer::of(state.run(move |studio| studio.connection().retry(&may)).await?, own()))
}
