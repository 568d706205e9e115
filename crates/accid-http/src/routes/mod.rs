//! The list of all routes. A file here mirrors the address it serves; a handler only translates. Addresses are
//! written in their one spelling (see `roots`): `/api/projects/…`, never `/api/v1/…` or `/api/project/…`.

mod backup;
mod canvas;
mod connected;
mod credentials;
mod docs;
mod events;
mod gallery;
mod health;
mod history;
mod html_builder;
mod jobs;
mod me;
mod module_types;
mod opened_folders;
mod patterns;
mod project_zip;
mod projects;
mod services;
mod settings;
mod spatial;
mod stories;
mod system;
mod templates;
mod trash;
mod validation;

pub(crate) use gallery::{AddedTracks, WaypointsView};
pub use html_builder::SavePage;

use utoipa_axum::router::OpenApiRouter;

use crate::HttpState;

/// All routes with their description.
pub fn all() -> OpenApiRouter<HttpState> {
    OpenApiRouter::default()
        .merge(health::routes())
        .merge(me::routes())
        .merge(system::routes())
        .merge(validation::routes())
        .merge(settings::routes())
        .merge(events::routes())
        .merge(docs::routes())
        .merge(projects::routes())
        .merge(opened_folders::routes())
        .merge(module_types::routes())
        .merge(templates::routes())
        .merge(patterns::routes())
        .merge(html_builder::routes())
        .merge(jobs::routes())
        .merge(credentials::routes())
        .merge(connected::routes())
        .merge(backup::routes())
        .merge(project_zip::routes())
        .merge(services::routes())
        .merge(trash::routes())
        .merge(gallery::routes())
        .merge(spatial::routes())
        .merge(stories::routes())
        .merge(canvas::routes())
        .merge(history::routes())
}
