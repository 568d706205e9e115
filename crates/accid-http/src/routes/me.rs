//! `/api/me`: who asks, and what they may do.

use accid_access::Read;
use accid_studio::MeView;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, One},
    links::Links,
    permission::{Allowed, Sender, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new().routes(needs::<Read>(routes!(get_me)))
}

/// Says who asks and what they may do, so that a client offers nothing that would be refused.
#[utoipa::path(get, path = "/api/me", tag = "system", responses(One<MeView>))]
async fn get_me(_may: Allowed<Read>, Sender(caller): Sender) -> Result<Answer<MeView>, Failure> {
    Ok(Answer::of(MeView::of(&caller), Links::to("/me")))
}
