//! `/history/{project}/{version}/…`: a project's site as it was.

use accid_access::Read;
use axum::{extract::State, http::HeaderMap, response::Response};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    headers::script_folder,
    input::At,
    permission::{Allowed, needs},
    problem::Failure,
    served::{on_canvas, site_path},
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new().routes(needs::<Read>(routes!(get_past_site)))
}

/// Shows a page of a version, or a file of its site; the path is that of the export.
#[utoipa::path(get, path = "/history/{project}/{version}/{*path}", tag = "time machine",
    responses((status = 200, description = "The page or file.", content_type = "text/html", body = String)))]
async fn get_past_site(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    headers: HeaderMap,
    At((project, version, path)): At<(String, String, String)>,
) -> Result<Response, Failure> {
    let scripts = script_folder(&headers, &["history", &project, &version]);
    let (path, nonce) = (site_path(&path)?, state.nonce());
    let once = nonce.clone();
    let served =
        state.run(move |studio| studio.history().view(&may, &project, &version, &path, &once)).await?;
    Ok(on_canvas(served, &nonce, &scripts))
}
