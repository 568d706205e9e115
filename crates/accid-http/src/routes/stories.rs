//! `/api/gallery/{id}/stories/…`, `…/template/…`, `…/export`, `…/generate-data`: photos as stories.

use accid_access::{Administer, Publish, Read, Write};
use accid_model::Fields;
use accid_studio::{
    ArrangeStory, GenerateData, GeneratedView, PageView, Served, StoryPageRequest, StoryView, TrashView,
};
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::projects::pages;
use crate::{
    HttpState,
    answer::{Answer, Many, New, One},
    conditional::IfMatch,
    headers::script_folder,
    input::{Asked, At, Input, OptionalInput},
    links::{self, Links},
    listing::{ListQuery, Listed},
    permission::{Allowed, Sender, needs},
    problem::Failure,
    served::{on_canvas, static_file},
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(list_stories)))
        .routes(needs::<Write>(routes!(create_story)))
        .routes(needs::<Read>(routes!(get_story)))
        .routes(needs::<Write>(routes!(update_story)))
        .routes(needs::<Write>(routes!(delete_story)))
        .routes(needs::<Write>(routes!(arrange_story)))
        .routes(needs::<Write>(routes!(put_story_page)))
        .routes(needs::<Read>(routes!(get_template)))
        .routes(needs::<Publish>(routes!(export_gallery)))
        .routes(needs::<Publish>(routes!(generate_data)))
}

fn links_of(project: &str, story: &str) -> Links {
    Links::to(&format!("/gallery/{project}/stories/{story}"))
        .and("collection", &format!("/gallery/{project}/stories"))
        .and("project", &format!("/projects/{project}"))
        .and("template", &format!("/gallery/{project}/template/timeline?story={story}"))
        .and("export", &format!("/gallery/{project}/export?story={story}"))
}

fn answer(project: &str, story: StoryView) -> Answer<StoryView> {
    let (links, etag) = (links_of(project, story.story.id.as_str()), story.etag);
    let answer = Answer::of(story, links);
    match etag {
        Some(etag) => answer.tagged(etag),
        None => answer,
    }
}

/// Lists the stories of a project. A gallery has one by itself from its first photo on.
#[utoipa::path(get, path = "/api/gallery/{id}/stories", tag = "stories", params(ListQuery),
    responses(Many<StoryView>))]
async fn list_stories(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let links = Links::to(&format!("/gallery/{id}/stories")).and("project", &format!("/projects/{id}"));
    let stories = state.run(move |studio| studio.stories().list(&may, &id)).await?;
    query.answer(&stories, links)
}

/// Makes a story of the project's photos; it needs a title.
#[utoipa::path(post, path = "/api/gallery/{id}/stories", tag = "stories",
    request_body = ref("#/components/schemas/StoryChanges"), responses(New<StoryView>))]
async fn create_story(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Input(fields): Input<Fields>,
) -> Result<Answer<StoryView>, Failure> {
    let project = id.clone();
    let story = state.save(move |studio| studio.stories().create(&may, &id, &fields)).await?;
    let links = links_of(&project, story.story.id.as_str());
    let etag = story.etag;
    let answer = Answer::created(story, links);
    Ok(match etag {
        Some(etag) => answer.tagged(etag),
        None => answer,
    })
}

/// Reads a story, its chapters as they are now.
#[utoipa::path(get, path = "/api/gallery/{id}/stories/{sid}", tag = "stories", responses(One<StoryView>))]
async fn get_story(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, sid)): At<(String, String)>,
) -> Result<Answer<StoryView>, Failure> {
    let project = id.clone();
    Ok(answer(&project, state.run(move |studio| studio.stories().get(&may, &id, &sid)).await?))
}

/// Changes the named fields of a story; `chapters` replaces all of them, and null empties a field.
#[utoipa::path(put, path = "/api/gallery/{id}/stories/{sid}", tag = "stories", params(IfMatch),
    request_body = ref("#/components/schemas/StoryChanges"), responses(One<StoryView>))]
async fn update_story(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, sid)): At<(String, String)>,
    IfMatch(seen): IfMatch,
    Input(fields): Input<Fields>,
) -> Result<Answer<StoryView>, Failure> {
    let project = id.clone();
    let saved = state.save(move |studio| studio.stories().update(&may, &id, &sid, &fields, seen)).await?;
    Ok(answer(&project, saved))
}

/// Moves a story to the trash; its photos stay.
#[utoipa::path(delete, path = "/api/gallery/{id}/stories/{sid}", tag = "stories", params(IfMatch),
    responses(One<TrashView>))]
async fn delete_story(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, sid)): At<(String, String)>,
    IfMatch(seen): IfMatch,
) -> Result<Answer<TrashView>, Failure> {
    let links = links::trashed(&id).and("collection", &format!("/gallery/{id}/stories"));
    Ok(Answer::of(state.save(move |studio| studio.stories().remove(&may, &id, &sid, seen)).await?, links))
}

/// Arranges the chapters of a story anew, by day or by place; titles and texts are kept.
#[utoipa::path(post, path = "/api/gallery/{id}/stories/{sid}/arrange", tag = "stories",
    request_body = ref("#/components/schemas/ArrangeStory"), responses(One<StoryView>))]
async fn arrange_story(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, sid)): At<(String, String)>,
    Input(request): Input<ArrangeStory>,
) -> Result<Answer<StoryView>, Failure> {
    let project = id.clone();
    let story = state.save(move |studio| studio.stories().arrange(&may, &id, &sid, request)).await?;
    Ok(answer(&project, story))
}

/// Puts a story as a page into a site; its photos come with it.
#[utoipa::path(post, path = "/api/gallery/{id}/stories/{sid}/page", tag = "stories",
    request_body = ref("#/components/schemas/StoryPageRequest"), responses(New<PageView>))]
async fn put_story_page(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, sid)): At<(String, String)>,
    Input(request): Input<StoryPageRequest>,
) -> Result<Answer<PageView>, Failure> {
    let project = request.project.clone();
    let page = state.save(move |studio| studio.stories().put_page(&may, &id, &sid, &request)).await?;
    Ok(pages::created(&project, page))
}

/// Which story.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct StoryQuery {
    /// The story; the first when missing.
    #[param(required = false)]
    story: String,
}

/// Shows a story as a page: `timeline`, `grid`, `mystery-dots`, `map` or `slideshow`.
#[utoipa::path(get, path = "/api/gallery/{id}/template/{template}", tag = "stories", params(StoryQuery),
    responses((status = 200, description = "The page.", content_type = "text/html", body = String)))]
async fn get_template(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    headers: axum::http::HeaderMap,
    At((id, template)): At<(String, String)>,
    Asked(query): Asked<StoryQuery>,
) -> Result<Response, Failure> {
    let scripts = script_folder(&headers, &["canvas", &id]);
    let nonce = state.nonce();
    let served =
        state.run(move |studio| studio.stories().template(&may, &id, &template, &query.story, "")).await?;
    Ok(on_canvas(served, &nonce, &scripts))
}

/// Which story is exported, and how it is told.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct ExportQuery {
    /// The story; all of them when missing.
    #[param(required = false)]
    story: String,
    /// `timeline`, `grid`, `mystery-dots`, `map` or `slideshow`; the story's own when missing.
    #[param(required = false)]
    template: String,
}

/// Exports stories as a website in one zip; what is private is in no file of it.
#[utoipa::path(get, path = "/api/gallery/{id}/export", tag = "stories", params(ExportQuery),
    responses((status = 200, description = "The website.", content_type = "application/zip", body = String)))]
async fn export_gallery(
    may: Allowed<Publish>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Asked(query): Asked<ExportQuery>,
) -> Result<Response, Failure> {
    let served =
        state.run(move |studio| studio.stories().export(&may, &id, &query.story, &query.template)).await?;
    let name = match &served {
        Served::File { path, .. } => path.clone(),
        Served::Html { .. } => "story.html".to_owned(),
    };
    let mut response = static_file(served);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    if let Ok(value) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// Generates the public configuration as it is published, filtered by what is private, and puts it into the project's
/// own export. Naming another folder of this machine needs the permission `administer`.
#[utoipa::path(post, path = "/api/gallery/{id}/generate-data", tag = "stories",
    request_body = ref("#/components/schemas/GenerateData"), responses(One<GeneratedView>))]
async fn generate_data(
    (may, sender): (Allowed<Publish>, Sender),
    State(state): State<HttpState>,
    At(id): At<String>,
    OptionalInput(request): OptionalInput<GenerateData>,
) -> Result<Answer<GeneratedView>, Failure> {
    let links = Links::to(&format!("/gallery/{id}/generate-data"))
        .and("project", &format!("/projects/{id}"))
        .and("export", &format!("/gallery/{id}/export"));
    let generated = match request.out {
        None => state.run(move |studio| studio.stories().generate_data(&may, &id)).await?,
        Some(folder) => {
            let may_name = sender.0.permit::<Administer>()?;
            let into = move |studio: &accid_studio::Studio| {
                studio.stories().generate_data_into(&may_name, &id, folder.as_ref())
            };
            state.run(into).await?
        }
    };
    Ok(Answer::of(generated, links))
}
