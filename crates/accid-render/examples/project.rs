//! Writes a project's documents as a site in a theme, without its pictures, for people who work on the look:
//! `cargo run -p accid-render --example project -- PROJECT FOLDER [auto|light|dark] [THEME]`.
#![expect(clippy::disallowed_methods, reason = "a tool for the people who work on the renderer")]

use std::{error::Error, path::Path, sync::Arc};

use accid_model::{Blotter, Page, Photo};
use accid_render::{Mode, Site, SiteSource};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [project, folder, rest @ ..] = arguments.as_slice() else {
        return Err("name a project's folder and a folder to write to".into());
    };
    let (project, folder) = (Path::new(project), Path::new(folder));
    let read =
        |path: &Path| -> Result<Value, Box<dyn Error>> { Ok(serde_json::from_slice(&std::fs::read(path)?)?) };
    let mut blotter = read(&project.join("accid_blotter.json"))?;
    if let [mode, theme, ..] = rest {
        blotter["theme"] = serde_json::json!({"name": theme, "mode": mode});
    }
    let blotter: Blotter = serde_json::from_value(blotter)?;
    let documents = |name: &str| -> Result<Vec<Value>, Box<dyn Error>> {
        let mut all = Vec::new();
        for entry in std::fs::read_dir(project.join(name))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                all.push(read(&path)?);
            }
        }
        Ok(all)
    };
    let pages =
        documents("pages")?.into_iter().map(serde_json::from_value).collect::<Result<Vec<Page>, _>>()?;
    let photos =
        documents("photos")?.into_iter().map(serde_json::from_value).collect::<Result<Vec<Photo>, _>>()?;
    let pages = pages.into_iter().map(Arc::new).collect();
    let site = Site::new(SiteSource { blotter, pages, photos, videos: Vec::new() });
    let write = |path: &str, bytes: &[u8]| -> Result<(), Box<dyn Error>> {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().ok_or("no folder")?)?;
        Ok(std::fs::write(file, bytes)?)
    };
    for page in &site.source().pages {
        let path = site.path_of(page.id.as_str()).ok_or("a page without a path")?;
        write(path, site.render_page(page, &Mode::Export).html.as_bytes())?;
    }
    for file in site.shared_files() {
        write(&file.path, &file.bytes)?;
    }
    Ok(())
}
