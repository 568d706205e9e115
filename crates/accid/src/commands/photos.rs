//! `accid photos add`.

use std::path::{Path, PathBuf};

use accid_base::{SystemVfs, Vfs, vfs::Kind};
use serde_json::{Value, json};

use crate::{
    arguments::ProjectName,
    client::{ApiClient, Body, Method, segment},
    failure::Failure,
    output::{Report, count, text},
    progress::Progress,
};

/// Endings of the files that are taken from a folder; a file that is named itself is always tried.
const ENDINGS: &[&str] = &["jpg", "jpeg", "png", "webp", "gif", "avif", "heic", "heif", "tif", "tiff"];

/// Adds pictures and folders of pictures.
pub fn add(
    client: &dyn ApiClient,
    progress: &Progress,
    project: &ProjectName,
    paths: &[PathBuf],
) -> Result<Report, Failure> {
    let files = pictures(paths)?;
    if files.is_empty() {
        return Err(Failure::new(
            "There are no pictures in that folder. Name pictures, or a folder of pictures.",
        ));
    }
    let address = format!("/api/gallery/{}/photos/upload", segment(&project.project));
    let (mut items, mut refused) = (Vec::new(), Vec::new());
    let bar = progress.bar("Adding photos");
    for (index, file) in files.iter().enumerate() {
        bar.at(index as u64, files.len() as u64, &file.display().to_string());
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = SystemVfs.read(file).map_err(|error| unreadable(file, &error))?;
        let mut answer = client.call(Method::Post, &address, Body::File { name, bytes })?;
        for (key, list) in [("items", &mut items), ("refused", &mut refused)] {
            if let Value::Array(more) = answer[key].take() {
                list.extend(more);
            }
        }
    }
    bar.finish();
    let mut sentence = format!("Added {} to {}.", count(items.len() as u64, "photo"), project.project);
    for one in &refused {
        sentence.push_str(&format!("\n  Not taken: {}: {}", text(one, "name"), text(one, "reason")));
    }
    if items.is_empty() {
        Err(Failure::new(sentence))
    } else {
        Ok(Report::new(sentence, json!({"items": items, "refused": refused})))
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{} cannot be read. {error}. Check its name and who may read it.", path.display()))
}

fn pictures(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        let found = SystemVfs.metadata(path).map_err(|error| unreadable(path, &error))?;
        if found.kind == Kind::Folder { look_through(path, &mut files)? } else { files.push(path.clone()) }
    }
    Ok(files)
}

fn look_through(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for entry in SystemVfs.list(folder).map_err(|error| unreadable(folder, &error))? {
        let path = folder.join(&entry.name);
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        match entry.kind {
            Kind::Folder if !entry.name.starts_with('.') => look_through(&path, files)?,
            Kind::File if ENDINGS.contains(&ending.as_str()) => files.push(path),
            _ => {}
        }
    }
    Ok(())
}
