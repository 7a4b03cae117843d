//! What a browser is told when a step has ended.

use super::open::Posted;
use crate::oidc::see_other;
use crate::pages::again::Again;
use crate::pages::form::Alert;
use crate::pages::frame::Frame;
use crate::pages::identifier::FIELD;
use crate::pages::notice;
use crate::pages::steps::{Flow, Missing};
use crate::state::TenantState;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;
use signet_core::error_code::ErrorCode;
use signet_core::interaction::InteractionEvent;
use signet_identity::experience::identifier::IdentifierType;
use signet_identity::experience::refusal::{CodeRefusal, ExperienceError, Refusal};
use signet_identity::experience::{Submitted, Visit};
use signet_oidc::authorize::interaction;
use std::error::Error;

/// Where a step leads.
pub(super) enum Next {
    /// Another page.
    Page(String),
    /// Back to the authorization request.
    Resume,
    /// To the first page, with a new password.
    PasswordChanged,
}

/// Ends the sign-in, when nothing is missing.
pub(super) async fn finish(visit: &mut Visit) -> Result<Next, ExperienceError> {
    let state = visit.state()?;
    if state.event == InteractionEvent::Register && state.user_id.is_none() {
        visit.identify(None).await?;
    }
    Ok(match visit.submit().await? {
        Submitted::SignedIn => Next::Resume,
        Submitted::PasswordReset => Next::PasswordChanged,
    })
}

/// The answer to a step that ended well, or one that the person cannot repeat on the same page. The rest is theirs to
/// put right, and is returned.
pub(super) fn answer(
    state: &TenantState,
    posted: &Posted,
    outcome: Result<Next, ExperienceError>,
) -> Result<Response, Refusal> {
    let frame = &posted.frame;
    match outcome {
        Ok(Next::Page(path)) => Ok(see_other(&frame.path_to(&path))),
        Ok(Next::Resume) => {
            let url = interaction::resume_url(&state.provider, posted.visit.interaction());
            Ok(notice::going_on(frame, &url).answer(StatusCode::OK))
        }
        Ok(Next::PasswordChanged) => {
            let again = Again::with_alert(Alert::calm(frame.t("description.password_changed")));
            Ok(super::first::sign_in_page(posted, &again).answer(StatusCode::OK))
        }
        Err(ExperienceError::Refused(refusal)) => refused(posted, refusal),
        Err(error) => Ok(failed(frame, &error)),
    }
}

fn refused(posted: &Posted, refusal: Refusal) -> Result<Response, Refusal> {
    let frame = &posted.frame;
    let to = |path: &str| Ok(see_other(&frame.path_to(path)));
    match &refusal {
        Refusal::Suspended => to("/account-suspended"),
        Refusal::Overtaken => {
            let page = notice::outdated_form(frame, &frame.path_to(&posted.path));
            Ok(page.answer(StatusCode::CONFLICT))
        }
        Refusal::NotStarted | Refusal::NotIdentified | Refusal::UnknownVerification | Refusal::NotVerified => {
            to(Flow::of_path(&posted.path).start())
        }
        Refusal::MissingProfile(missing) => match missing.iter().find_map(|name| Missing::of(name)) {
            Some(missing) => to(&format!("/continue/{}", missing.segment())),
            None => Err(refusal),
        },
        _ => Err(refusal),
    }
}

/// 302, for addresses that were opened with GET.
pub(super) fn found(location: &str) -> Response {
    let mut response = see_other(location);
    if response.status() == StatusCode::SEE_OTHER {
        *response.status_mut() = StatusCode::FOUND;
    }
    response
}

/// A fault of ours, in the log once and told without its cause.
pub(super) fn failed(frame: &Frame, error: &(dyn Error + 'static)) -> Response {
    tracing::error!(error, "a page could not be answered");
    notice::failure(frame).answer(StatusCode::SERVICE_UNAVAILABLE)
}

/// What was wrong, beside what was typed.
pub(super) fn again(frame: &Frame, refusal: &Refusal, typed: &Again) -> Again {
    let alert = |key: &str| typed.clone().alerting(frame.t(key));
    match refusal {
        Refusal::InvalidCredentials => alert("error.invalid_credentials"),
        Refusal::Blocked { .. } => alert("error.too_many_attempts"),
        Refusal::UnknownUser(_) => alert("error.no_such_account"),
        Refusal::MethodNotEnabled => alert("error.method_not_enabled"),
        Refusal::EventNotAllowed => alert("error.registration_closed"),
        Refusal::NoSender(_) => alert("error.no_sender"),
        Refusal::TooManyMessages => alert("error.too_many_messages"),
        Refusal::InUse(kind) => typed.clone().wrong(FIELD, frame.t(in_use(*kind))),
        Refusal::Username(code) => typed.clone().wrong(FIELD, username_rule(frame, *code)),
        Refusal::BlockedEmail(_) => typed.clone().wrong(FIELD, frame.t("error.email_not_allowed")),
        Refusal::SamePassword => typed.clone().wrong("password", frame.t("error.same_password")),
        Refusal::PasswordRejected(issues) => password_rules(frame, issues, typed.clone()),
        Refusal::Token(_) => alert("error.link_not_valid"),
        Refusal::Code(code) => typed.clone().wrong("code", frame.t(code_rule(*code))),
        _ => alert("error.unknown"),
    }
}

fn in_use(kind: IdentifierType) -> &'static str {
    match kind {
        IdentifierType::Username => "error.username_exists",
        IdentifierType::Email => "error.email_exists",
        IdentifierType::Phone => "error.phone_exists",
    }
}

fn code_rule(refusal: CodeRefusal) -> &'static str {
    match refusal {
        CodeRefusal::Mismatch => "error.invalid_passcode",
        CodeRefusal::TooManyTries => "error.passcode_too_many_tries",
        CodeRefusal::Expired | CodeRefusal::NotFound | CodeRefusal::OtherRecipient(_) => "error.passcode_expired",
    }
}

fn username_rule(frame: &Frame, code: ErrorCode) -> String {
    let name = match code {
        ErrorCode::UserUsernameStartsWithNumber => "error.username_should_not_start_with_number",
        ErrorCode::UserUsernameTooShort => "error.username_too_short",
        ErrorCode::UserUsernameTooLong => "error.username_too_long",
        ErrorCode::UserUsernameUppercase => "error.username_uppercase_not_allowed",
        ErrorCode::UserUsernameLowercase => "error.username_lowercase_not_allowed",
        ErrorCode::UserUsernameNumbers => "error.username_numbers_not_allowed",
        ErrorCode::UserUsernameUnderscore => "error.username_underscore_not_allowed",
        _ => "error.username_invalid_charset",
    };
    let (shortest, longest) = frame.experience.username_length;
    frame.wording.fill(name, &[("min", &shortest.to_string()), ("max", &longest.to_string())])
}

/// One line for each rule that the password breaks, with the numbers that its text needs.
fn password_rules(frame: &Frame, issues: &Value, typed: Again) -> Again {
    issues.as_array().into_iter().flatten().fold(typed, |typed, issue| {
        let code = issue.get("code").and_then(Value::as_str).unwrap_or_default();
        let number = |name: &str| {
            let value = issue.pointer(&format!("/interpolation/{name}"));
            value.and_then(Value::as_u64).map(|number| number.to_string()).unwrap_or_default()
        };
        let text = frame.wording.fill(&format!("error.{code}"), &[("min", &number("min")), ("max", &number("max"))]);
        typed.wrong("password", text)
    })
}
