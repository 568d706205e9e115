//! The one envelope of every success: `{"success", "data", "message", "links", "version", "api_version"}`.
//! Must not know what the data is.

use std::marker::PhantomData;

use accid_base::{ContentHash, ErrorCode, Problem};
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use schemars::JsonSchema;
use serde::Serialize;
use utoipa::openapi::{
    AllOfBuilder, Array, ContentBuilder, ObjectBuilder, Ref, RefOr, Response as ResponseDescription,
    ResponseBuilder,
    schema::{Schema, Type},
};

use crate::{links::Links, problem::Failure};

/// Version of the envelope.
const VERSION: &str = "2.0";

/// Version of the interface.
const API_VERSION: &str = "v1";

/// A success with its data.
#[derive(Debug)]
pub struct Answer<T> {
    status: StatusCode,
    data: T,
    message: Option<String>,
    links: Links,
    etag: Option<ContentHash>,
}

#[derive(Serialize)]
struct Envelope<'a, T> {
    success: bool,
    data: &'a T,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
    links: &'a Links,
    version: &'static str,
    api_version: &'static str,
}

impl<T> Answer<T> {
    /// A success: 200.
    pub const fn of(data: T, links: Links) -> Self {
        Self { status: StatusCode::OK, data, message: None, links, etag: None }
    }

    /// Something new: 201, and its address in `Location`.
    pub const fn created(data: T, links: Links) -> Self {
        Self { status: StatusCode::CREATED, data, message: None, links, etag: None }
    }

    /// Work that goes on: 202.
    pub const fn accepted(data: T, links: Links) -> Self {
        Self { status: StatusCode::ACCEPTED, data, message: None, links, etag: None }
    }

    /// With the content hash of the object, for `If-Match`.
    #[must_use]
    pub const fn tagged(mut self, etag: ContentHash) -> Self {
        self.etag = Some(etag);
        self
    }

    /// With a sentence on what was done.
    #[must_use]
    pub fn saying(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }
}

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        let envelope = Envelope {
            success: true,
            data: &self.data,
            message: self.message.as_deref(),
            links: &self.links,
            version: VERSION,
            api_version: API_VERSION,
        };
        let body = match serde_json::to_vec(&envelope) {
            Ok(body) => body,
            Err(error) => {
                let what = format!("The answer could not be written as JSON: {error}.");
                return Failure(Problem::new(ErrorCode::Internal, what)).into_response();
            }
        };
        let mut response = json_response(body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        if let Some(value) = self.etag.and_then(|etag| HeaderValue::try_from(etag.etag()).ok()) {
            headers.insert(header::ETAG, value);
        }
        if self.status == StatusCode::CREATED
            && let Some(location) = self.links.own().and_then(|link| HeaderValue::try_from(link).ok())
        {
            headers.insert(header::LOCATION, location);
        }
        response
    }
}

/// A JSON body without the envelope.
pub fn json_response(body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Describes a success whose data is one `T`.
#[derive(Debug)]
pub struct One<T>(PhantomData<T>);

/// Describes the creation of a `T`.
#[derive(Debug)]
pub struct New<T>(PhantomData<T>);

/// Describes a page of a list of `T`.
#[derive(Debug)]
pub struct Many<T>(PhantomData<T>);

/// Describes work that answers with a `T` when the caller waits, else with the job.
#[derive(Debug)]
pub struct Work<T>(PhantomData<T>);

type Descriptions = std::collections::BTreeMap<String, RefOr<ResponseDescription>>;

impl<T: JsonSchema> utoipa::IntoResponses for One<T> {
    fn responses() -> Descriptions {
        Descriptions::from([described("200", "Done.", reference::<T>().into())])
    }
}

impl<T: JsonSchema> utoipa::IntoResponses for New<T> {
    fn responses() -> Descriptions {
        Descriptions::from([described("201", "Made; `Location` is its address.", reference::<T>().into())])
    }
}

impl<T: JsonSchema> utoipa::IntoResponses for Work<T> {
    fn responses() -> Descriptions {
        let job = reference::<accid_studio::JobView>();
        Descriptions::from([
            described("200", "Done, when the caller waited.", reference::<T>().into()),
            described("202", "At work; `GET /api/v1/jobs/{job}` and the events tell the end.", job.into()),
        ])
    }
}

impl<T: JsonSchema> utoipa::IntoResponses for Many<T> {
    fn responses() -> Descriptions {
        let number = || ObjectBuilder::new().schema_type(Type::Integer);
        let page = ObjectBuilder::new()
            .property("items", Array::new(reference::<T>()))
            .property("page", number())
            .property("perPage", number())
            .property("total", number())
            .required("items")
            .required("page")
            .required("perPage")
            .required("total");
        Descriptions::from([described("200", "A page of the list.", RefOr::T(page.into()))])
    }
}

fn reference<T: JsonSchema>() -> Ref {
    Ref::from_schema_name(T::schema_name())
}

fn described(status: &str, text: &str, data: RefOr<Schema>) -> (String, RefOr<ResponseDescription>) {
    let envelope = AllOfBuilder::new()
        .item(Ref::from_schema_name("Envelope"))
        .item(ObjectBuilder::new().property("data", data).required("data"));
    let content = ContentBuilder::new().schema(Some(envelope)).build();
    let response = ResponseBuilder::new().description(text).content("application/json", content).build();
    (status.to_owned(), RefOr::T(response))
}
