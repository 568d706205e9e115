//! `/api/settings`: the settings of this ACCID.

use accid_access::{Administer, Read};
use accid_model::Fields;
use accid_studio::SettingsView;
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, One},
    conditional::IfMatch,
    input::Input,
    links::Links,
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(get_settings)))
        .routes(needs::<Administer>(routes!(update_settings)))
}

/// Reads the settings.
#[utoipa::path(get, path = "/api/settings", tag = "settings", responses(One<SettingsView>))]
async fn get_settings(
    may: Allowed<Read>,
    State(state): State<HttpState>,
) -> Result<Answer<SettingsView>, Failure> {
    Ok(answer(state.run(move |studio| studio.system().settings(&may)).await?))
}

/// Changes the named settings; the others stay.
#[utoipa::path(put, path = "/api/settings", tag = "settings", params(IfMatch),
    request_body = ref("#/components/schemas/SettingsChanges"), responses(One<SettingsView>))]
async fn update_settings(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    IfMatch(seen): IfMatch,
    Input(changes): Input<Fields>,
) -> Result<Answer<SettingsView>, Failure> {
    Ok(answer(state.run(move |studio| studio.system().update_settings(&may, &changes, seen)).await?))
}

fn answer(settings: SettingsView) -> Answer<SettingsView> {
    let etag = settings.etag;
    Answer::of(settings, Links::to("/settings")).tagged(etag)
}
