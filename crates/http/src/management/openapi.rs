//! The OpenAPI document of the server, put together from the handlers' own descriptions, and the routes that show it.
//!
//! Also what descriptions share: [`Refused`] for every handler with a caller, [`NotFound`] and [`Unprocessable`] where
//! they apply, [`Paging`] and [`Searching`] for lists.

use crate::error::{ErrorBody, JSON};
use crate::state::TenantState;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{Method, StatusCode};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, Required, ResponseBuilder};
use utoipa::{IntoParams, IntoResponses, Modify, OpenApi as _};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "Signet", description = "Management API of an OpenID Connect provider."),
    components(schemas(ErrorBody)),
    security(("bearer" = [])),
    modifiers(&Bearer)
)]
struct Base;

/// The scheme under which handlers are called, unless they say otherwise.
struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut OpenApi) {
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.bearer_format = Some("JWT".to_owned());
        scheme.description = Some("An access token for the Management API with the scope `all`.".to_owned());
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// What this server can do, as an OpenAPI document.
pub fn openapi() -> OpenApi {
    let mut document = Base::openapi().nest("/api", super::router().into_openapi());
    document.merge(crate::me::router().into_openapi());
    let items = document.paths.paths.values_mut();
    for operation in
        items.flat_map(|item| [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete])
    {
        let answers = operation.iter_mut().flat_map(|operation| &mut operation.responses.responses);
        answers.for_each(|(status, answer)| describe(status, answer));
    }
    document
}

/// Each response must have a description; one without is described by the name of its status.
fn describe(status: &str, answer: &mut RefOr<utoipa::openapi::Response>) {
    let name = status.parse::<StatusCode>().ok().and_then(|status| status.canonical_reason());
    if let (RefOr::T(answer), Some(name)) = (answer, name)
        && answer.description.is_empty()
    {
        name.clone_into(&mut answer.description);
    }
}

/// Every operation below `/api`: method, path template, operation id. One's own account is another API, on the tenant
/// of administrators.
pub fn operations() -> Vec<(Method, String, String)> {
    let document = openapi();
    let of_path = |(path, item): (&String, &PathItem)| {
        let named = |(method, operation): (Method, &Operation)| {
            operation.operation_id.clone().map(|id| (method, path.clone(), id))
        };
        methods(item).into_iter().filter_map(named).collect::<Vec<_>>()
    };
    document.paths.paths.iter().filter(|(path, _)| path.starts_with("/api/")).flat_map(of_path).collect()
}

fn methods(item: &PathItem) -> Vec<(Method, &Operation)> {
    let all = [
        (Method::GET, &item.get),
        (Method::POST, &item.post),
        (Method::PUT, &item.put),
        (Method::PATCH, &item.patch),
        (Method::DELETE, &item.delete),
    ];
    all.into_iter().filter_map(|(method, operation)| operation.as_ref().map(|found| (method, found))).collect()
}

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(get_swagger_json)).routes(routes!(get_management_openapi_json))
}

static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| {
    // Text, numbers and maps with text keys always serialize.
    serde_json::to_vec(&openapi()).unwrap_or_default().into()
});

fn document() -> Response {
    ([(CONTENT_TYPE, JSON)], DOCUMENT.clone()).into_response()
}

/// Get the OpenAPI document of all routes
#[utoipa::path(get, path = "/swagger.json", tag = "Documentation", security(()),
    responses((status = 200, description = "The document", body = Object)))]
async fn get_swagger_json() -> Response {
    document()
}

/// Get the OpenAPI document of the Management API
#[utoipa::path(get, path = "/.well-known/management.openapi.json", tag = "Documentation", security(()),
    responses((status = 200, description = "The document", body = Object)))]
async fn get_management_openapi_json() -> Response {
    document()
}

/// Failures with the body that all have.
pub(crate) fn refusals<const N: usize>(all: [(&str, &str); N]) -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
    let answer = |description: &str| {
        let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("ErrorBody"))).build();
        ResponseBuilder::new().description(description).content("application/json", body).build()
    };
    all.into_iter().map(|(status, description)| (status.to_owned(), RefOr::T(answer(description)))).collect()
}

/// What any handler with a caller may answer.
pub(crate) struct Refused;

impl IntoResponses for Refused {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        refusals([
            ("400", "The request is malformed, or its input is not valid."),
            ("401", "The access token is missing or not accepted."),
            ("403", "The caller may not do this."),
            ("503", "The database cannot be reached. Try again."),
        ])
    }
}

/// For what is named in the path.
pub(crate) struct NotFound;

impl IntoResponses for NotFound {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        refusals([("404", "There is nothing with this id.")])
    }
}

/// For input that is valid in itself but breaks a rule of the data.
pub(crate) struct Unprocessable;

impl IntoResponses for Unprocessable {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        refusals([("422", "The input contradicts what is stored.")])
    }
}

/// `page` and `page_size`.
pub(crate) struct Paging;

impl IntoParams for Paging {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let number = |name: &str, description: &str| {
            let format = SchemaFormat::KnownFormat(KnownFormat::Int32);
            let schema = ObjectBuilder::new().schema_type(Type::Integer).format(Some(format)).minimum(Some(1));
            query(name, description, schema)
        };
        vec![number("page", "Starts at 1."), number("page_size", "At most 100; 20 unless told otherwise.")]
    }
}

/// `search` and what goes with it.
pub(crate) struct Searching;

impl IntoParams for Searching {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text =
            |name: &str, description: &str| query(name, description, ObjectBuilder::new().schema_type(Type::String));
        vec![
            text("search", "A pattern for any of the fields. `search.<field>` is for one."),
            text("mode", "`like` (default), `exact`, `similar_to` or `posix`. `mode.<field>` is for one field."),
            text("joint", "`or` (default) or `and`: how the conditions of different fields are joined."),
            text("isCaseSensitive", "`true` to tell upper from lower case."),
        ]
    }
}

fn query(name: &str, description: &str, schema: ObjectBuilder) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(schema.build()))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_operation_has_a_unique_name_and_says_who_may_call_it() {
        let operations = operations();
        let mut names = HashSet::new();
        for (method, path, id) in &operations {
            assert!(path.starts_with("/api/"), "{path}");
            assert!(names.insert(id.clone()), "{method} {path}: `{id}` stands twice");
        }
        assert!(operations.len() > 2);
    }

    #[test]
    fn every_response_is_described_and_every_failure_has_the_body_of_one() {
        let document = serde_json::to_value(openapi()).unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                for (status, response) in operation["responses"].as_object().unwrap() {
                    assert!(!response["description"].as_str().unwrap().is_empty(), "{method} {path} {status}");
                    let schema = &response["content"]["application/json"]["schema"]["$ref"];
                    let is_failure = status.starts_with(['4', '5']);
                    let is_error_body = schema == "#/components/schemas/ErrorBody";
                    assert!(!is_failure || is_error_body, "{method} {path} {status}");
                }
            }
        }
    }
}
