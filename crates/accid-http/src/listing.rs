//! Lists: paging, filter, sort and fields, for every list in one place. Must not know what is listed.

use accid_base::{ErrorCode, FieldError, Problem};
use axum::{extract::FromRequestParts, http::request::Parts};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{answer::Answer, input::Asked, links::Links, problem::Failure};

/// Most items on one page of a list.
pub const LARGEST_PAGE: usize = 200;

/// What part of a list is asked for, and in which order.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, rename_all = "camelCase")]
pub struct ListQuery {
    /// Which page of the list, from 1.
    #[param(minimum = 1, default = 1, required = false)]
    pub page: usize,
    /// Items on a page.
    #[param(minimum = 1, maximum = 200, default = 100, required = false)]
    pub per_page: usize,
    /// Keeps items in which this text occurs, upper or lower case: in any field, or in one with `field:text`.
    #[param(required = false)]
    pub filter: String,
    /// Fields to sort by, separated by commas; a `-` in front turns the order around. As made when missing.
    #[param(required = false)]
    pub sort: String,
    /// Fields to keep, separated by commas; all when missing. `id` is always kept.
    #[param(required = false)]
    pub fields: String,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self { page: 1, per_page: 100, filter: String::new(), sort: String::new(), fields: String::new() }
    }
}

/// One page of a list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Listed {
    items: Vec<Value>,
    page: usize,
    per_page: usize,
    total: usize,
}

impl<S: Send + Sync> FromRequestParts<S> for ListQuery {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let Asked(query) = Asked::<Self>::from_request_parts(parts, state).await?;
        query.check()?;
        Ok(query)
    }
}

impl ListQuery {
    /// Says whether the numbers are in their range.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidValue`] naming the parameter.
    pub fn check(&self) -> Result<(), Problem> {
        let wrong = |name: &str, message: String| {
            let errors = vec![FieldError { pointer: format!("/{name}"), message: message.clone() }];
            Err(Problem::new(ErrorCode::InvalidValue, format!("\"{name}\" {message}.")).with_errors(errors))
        };
        if self.page == 0 {
            return wrong("page", "counts from 1".to_owned());
        }
        if self.per_page == 0 || self.per_page > LARGEST_PAGE {
            return wrong("perPage", format!("is a number from 1 to {LARGEST_PAGE}"));
        }
        Ok(())
    }

    /// The asked part of these items, with links to the pages around it.
    ///
    /// # Errors
    /// When an item cannot be written as JSON, which would be a fault of ACCID.
    pub fn answer<T: Serialize>(&self, items: &[T], links: Links) -> Result<Answer<Listed>, Failure> {
        let items: Result<Vec<Value>, _> = items.iter().map(serde_json::to_value).collect();
        let items =
            items.map_err(|error| Problem::new(ErrorCode::Internal, format!("A list item: {error}.")))?;
        let listed = self.select(items);
        let links = self.around(links, listed.total);
        Ok(Answer::of(listed, links))
    }

    /// Which places of a list are asked for, when nothing has to be filtered or sorted here.
    pub fn places(&self) -> Option<std::ops::Range<usize>> {
        let from = (self.page - 1).saturating_mul(self.per_page);
        let plain = self.filter.is_empty() && self.sort.is_empty();
        plain.then_some(from..from.saturating_add(self.per_page))
    }

    /// The part that [`Self::places`] asks for, of a list of `total` items.
    ///
    /// # Errors
    /// When an item cannot be written as JSON, which would be a fault of ACCID.
    pub fn answer_part<T: Serialize>(
        &self,
        part: &[T],
        total: usize,
        links: Links,
    ) -> Result<Answer<Listed>, Failure> {
        let all = Self { page: 1, ..self.clone() };
        let items: Result<Vec<Value>, _> = part.iter().map(serde_json::to_value).collect();
        let items =
            items.map_err(|error| Problem::new(ErrorCode::Internal, format!("A list item: {error}.")))?;
        let listed = Listed { page: self.page, total, ..all.select(items) };
        let links = self.around(links, total);
        Ok(Answer::of(listed, links))
    }

    fn select(&self, mut items: Vec<Value>) -> Listed {
        if !self.filter.is_empty() {
            items.retain(|item| matches_filter(item, &self.filter));
        }
        for key in self.sort.split(',').filter(|key| !key.is_empty()).rev() {
            let (field, reverse) = key.strip_prefix('-').map_or((key, false), |field| (field, true));
            items.sort_by(|one, other| {
                let order = compare(one.get(field), other.get(field));
                if reverse { order.reverse() } else { order }
            });
        }
        let total = items.len();
        let from = (self.page - 1).saturating_mul(self.per_page);
        let items =
            items.into_iter().skip(from).take(self.per_page).map(|item| self.keep_fields(item)).collect();
        Listed { items, page: self.page, per_page: self.per_page, total }
    }

    fn keep_fields(&self, mut item: Value) -> Value {
        if !self.fields.is_empty()
            && let Value::Object(fields) = &mut item
        {
            fields.retain(|name, _| name == "id" || self.fields.split(',').any(|field| field == name));
        }
        item
    }

    fn around(&self, links: Links, total: usize) -> Links {
        let Some(own) = links.own().map(str::to_owned) else {
            return links;
        };
        let at = |page: usize| {
            let glue = if own.contains('?') { '&' } else { '?' };
            format!("{own}{glue}page={page}&perPage={}", self.per_page)
        };
        let more = self.page.saturating_mul(self.per_page) < total;
        let links = if more { links.and_page("next", at(self.page + 1)) } else { links };
        if self.page > 1 { links.and_page("previous", at(self.page - 1)) } else { links }
    }
}

fn matches_filter(item: &Value, filter: &str) -> bool {
    let Value::Object(fields) = item else {
        return false;
    };
    let named = filter.split_once(':').filter(|(name, _)| fields.contains_key(*name));
    match named {
        Some((name, text)) => fields.get(name).is_some_and(|value| holds(value, &text.to_lowercase())),
        None => fields.values().any(|value| holds(value, &filter.to_lowercase())),
    }
}

fn holds(value: &Value, text: &str) -> bool {
    match value {
        Value::String(found) => found.to_lowercase().contains(text),
        Value::Number(number) => number.to_string() == text,
        Value::Bool(yes) => yes.to_string() == text,
        _ => false,
    }
}

fn compare(one: Option<&Value>, other: Option<&Value>) -> std::cmp::Ordering {
    let number = |value: Option<&Value>| value.and_then(Value::as_f64);
    let text = |value: Option<&Value>| match value {
        Some(Value::String(text)) => text.to_lowercase(),
        Some(value) => value.to_string(),
        None => String::new(),
    };
    match (number(one), number(other)) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        _ => text(one).cmp(&text(other)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ids(query: &ListQuery) -> (Vec<Value>, usize) {
        let items = vec![
            json!({"id": "a", "name": "Sea", "size": 10, "type": "html"}),
            json!({"id": "b", "name": "air", "size": 9, "type": "gallery"}),
            json!({"id": "c", "name": "Seaside", "size": 100, "type": "gallery"}),
        ];
        let listed = query.select(items);
        (listed.items.into_iter().map(|item| item["id"].clone()).collect(), listed.total)
    }

    #[test]
    fn a_list_is_filtered_sorted_and_paged() {
        let query = ListQuery::default();
        assert_eq!(
            ids(&ListQuery { filter: "sea".into(), ..query.clone() }),
            (vec![json!("a"), json!("c")], 2)
        );
        let both = ListQuery { filter: "type:gallery".into(), sort: "-size".into(), ..query.clone() };
        assert_eq!(ids(&both), (vec![json!("c"), json!("b")], 2));
        let second = ListQuery { sort: "name".into(), page: 2, per_page: 1, ..query.clone() };
        assert_eq!(ids(&second), (vec![json!("a")], 3));
        assert_eq!(ids(&ListQuery { page: 99, ..query }), (vec![], 3));
    }

    #[test]
    fn only_the_asked_fields_are_kept_and_the_id() {
        let query = ListQuery { fields: "name".into(), ..ListQuery::default() };
        assert_eq!(
            query.keep_fields(json!({"id": "a", "name": "x", "size": 1})),
            json!({"id": "a", "name": "x"})
        );
    }

    #[test]
    fn numbers_out_of_range_are_refused() {
        assert!(ListQuery { page: 0, ..ListQuery::default() }.check().is_err());
        assert!(ListQuery { per_page: 201, ..ListQuery::default() }.check().is_err());
        let far = ListQuery { page: usize::MAX, per_page: 200, ..ListQuery::default() };
        assert_eq!(ids(&far).0.len(), 0, "no overflow");
    }

    #[test]
    fn the_pages_around_are_linked() {
        let query = ListQuery { page: 2, per_page: 1, ..ListQuery::default() };
        let links = serde_json::to_value(query.around(Links::to("/projects"), 3)).unwrap();
        assert_eq!(links["next"], "/api/v1/projects?page=3&perPage=1");
        assert_eq!(links["previous"], "/api/v1/projects?page=1&perPage=1");
    }
}
