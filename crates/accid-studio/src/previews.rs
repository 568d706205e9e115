//! How each template looks: the site that a project made from it would be, rendered as any other site and kept in
//! memory. Nothing is written to disk. Must not know HTTP.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use accid_base::{ContentHash, ErrorCode, Problem, RelativePath};
use accid_builder::LoadedSite;
use accid_model::{Blotter, ProjectType};
use accid_render::Mode;
use accid_store::Media;
use serde_json::Value;

use crate::{
    CreateProject, Inner, Served, explain,
    pages::entry_path,
    templates::{self, Draft},
};

/// The templates that were looked at, made ready to render.
#[derive(Default)]
pub(crate) struct Previews(Mutex<HashMap<String, Arc<Preview>>>);

struct Preview {
    site: LoadedSite,
    /// Originals of its pictures, by their content hash.
    media: HashMap<String, Media>,
}

fn prepare(inner: &Inner, template: &str) -> Result<Preview, Problem> {
    let title = templates::list()?.into_iter().find(|one| one.name == template).map(|one| one.title);
    let request = CreateProject {
        name: title.unwrap_or_else(|| template.to_owned()),
        project_type: ProjectType::Html,
        template: Some(template.to_owned()),
    };
    let Draft { blotter, documents, media } = templates::draft(inner, &request, template)?;
    let file: RelativePath = Blotter::FILE.parse().map_err(explain)?;
    let mut tree: BTreeMap<RelativePath, Arc<Value>> =
        documents.into_iter().map(|(path, value)| (path, Arc::new(value))).collect();
    tree.insert(file, Arc::new(serde_json::to_value(blotter).unwrap_or_default()));
    Ok(Preview { site: inner.builder.site_of(&tree).map_err(explain)?, media })
}

fn preview(inner: &Inner, template: &str) -> Result<Arc<Preview>, Problem> {
    let known = inner.previews.0.lock().unwrap_or_else(PoisonError::into_inner).get(template).cloned();
    if let Some(known) = known {
        return Ok(known);
    }
    let made = Arc::new(prepare(inner, template)?);
    inner
        .previews
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(template.to_owned(), Arc::clone(&made));
    Ok(made)
}

/// A file of the site that a project from the template would be. Pictures are the originals, whatever size is asked
/// for: making renditions would take longer than sending them.
pub(crate) fn serve(inner: &Inner, template: &str, path: &str) -> Result<Served, Problem> {
    let preview = preview(inner, template)?;
    let path = entry_path(path);
    let site = &preview.site;
    let file = |bytes: &[u8], path: &str| Served::File {
        etag: ContentHash::of(bytes),
        bytes: bytes.to_vec(),
        path: path.to_owned(),
    };
    if let Some(page) = site.site.page_at(&path) {
        let body = site.site.render_page(page, &Mode::Export).html;
        return Ok(Served::Html { etag: ContentHash::of(body.as_bytes()), body });
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
            Problem::new(ErrorCode::ObjectNotFound, format!("The template has no file \"{shown}\"."))
                .fix("Look at its entry page, index.html.")
        })
}
