//! schema.org data of a page as JSON-LD. Must not know HTML but how a script element ends.

use serde_json::{Value, json};

use crate::{head::address, site::Site, view::PageView};

/// The graph of a page: the site, the page, and the way to it.
pub(crate) fn graph(site: &Site, view: &PageView<'_>, title: &str, description: &str) -> Value {
    let here = address(site, &view.path);
    let home = address(site, "index.html");
    let mut website = json!({"@type": "WebSite", "name": site.title()});
    let mut page = json!({"@type": "WebPage", "name": title, "inLanguage": view.language()});
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
    let mut graph = vec![website, page];
    let source = site.source();
    let lineage = view.page.lineage(&source.pages);
    if lineage.len() > 1 && here.is_some() {
        let item = |(index, page): (usize, &&accid_model::Page)| {
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
