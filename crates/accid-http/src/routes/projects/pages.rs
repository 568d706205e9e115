//! `/api/projects/{id}/pages/…`: the pages of a project.

use accid_access::{Read, Write};
use accid_base::{ErrorCode, Problem};
use accid_model::{Fields, PageRole};
use accid_studio::{CreatePage, PageView, RenderRequest, RenderView, TrashView};
use axum::extract::State;
use serde::Deserialize;
use serde_json::Value;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many, New, One},
    conditional::IfMatch,
    input::{Asked, At, Input},
    links,
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(list_pages)))
        .routes(needs::<Write>(routes!(create_page)))
        .routes(needs::<Read>(routes!(get_page)))
        .routes(needs::<Write>(routes!(update_page)))
        .routes(needs::<Write>(routes!(patch_page)))
        .routes(needs::<Write>(routes!(delete_page)))
        .routes(needs::<Read>(routes!(render_draft)))
}

/// Which pages of a project are asked for.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct RoleQuery {
    /// `page` for the pages of the site, `part` for reusable parts, `pattern` for patterns of one's own, or `all`.
    #[param(default = "page", required = false)]
    role: String,
}

impl RoleQuery {
    /// The role; none for all.
    fn role(&self) -> Result<Option<PageRole>, Problem> {
        Ok(Some(match self.role.as_str() {
            "" | "page" => PageRole::Page,
            "part" => PageRole::Part,
            "pattern" => PageRole::Pattern,
            "all" => return Ok(None),
            _ => {
                return Err(Problem::new(ErrorCode::InvalidValue, "There is no such role of a page.")
                    .fix("Ask for page, part, pattern or all."));
            }
        }))
    }
}

/// Lists the pages of a project, each with its modules.
#[utoipa::path(get, path = "/api/projects/{id}/pages", tag = "pages", params(ListQuery, RoleQuery),
    responses(Many<PageView>))]
async fn list_pages(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
    Asked(which): Asked<RoleQuery>,
) -> Result<Answer<Listed>, Failure> {
    let (links, role) = (links::within(&id, "pages"), which.role()?);
    let pages = state.run(move |studio| studio.pages().list(&may, &id, role)).await?;
    query.answer(&pages, links)
}

/// The answer with a page that was made.
pub fn created(project: &str, page: PageView) -> Answer<PageView> {
    let (links, etag) = (links_of(project, &page), page.etag);
    Answer::created(page, links).tagged(etag)
}

/// Makes a page.
#[utoipa::path(post, path = "/api/projects/{id}/pages", tag = "pages",
    request_body = ref("#/components/schemas/CreatePage"), responses(New<PageView>))]
async fn create_page(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Input(request): Input<CreatePage>,
) -> Result<Answer<PageView>, Failure> {
    let project = id.clone();
    let page = state.save(move |studio| studio.pages().create(&may, &id, &request)).await?;
    Ok(created(&project, page))
}

/// Reads a page with its modules.
#[utoipa::path(get, path = "/api/projects/{id}/pages/{pid}", tag = "pages", responses(One<PageView>))]
async fn get_page(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, pid)): At<(String, String)>,
) -> Result<Answer<PageView>, Failure> {
    let project = id.clone();
    Ok(answer(&project, state.run(move |studio| studio.pages().get(&may, &id, &pid)).await?))
}

/// Changes the named fields of a page; `modules` replaces all of them.
#[utoipa::path(put, path = "/api/projects/{id}/pages/{pid}", tag = "pages", params(IfMatch),
    request_body = ref("#/components/schemas/PageChanges"), responses(One<PageView>))]
async fn update_page(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, pid)): At<(String, String)>,
    IfMatch(seen): IfMatch,
    Input(changes): Input<Fields>,
) -> Result<Answer<PageView>, Failure> {
    let project = id.clone();
    Ok(answer(
        &project,
        state.save(move |studio| studio.pages().update(&may, &id, &pid, &changes, seen)).await?,
    ))
}

/// Changes a page by a JSON Patch (RFC 6902) on its document.
#[utoipa::path(patch, path = "/api/projects/{id}/pages/{pid}", tag = "pages", params(IfMatch),
    request_body(content = ref("#/components/schemas/JsonPatch"), content_type = "application/json-patch+json"),
    responses(One<PageView>))]
async fn patch_page(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, pid)): At<(String, String)>,
    IfMatch(seen): IfMatch,
    Input(patch): Input<Value>,
) -> Result<Answer<PageView>, Failure> {
    let project = id.clone();
    Ok(answer(&project, state.save(move |studio| studio.pages().patch(&may, &id, &pid, &patch, seen)).await?))
}

/// Moves a page to the trash.
#[utoipa::path(delete, path = "/api/projects/{id}/pages/{pid}", tag = "pages", params(IfMatch),
    responses(One<TrashView>))]
async fn delete_page(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, pid)): At<(String, String)>,
    IfMatch(seen): IfMatch,
) -> Result<Answer<TrashView>, Failure> {
    let links = links::trashed(&id).and("collection", &format!("/projects/{id}/pages"));
    Ok(Answer::of(state.save(move |studio| studio.pages().remove(&may, &id, &pid, seen)).await?, links))
}

/// Renders a draft of a module or of the whole page for the canvas; nothing is written.
#[utoipa::path(post, path = "/api/projects/{id}/pages/{pid}/render", tag = "pages",
    request_body = ref("#/components/schemas/RenderRequest"), responses(One<RenderView>))]
async fn render_draft(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, pid)): At<(String, String)>,
    Input(request): Input<RenderRequest>,
) -> Result<Answer<RenderView>, Failure> {
    let links = links::within(&id, &format!("pages/{pid}/render"))
        .and("page", &format!("/projects/{id}/pages/{pid}"));
    Ok(Answer::of(state.run(move |studio| studio.pages().render(&may, &id, &pid, request)).await?, links))
}

fn links_of(project: &str, page: &PageView) -> links::Links {
    let id = page.fields.get("id").and_then(Value::as_str).unwrap_or_default();
    links::page(project, id, &page.path)
}

/// The answer with a page.
pub fn answer(project: &str, page: PageView) -> Answer<PageView> {
    let (links, etag) = (links_of(project, &page), page.etag);
    Answer::of(page, links).tagged(etag)
}
