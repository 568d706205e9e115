//! The three roots: `/api/…`, `/api/v1/…` and both spellings `/api/project/{id}` and `/api/projects/{id}` lead to the
//! same handlers. The address is brought to one spelling before it is routed, so that no route is written twice.
//! Must not know any single route.

use axum::http::{Request, Uri, uri::PathAndQuery};

/// The one spelling of a path: `/api/v1/…` becomes `/api/…`, `/api/project/…` becomes `/api/projects/…`.
pub fn canonical(path: &str) -> Option<String> {
    let rest = path
        .strip_prefix("/api/v1")
        .filter(|rest| rest.starts_with('/'))
        .or_else(|| path.strip_prefix("/api"))?;
    let rest = match rest.strip_prefix("/project/") {
        Some(tail) => format!("/projects/{tail}"),
        None => rest.to_owned(),
    };
    let spelled = format!("/api{rest}");
    (spelled != path).then_some(spelled)
}

/// Brings the address of a request to its one spelling.
pub fn normalise<B>(mut request: Request<B>) -> Request<B> {
    let uri = request.uri();
    let Some(path) = canonical(uri.path()) else {
        return request;
    };
    let target = uri.query().map_or_else(|| path.clone(), |query| format!("{path}?{query}"));
    if let Ok(target) = PathAndQuery::try_from(target) {
        let mut parts = uri.clone().into_parts();
        parts.path_and_query = Some(target);
        if let Ok(uri) = Uri::from_parts(parts) {
            *request.uri_mut() = uri;
        }
    }
    request
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_roots_lead_to_one_spelling() {
        let spelled = |path: &str| canonical(path).unwrap_or_else(|| path.to_owned());
        assert_eq!(spelled("/api/v1/projects"), "/api/projects");
        assert_eq!(spelled("/api/v1/project/x/pages"), "/api/projects/x/pages");
        assert_eq!(spelled("/api/project/x/pages"), "/api/projects/x/pages");
        for same in
            ["/api/projects/x", "/", "/apiary/project/x", "/api/v1x/project", "/api/v1", "/canvas/api/v1/x"]
        {
            assert_eq!(spelled(same), same);
        }
        assert_eq!(spelled("/api/v1/v1/projects"), "/api/v1/projects", "only once");
    }

    #[test]
    fn the_query_stays() {
        let request = Request::get("/api/v1/project/x?page=2&filter=a%20b").body(()).unwrap();
        assert_eq!(normalise(request).uri(), "/api/projects/x?page=2&filter=a%20b");
    }
}
