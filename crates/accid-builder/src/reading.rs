//! Reading one page's file, the short way or the long way. Must not know the other pages.

use std::sync::Arc;

use accid_base::{Finding, RelativePath, Severity};
use accid_model::{Document as _, ModelError, Page};
use accid_store::StoredFile;
use serde_json::Value;

use crate::StoredPage;

/// Reads a page's file.
///
/// # Errors
/// What is wrong with it, when it cannot be read.
pub(crate) fn read_page(file: &RelativePath, stored: &StoredFile) -> Result<StoredPage, Finding> {
    let (page, findings) = parse(stored.bytes(), || stored.stored().value).map_err(|error| {
        let message = format!("{error}. Mend the file or restore it.");
        Finding::new(Severity::Error, "page.unreadable", message).in_path(file.as_str())
    })?;
    let findings = findings.into_iter().map(|finding| finding.in_path(file.as_str())).collect();
    Ok(StoredPage { page: Arc::new(page), hash: stored.hash(), file: file.clone(), findings })
}

/// Straight from the text when that is a page of the current format and nothing else. Everything else goes the long way
/// over its JSON, which migrates it, or says what is wrong.
fn parse(text: &[u8], json: impl FnOnce() -> Arc<Value>) -> Result<(Page, Vec<Finding>), ModelError> {
    let plain = serde_json::from_slice::<Page>(text).ok();
    if let Some(page) = plain.filter(|page| page.schema_version == Page::VERSION) {
        let findings = page.check();
        return Ok((page, findings));
    }
    let opened = accid_model::open::<Page>(&json())?;
    Ok((opened.document, opened.findings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_read_the_same() {
        let module = r#"{"id": "m", "type": "text", "props": {"b": 1.5, "a": [null, {"x": 18446744073709551615}]},
            "of a newer ACCID": {"z": 1, "y": -2}}"#;
        let texts = [
            r#"{"id": "p", "schema_version": 2, "slug": "a", "title": "A"}"#.to_owned(),
            format!(r#"{{"id": "p", "schema_version": 2, "slug": "a", "title": " ", "modules": [{module}, {module}]}}"#),
            r#"{"id": "p", "schema_version": 2, "slug": "a", "title": "A", "mood": {"z": 1, "a": 2}, "seo": {"x": 1}}"#
                .to_owned(),
            r#"{"id": "p", "schema_version": 2, "slug": "a", "title": "A", "title": "B", "x": 1, "x": 2}"#.to_owned(),
            r#"{"id": "p", "schema_version": 9, "slug": "a", "title": "A", "hologram": 1}"#.to_owned(),
            r#"{"id": "p", "slug": "a", "name": "A", "in_menu": false}"#.to_owned(),
            r#"{"id": "p", "schema_version": 2, "slug": "a", "title": 7}"#.to_owned(),
            r#"{"schema_version": 2}"#.to_owned(),
            "[]".to_owned(),
        ];
        for text in texts {
            let value: Value = serde_json::from_str(&text).unwrap();
            let long = accid_model::open::<Page>(&value).map(|opened| (opened.document, opened.findings));
            assert_eq!(parse(text.as_bytes(), || Arc::new(value)), long, "{text}");
        }
    }
}
