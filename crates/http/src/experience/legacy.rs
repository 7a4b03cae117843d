//! The deprecated interaction routes.

use super::interaction::Next;
use super::refusal::{Done, Refusals, Uncached, Unsent};
use super::requests::event;
use super::visiting::SigningIn;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::shape::compound::object;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::text;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use signet_core::interaction::InteractionEvent;
use signet_core::secret::Plain;
use signet_identity::experience::identifier::{Identifier, IdentifierType, Recipient};
use signet_identity::experience::refusal::ExperienceError;
use signet_identity::experience::{LegacyIdentifier, LegacyProfile, Submitted, Visit};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(put_interaction, delete_interaction))
        .routes(routes!(put_legacy_interaction_event))
        .routes(routes!(patch_interaction_identifiers))
        .routes(routes!(put_interaction_profile, patch_interaction_profile, delete_interaction_profile))
        .routes(routes!(submit_interaction))
        .routes(routes!(send_interaction_verification_code))
}

/// An identifier with its proof: one of `username`, `email`, `phone`, and `password` or `verificationCode`.
struct Identified(LegacyIdentifier);

impl FromFields for Identified {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let identifier = identifier(fields)?;
        let password = fields.optional("password", text().min(1).max(4096))?;
        let code = fields.optional("verificationCode", text().min(1).max(256))?;
        match (password, code, identifier.recipient()) {
            (Some(password), None, _) => Ok(Self(LegacyIdentifier::Password(identifier, Plain::new(password)))),
            (None, Some(code), Some(recipient)) => Ok(Self(LegacyIdentifier::Code(recipient, Plain::new(code)))),
            _ => Err(fields.refuse("password", "a password, or the code that an address got")),
        }
    }
}

/// The one identifier that is there.
fn identifier(fields: &mut Fields<'_>) -> Result<Identifier, Noted> {
    for kind in IdentifierType::ALL {
        if let Some(value) = fields.optional(kind.as_str(), text().min(1).max(256))? {
            return Identifier::parse(*kind, &value).map_err(|error| fields.refuse(kind.as_str(), &error.to_string()));
        }
    }
    Err(fields.refuse("username", "a username, an email address or a phone number"))
}

struct Profile(LegacyProfile);

impl FromFields for Profile {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let mut member = |name: &str| fields.optional(name, text().min(1).max(4096));
        let (username, email) = (member("username"), member("email"));
        let (phone, password) = (member("phone"), member("password"));
        Ok(Self(LegacyProfile {
            username: username?,
            email: email?,
            phone: phone?,
            password: password?.map(Plain::new),
        }))
    }
}

#[derive(ToSchema)]
struct Begin {
    #[schema(value_type = String)]
    event: InteractionEvent,
    #[schema(value_type = Option<Object>, nullable = false)]
    identifier: Option<Identified>,
    #[schema(value_type = Option<Object>, nullable = false)]
    profile: Option<Profile>,
}

impl FromFields for Begin {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let event = event(fields, "event");
        let identifier = fields.optional("identifier", object::<Identified>());
        let profile = fields.optional("profile", object::<Profile>());
        Ok(Self { event: event?, identifier: identifier?, profile: profile? })
    }
}

fn done(outcome: Result<(), ExperienceError>) -> Uncached<Done> {
    Uncached(outcome.map(|()| StatusCode::NO_CONTENT).map_err(ApiError::from))
}

/// Begin an interaction
#[utoipa::path(put, path = "/interaction", tag = "Interaction", security(()), request_body = Begin,
    responses((status = 204), Refusals))]
async fn put_interaction(SigningIn(mut visit): SigningIn, Json(request): Json<Begin>) -> Uncached<Done> {
    done(begin(&mut visit, request).await)
}

async fn begin(visit: &mut Visit, request: Begin) -> Result<(), ExperienceError> {
    visit.start(request.event).await?;
    if let Some(Identified(identifier)) = request.identifier {
        visit.prove_legacy(identifier).await?;
    }
    if let Some(Profile(profile)) = request.profile {
        visit.add_legacy_profile(profile).await?;
    }
    Ok(())
}

/// Forget an interaction
#[utoipa::path(delete, path = "/interaction", tag = "Interaction", security(()),
    responses((status = 204), Refusals))]
async fn delete_interaction(SigningIn(mut visit): SigningIn) -> Uncached<Done> {
    done(visit.abandon().await)
}

#[derive(ToSchema)]
struct LegacyEvent {
    #[schema(value_type = String)]
    event: InteractionEvent,
}

impl FromFields for LegacyEvent {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { event: event(fields, "event")? })
    }
}

/// Go on with another event
#[utoipa::path(put, path = "/interaction/event", tag = "Interaction", security(()), request_body = LegacyEvent,
    responses((status = 204), Refusals))]
async fn put_legacy_interaction_event(
    SigningIn(mut visit): SigningIn,
    Json(request): Json<LegacyEvent>,
) -> Uncached<Done> {
    done(visit.switch_event(request.event).await)
}

/// Prove an identifier
#[utoipa::path(patch, path = "/interaction/identifiers", tag = "Interaction", security(()),
    request_body = Object, responses((status = 204), Refusals))]
async fn patch_interaction_identifiers(
    SigningIn(mut visit): SigningIn,
    Json(Identified(identifier)): Json<Identified>,
) -> Uncached<Done> {
    done(visit.prove_legacy(identifier).await)
}

/// Replace what an account will have
#[utoipa::path(put, path = "/interaction/profile", tag = "Interaction", security(()), request_body = Object,
    responses((status = 204), Refusals))]
async fn put_interaction_profile(
    SigningIn(mut visit): SigningIn,
    Json(Profile(profile)): Json<Profile>,
) -> Uncached<Done> {
    let replaced = async {
        visit.clear_profile().await?;
        visit.add_legacy_profile(profile).await
    };
    done(replaced.await)
}

/// Add to what an account will have
#[utoipa::path(patch, path = "/interaction/profile", tag = "Interaction", security(()), request_body = Object,
    responses((status = 204), Refusals))]
async fn patch_interaction_profile(
    SigningIn(mut visit): SigningIn,
    Json(Profile(profile)): Json<Profile>,
) -> Uncached<Done> {
    done(visit.add_legacy_profile(profile).await)
}

/// Forget what an account will have
#[utoipa::path(delete, path = "/interaction/profile", tag = "Interaction", security(()),
    responses((status = 204), Refusals))]
async fn delete_interaction_profile(SigningIn(mut visit): SigningIn) -> Uncached<Done> {
    done(visit.clear_profile().await)
}

/// Finish
#[utoipa::path(post, path = "/interaction/submit", tag = "Interaction", security(()),
    responses((status = 200, body = Next), (status = 204, description = "The password is another one."), Refusals))]
async fn submit_interaction(
    SigningIn(mut visit): SigningIn,
    State(state): State<TenantState>,
) -> Uncached<Result<Response, ApiError>> {
    let submitted = visit.submit_legacy().await.map(|submitted| match submitted {
        Submitted::SignedIn => Json(Next::after(submitted, &visit, &state)).into_response(),
        Submitted::PasswordReset => StatusCode::NO_CONTENT.into_response(),
    });
    Uncached(submitted.map_err(ApiError::from))
}

/// `{email}` or `{phone}`.
struct Address(Recipient);

impl FromFields for Address {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let identifier = identifier(fields)?;
        identifier.recipient().map(Self).ok_or_else(|| fields.refuse("email", "an email address or a phone number"))
    }
}

/// Send a verification code
#[utoipa::path(post, path = "/interaction/verification/verification-code", tag = "Interaction", security(()),
    request_body = Object, responses((status = 204), Refusals, Unsent))]
async fn send_interaction_verification_code(
    SigningIn(mut visit): SigningIn,
    Json(Address(recipient)): Json<Address>,
) -> Uncached<Done> {
    done(visit.send_legacy_code(recipient).await)
}
