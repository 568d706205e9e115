//! A whole page: head, skip link, header, main, footer. Must not know any kind of module but where navigation stands.

use accid_model::Module;

use crate::{
    canvas, course, head,
    html::Html,
    place::Place,
    renderer::Renderer,
    site::{Mode, RenderedPage, Site},
    spatial,
    story::{self, StoryContent},
    view::PageView,
};

/// Id of the main element; names in addresses never have an underscore, so no anchor of a user's can be the same.
const MAIN: &str = "main_content";

/// Renders the page of the view.
pub(crate) fn render(site: &Site, view: &PageView<'_>, mode: &Mode) -> RenderedPage {
    let marked = matches!(mode, Mode::Canvas { .. });
    let mut body = Renderer::new(site, view, marked);
    write_body(&mut body, &view.page.modules);
    body.scripts.extend(site.story(view.page.id.as_str()).into_iter().flat_map(story::scripts));
    let scripts: Vec<_> = body.scripts.iter().copied().collect();
    let mut images = body.images;
    let mut findings = body.findings;
    let (links, lists_pages) = (body.links, body.lists_pages);
    let content = body.html.finish();

    let mut html = Html::new(marked);
    html.trusted("<!DOCTYPE html>").open("html").attr("lang", view.language());
    if crate::strings::is_right_to_left(view.language()) {
        html.attr("dir", "rtl");
    }
    html.open("head");
    head::write(&mut html, site, view, &mut images, &mut findings);
    for script in &scripts {
        html.open("script").attr("src", &format!("{}{script}", view.root())).flag("defer").close();
    }
    html.close().open("body").block(&content);
    if let Mode::Canvas { nonce } = mode {
        canvas::write_helper(&mut html, nonce);
    }
    html.close().close();
    images.extend(view.images.iter().map(|file| (file.path.clone(), file.clone())));
    findings.extend(view.findings.iter().cloned());
    let findings = findings.into_iter().map(|finding| finding.in_path(view.path.clone())).collect();
    let mut html = html.finish();
    html.push('\n');
    RenderedPage {
        html,
        images: images.into_values().collect(),
        findings,
        scripts,
        path: view.path.clone(),
        links,
        anchors: view.anchor_names(),
        lists_pages,
    }
}

/// Navigation at the top of the page is its header, navigation at its end is its footer, all else is its main part.
fn write_body<'a>(to: &mut Renderer<'a>, modules: &'a [Module]) {
    let is_navigation =
        |module: &&Module| (module.kind == "navigation" && !is_list(module)) || !module.visibility.published;
    let site = to.site;
    let step = course::Step::of(site, to.view.page);
    let top = modules.iter().take_while(is_navigation).count();
    let bottom = modules[top..].iter().rev().take_while(is_navigation).count();
    let (header, rest) = modules.split_at(top);
    let (main, footer) = rest.split_at(rest.len() - bottom);
    let has_header = header.iter().any(|module| module.visibility.published);
    if has_header {
        let skip = to.strings.skip;
        to.html.open("a").class("skip").attr("href", &format!("#{MAIN}")).text(skip).close();
        to.html.open("header").class("site-header");
        write_all(to, header);
        to.html.close();
    }
    if let Some(step) = &step {
        course::write_place(to, step);
    }
    to.html.open("main").class("flow").attr("id", MAIN).mark_slot("page");
    let told = to.site.story(to.view.page.id.as_str());
    let is_named = to.view.has_heading() || told.is_some_and(StoryContent::has_own_title);
    if !is_named && !to.view.page.title.trim().is_empty() {
        let page = to.view.page;
        let foreign = to.view.foreign_of(&page.id);
        let around = to.html.set_foreign(foreign);
        to.html.open("h1").class("unseen").mark_language("title").text(&page.title).close();
        to.html.set_foreign(around);
    }
    write_main(to, main);
    to.html.close();
    if let Some(step) = &step {
        course::write_ways(to, step);
    }
    if footer.iter().any(|module| module.visibility.published) {
        to.html.open("footer").class("site-footer");
        write_all(to, footer);
        to.html.close();
    }
}

/// The modules of the main part; on a page with a map, those that stand on it are in the list of its places, which stands
/// where the first of them does.
fn write_main<'a>(to: &mut Renderer<'a>, modules: &'a [Module]) {
    let view = to.view;
    let page = view.page;
    if let Some((content, plan)) = to.site.story(page.id.as_str()).zip(view.story.as_ref()) {
        write_all(to, modules);
        return story::write(to, content, plan);
    }
    let Some(plan) = &view.spatial else { return write_all(to, modules) };
    let is_placed = |module: &Module| spatial::is_placed(page, module);
    let first = modules.iter().position(is_placed).unwrap_or_else(|| lead_of(modules));
    let (before, rest) = modules.split_at(first);
    let (placed, after): (Vec<&Module>, Vec<&Module>) = rest.iter().partition(|module| is_placed(module));
    write_all(to, before);
    plan.write(to, &placed);
    for module in after {
        to.module(module, Place::TOP);
    }
}

/// How many modules stand before a map without places: its hero, if it begins with one.
fn lead_of(modules: &[Module]) -> usize {
    usize::from(modules.first().is_some_and(|module| module.kind == "hero"))
}

/// Whether the navigation is a list of steps, which stands where it is put.
fn is_list(module: &Module) -> bool {
    module.props.get("layout").and_then(serde_json::Value::as_str) == Some("steps")
}

fn write_all<'a>(to: &mut Renderer<'a>, modules: &'a [Module]) {
    for module in modules {
        to.module(module, Place::TOP);
    }
}
