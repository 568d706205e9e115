//! The tree of a site's pages: their files, and how they stand in the navigation. Must not know HTML.

use std::{
    borrow::Borrow,
    collections::{HashMap, HashSet},
};

use accid_model::Page;

/// A page in the navigation, with those nested under it.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Its place in the list of pages.
    pub page: usize,
    /// The pages nested under it.
    pub children: Vec<Entry>,
}

/// The files of all pages, and the navigation.
pub(crate) struct PageTree {
    paths: Vec<String>,
    by_id: HashMap<String, usize>,
    by_path: HashMap<String, usize>,
    entries: Vec<Entry>,
}

impl PageTree {
    /// The tree of these pages, whose files lie in the folder `prefix`: nothing, or such as `de/`.
    pub fn new(pages: &[impl Borrow<Page>], prefix: &str) -> Self {
        let pages: Vec<&Page> = pages.iter().map(Borrow::borrow).collect();
        let by_id = by_id(&pages);
        let parent = |index: usize| parent_of(&pages, &by_id, index);
        let lines = lines(&pages, &by_id);
        let paths = paths_of(&pages, &lines, prefix, |page| page.slug.as_str());
        let by_path = paths.iter().enumerate().rev().map(|(index, path)| (path.clone(), index)).collect();
        // A page hangs under the nearest shown page above it; pages in a loop stand at the top.
        let mut under: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
        for line in &lines {
            if pages[line[0]].navigation.show && pages[line[0]].is_published() {
                let looped = line.last().is_some_and(|last| parent(*last).is_some());
                let above = line[1..].iter().copied().find(|index| pages[*index].navigation.show && !looped);
                under.entry(above).or_default().push(line[0]);
            }
        }
        for siblings in under.values_mut() {
            siblings.sort_by(|one, two| {
                let key =
                    |index: &usize| (pages[*index].order, pages[*index].slug.as_str() != "index", *index);
                key(one).cmp(&key(two))
            });
        }
        let entries = entries_under(None, &under);
        Self { paths, by_id, by_path, entries }
    }

    /// The file a page becomes, by its id.
    pub fn path_of(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(|index| self.paths[*index].as_str())
    }

    /// The place of a page in the list of pages, by its id.
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The file a page becomes, by its place in the list of pages.
    pub fn path(&self, index: usize) -> &str {
        &self.paths[index]
    }

    /// The page that becomes this file.
    pub fn page_at(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// The pages of the navigation.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

/// The files of all pages in another language, by their ids.
pub(crate) fn paths_in(pages: &[impl Borrow<Page>], language: &str) -> HashMap<String, String> {
    let pages: Vec<&Page> = pages.iter().map(Borrow::borrow).collect();
    let lines = lines(&pages, &by_id(&pages));
    let paths = paths_of(&pages, &lines, &format!("{language}/"), |page| page.slug_in(language));
    pages.iter().map(|page| page.id.to_string()).zip(paths).collect()
}

fn by_id(pages: &[&Page]) -> HashMap<String, usize> {
    pages.iter().enumerate().rev().map(|(index, page)| (page.id.to_string(), index)).collect()
}

fn parent_of(pages: &[&Page], by_id: &HashMap<String, usize>, index: usize) -> Option<usize> {
    pages[index].parent.as_ref().and_then(|id| by_id.get(id.as_str()).copied())
}

/// Each page with those it is nested under, nearest first; a line stops at a loop.
fn lines(pages: &[&Page], by_id: &HashMap<String, usize>) -> Vec<Vec<usize>> {
    let line = |index: usize| {
        let mut line = vec![index];
        let mut seen = HashSet::from([index]);
        while let Some(next) = parent_of(pages, by_id, line[line.len() - 1]).filter(|next| seen.insert(*next))
        {
            line.push(next);
        }
        line
    };
    (0..pages.len()).map(line).collect()
}

fn paths_of<'a>(
    pages: &[&'a Page],
    lines: &[Vec<usize>],
    prefix: &str,
    slug: impl Fn(&'a Page) -> &'a str,
) -> Vec<String> {
    let path = |line: &Vec<usize>| {
        let parts: Vec<_> = line.iter().rev().map(|index| slug(pages[*index])).collect();
        format!("{prefix}{}{}.html", pages[line[0]].role.folder(), parts.join("/"))
    };
    lines.iter().map(path).collect()
}

fn entries_under(parent: Option<usize>, under: &HashMap<Option<usize>, Vec<usize>>) -> Vec<Entry> {
    let pages = under.get(&parent).map_or(&[][..], Vec::as_slice);
    pages.iter().map(|page| Entry { page: *page, children: entries_under(Some(*page), under) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(id: &str, parent: Option<&str>, order: u32, show: bool) -> Page {
        let value = serde_json::json!({"id": id, "schema_version": 2, "slug": id, "title": id, "parent": parent,
            "order": order, "navigation": {"show": show}});
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn the_navigation_is_a_tree_without_hidden_pages() {
        let pages = [
            page("about", None, 1, true),
            page("index", None, 0, true),
            page("hidden", Some("about"), 0, false),
            page("team", Some("hidden"), 0, true),
            page("lost", Some("nobody"), 9, true),
        ];
        let tree = PageTree::new(&pages, "");
        let names = |entries: &[Entry]| -> Vec<String> {
            entries.iter().map(|entry| pages[entry.page].id.to_string()).collect()
        };
        assert_eq!(names(tree.entries()), ["index", "about", "lost"]);
        assert_eq!(names(&tree.entries()[1].children), ["team"]);
        assert_eq!(tree.path_of("team"), Some("about/hidden/team.html"));
    }

    #[test]
    fn pages_in_a_loop_are_still_in_the_navigation() {
        let pages = [page("a", Some("b"), 0, true), page("b", Some("a"), 1, true)];
        let tree = PageTree::new(&pages, "");
        assert_eq!(tree.entries().len(), 2);
        assert_eq!(tree.path_of("a"), Some(pages[0].export_path(&pages).as_str()));
    }
}
