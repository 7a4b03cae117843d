//! `/consent`: first-party applications are allowed what they want without a page; for others people are asked.

use super::asked::shown;
use super::next;
use super::open::{check_token, frame_of, lost, parameter, pending, read, seen};
use crate::cookies::Cookies;
use crate::pages::consent::ConsentPage;
use crate::pages::form::Alert;
use crate::pages::notice;
use crate::state::TenantState;
use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use signet_core::id::OrganizationId;
use signet_core::interaction::Interaction;
use signet_oidc::authorize::consent::{self, Consent, NotAllowed};
use signet_oidc::error::OAuthError;
use signet_oidc::form::Form;
use url::form_urlencoded;

pub(super) async fn get(State(state): State<TenantState>, parts: Parts) -> Response {
    let interaction = match pending(&state, &parts).await {
        Ok(interaction) => interaction,
        Err(response) => return response,
    };
    let answered = async {
        let consent = open(&state, &parts, interaction.clone()).await?;
        if consent.is_silent() {
            return consent.allow(&state.provider, &[]).await.map(|next| next::found(&next));
        }
        Ok(page(&state, &parts, (&consent, &interaction), None).await?)
    };
    match answered.await {
        Ok(response) => response,
        Err(NotAllowed::NotAMember) => lost(&state, &parts).await,
        Err(NotAllowed::Failed(error)) => refused(&state, &parts, &error).await,
    }
}

/// Asks. `alert` is why asking once was not enough, by its phrase.
async fn page(
    state: &TenantState,
    parts: &Parts,
    (consent, interaction): (&Consent, &Interaction),
    alert: Option<&'static str>,
) -> Result<Response, OAuthError> {
    let frame = frame_of(state, seen(parts), Some(interaction)).await;
    let frame = frame.looking_like(&consent.client.application.id, &consent.appearance);
    let missing = consent.missing(&state.provider).await?;
    let token = state.cookie_keys().await?.form_token(interaction.uid.as_str());
    let status = if alert.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let alert = alert.map(|phrase| Alert::wrong(frame.t(phrase)));
    Ok(ConsentPage::new(&frame, &shown(&frame, consent, missing, token), alert).answer(status))
}

/// Somebody pressed "Authorize". What they allow is computed again: the form only says yes, and to which organization.
pub(super) async fn post(State(state): State<TenantState>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    match allow(&state, &parts, body).await {
        Ok(response) | Err(response) => response,
    }
}

async fn allow(state: &TenantState, parts: &Parts, body: Body) -> Result<Response, Response> {
    let form = read(state, parts, body).await?;
    let interaction = pending(state, parts).await?;
    check_token(state, parts, &interaction, &form).await?;
    let frame = frame_of(state, seen(parts), Some(&interaction)).await;
    let allowed = async {
        let chosen = chosen(&form)?;
        open(state, parts, interaction.clone()).await?.allow(&state.provider, &chosen).await
    };
    let again = match allowed.await {
        Ok(next) => return Ok(notice::going_on(&frame, &next).answer(StatusCode::OK)),
        Err(NotAllowed::Failed(error)) => Err(error),
        // They left the organization while the page was open.
        Err(NotAllowed::NotAMember) => match open(state, parts, interaction.clone()).await {
            Ok(consent) => page(state, parts, (&consent, &interaction), Some("error.organization_left")).await,
            Err(error) => Err(error),
        },
    };
    match again {
        Ok(page) => Err(page),
        Err(error) => Err(refused(state, parts, &error).await),
    }
}

/// Nobody is a member of an organization whose id nothing can have.
fn chosen(form: &Form) -> Result<Vec<OrganizationId>, NotAllowed> {
    let chosen = form.get("organizationIds").filter(|id| !id.is_empty());
    chosen.into_iter().map(|id| id.parse().map_err(|_| NotAllowed::NotAMember)).collect()
}

async fn open(state: &TenantState, parts: &Parts, interaction: Interaction) -> Result<Consent, OAuthError> {
    let cookies = Cookies::of(state, &parts.headers).await?;
    consent::open(&state.provider, interaction, cookies.session()).await
}

async fn refused(state: &TenantState, parts: &Parts, error: &OAuthError) -> Response {
    if error.is_lost_session() {
        return lost(state, parts).await;
    }
    let frame = frame_of(state, seen(parts), None).await;
    let (status, name) = (StatusCode::from_u16(error.status()).unwrap_or_default(), error.wire().error);
    if status.is_server_error() {
        return next::failed(&frame, error);
    }
    if name == "access_denied" {
        let client = parameter(parts, "app_id").unwrap_or_default();
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("client_id", &client).finish();
        let sign_out = format!("{}/oidc/session/end?{query}", state.base_path());
        return notice::access_denied(&frame, &sign_out).answer(status);
    }
    notice::refused_request(&frame, &error.to_string()).answer(status)
}
