//! `/api/projects/{id}/modules/…`: the modules on the pages of a project.

use accid_access::{Read, Write};
use accid_model::Fields;
use accid_studio::{CreateModule, ModuleView, MoveModule, TrashView};
use axum::extract::State;
use serde::Deserialize;
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
        .routes(needs::<Read>(routes!(list_modules)))
        .routes(needs::<Write>(routes!(create_module)))
        .routes(needs::<Read>(routes!(get_module)))
        .routes(needs::<Write>(routes!(update_module)))
        .routes(needs::<Write>(routes!(delete_module)))
        .routes(needs::<Write>(routes!(move_module)))
        .routes(needs::<Write>(routes!(duplicate_module)))
}

/// Which modules: `page` is a page's id or slug, or a number to page through the list.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, rename_all = "camelCase")]
struct ModuleQuery {
    /// The page whose modules are listed, by id or slug; a number pages through the list instead.
    page: Option<String>,
    /// The page whose modules are listed, by id or slug, also when its slug is a number.
    on_page: Option<String>,
    /// Items on a page of the list, up to 200.
    #[param(minimum = 1, maximum = 200)]
    per_page: Option<usize>,
    /// Keeps items in which this text occurs: in any field, or in one with `field:text`.
    filter: Option<String>,
    /// Fields to sort by, separated by commas; a `-` in front turns the order around.
    sort: Option<String>,
    /// Fields to keep, separated by commas.
    fields: Option<String>,
}

impl ModuleQuery {
    fn split(self) -> (Option<String>, ListQuery) {
        let number = self.page.as_deref().and_then(|page| page.parse().ok());
        let defaults = ListQuery::default();
        let list = ListQuery {
            page: number.unwrap_or(defaults.page),
            per_page: self.per_page.unwrap_or(defaults.per_page),
            filter: self.filter.unwrap_or_default(),
            sort: self.sort.unwrap_or_default(),
            fields: self.fields.unwrap_or_default(),
        };
        let named = self.page.filter(|_| number.is_none());
        (self.on_page.or(named), list)
    }
}

/// Lists the modules of a project, or of one page, each before those inside it.
#[utoipa::path(get, path = "/api/projects/{id}/modules", tag = "modules", params(ModuleQuery),
    responses(Many<ModuleView>))]
async fn list_modules(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Asked(query): Asked<ModuleQuery>,
) -> Result<Answer<Listed>, Failure> {
    let (page, list) = query.split();
    list.check()?;
    let what = page.as_ref().map_or_else(|| "modules".to_owned(), |page| format!("modules?onPage={page}"));
    let links = links::within(&id, &what);
    let modules = state.run(move |studio| studio.modules().list(&may, &id, page.as_deref())).await?;
    list.answer(&modules, links)
}

/// Puts a module on a page.
#[utoipa::path(post, path = "/api/projects/{id}/modules", tag = "modules",
    request_body = ref("#/components/schemas/CreateModule"), responses(New<ModuleView>))]
async fn create_module(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Input(request): Input<CreateModule>,
) -> Result<Answer<ModuleView>, Failure> {
    let project = id.clone();
    Ok(created(&project, state.save(move |studio| studio.modules().create(&may, &id, request)).await?))
}

/// Reads a module with those inside it.
#[utoipa::path(get, path = "/api/projects/{id}/modules/{mid}", tag = "modules", responses(One<ModuleView>))]
async fn get_module(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, mid)): At<(String, String)>,
) -> Result<Answer<ModuleView>, Failure> {
    let project = id.clone();
    Ok(answer(&project, state.run(move |studio| studio.modules().get(&may, &id, &mid)).await?))
}

/// Changes the named fields of a module: `props`, `layout`, `style`, `visibility`, `anchor`.
#[utoipa::path(put, path = "/api/projects/{id}/modules/{mid}", tag = "modules", params(IfMatch),
    request_body = ref("#/components/schemas/ModuleChanges"), responses(One<ModuleView>))]
async fn update_module(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, mid)): At<(String, String)>,
    IfMatch(seen): IfMatch,
    Input(changes): Input<Fields>,
) -> Result<Answer<ModuleView>, Failure> {
    let project = id.clone();
    Ok(answer(
        &project,
        state.save(move |studio| studio.modules().update(&may, &id, &mid, &changes, seen)).await?,
    ))
}

/// Moves a module with all inside it to the trash.
#[utoipa::path(delete, path = "/api/projects/{id}/modules/{mid}", tag = "modules", params(IfMatch),
    responses(One<TrashView>))]
async fn delete_module(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, mid)): At<(String, String)>,
    IfMatch(seen): IfMatch,
) -> Result<Answer<TrashView>, Failure> {
    let links = links::trashed(&id).and("collection", &format!("/projects/{id}/modules"));
    Ok(Answer::of(state.save(move |studio| studio.modules().remove(&may, &id, &mid, seen)).await?, links))
}

/// Moves a module to another place, on its page or another one.
#[utoipa::path(post, path = "/api/projects/{id}/modules/{mid}/move", tag = "modules", params(IfMatch),
    request_body = ref("#/components/schemas/MoveModule"), responses(One<ModuleView>))]
async fn move_module(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, mid)): At<(String, String)>,
    IfMatch(seen): IfMatch,
    Input(request): Input<MoveModule>,
) -> Result<Answer<ModuleView>, Failure> {
    let project = id.clone();
    Ok(answer(
        &project,
        state.save(move |studio| studio.modules().move_to(&may, &id, &mid, request, seen)).await?,
    ))
}

/// Copies a module with all inside it; the copy stands behind it.
#[utoipa::path(post, path = "/api/projects/{id}/modules/{mid}/duplicate", tag = "modules",
    responses(New<ModuleView>))]
async fn duplicate_module(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, mid)): At<(String, String)>,
) -> Result<Answer<ModuleView>, Failure> {
    let project = id.clone();
    Ok(created(&project, state.save(move |studio| studio.modules().duplicate(&may, &id, &mid)).await?))
}

fn links_of(project: &str, view: &ModuleView) -> links::Links {
    links::module(project, view.module.id.as_str(), view.page.as_str())
}

fn answer(project: &str, view: ModuleView) -> Answer<ModuleView> {
    let (links, etag) = (links_of(project, &view), view.etag);
    Answer::of(view, links).tagged(etag)
}

fn created(project: &str, view: ModuleView) -> Answer<ModuleView> {
    let (links, etag) = (links_of(project, &view), view.etag);
    Answer::created(view, links).tagged(etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_is_a_number_or_a_name() {
        let query = |page: &str| ModuleQuery { page: Some(page.to_owned()), ..ModuleQuery::default() };
        let (named, list) = query("2").split();
        assert_eq!((named, list.page), (None, 2));
        let (named, list) = query("about").split();
        assert_eq!((named.as_deref(), list.page), (Some("about"), 1));
        let both = ModuleQuery { on_page: Some("2024".to_owned()), ..query("3") };
        let (named, list) = both.split();
        assert_eq!((named.as_deref(), list.page), (Some("2024"), 3));
    }
}
