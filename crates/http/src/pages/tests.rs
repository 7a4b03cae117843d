//! Every page as text: what is escaped, what the browser is told it may do, and that nothing is missing.

use super::again::Again;
use super::consent::{Application, Consent, ConsentPage, Group, Organization, Permission, Person};
use super::credentials::{self, Journey, Screen};
use super::device::{self, DeviceError};
use super::experience::Experience;
use super::form::Alert;
use super::frame::Frame;
use super::language::Asked;
use super::steps::{self, Address, Flow, Missing};
use super::wording::Wording;
use super::{handover, notice};
use crate::testing::text_of;
use axum::response::Response;
use http::StatusCode;
use serde_json::{Value, json};
use signet_identity::experience::identifier::IdentifierType as Identifier;
use std::sync::Arc;

const EVIL: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>";

fn frame(experience: &Value, ui_locales: &str) -> Frame {
    let experience = Arc::new(Experience::read(experience));
    let asked = Asked { ui_locales: Some(ui_locales), ..Asked::default() };
    let wording = Wording::choose(&asked, (true, "en"), &[]);
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("app_id", "shop").finish();
    Frame::new("", experience, wording, &query)
}

fn everything() -> Value {
    json!({
        "color": {"primaryColor": "#6139F6", "isDarkModeEnabled": true},
        "branding": {"logoUrl": "https://cdn.example/logo.png", "darkLogoUrl": "https://dark.example/logo.png"},
        "termsOfUseUrl": "https://shop.example/terms", "privacyPolicyUrl": "https://shop.example/privacy",
        "agreeToTermsPolicy": "Manual",
        "customCss": "body { color: red } </style><script>alert(1)</script>",
        "signIn": {"methods": [
            {"identifier": "username", "password": true, "verificationCode": false, "isPasswordPrimary": true},
            {"identifier": "email", "password": true, "verificationCode": true, "isPasswordPrimary": true},
            {"identifier": "phone", "password": true, "verificationCode": true, "isPasswordPrimary": true}]},
        "forgotPassword": {"email": true, "phone": true},
        "supportEmail": "help@shop.example", "supportWebsiteUrl": "https://shop.example/help",
    })
}

fn consent(text: &str) -> Consent {
    let permission = || Permission { text: text.to_owned(), detail: Some(text.to_owned()) };
    let organization = |permissions| Organization { id: text.to_owned(), name: text.to_owned(), permissions };
    Consent {
        csrf: "token".to_owned(),
        application: Application {
            name: text.to_owned(),
            logo: Some("https://app.example/logo.png".to_owned()),
            dark_logo: None,
            terms_of_use: Some("https://app.example/terms".to_owned()),
            privacy_policy: None,
            host: Some(text.to_owned()),
        },
        person: Person { name: text.to_owned(), other: Some(text.to_owned()) },
        groups: vec![Group { name: text.to_owned(), permissions: vec![permission()] }],
        organizations: vec![organization(vec![permission()]), organization(Vec::new())],
        redirect_uri: Some("https://app.example/cb".to_owned()),
    }
}

/// Every page, with `text` wherever it shows something that somebody else wrote.
fn all_pages(frame: &Frame, text: &str) -> Vec<(&'static str, Response)> {
    let journey = Journey { csrf: "token".to_owned(), application: Some(text.to_owned()), identifiers: vec![] };
    let again =
        Again::with_alert(Alert::wrong(text)).typed("identifier", text).wrong("password", text).wrong("code", text);
    let ok = StatusCode::OK;
    let consented = consent(text);
    let parameters = [("state", text.to_owned()), ("code", text.to_owned())];
    vec![
        ("sign-in", credentials::sign_in(frame, &journey, Screen::Whole, &again).answer(ok)),
        ("sign-in-first", credentials::sign_in(frame, &journey, Screen::Whole, &Again::default()).answer(ok)),
        ("identifier-sign-in", credentials::sign_in(frame, &journey, Screen::Single, &again).answer(ok)),
        ("register", credentials::register(frame, &journey, Screen::Whole, &again).answer(ok)),
        ("forgot-password", credentials::forgot_password(frame, &journey, "/forgot-password", &again).answer(ok)),
        (
            "verification-code",
            steps::code(frame, &journey, Flow::Register, (Identifier::Email, text), &again).answer(ok),
        ),
        ("one-time-token", steps::link(frame, &journey, (text, text), &again).answer(ok)),
        ("reset-password", steps::reset_password(frame, &journey, &again).answer(ok)),
        ("continue-username", steps::fulfil(frame, &journey, Missing::Username, &again).answer(ok)),
        ("continue-password", steps::fulfil(frame, &journey, Missing::Password, &again).answer(ok)),
        ("continue-address", steps::fulfil(frame, &journey, Missing::Address(Address::Either), &again).answer(ok)),
        ("consent", ConsentPage::new(frame, &consented, Some(Alert::wrong(text))).answer(ok)),
        ("device", device::enter(frame, text, text, Some(DeviceError::NotFound)).answer(ok)),
        ("device-aborted", device::enter(frame, text, "", Some(DeviceError::Aborted)).answer(ok)),
        ("device-confirm", device::confirm(frame, text, text, text).answer(ok)),
        ("device-success", device::success(frame).answer(ok)),
        ("unknown-session", notice::unknown_session(frame).answer(ok)),
        ("outdated-form", notice::outdated_form(frame, text).answer(ok)),
        ("account-suspended", notice::account_suspended(frame).answer(ok)),
        ("access-denied", notice::access_denied(frame, text).answer(ok)),
        ("refused-request", notice::refused_request(frame, text).answer(ok)),
        ("failure", notice::failure(frame).answer(ok)),
        ("not-found", notice::not_found(frame).answer(ok)),
        ("signed-out", notice::signed_out(frame).answer(ok)),
        ("going-on", notice::going_on(frame, text).answer(ok)),
        ("sign-out", handover::sign_out(frame, "/oidc/session/end/confirm", text).answer()),
        ("form-post", handover::form_post(frame, text, &parameters).answer()),
    ]
}

#[tokio::test]
async fn attack_39_attack_56_what_others_wrote_is_text_on_every_page() {
    let frame = frame(&everything(), "en");
    for (name, page) in all_pages(&frame, EVIL) {
        let html = text_of(page).await;
        assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{name}: {html}");
        assert!(!html.contains("\"'>"), "{name}: {html}");
        assert!(!html.contains("color: red"), "custom CSS is a file of its own: {name}");
    }
}

/// A page without its style and script, whose braces are no placeholders.
fn without_code(html: &str) -> String {
    let mut rest = html.to_owned();
    for (start, end) in [("<style>", "</style>"), ("<script>", "</script>")] {
        if let Some((before, tail)) = rest.split_once(start) {
            rest = format!("{before}{}", tail.split_once(end).unwrap().1);
        }
    }
    rest
}

#[tokio::test]
async fn every_page_is_whole_in_both_languages() {
    for (tag, word) in [("en", "lang=\"en\" dir=\"ltr\""), ("zh-CN", "lang=\"zh-CN\" dir=\"ltr\"")] {
        let frame = frame(&everything(), tag);
        for (name, page) in all_pages(&frame, "words") {
            assert_eq!(page.headers()["content-language"], tag, "{name}");
            let html = text_of(page).await;
            assert!(html.contains(word), "{name}");
            let html = without_code(&html);
            for part in ["<!doctype html>", "<title>", "<main", "<h1>", "<meta name=\"viewport\""] {
                assert_eq!(html.matches(part).count(), 1, "{part} in {name}");
            }
            for unfilled in ["{{", "}}", "<title></title>", "<h1></h1>", "description.", "error.", "action."] {
                assert!(!html.contains(unfilled), "{unfilled} in {name}: {html}");
            }
        }
    }
}

#[tokio::test]
async fn attack_60_a_page_may_do_nothing_but_what_it_has_itself() {
    let frame = frame(&everything(), "en");
    for (name, page) in all_pages(&frame, "words") {
        let headers = page.headers();
        let policy = headers["content-security-policy"].to_str().unwrap();
        for part in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{part} in {name}: {policy}");
        }
        assert!(!policy.contains("unsafe-") && !policy.contains('*'), "{name}: {policy}");
        let hands_over = ["sign-out", "form-post"].contains(&name);
        assert_eq!(policy.contains("form-action 'self'"), !hands_over, "{name}: {policy}");
        assert_eq!(headers["cache-control"], "no-store", "{name}");
        assert_eq!(headers["x-frame-options"], "DENY", "{name}");
    }
}

#[test]
fn the_policy_names_only_the_pictures_that_are_shown() {
    let frame = frame(&everything(), "en");
    let consented = consent("Shop");
    let policy = |response: Response| response.headers()["content-security-policy"].to_str().unwrap().to_owned();

    let sign_in = policy(notice::failure(&frame).answer(StatusCode::OK));
    let consent = policy(ConsentPage::new(&frame, &consented, None).answer(StatusCode::OK));

    assert!(sign_in.contains("img-src 'self' https://cdn.example https://dark.example;"), "{sign_in}");
    assert!(
        consent.contains("img-src 'self' https://app.example https://cdn.example https://dark.example;"),
        "{consent}"
    );
}

#[tokio::test]
async fn no_page_ever_shows_a_password_again() {
    let frame = frame(&everything(), "en");
    let journey = Journey::default();
    let again = Again::default().typed("password", "secret").typed("identifier", "alice");
    let html = text_of(credentials::sign_in(&frame, &journey, Screen::Whole, &again).answer(StatusCode::OK)).await;
    assert!(html.contains("alice") && !html.contains("secret"));
}

#[tokio::test]
async fn the_first_page_asks_for_what_the_tenant_offers() {
    let page = |methods: Value| {
        let frame = frame(&json!({"signIn": {"methods": methods}, "signInMode": "SignIn"}), "en");
        let page =
            credentials::sign_in(&frame, &Journey::default(), Screen::Whole, &Again::default()).answer(StatusCode::OK);
        text_of(page)
    };
    let email_code = json!({"identifier": "email", "verificationCode": true});

    let with_code = page(json!([email_code])).await;
    assert!(
        with_code.contains("type=\"email\"")
            && !with_code.contains("type=\"password\"")
            && !with_code.contains("/register")
    );

    let both = json!({"identifier": "email", "password": true, "verificationCode": true, "isPasswordPrimary": false});
    let prefers_code = page(json!([both])).await;
    assert!(!prefers_code.contains("type=\"password\"") && prefers_code.contains("/sign-in/password"));

    let with_name =
        page(json!([email_code, {"identifier": "username", "password": true, "isPasswordPrimary": true}])).await;
    assert!(
        with_name.contains("Email / Username")
            && with_name.contains("type=\"password\"")
            && with_name.contains("value=\"code\"")
    );
}

#[tokio::test]
async fn terms_are_told_or_agreed_to_as_the_tenant_wants() {
    let page = |policy: &str| {
        let experience = json!({"termsOfUseUrl": "https://shop.example/terms", "agreeToTermsPolicy": policy});
        let frame = frame(&experience, "en");
        let journey = Journey::default();
        let sign_in = credentials::sign_in(&frame, &journey, Screen::Whole, &Again::default()).answer(StatusCode::OK);
        let register = credentials::register(&frame, &journey, Screen::Whole, &Again::default()).answer(StatusCode::OK);
        async {
            (text_of(sign_in).await.contains("name=\"agree\""), text_of(register).await.contains("name=\"agree\""))
        }
    };
    assert_eq!(page("Automatic").await, (false, false));
    assert_eq!(page("ManualRegistrationOnly").await, (false, true));
    assert_eq!(page("Manual").await, (true, true));
}

#[tokio::test]
async fn the_first_page_is_light() {
    let frame = frame(&json!({}), "zh-CN");
    let html = text_of(
        credentials::sign_in(&frame, &Journey::default(), Screen::Whole, &Again::default()).answer(StatusCode::OK),
    )
    .await;
    let all = html.len() + super::assets::CSS.len() + super::assets::ICON.len();
    assert!(all < 60 * 1024, "{all} bytes");
}
