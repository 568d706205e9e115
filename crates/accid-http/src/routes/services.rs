//! `/api/services/…`, `/auth/dropbox/…`, `/api/projects/{id}/dropbox/…`, `/api/images/upload-imgbb`: services on the web.

use accid_access::{Administer, Publish, Read, Write};
use accid_base::{ErrorCode, FieldError, Problem};
use accid_studio::{
    CloudEntryView, HostPhoto, HostedView, ImportFromDropbox, ImportedView, SendToDropbox, SentView,
    ServiceView, SetServiceKey, SignInAnswer, UploadedFile,
};
use axum::{
    body::Body,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many, One, Work},
    input::{Asked, At, Input, OptionalInput},
    limits::IMAGE_BYTES,
    links::{Links, within},
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
    routes::jobs::{WaitQuery, answer_work},
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    let (schemas, paths, host) = needs::<Publish>(routes!(host_image));
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(list_services)))
        .routes(needs::<Administer>(routes!(set_service_key)))
        .routes(needs::<Administer>(routes!(forget_service)))
        .routes(needs::<Read>(routes!(retry_service)))
        .routes(needs::<Administer>(routes!(begin_dropbox)))
        .routes(needs::<Administer>(routes!(finish_dropbox)))
        .routes(needs::<Read>(routes!(get_dropbox)))
        .routes(needs::<Administer>(routes!(forget_dropbox)))
        .routes(needs::<Write>(routes!(list_dropbox)))
        .routes(needs::<Write>(routes!(show_dropbox)))
        .routes(needs::<Write>(routes!(import_dropbox)))
        .routes(needs::<Publish>(routes!(send_dropbox)))
        .routes((schemas, paths, host.layer(DefaultBodyLimit::max(IMAGE_BYTES))))
}

/// Lists the services, who is connected, and whether they answer.
#[utoipa::path(get, path = "/api/services", tag = "services", params(ListQuery), responses(Many<ServiceView>))]
async fn list_services(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let services = state.run(move |studio| studio.services().list(&may)).await?;
    query.answer(&services, Links::to("/services"))
}

fn answer(view: ServiceView) -> Answer<ServiceView> {
    let at = format!("/services/{}", view.service);
    Answer::of(view, Links::to(&at).and("collection", "/services").and("retry", &format!("{at}/retry")))
}

/// Keeps the key of a service: of Dropbox that of an app, of imgBB that of the account, which is never answered.
#[utoipa::path(put, path = "/api/services/{service}", tag = "services",
    request_body = ref("#/components/schemas/SetServiceKey"), responses(One<ServiceView>))]
async fn set_service_key(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At(service): At<String>,
    Input(key): Input<SetServiceKey>,
) -> Result<Answer<ServiceView>, Failure> {
    Ok(answer(state.run(move |studio| studio.services().set_key(&may, &service, &key)).await?))
}

/// Disconnects a service: takes the sign-in back there, and forgets what is kept here.
#[utoipa::path(delete, path = "/api/services/{service}", tag = "services", responses(One<ServiceView>))]
async fn forget_service(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At(service): At<String>,
) -> Result<Answer<ServiceView>, Failure> {
    Ok(answer(state.run(move |studio| studio.services().forget(&may, &service)).await?))
}

/// Tries a service at once.
#[utoipa::path(post, path = "/api/services/{service}/retry", tag = "services", responses(One<ServiceView>))]
async fn retry_service(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(service): At<String>,
) -> Result<Answer<ServiceView>, Failure> {
    Ok(answer(state.run(move |studio| studio.services().retry(&may, &service)).await?))
}

/// Sends the browser on; the address is not kept by anybody.
fn send_on(url: &str) -> Result<Response, Failure> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let location = HeaderValue::try_from(url)
        .map_err(|_| Problem::new(ErrorCode::Internal, "The address cannot be written."))?;
    response.headers_mut().insert(header::LOCATION, location);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Where Dropbox sends the browser back to: this machine, at the port it was reached at.
fn callback(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let port = host.rsplit_once(':').map(|(_, port)| port).filter(|port| port.parse::<u16>().is_ok());
    let port = port.map_or_else(String::new, |port| format!(":{port}"));
    format!("http://localhost{port}/auth/dropbox/callback")
}

/// Where the person uses the program, when that is this machine by its number: for a browser another place than
/// `localhost`, where what it keeps for the studio is not. Nothing when the way back is the same.
fn home(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let number = host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok());
    let here = number.is_some_and(|(name, _)| name == "127.0.0.1" || name == "[::1]");
    if here { format!("http://{host}") } else { String::new() }
}

/// Sends a person to Dropbox to connect it, for a project or, with `shared`, for all of them.
#[utoipa::path(get, path = "/auth/dropbox/start/{project}", tag = "services",
    responses((status = 303, description = "On to Dropbox.")))]
async fn begin_dropbox(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At(project): At<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (redirect, home) = (callback(&headers), home(&headers));
    let go = state.run(move |studio| studio.services().begin(&may, &project, (&redirect, &home))).await?;
    send_on(&go)
}

/// What Dropbox says when it sends the browser back (RFC 6749 §4.1.2).
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct CallbackQuery {
    /// What is exchanged for a token, when the person said yes.
    #[param(required = false)]
    code: String,
    /// Which sign-in it is the answer to.
    #[param(required = false)]
    state: String,
    /// Why there is no code.
    #[param(required = false)]
    error: String,
}

/// Takes Dropbox' answer, and sends the person back to the settings, which say what came of it.
#[utoipa::path(get, path = "/auth/dropbox/callback", tag = "services", params(CallbackQuery),
    responses((status = 303, description = "Back to the settings.")))]
async fn finish_dropbox(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    Asked(query): Asked<CallbackQuery>,
) -> Result<Response, Failure> {
    let answer = SignInAnswer { code: query.code, state: query.state, error: query.error };
    send_on(&state.run(move |studio| studio.services().finish(&may, &answer)).await?)
}

/// Says how Dropbox stands for a project: by an account of its own, or by the one of all projects.
#[utoipa::path(get, path = "/api/projects/{id}/dropbox", tag = "services", responses(One<ServiceView>))]
async fn get_dropbox(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Answer<ServiceView>, Failure> {
    let links = within(&id, "dropbox").and("list", &format!("/projects/{id}/dropbox/list"));
    Ok(Answer::of(state.run(move |studio| studio.services().of_project(&may, &id)).await?, links))
}

/// Disconnects the account that a project has of its own.
#[utoipa::path(delete, path = "/api/projects/{id}/dropbox", tag = "services", responses(One<ServiceView>))]
async fn forget_dropbox(
    (may, look): (Allowed<Administer>, Allowed<Read>),
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Answer<ServiceView>, Failure> {
    let links = within(&id, "dropbox");
    Ok(Answer::of(state.run(move |studio| studio.services().forget_own(&may, &look, &id)).await?, links))
}

/// Which folder or picture.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct FolderQuery {
    /// The folder or picture, such as `/Photos`; the outermost folder when missing.
    #[param(required = false)]
    path: String,
}

/// Lists a folder of the project's Dropbox: folders first, then files, by name.
#[utoipa::path(get, path = "/api/projects/{id}/dropbox/list", tag = "services", params(FolderQuery, ListQuery),
    responses(Many<CloudEntryView>))]
async fn list_dropbox(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Asked(folder): Asked<FolderQuery>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let links = within(&id, "dropbox/list").and("import", &format!("/projects/{id}/dropbox/import"));
    let entries = state.run(move |studio| studio.dropbox_files().list(&may, &id, &folder.path)).await?;
    query.answer(&entries, links)
}

/// Shows a small JPEG of a picture of the project's Dropbox, at most 256 pixels a side.
#[utoipa::path(get, path = "/api/projects/{id}/dropbox/thumbnail", tag = "services", params(FolderQuery),
    responses((status = 200, description = "The picture.", content_type = "image/jpeg")))]
async fn show_dropbox(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Asked(picture): Asked<FolderQuery>,
) -> Result<Response, Failure> {
    let bytes = state.run(move |studio| studio.dropbox_files().thumbnail(&may, &id, &picture.path)).await?;
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}

/// Takes pictures of Dropbox into the project: those that are named, or all of a folder. What is there already is left
/// out, so an import that ended early is simply begun again.
#[utoipa::path(post, path = "/api/projects/{id}/dropbox/import", tag = "services", params(WaitQuery),
    request_body = ref("#/components/schemas/ImportFromDropbox"), responses(Work<ImportedView>))]
async fn import_dropbox(
    (may, look): (Allowed<Write>, Allowed<Read>),
    State(state): State<HttpState>,
    At(id): At<String>,
    Asked(wait): Asked<WaitQuery>,
    Input(request): Input<ImportFromDropbox>,
) -> Result<Response, Failure> {
    let job = state.run(move |studio| studio.dropbox_files().import(&may, &id, request)).await?;
    answer_work(&state, look, job, wait).await
}

/// Sends the site or the project to Dropbox, as one zip. What stands there under its name stays as it is.
#[utoipa::path(post, path = "/api/projects/{id}/dropbox/upload", tag = "services", params(WaitQuery),
    request_body = ref("#/components/schemas/SendToDropbox"), responses(Work<SentView>))]
async fn send_dropbox(
    (may, look): (Allowed<Publish>, Allowed<Read>),
    State(state): State<HttpState>,
    At(id): At<String>,
    Asked(wait): Asked<WaitQuery>,
    OptionalInput(request): OptionalInput<SendToDropbox>,
) -> Result<Response, Failure> {
    let job = state.run(move |studio| studio.dropbox_files().send(&may, &id, &request)).await?;
    answer_work(&state, look, job, wait).await
}

/// Has imgBB show a picture, at most 2048 pixels large and without its metadata: a photo of a project, named as JSON, or
/// a file, as `multipart/form-data` with a field `image`. While imgBB is away, the answer for a photo of a project is
/// the picture on this machine: `hosted` is false then, and `message` says why.
#[utoipa::path(post, path = "/api/images/upload-imgbb", tag = "services",
    request_body = ref("#/components/schemas/HostPhoto"), responses(One<HostedView>))]
async fn host_image(
    may: Allowed<Publish>,
    State(state): State<HttpState>,
    request: Request,
) -> Result<Answer<HostedView>, Failure> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let links = Links::to("/images/upload-imgbb").and("service", "/services");
    if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
        let file = read_image(request).await?;
        let hosted = state.run(move |studio| studio.images_elsewhere().host_file(&may, &file)).await?;
        return Ok(Answer::of(hosted, links));
    }
    let Input(photo) = Input::<HostPhoto>::from_request(request, &state).await?;
    let hosted = state.run(move |studio| studio.images_elsewhere().host_photo(&may, &photo)).await?;
    Ok(Answer::of(hosted, links))
}

/// The first file of a form.
async fn read_image(request: Request) -> Result<UploadedFile, Failure> {
    let unreadable = || {
        Problem::new(ErrorCode::MalformedRequest, "The form cannot be read.")
            .because("It ended early, is damaged, or is larger than what is taken.")
            .fix("Send one picture of at most 32 MB in a field \"image\".")
    };
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
    while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
        if field.file_name().is_some() || field.name() == Some("image") {
            let name = field.file_name().unwrap_or("picture").to_owned();
            let bytes = field.bytes().await.map_err(|_| unreadable())?.to_vec();
            return Ok(UploadedFile { name, bytes });
        }
    }
    let message = "is missing".to_owned();
    let errors = vec![FieldError { pointer: "/image".to_owned(), message }];
    Err(Failure(
        Problem::new(ErrorCode::InvalidValue, "There is no picture in the form.")
            .fix("Send one in a field \"image\".")
            .with_errors(errors),
    ))
}
