//! [`Path`]: the parameters of a request's path.
//!
//! An id that breaks the grammar of ids belongs to nothing, so that it is answered like any unknown id: 404, before
//! the database is asked. A parameter of a closed set (a key type, a kind of token) is answered 400 instead.

use super::shape::Shape;
use super::shape::issue::{Issues, Segment, invalid_input};
use super::shape::scalar::one_of;
use crate::error::ApiError;
use crate::management::organization_references;
use axum::extract::{FromRequestParts, RawPathParams};
use http::Method;
use http::request::Parts;
use signet_core::error_code::ErrorCode;
use signet_core::id::{
    ApplicationId, GrantId, InvitationId, OrganizationId, OrganizationRoleId, OrganizationScopeId, ResourceId, RoleId,
    ScopeId, SessionUid, UserId,
};

/// One parameter (`Path<RoleId>`) or several in the order of the path (`Path<(RoleId, ScopeId)>`).
#[derive(Debug, Clone)]
pub(crate) struct Path<T>(pub(crate) T);

/// A type that one path parameter is parsed into.
pub(crate) trait PathParam: Sized {
    fn parse(param: &Param<'_>) -> Result<Self, ApiError>;
}

/// A path parameter, percent-decoded.
pub(crate) struct Param<'a> {
    name: &'a str,
    text: &'a str,
    method: &'a Method,
}

impl Param<'_> {
    /// As it came, percent-decoded.
    pub(crate) fn text(&self) -> &str {
        self.text
    }

    /// The answer to an id that nothing can have.
    fn absent(&self, entity: &str) -> ApiError {
        if self.method == Method::DELETE {
            return ErrorCode::EntityNotFound.into();
        }
        ApiError::not_exists(entity, self.text)
    }

    /// The answer to an id that nothing can have where a relation of it is written.
    fn unrelated(&self, entity: &str) -> ApiError {
        if matches!(*self.method, Method::POST | Method::PUT) {
            return organization_references::absent();
        }
        self.absent(entity)
    }

    /// A parameter that takes one of a closed set of names.
    pub(crate) fn one_of<T: Copy>(&self, all: &'static [T], name: fn(T) -> &'static str) -> Result<T, ApiError> {
        let mut issues = Issues::default();
        let read = issues.within(Segment::key(self.name), |issues| one_of(all, name).read(self.text.into(), issues));
        read.map_err(|_| invalid_input("params", &issues))
    }
}

macro_rules! id_params {
    ($($id:ident: $entity:literal)*) => { $(
        impl PathParam for $id {
            fn parse(param: &Param<'_>) -> Result<Self, ApiError> {
                param.text.parse().map_err(|_| param.absent($entity))
            }
        }
    )* };
}
id_params! {
    ApplicationId: "application"
    InvitationId: "organization_invitation"
    ResourceId: "resource"
    RoleId: "role"
    ScopeId: "scope"
}

/// What is below an organization or its template refers to it.
macro_rules! parent_params {
    ($($id:ident: $entity:literal)*) => { $(
        impl PathParam for $id {
            fn parse(param: &Param<'_>) -> Result<Self, ApiError> {
                param.text.parse().map_err(|_| param.unrelated($entity))
            }
        }
    )* };
}
parent_params! {
    OrganizationId: "organization"
    OrganizationRoleId: "organization_role"
    OrganizationScopeId: "organization_scope"
}

/// Nobody is told apart by the method: an unknown person is answered in one way.
impl PathParam for UserId {
    fn parse(param: &Param<'_>) -> Result<Self, ApiError> {
        param.text.parse().map_err(|_| ErrorCode::EntityNotFound.into())
    }
}

impl PathParam for SessionUid {
    fn parse(param: &Param<'_>) -> Result<Self, ApiError> {
        param.text.parse().map_err(|_| ErrorCode::OidcSessionNotFound.into())
    }
}

impl PathParam for GrantId {
    fn parse(param: &Param<'_>) -> Result<Self, ApiError> {
        param.text.parse().map_err(|_| ErrorCode::OidcInvalidGrant.into())
    }
}

/// A name that people choose.
impl PathParam for String {
    fn parse(param: &Param<'_>) -> Result<Self, ApiError> {
        if param.text.contains('\0') {
            return Err(ErrorCode::EntityNotFound.into());
        }
        Ok(param.text.to_owned())
    }
}

/// What [`Path`] can hold.
pub(crate) trait FromParams: Sized {
    fn from_params(params: &mut dyn Iterator<Item = Param<'_>>) -> Result<Self, ApiError>;
}

/// A route that has fewer parameters than its handler asks for was wired wrongly.
fn next<T: PathParam>(params: &mut dyn Iterator<Item = Param<'_>>) -> Result<T, ApiError> {
    T::parse(&params.next().ok_or_else(|| ApiError::internal("the route has too few parameters"))?)
}

impl<A: PathParam> FromParams for A {
    fn from_params(params: &mut dyn Iterator<Item = Param<'_>>) -> Result<Self, ApiError> {
        next(params)
    }
}

impl<A: PathParam, B: PathParam> FromParams for (A, B) {
    fn from_params(params: &mut dyn Iterator<Item = Param<'_>>) -> Result<Self, ApiError> {
        Ok((next(params)?, next(params)?))
    }
}

impl<A: PathParam, B: PathParam, C: PathParam> FromParams for (A, B, C) {
    fn from_params(params: &mut dyn Iterator<Item = Param<'_>>) -> Result<Self, ApiError> {
        Ok((next(params)?, next(params)?, next(params)?))
    }
}

impl<S: Send + Sync, T: FromParams> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        // What does not decode to UTF-8 names nothing.
        let Ok(params) = RawPathParams::from_request_parts(parts, state).await else {
            return Err(ErrorCode::EntityNotFound.into());
        };
        let method = &parts.method;
        T::from_params(&mut params.iter().map(|(name, text)| Param { name, text, method })).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::body_of;
    use axum::Router;
    use axum::body::Body;
    use axum::routing::get;
    use http::Request;
    use serde_json::Value;
    use tower::ServiceExt;

    #[derive(Clone, Copy)]
    struct Door(&'static str);

    impl PathParam for Door {
        fn parse(param: &Param<'_>) -> Result<Self, ApiError> {
            param.one_of(&[Self("front-door"), Self("back-door")], |door| door.0)
        }
    }

    async fn role(Path(id): Path<RoleId>) -> String {
        id.to_string()
    }

    async fn role_scope(Path((role, scope)): Path<(RoleId, ScopeId)>) -> String {
        format!("{role} {scope}")
    }

    async fn secret(Path((id, name)): Path<(ApplicationId, String)>) -> String {
        format!("{id} {name}")
    }

    async fn doors(Path(door): Path<Door>) -> &'static str {
        door.0
    }

    async fn send(method: &str, path: &str) -> axum::response::Response {
        let router = Router::new()
            .route("/roles/{id}", get(role).delete(role))
            .route("/roles/{id}/scopes/{scopeId}", get(role_scope))
            .route("/applications/{id}/secrets/{name}", get(secret))
            .route("/doors/{door}", get(doors));
        router.oneshot(Request::builder().method(method).uri(path).body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn parameters_are_parsed_in_the_order_of_the_path() {
        for (path, expected) in [
            ("/roles/m-default", "m-default"),
            ("/roles/r1/scopes/s1", "r1 s1"),
            ("/applications/a1/secrets/Default%20secret", "a1 Default secret"),
            ("/doors/back-door", "back-door"),
        ] {
            let response = send("GET", path).await;
            assert_eq!(response.status(), 200, "{path}");
            let body = axum::body::to_bytes(response.into_body(), 100).await.unwrap();
            assert_eq!(body, expected.as_bytes(), "{path}");
        }
    }

    #[tokio::test]
    async fn attack_54_ids_that_nothing_can_have_are_404() {
        for (method, path, code) in [
            ("GET", "/roles/a%00", "entity.not_exists_with_id"),
            ("GET", "/roles/a%20b", "entity.not_exists_with_id"),
            ("GET", "/roles/abcdefghijklmnopqrstuv", "entity.not_exists_with_id"),
            ("DELETE", "/roles/a%00", "entity.not_found"),
            ("GET", "/roles/%ff", "entity.not_found"),
            ("GET", "/roles/r1/scopes/%2e", "entity.not_exists_with_id"),
            ("GET", "/applications/a1/secrets/%00", "entity.not_found"),
        ] {
            let response = send(method, path).await;
            assert_eq!(response.status(), 404, "{path}");
            assert_eq!(body_of(response).await["code"], code, "{method} {path}");
        }
    }

    #[tokio::test]
    async fn a_name_outside_its_set_is_an_invalid_parameter() {
        let response = send("GET", "/doors/window").await;
        assert_eq!(response.status(), 400);
        let body: Value = body_of(response).await;
        assert_eq!(body["code"], "guard.invalid_input");
        assert_eq!(body["message"], "Invalid input in the request's params.");
        assert_eq!(body["data"]["issues"][0]["path"][0], "door");
    }
}
