//! `/canvas/{project}/…`: a project's site as the builder shows it: the export's own HTML with marks on it.

use accid_access::Read;
use accid_base::{Id, Slug};
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse as _, Redirect, Response},
};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    headers::script_folder,
    input::{Asked, At},
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

/// In which language a page is shown.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct LanguageQuery {
    /// One of the site's languages; leads to the page in that language.
    #[param(required = false)]
    language: String,
}

/// Shows a page on the canvas, or a file of the site; the path is that of the export.
#[utoipa::path(get, path = "/canvas/{project}/{*path}", tag = "canvas", params(LanguageQuery),
    responses((status = 303, description = "The page in the language asked for is there."), (status = 200, description = "The page or file.", content_type = "text/html", body = String)))]
async fn get_canvas(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    headers: HeaderMap,
    At((project, path)): At<(String, String)>,
    Asked(wanted): Asked<LanguageQuery>,
) -> Result<Response, Failure> {
    let scripts = script_folder(&headers, &["canvas", &project]);
    let (path, nonce) = (site_path(&path)?, state.nonce());
    if !wanted.language.is_empty() {
        let (project, from) = (project.clone(), path.clone());
        let look = may.clone();
        let there =
            state.run(move |studio| studio.pages().path_in(&look, &project, &from, &wanted.language)).await?;
        if there != path {
            return Ok(
                Redirect::to(&format!("{}{there}", "../".repeat(path.matches('/').count()))).into_response()
            );
        }
    }
    let once = nonce.clone();
    let served = state.run(move |studio| studio.pages().canvas(&may, &project, &path, &once)).await?;
    Ok(on_canvas(served, &nonce, &scripts))
}
