//! What projects can be made of: the demo *Yacht Adventures* in `demo/` and the templates in `templates/`, which lie
//! there as the files of a project do. Templates show the demo's pictures. Must not know what a module means.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use accid_base::{ErrorCode, FieldError, Id, Problem, RelativePath};
use accid_model::{Blotter, Document as _, Fields, Glance, Location, Photo, ProjectType, Site, ThemeChoice};
use accid_store::{Media, Project};
use accid_vault::NewProject;
use accid_waypoint::NewPhoto;
use include_dir::{Dir, include_dir};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{CreateProject, Inner, explain, fresh_ids::FreshIds};

/// Slug of the demo.
pub(crate) const DEMO_SLUG: &str = "yacht-adventures";

/// The template of a new site when none is named.
pub(crate) const PLAIN: &str = "blank";

/// The template of a new tutorial when none is named.
pub(crate) const COURSE: &str = "tutorial";

/// The templates, in the order in which they are offered.
const NAMES: [&str; 6] = [PLAIN, "portfolio", "journal", "business", "landing", COURSE];

/// What stands for the project's name in the texts of a template.
const NAME: &str = "{{name}}";

static DEMO: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/demo");
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// A template that a project can be made from.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TemplateView {
    /// Name in requests, such as `portfolio`.
    pub name: String,
    /// Name for people.
    pub title: String,
    /// Whom it is for and what is on it.
    pub description: String,
    /// What a project made from it is.
    #[serde(rename = "type")]
    pub project_type: ProjectType,
    /// Name of the theme it comes with.
    pub theme: String,
    /// Titles of its pages, in their order.
    pub pages: Vec<String>,
}

/// The files of one project to be.
struct Bundle {
    root: &'static Dir<'static>,
    /// Its folder below the root, with a slash at the end; empty for the root itself.
    folder: String,
}

/// What `blotter.json` of a bundle says.
#[derive(Deserialize)]
struct Described {
    name: String,
    #[serde(default)]
    description: String,
    /// What a project made from it is.
    #[serde(rename = "type", default = "site")]
    project_type: ProjectType,
    site: Site,
    #[serde(default)]
    theme: ThemeChoice,
}

const fn site() -> ProjectType {
    ProjectType::Html
}

/// What `photos.json` says of a picture.
#[derive(Deserialize)]
struct Picture {
    id: String,
    file: String,
    #[serde(default)]
    alt: String,
    #[serde(default)]
    caption: String,
    #[serde(default)]
    location: Option<Location>,
    /// What it looks like from afar, so that nothing is decoded when a project is made; a test compares it.
    #[serde(default)]
    glance: Glance,
}

fn broken(file: &str) -> Problem {
    Problem::new(ErrorCode::Internal, format!("The built-in file \"{file}\" cannot be read."))
        .because("This build of ACCID is incomplete.")
        .fix("Build it again from a clean copy.")
}

fn refused(why: &str) -> Problem {
    let names = NAMES.join(", ");
    let message = format!("use one of: {names}");
    Problem::new(ErrorCode::InvalidValue, "The project was not made.")
        .because(why)
        .fix(format!("Use one of these templates: {names}."))
        .with_errors(vec![FieldError { pointer: "/template".to_owned(), message }])
        .with_details(json!({ "templates": NAMES }))
}

impl Bundle {
    fn demo() -> Self {
        Self { root: &DEMO, folder: String::new() }
    }

    fn template(name: &str) -> Result<Self, Problem> {
        if NAMES.contains(&name) {
            return Ok(Self { root: &TEMPLATES, folder: format!("{name}/") });
        }
        Err(refused("There is no such template."))
    }

    fn read(&self, file: &str) -> Result<&'static [u8], Problem> {
        let file = format!("{}{file}", self.folder);
        self.root.get_file(&file).map(include_dir::File::contents).ok_or_else(|| broken(&file))
    }

    fn parse<T: for<'de> Deserialize<'de>>(&self, file: &str) -> Result<T, Problem> {
        serde_json::from_slice(self.read(file)?).map_err(|_| broken(file))
    }

    fn described(&self) -> Result<Described, Problem> {
        self.parse("blotter.json")
    }

    /// The page documents, by their files in a project.
    fn pages(&self) -> Result<Vec<(RelativePath, Value)>, Problem> {
        let folder = self.root.get_dir(format!("{}pages", self.folder));
        let files = folder.map(Dir::files).into_iter().flatten();
        files
            .map(|file| {
                let path = file.path().to_string_lossy().replace('\\', "/");
                let document = serde_json::from_slice(file.contents()).map_err(|_| broken(&path))?;
                let own = path.strip_prefix(&self.folder).unwrap_or(&path);
                Ok((own.parse().map_err(explain)?, document))
            })
            .collect()
    }
}

/// What can be chosen.
pub(crate) fn list() -> Result<Vec<TemplateView>, Problem> {
    let view = |name: &&str| {
        let bundle = Bundle::template(name)?;
        let Described { name: title, description, project_type, theme, .. } = bundle.described()?;
        let mut pages: Vec<_> = bundle.pages()?.into_iter().map(|(_, page)| page).collect();
        pages.sort_by_key(|page| page["order"].as_u64());
        let pages = pages
            .iter()
            .filter_map(|page| page["title"].as_str())
            .map(|text| text.replace(NAME, "Home"))
            .collect();
        Ok(TemplateView {
            name: (*name).to_owned(),
            title,
            description,
            project_type,
            theme: theme.name,
            pages,
        })
    };
    NAMES.iter().map(view).collect()
}

/// Makes the demo project, with the ids as its files have them.
pub(crate) fn create_demo(inner: &Inner, author: &str) -> Result<Arc<Project>, Problem> {
    let bundle = Bundle::demo();
    let Described { name, site, theme, .. } = bundle.described()?;
    let blotter = Blotter {
        id: inner.new_id(),
        schema_version: Blotter::VERSION,
        slug: DEMO_SLUG.parse().map_err(explain)?,
        name,
        project_type: ProjectType::Html,
        created_at: inner.clock.now(),
        tags: Vec::new(),
        archived: false,
        site,
        theme,
        environments: std::collections::BTreeMap::new(),
        build: None,
        extra: Fields::new(),
    };
    let mut documents = bundle.pages()?;
    let mut media = HashMap::new();
    for picture in bundle.parse::<Vec<Picture>>("photos.json")? {
        let mut photo = describe(inner, &picture, &mut media)?;
        photo.id = picture.id.parse::<Id>().map_err(|_| broken("photos.json"))?;
        photo.caption = picture.caption;
        photo.location = picture.location;
        documents.push(document(photo)?);
    }
    found(inner, author, &blotter, documents, media)
}

/// Makes a project from a template, with ids of its own.
pub(crate) fn create(
    inner: &Inner,
    author: &str,
    request: &CreateProject,
    template: &str,
) -> Result<Arc<Project>, Problem> {
    let Draft { blotter, documents, media } = draft(inner, request, template)?;
    found(inner, author, &blotter, documents, media)
}

/// A project to be: nothing of it is written yet.
pub(crate) struct Draft {
    pub blotter: Blotter,
    /// Its pages and photos, by their files.
    pub documents: Vec<(RelativePath, Value)>,
    /// The originals of its photos, by their content hash.
    pub media: HashMap<String, Media>,
}

/// What a project from a template would be, with ids of its own.
pub(crate) fn draft(inner: &Inner, request: &CreateProject, template: &str) -> Result<Draft, Problem> {
    let bundle = Bundle::template(template)?;
    if !has_pages(request.project_type) {
        return Err(refused("Templates are for sites and tutorials; other projects begin without pages."));
    }
    let Described { site, theme, project_type, .. } = bundle.described()?;
    let new = NewProject {
        name: request.name.clone(),
        // The steps of a tutorial are steps only in a tutorial.
        project_type: if project_type == ProjectType::Tutorial { project_type } else { request.project_type },
        language: site.language.clone(),
    };
    let mut blotter = inner.vault.new_blotter(&inner.store, &new).map_err(explain)?;
    blotter.site = Site { title: blotter.name.clone(), ..site };
    blotter.theme = theme;
    let mut documents = bundle.pages()?;
    let (mut fresh, mut shown) = (FreshIds::default(), BTreeSet::new());
    for (_, page) in &mut documents {
        fresh.add_all(page, &|| inner.new_id());
        shown_in(page, &mut shown);
    }
    let (mut photos, mut media) = (Vec::new(), HashMap::new());
    for (written, photo, original) in pictures_of(inner, &shown)? {
        fresh.add(&written, || photo.id.clone());
        media.insert(photo.hash.to_string(), original);
        photos.push(document(photo)?);
    }
    for (_, page) in &mut documents {
        fresh.rewrite(page);
        set_name(page, &blotter.name);
    }
    documents.extend(photos);
    Ok(Draft { blotter, documents, media })
}

/// Whether a project of this type begins with pages.
pub(crate) const fn has_pages(project_type: ProjectType) -> bool {
    matches!(project_type, ProjectType::Html | ProjectType::Tutorial)
}

/// Writes the project's name into every text that asks for it.
fn set_name(value: &mut Value, name: &str) {
    match value {
        Value::String(text) if text.contains(NAME) => *text = text.replace(NAME, name),
        Value::Array(values) => values.iter_mut().for_each(|value| set_name(value, name)),
        Value::Object(fields) => fields.values_mut().for_each(|value| set_name(value, name)),
        _ => {}
    }
}

/// Of the demo's pictures those that are named: the id as it is written, a photo with an id of its own, its original.
pub(crate) fn pictures_of(
    inner: &Inner,
    names: &BTreeSet<String>,
) -> Result<Vec<(String, Photo, Media)>, Problem> {
    let pictures = Bundle::demo().parse::<Vec<Picture>>("photos.json")?;
    let named = pictures.into_iter().filter(|picture| names.contains(&picture.id));
    named
        .map(|picture| {
            let mut media = HashMap::new();
            let photo = describe(inner, &picture, &mut media)?;
            let original = media.remove(&photo.hash.to_string()).ok_or_else(|| broken(&picture.file))?;
            Ok((picture.id, photo, original))
        })
        .collect()
}

/// Collects the photos that a document shows.
pub(crate) fn shown_in(value: &Value, shown: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| shown_in(value, shown)),
        Value::Object(fields) => {
            shown.extend(fields.get("photo").and_then(Value::as_str).map(ToOwned::to_owned));
            fields.values().for_each(|value| shown_in(value, shown));
        }
        _ => {}
    }
}

/// The photo of one of the demo's pictures; its original goes to `media`.
fn describe(inner: &Inner, picture: &Picture, media: &mut HashMap<String, Media>) -> Result<Photo, Problem> {
    let bytes = Bundle::demo().read(&format!("media/{}", picture.file))?;
    let mut photo = inner.waypoint.describe(&NewPhoto { name: &picture.file, bytes })?;
    photo.alt.clone_from(&picture.alt);
    photo.glance.clone_from(&picture.glance);
    let original = Media { bytes: bytes.to_vec(), extension: photo.extension.clone() };
    media.insert(photo.hash.to_string(), original);
    Ok(photo)
}

/// A photo as a document, with its file.
pub(crate) fn document(photo: Photo) -> Result<(RelativePath, Value), Problem> {
    let path = format!("{}/{}.json", Photo::FOLDER, photo.id);
    Ok((path.parse().map_err(explain)?, serde_json::to_value(photo).unwrap_or_default()))
}

fn found(
    inner: &Inner,
    author: &str,
    blotter: &Blotter,
    documents: Vec<(RelativePath, Value)>,
    media: HashMap<String, Media>,
) -> Result<Arc<Project>, Problem> {
    let media = media.into_values().collect();
    inner.vault.found_project(&inner.store, author, blotter, documents, media).map_err(explain)
}
