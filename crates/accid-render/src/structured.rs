//! schema.org data of a page as JSON-LD. Must not know HTML but how a script element ends.

use accid_model::{Module, Page, PageKind};
use serde_json::{Value, json};

use crate::{
    course::{self, Step},
    head::{address, card_picture},
    rich_text::RichText,
    site::Site,
    view::PageView,
};

/// The graph of a page: the site, the page, what it is about, and the way to it.
pub(crate) fn graph(site: &Site, view: &PageView<'_>, title: &str, description: &str) -> Value {
    let here = address(site, &view.path);
    let home = address(site, &site.entry_path());
    let mut website = json!({"@type": "WebSite", "name": site.title()});
    let mut page = json!({"@type": page_type(view.page), "name": title, "inLanguage": view.language()});
    if let (Some(here), Some(home)) = (&here, &home) {
        website["@id"] = format!("{home}#website").into();
        website["url"] = home.as_str().into();
        page["@id"] = here.as_str().into();
        page["url"] = here.as_str().into();
        page["isPartOf"] = json!({"@id": format!("{home}#website")});
    }
    if !description.is_empty() {
        page["description"] = description.into();
    }
    let picture = card_picture(site, view.page).map(|picture| picture.address);
    if let Some(picture) = &picture {
        page["primaryImageOfPage"] = json!({"@type": "ImageObject", "url": picture});
    }
    if view.page.about() == PageKind::Faq {
        page["mainEntity"] = questions(view.page).into();
    }
    let mut graph = vec![website, page];
    let about = About { description, here: here.as_deref(), picture: picture.as_deref() };
    graph.extend(subject(site, view, &about));
    let source = site.source();
    let lineage = view.page.lineage(&source.pages);
    if lineage.len() > 1 && here.is_some() {
        let item = |(index, page): (usize, &&Page)| {
            let mut item = json!({"@type": "ListItem", "position": index + 1, "name": page.title});
            if let Some(address) = site.path_of(page.id.as_str()).and_then(|path| address(site, path)) {
                item["item"] = address.into();
            }
            item
        };
        let items: Vec<_> = lineage.iter().rev().enumerate().map(item).collect();
        graph.push(json!({"@type": "BreadcrumbList", "itemListElement": items}));
    }
    json!({"@context": "https://schema.org", "@graph": graph})
}

fn page_type(page: &Page) -> &'static str {
    match page.about() {
        PageKind::Contact => "ContactPage",
        PageKind::About => "AboutPage",
        PageKind::Faq => "FAQPage",
        PageKind::Gallery => "ImageGallery",
        PageKind::Product => "ItemPage",
        PageKind::Page | PageKind::Article | PageKind::Event | PageKind::Tutorial => "WebPage",
    }
}

/// What is known of a page when its subject is described.
struct About<'a> {
    description: &'a str,
    here: Option<&'a str>,
    picture: Option<&'a str>,
}

/// What the page is about, for kinds that search engines show in a way of their own.
fn subject(site: &Site, view: &PageView<'_>, about: &About<'_>) -> Option<Value> {
    let page = view.page;
    let mut subject = match page.about() {
        PageKind::Article => article(site, view),
        PageKind::Event => event(page)?,
        PageKind::Product => product(page),
        PageKind::Tutorial => match Step::of(site, page) {
            Some(step) => one_step(site, page, &step),
            None => {
                let steps =
                    headings(page).into_iter().map(|name| json!({"@type": "HowToStep", "name": name}));
                json!({"@type": "HowTo", "name": page.title, "step": steps.collect::<Vec<_>>()})
            }
        },
        PageKind::Page if is_overview(site, page) => all_steps(site),
        PageKind::Page | PageKind::Contact | PageKind::About | PageKind::Faq | PageKind::Gallery => {
            return None;
        }
    };
    if !about.description.is_empty() {
        subject["description"] = about.description.into();
    }
    if let Some(picture) = about.picture {
        subject["image"] = picture.into();
    }
    if let Some(here) = about.here {
        subject["url"] = here.into();
        if page.about() == PageKind::Article {
            subject["mainEntityOfPage"] = json!({"@id": here});
        }
    }
    Some(subject)
}

/// Whether the page is the one that a tutorial of several pages begins with.
fn is_overview(site: &Site, page: &Page) -> bool {
    !site.steps().is_empty() && course::overview(site).is_some_and(|overview| overview.id == page.id)
}

/// The tutorial as a whole, with each page of it as a step.
fn all_steps(site: &Site) -> Value {
    let step = |(index, page): (usize, &Page)| {
        let mut step = json!({"@type": "HowToStep", "position": index + 1, "name": page.title});
        if let Some(address) = site.path_of(page.id.as_str()).and_then(|path| address(site, path)) {
            step["url"] = address.into();
        }
        if !page.seo.description.trim().is_empty() {
            step["text"] = page.seo.description.trim().into();
        }
        step
    };
    let steps: Vec<_> = course::steps(site).enumerate().map(step).collect();
    let mut whole = json!({"@type": "HowTo", "name": site.title(), "step": steps});
    if let Some(home) = address(site, &site.entry_path()) {
        whole["@id"] = format!("{home}#howto").into();
    }
    whole
}

/// A page that is one step of a tutorial.
fn one_step(site: &Site, page: &Page, step: &Step<'_>) -> Value {
    let mut one = json!({"@type": "HowToStep", "position": step.number, "name": page.title});
    let parts: Vec<_> =
        headings(page).into_iter().map(|name| json!({"@type": "HowToDirection", "text": name})).collect();
    if !parts.is_empty() {
        one["itemListElement"] = parts.into();
    }
    if let Some(home) = address(site, &site.entry_path()).filter(|_| course::overview(site).is_some()) {
        one["isPartOf"] = json!({"@id": format!("{home}#howto")});
    }
    one
}

fn article(site: &Site, view: &PageView<'_>) -> Value {
    let page = view.page;
    let mut article = json!({"@type": "Article", "headline": page.title, "inLanguage": view.language()});
    let site_author = site.source().blotter.site.author.trim();
    let author = [page.author.trim(), site_author].into_iter().find(|name| !name.is_empty());
    if let Some(author) = author {
        article["author"] = json!({"@type": "Person", "name": author});
    }
    if let Some(day) = page.day() {
        article["datePublished"] = day.to_string().into();
    }
    let tags: Vec<_> = page.tags.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()).collect();
    if !tags.is_empty() {
        article["keywords"] = tags.join(", ").into();
    }
    article
}

/// Without its day an event says nothing that a search engine takes.
fn event(page: &Page) -> Option<Value> {
    let day = page.day()?.to_string();
    let mut event = json!({"@type": "Event", "name": page.title, "startDate": day});
    if let Ok(end) = page.facts.end.trim().parse::<jiff::civil::Date>() {
        event["endDate"] = end.to_string().into();
    }
    let place = page.facts.place.trim();
    if !place.is_empty() {
        event["location"] = json!({"@type": "Place", "name": place, "address": place});
    }
    Some(event)
}

fn product(page: &Page) -> Value {
    let mut product = json!({"@type": "Product", "name": page.title});
    let price = page.facts.price.trim().replace(',', ".");
    let currency = page.facts.currency.trim();
    let is_currency = currency.len() == 3 && currency.bytes().all(|letter| letter.is_ascii_uppercase());
    if is_currency && price.parse::<f64>().is_ok_and(|price| price.is_finite() && price >= 0.0) {
        product["offers"] = json!({"@type": "Offer", "price": price, "priceCurrency": currency});
    }
    product
}

/// All modules of a page that are shown, each before those inside it.
fn shown<'a>(modules: &'a [Module], see: &mut dyn FnMut(&'a Module)) {
    for module in modules.iter().filter(|module| module.visibility.published) {
        see(module);
        shown(&module.children, see);
    }
}

/// The blocks of a module's rich text.
fn blocks(module: &Module) -> &[Value] {
    let content = module.props.get("doc").and_then(|doc| doc.get("content")).and_then(Value::as_array);
    content.map_or(&[], Vec::as_slice)
}

fn plain(block: &Value) -> String {
    RichText(json!({"type": "doc", "content": [block]})).plain()
}

fn is_heading(block: &Value) -> bool {
    block["type"] == "heading"
}

/// Headings with the text that follows each: of questions and answers, the questions and the answers.
fn questions(page: &Page) -> Vec<Value> {
    let mut found: Vec<(String, String)> = Vec::new();
    shown(&page.modules, &mut |module| {
        for block in blocks(module) {
            let text = plain(block);
            if is_heading(block) {
                found.push((text, String::new()));
            } else if let Some((_, answer)) = found.last_mut() {
                if !answer.is_empty() {
                    answer.push('\n');
                }
                answer.push_str(&text);
            }
        }
    });
    found.retain(|(question, answer)| !question.is_empty() && !answer.is_empty());
    let question = |(question, answer): (String, String)| {
        let answer = json!({"@type": "Answer", "text": answer});
        json!({"@type": "Question", "name": question, "acceptedAnswer": answer})
    };
    found.into_iter().map(question).collect()
}

/// The titles of sections and the headings of texts, in their order: of a tutorial, its steps.
fn headings(page: &Page) -> Vec<String> {
    let mut out = Vec::new();
    shown(&page.modules, &mut |module| {
        if module.kind == "section" {
            out.extend(module.props.get("title").and_then(Value::as_str).map(ToOwned::to_owned));
        }
        out.extend(blocks(module).iter().filter(|block| is_heading(block)).map(plain));
    });
    out.retain(|heading| !heading.trim().is_empty());
    out
}

/// The JSON as it may stand in a script element: no character that could end the element or look like markup.
pub(crate) fn for_script(value: &Value) -> String {
    let json = value.to_string();
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' | '>' | '&' | '=' | '\'' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_cannot_end_its_script_nor_look_like_a_mark_of_the_canvas() {
        let text = for_script(&json!({"name": "</script><!-- data-accid-id=\u{2028}", "x": "&'"}));
        assert!(!text.contains(['<', '>', '&', '=', '\'', '\u{2028}']), "{text}");
        let back: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back["name"], "</script><!-- data-accid-id=\u{2028}");
    }
}
