//! Every template makes a sound project of its own.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use accid_base::{ErrorCode, Finding, Severity};
use accid_model::{ProjectType, ThemeMode};
use accid_studio::{CreateProject, PageView, ProjectView, Served};
use common::{Bench, bench, read, write};
use serde_json::Value;

fn asked(name: &str, project_type: ProjectType, template: Option<&str>) -> CreateProject {
    CreateProject { name: name.to_owned(), project_type, template: template.map(ToOwned::to_owned) }
}

/// A project of every template, by the template's name.
fn all(bench: &Bench) -> BTreeMap<String, ProjectView> {
    let projects = bench.studio.projects();
    let templates = projects.templates(&read()).unwrap();
    let make = |name: &str| {
        projects.create(&write(), &asked("Ada <Ink & Sons>", ProjectType::Html, Some(name))).unwrap()
    };
    templates.iter().map(|template| (template.name.clone(), make(&template.name))).collect()
}

fn pages(bench: &Bench, project: &ProjectView) -> Vec<PageView> {
    bench.studio.pages().list(&read(), project.id.as_str(), None).unwrap()
}

#[test]
fn every_folder_of_templates_is_offered_with_its_pages_in_their_order() {
    let bench = bench();
    let templates = bench.studio.projects().templates(&read()).unwrap();
    let offered: BTreeSet<_> = templates.iter().map(|template| template.name.clone()).collect();
    #[expect(clippy::disallowed_methods, reason = "looks at this repository's own files")]
    let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/templates")).unwrap();
    let folders: BTreeSet<_> =
        folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(offered, folders);
    assert_eq!(templates[0].name, "blank", "the plainest comes first");
    let portfolio = templates.iter().find(|template| template.name == "portfolio").unwrap();
    assert_eq!(portfolio.pages, ["Work", "About", "Contact"]);
    for template in &templates {
        assert!(!template.title.is_empty() && !template.description.is_empty(), "{template:?}");
        let known = accid_render::themes().iter().any(|theme| theme.name == template.theme);
        assert!(known, "{template:?}");
    }
}

#[test]
fn every_template_makes_a_site_in_which_nothing_is_amiss_and_the_canvas_is_the_export() {
    let bench = bench();
    for (template, project) in all(&bench) {
        let modules = bench.studio.modules().list(&read(), project.id.as_str(), None).unwrap();
        for module in &modules {
            let (errors, findings) = accid_render::check_module(&module.module);
            assert!(errors.is_empty() && findings.is_empty(), "{template}: {errors:?} {findings:?}");
            let kind = accid_render::module_types().iter().find(|kind| kind.kind == module.module.kind);
            assert_eq!(module.module.version, kind.unwrap().version, "{template}: {}", module.module.kind);
        }
        let findings = bench.export(project.id.as_str(), &format!("/out/{template}"))["findings"].clone();
        let findings: Vec<Finding> = serde_json::from_value(findings).unwrap();
        let amiss: Vec<_> = findings.iter().filter(|finding| finding.severity > Severity::Note).collect();
        assert!(amiss.is_empty(), "{template}: {amiss:#?}");
        for page in pages(&bench, &project) {
            let exported = bench.file(&format!("/out/{template}/{}", page.path));
            let served = bench.studio.pages().canvas(&read(), project.id.as_str(), &page.path, "n").unwrap();
            assert!(
                matches!(served, Served::Html { body, .. } if accid_render::strip_canvas(&body) == exported),
                "{template}/{}: the canvas is not the export",
                page.path
            );
            check_headings(&format!("{template}/{}", page.path), &exported);
            assert!(!exported.contains("{{"), "{template}/{}: a name was not filled in", page.path);
            assert!(!exported.contains("<Ink"), "{template}/{}: the name is text", page.path);
        }
    }
}

/// One main heading, first, and none that skips a level.
fn check_headings(page: &str, html: &str) {
    let levels: Vec<u32> =
        html.match_indices("<h").filter_map(|(at, _)| html[at + 2..].chars().next()?.to_digit(10)).collect();
    assert_eq!(levels.first(), Some(&1), "{page}: {levels:?}");
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{page}: {levels:?}");
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{page}: {levels:?}");
}

#[test]
fn every_picture_of_a_template_is_described_and_the_project_has_no_other() {
    let bench = bench();
    for (template, project) in all(&bench) {
        let mut shown = BTreeSet::new();
        for page in pages(&bench, &project) {
            photos_in(&serde_json::to_value(&page).unwrap(), &mut shown);
        }
        let photos = bench.studio.photos().list(&read(), project.id.as_str()).unwrap();
        let had: BTreeSet<_> = photos.iter().map(|photo| photo.photo.id.to_string()).collect();
        assert_eq!(had, shown, "{template}");
        for photo in &photos {
            assert!(!photo.photo.alt.is_empty(), "{template}: {}", photo.photo.filename);
            assert!(photo.photo.location.is_none(), "{template}: the place belongs to the demo");
        }
    }
}

fn photos_in(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| photos_in(value, found)),
        Value::Object(fields) => {
            found.extend(fields.get("photo").and_then(Value::as_str).map(ToOwned::to_owned));
            fields.values().for_each(|value| photos_in(value, found));
        }
        _ => {}
    }
}

#[test]
fn two_projects_of_one_template_share_no_id_and_no_address() {
    let bench = bench();
    let (first, second) = (all(&bench), all(&bench));
    let ids = |project: &ProjectView| {
        let slug = project.id.as_str();
        let mut ids = vec![slug.to_owned()];
        ids.extend(pages(&bench, project).iter().map(|page| page.fields["id"].as_str().unwrap().to_owned()));
        let modules = bench.studio.modules().list(&read(), slug, None).unwrap();
        ids.extend(modules.iter().map(|module| module.module.id.to_string()));
        let photos = bench.studio.photos().list(&read(), slug).unwrap();
        ids.extend(photos.iter().map(|photo| photo.photo.id.to_string()));
        ids
    };
    let all: Vec<_> = first.values().chain(second.values()).flat_map(ids).collect();
    let distinct: BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
    for id in &all {
        assert!(id.len() >= 32, "{id} was not made for this project");
    }
    assert_ne!(first["portfolio"].slug, second["portfolio"].slug);
}

#[test]
fn a_project_of_a_template_carries_its_own_name_and_begins_with_one_version() {
    let bench = bench();
    let project = bench
        .studio
        .projects()
        .create(&write(), &asked("  page:home  ", ProjectType::Html, Some("landing")))
        .unwrap();
    assert_eq!(project.name, "page:home");
    assert_eq!(project.site.title, "page:home");
    assert_eq!((project.theme.name.as_str(), project.theme.mode), ("darkroom", ThemeMode::Dark));
    assert_eq!(pages(&bench, &project)[0].fields["title"], "page:home", "a name is no link");
    assert_eq!(bench.studio.history().versions(&read(), project.id.as_str()).unwrap().len(), 1);
}

#[test]
fn without_a_template_a_site_starts_blank_a_tutorial_with_three_steps_and_others_without_pages() {
    let bench = bench();
    let make = |project_type, template| {
        bench.studio.projects().create(&write(), &asked("Ada", project_type, template)).unwrap()
    };
    let kinds = |project: &ProjectView| {
        let modules = bench.studio.modules().list(&read(), project.id.as_str(), None).unwrap();
        modules.iter().map(|module| module.module.kind.clone()).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&make(ProjectType::Html, None)), ["navigation", "hero", "text"]);
    let tutorial = make(ProjectType::Tutorial, None);
    let steps = pages(&bench, &tutorial).iter().filter(|page| page.fields.get("kind").is_some()).count();
    assert_eq!((tutorial.project_type, tutorial.pages, steps), (ProjectType::Tutorial, 4, 3));
    let listed = bench.studio.pages().canvas(&read(), tutorial.id.as_str(), "index.html", "n").unwrap();
    assert!(matches!(listed, Served::Html { body, .. } if body.matches("<li><a href=").count() >= 3));
    // Its steps would lead nowhere in a site.
    assert_eq!(make(ProjectType::Html, Some("tutorial")).project_type, ProjectType::Tutorial);
    assert_eq!(kinds(&make(ProjectType::Html, Some("blank"))), ["navigation", "hero", "text"]);
    assert_eq!(make(ProjectType::React, None).pages, 0);
    assert_eq!(make(ProjectType::Gallery, None).pages, 0);
}

#[test]
fn a_template_that_is_not_there_is_refused_with_the_names_of_those_that_are() {
    let bench = bench();
    for (template, project_type) in [
        ("museum", ProjectType::Html),
        ("", ProjectType::Html),
        ("../demo", ProjectType::Html),
        ("portfolio/", ProjectType::Html),
        ("portfolio", ProjectType::React),
    ] {
        let problem = bench.studio.projects().create(&write(), &asked("Ada", project_type, Some(template)));
        let problem = problem.unwrap_err();
        assert_eq!(problem.code, ErrorCode::InvalidValue, "{template:?}");
        assert_eq!(problem.errors[0].pointer, "/template");
        assert!(problem.fix.contains("blank, portfolio, journal, business, landing"), "{problem}");
    }
    assert!(bench.studio.projects().list(&read()).unwrap().is_empty(), "nothing was made");
}
