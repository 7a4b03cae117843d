//! `/consent`: first-party applications are allowed what they want without a page; for others people are asked.

use super::next;
use super::open::{check_token, frame_of, lost, parameter, pending, read, seen};
use crate::cookies::Cookies;
use crate::pages::consent::{Application, Consent as Shown, ConsentPage, Group, Permission, Person};
use crate::pages::frame::Frame;
use crate::pages::notice;
use crate::state::TenantState;
use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use signet_core::interaction::Interaction;
use signet_core::resource::ApiScope;
use signet_core::user::User;
use signet_oidc::authorize::consent::{self, Consent, MissingScopes};
use signet_oidc::error::OAuthError;
use url::form_urlencoded;

pub(super) async fn get(State(state): State<TenantState>, parts: Parts) -> Response {
    let interaction = match pending(&state, &parts).await {
        Ok(interaction) => interaction,
        Err(response) => return response,
    };
    let answered = async {
        let consent = open(&state, &parts, interaction.clone()).await?;
        if consent.is_silent() {
            return consent.allow(&state.provider).await.map(|next| next::found(&next));
        }
        let frame = frame_of(&state, seen(&parts), Some(&interaction)).await;
        let missing = consent.missing_resources(&state.provider).await?;
        let token = state.cookie_keys().await?.form_token(interaction.uid.as_str());
        let shown = shown(&frame, &consent, missing, token);
        Ok(ConsentPage::new(&frame, &shown, None).answer(StatusCode::OK))
    };
    match answered.await {
        Ok(response) => response,
        Err(error) => refused(&state, &parts, &error).await,
    }
}

/// Somebody pressed "Authorize". What they allow is computed again: the form only says yes.
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
    let allowed = async { open(state, parts, interaction).await?.allow(&state.provider).await };
    match allowed.await {
        Ok(next) => Ok(notice::going_on(&frame, &next).answer(StatusCode::OK)),
        Err(error) => Err(refused(state, parts, &error).await),
    }
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

fn shown(frame: &Frame, consent: &Consent, missing: Vec<MissingScopes>, csrf: String) -> Shown {
    let application = &consent.client.application;
    let user = consent.user();
    let data: Vec<_> = consent.missing_openid().iter().map(|scope| user_data(frame, user, scope)).collect();
    let own =
        (!data.is_empty()).then(|| Group { name: frame.t("description.user_scopes").to_owned(), permissions: data });
    let apis = missing.into_iter().map(|missing| Group {
        name: missing.resource.name.clone(),
        permissions: missing.scopes.into_iter().map(permission).collect(),
    });
    Shown {
        csrf,
        application: Application { name: application.name.clone(), ..Application::default() },
        person: person(user),
        groups: own.into_iter().chain(apis).collect(),
        organizations: Vec::new(),
        redirect_uri: consent.redirect_uri().map(str::to_owned),
    }
}

/// A scope of user data, with what it would tell as far as that is one line.
fn user_data(frame: &Frame, user: &User, scope: &str) -> Permission {
    let detail = match scope {
        "email" => user.primary_email.clone(),
        "phone" => user.primary_phone.as_ref().map(|digits| format!("+{digits}")),
        _ => None,
    };
    Permission { detail, ..Permission::of_user_scope(frame, scope) }
}

fn permission(scope: ApiScope) -> Permission {
    match scope.description.filter(|text| !text.trim().is_empty()) {
        Some(text) => Permission { text, detail: Some(scope.name) },
        None => Permission { text: scope.name, detail: None },
    }
}

fn person(user: &User) -> Person {
    let phone = user.primary_phone.as_ref().map(|digits| format!("+{digits}"));
    let names = [&user.name, &user.username, &user.primary_email, &phone];
    let mut names = names.into_iter().flatten().filter(|name| !name.trim().is_empty()).cloned();
    let name = names.next().unwrap_or_else(|| user.id.to_string());
    Person { name, other: names.next() }
}
