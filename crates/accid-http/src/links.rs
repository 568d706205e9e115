//! The links of an answer: itself, and what can be done next, as canonical paths. The only place that writes paths of
//! the API. Must not know what the answer holds.

use serde::Serialize;
use serde_json::{Map, Value};

/// The canonical root.
pub const ROOT: &str = "/api/v1";

/// Named paths, in their order.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub struct Links(Map<String, Value>);

impl Links {
    /// Links of something that lives at this path below the root.
    pub fn to(path: &str) -> Self {
        Self::default().and("self", path)
    }

    /// With one more path below the root.
    #[must_use]
    pub fn and(self, name: &str, path: &str) -> Self {
        self.and_page(name, format!("{ROOT}{path}"))
    }

    /// With a path outside the API, such as the canvas.
    #[must_use]
    pub fn and_page(mut self, name: &str, path: String) -> Self {
        self.0.insert(name.to_owned(), Value::String(path));
        self
    }

    /// The path of the thing itself.
    pub fn own(&self) -> Option<&str> {
        self.0.get("self").and_then(Value::as_str)
    }
}

/// Links of a project.
pub fn project(id: &str) -> Links {
    let at = format!("/projects/{id}");
    Links::to(&at)
        .and("collection", "/projects")
        .and("pages", &format!("{at}/pages"))
        .and("modules", &format!("{at}/modules"))
        .and("photos", &format!("/gallery/{id}/photos"))
        .and("versions", &format!("{at}/time-machine/snapshots"))
        .and("snapshot", &format!("{at}/time-machine/snapshot"))
        .and("environments", &format!("{at}/environments"))
        .and("export", &format!("/html-builder/{id}/export-static"))
        .and("publish", &format!("{at}/deploy"))
        .and("trash", &format!("{at}/trash"))
        .and_page("canvas", format!("/canvas/{id}/index.html"))
}

/// Links of something inside a project, such as `pages` or `time-machine/snapshots`.
pub fn within(project: &str, what: &str) -> Links {
    Links::to(&format!("/projects/{project}/{what}")).and("project", &format!("/projects/{project}"))
}

/// Links of a page; `path` is the file it becomes in the export.
pub fn page(project: &str, page: &str, path: &str) -> Links {
    within(project, &format!("pages/{page}"))
        .and("collection", &format!("/projects/{project}/pages"))
        .and("modules", &format!("/projects/{project}/modules?onPage={page}"))
        .and("render", &format!("/projects/{project}/pages/{page}/render"))
        .and("versions", &format!("/projects/{project}/time-machine/snapshots"))
        .and_page("canvas", format!("/canvas/{project}/{path}"))
}

/// Links of a module.
pub fn module(project: &str, module: &str, page: &str) -> Links {
    within(project, &format!("modules/{module}"))
        .and("collection", &format!("/projects/{project}/modules"))
        .and("page", &format!("/projects/{project}/pages/{page}"))
        .and("move", &format!("/projects/{project}/modules/{module}/move"))
        .and("duplicate", &format!("/projects/{project}/modules/{module}/duplicate"))
}

/// Links of something that went to the trash.
pub fn trashed(project: &str) -> Links {
    within(project, "trash").and("restore", &format!("/projects/{project}/restore"))
}

/// Links of a job.
pub fn job(id: &str, project: &str) -> Links {
    Links::to(&format!("/jobs/{id}")).and("project", &format!("/projects/{project}")).and("events", "/events")
}
