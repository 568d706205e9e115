//! The whole interface as one service: routes inside, what holds for every request around them. The order of the
//! layers is the order in which a request is judged: log, headers, panics, gate, limits, roots, repeats, routes.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    middleware::{from_fn, from_fn_with_state},
};
use tower::util::MapRequest;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{
    HttpState, conditional, forward, gate, headers, idempotency,
    limits::{self, JSON_BYTES},
    log, problem, roots, routes, studio_ui,
};

/// The service for a TCP server, or to be called in this process. A caller in this process sends a `Host` that the
/// gate knows.
pub fn router(state: HttpState) -> Router {
    let (routes, _) = routes::all().split_for_parts();
    let inside = routes
        .fallback(studio_ui::serve.layer(CompressionLayer::new()))
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(from_fn(conditional::answer_conditionally))
        .layer(from_fn_with_state(state.clone(), idempotency::answer_repeats))
        .layer(DefaultBodyLimit::max(JSON_BYTES))
        .with_state(state.clone());
    Router::new()
        .fallback_service(MapRequest::new(inside, roots::normalise))
        .layer(from_fn_with_state(state.clone(), forward::forward_to_vault))
        .layer(from_fn(limits::keep_limits))
        .layer(from_fn_with_state(state, gate::keep_gate))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(from_fn(headers::guard))
        .layer(from_fn(log::log_request))
}
