//! What a page's file was before its address changed, so that old links still lead to it. Must not know how visitors
//! are led.

use std::collections::BTreeSet;

use accid_model::Page;

use super::StoredPage;

/// Most former files that a page remembers; the oldest go first.
const MOST: usize = 50;

/// The pages that change, and those whose files change with them, each with what its file was.
pub(super) fn remember(before: &[StoredPage], changed: Vec<Page>) -> Vec<Page> {
    let is_moved = |page: &Page| {
        before.iter().find(|stored| stored.page.id == page.id).is_some_and(|stored| {
            let old = &stored.page;
            old.slug != page.slug || old.parent != page.parent || old.translations != page.translations
        })
    };
    if !changed.iter().any(is_moved) {
        return changed;
    }
    let after: Vec<&Page> = before
        .iter()
        .map(|stored| {
            changed.iter().find(|page| page.id == stored.page.id).unwrap_or_else(|| stored.page.as_ref())
        })
        .collect();
    let languages: BTreeSet<&str> = after
        .iter()
        .copied()
        .chain(before.iter().map(|stored| stored.page.as_ref()))
        .flat_map(|page| page.translations.keys().map(String::as_str))
        .collect();
    let mut told = changed.clone();
    for (stored, page) in before.iter().zip(&after) {
        let is_below =
            || page.lineage(&after).iter().any(|above| changed.iter().any(|one| one.id == above.id));
        if !page.is_published() || !is_below() {
            continue;
        }
        let mut former = page.former.clone();
        note(&mut former, &stored.page.export_path(before), &page.export_path(&after));
        for language in &languages {
            let old = stored.page.export_path_in(language, before);
            note(&mut former, &old, &page.export_path_in(language, &after));
        }
        let surplus = former.len().saturating_sub(MOST);
        former.drain(..surplus);
        match told.iter_mut().find(|one| one.id == page.id) {
            Some(known) => known.former = former,
            None if former != page.former => told.push(Page { former, ..Page::clone(page) }),
            None => {}
        }
    }
    told
}

fn note(former: &mut Vec<String>, old: &str, new: &str) {
    if old != new && !former.iter().any(|path| path == old) {
        former.push(old.to_owned());
    }
    former.retain(|path| path != new);
}
