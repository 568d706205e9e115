//! `/canvas/{project}/…`: a project's site as the builder shows it: the export's own HTML with marks on it.

use accid_access::Read;
use accid_base::{Id, Slug};
use axum::{
    extract::State,
    http::HeaderMap,
    response::{Redirect, Response},
};
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
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(get_canvas_entry)))
        .routes(needs::<Read>(routes!(get_canvas)))
}

/// Leads to the entry page of a project's canvas.
#[utoipa::path(get, path = "/canvas/{project}/", tag = "canvas", responses((status = 303, description = "There.")))]
async fn get_canvas_entry(_may: Allowed<Read>, At(project): At<String>) -> Result<Redirect, Failure> {
    if project.parse::<Slug>().is_err() {
        project.parse::<Id>()?;
    }
    Ok(Redirect::to(&format!("/canvas/{project}/index.html")))
}

/// Shows a page on the canvas, or a file of the site; the path is that of the export.
#[utoipa::path(get, path = "/canvas/{project}/{*path}", tag = "canvas",
    responses((status = 200, description = "The page or file.", content_type = "text/html", body = String)))]
async fn get_canvas(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    headers: HeaderMap,
    At((project, path)): At<(String, String)>,
) -> Result<Response, Failure> {
    let scripts = script_folder(&headers, &["canvas", &project]);
    let (path, nonce) = (site_path(&path)?, state.nonce());
    let once = nonce.clone();
    let served = state.run(move |studio| studio.pages().canvas(&may, &project, &path, &once)).await?;
    Ok(on_canvas(served, &nonce, &scripts))
}
