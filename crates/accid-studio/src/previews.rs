//! How each template and pattern looks: the site that a project made from it would be, rendered as any other site and
//! kept in memory. Nothing is written to disk. Must not know HTTP.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use accid_base::{ContentHash, ErrorCode, Problem, RelativePath};
use accid_builder::LoadedSite;
use accid_model::{Blotter, Document as _, Page, ProjectType};
use accid_render::Mode;
use accid_store::Media;
use serde_json::Value;

use crate::{
    CreateProject, Inner, Served, explain,
    pages::entry_path,
    patterns,
    templates::{self, Draft},
};

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Subject {
    /// The site of a template, by its name.
    Template(String),
    /// A pattern on a page of its own, by its id.
    Pattern(String),
}

/// What was looked at, made ready to render.
#[derive(Default)]
pub(crate) struct Previews(Mutex<HashMap<Subject, Arc<Preview>>>);

struct Preview {
    site: LoadedSite,
    /// Originals of its pictures, by their content hash.
    media: HashMap<String, Media>,
}

fn prepare(inner: &Inner, subject: &Subject) -> Result<Preview, Problem> {
    match subject {
        Subject::Template(name) => ready(inner, template(inner, name)?),
        Subject::Pattern(id) => ready(inner, pattern(inner, id)?),
    }
}

/// A site whose only page is the pattern, in the first theme.
fn pattern(inner: &Inner, id: &str) -> Result<Draft, Problem> {
    let Draft { blotter, .. } = template(inner, templates::PLAIN)?;
    let page = inner.new_id();
    let patterns::Instance { modules, page: start, title, photos, media } =
        patterns::alone(inner, id, &page)?;
    let accid_builder::PageStart { kind, seo } = start.unwrap_or_default();
    let page = serde_json::json!({
        "id": page, "schema_version": Page::VERSION, "slug": "index", "title": title,
        "seo": seo, "kind": kind, "modules": modules,
    });
    let file: RelativePath = format!("{}/index.json", Page::FOLDER).parse().map_err(explain)?;
    let documents = photos.into_iter().chain([(file, page)]).collect();
    Ok(Draft { blotter, documents, media })
}

fn template(inner: &Inner, template: &str) -> Result<Draft, Problem> {
    let known = templates::list()?.into_iter().find(|one| one.name == template);
    let title = known.map(|one| one.title);
    let request = CreateProject {
        name: title.unwrap_or_else(|| template.to_owned()),
        project_type: ProjectType::Html,
        template: Some(template.to_owned()),
    };
    templates::draft(inner, &request, template)
}

fn ready(inner: &Inner, draft: Draft) -> Result<Preview, Problem> {
    let Draft { blotter, documents, media } = draft;
    let file: RelativePath = Blotter::FILE.parse().map_err(explain)?;
    let mut tree: BTreeMap<RelativePath, Arc<Value>> =
        documents.into_iter().map(|(path, value)| (path, Arc::new(value))).collect();
    tree.insert(file, Arc::new(serde_json::to_value(blotter).unwrap_or_default()));
    Ok(Preview { site: inner.builder.site_of(&tree).map_err(explain)?, media })
}

fn preview(inner: &Inner, subject: &Subject) -> Result<Arc<Preview>, Problem> {
    let known = inner.previews.0.lock().unwrap_or_else(PoisonError::into_inner).get(subject).cloned();
    if let Some(known) = known {
        return Ok(known);
    }
    let made = Arc::new(prepare(inner, subject)?);
    inner
        .previews
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(subject.clone(), Arc::clone(&made));
    Ok(made)
}

/// A file of the site that a project from this would be. Pictures are the originals, whatever size is asked
/// for: making renditions would take longer than sending them.
pub(crate) fn serve(inner: &Inner, subject: &Subject, path: &str) -> Result<Served, Problem> {
    let preview = preview(inner, subject)?;
    let path = entry_path(path);
    let site = &preview.site;
    let file = |bytes: &[u8], path: &str| Served::File {
        etag: ContentHash::of(bytes),
        bytes: bytes.to_vec(),
        path: path.to_owned(),
    };
    if let Some(page) = site.site.page_at(&path) {
        let body = site.site.render_page(page, &Mode::Export).html;
        return Ok(Served::Html { etag: ContentHash::of(body.as_bytes()), body, hosts: Vec::new() });
    }
    if let Some(shared) = site.shared_files().iter().find(|shared| shared.path == path) {
        return Ok(file(&shared.bytes, &path));
    }
    if let Some(font) = accid_render::font_file(&path) {
        return Ok(file(font, &path));
    }
    accid_render::image_file(&path, &site.site.source().photos)
        .and_then(|image| preview.media.get(&image.hash.to_string()))
        .map(|original| file(&original.bytes, &format!("original.{}", original.extension)))
        .ok_or_else(|| {
            let shown: String = path.chars().take(120).collect();
            Problem::new(ErrorCode::ObjectNotFound, format!("The preview has no file \"{shown}\"."))
                .fix("Look at its entry page, index.html.")
        })
}
