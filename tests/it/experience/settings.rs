//! The sign-in experience, as administrators change it and pages read it.

use crate::{signet, start};
use serde_json::{Value, json};
use signet_tests::Signet;

#[tokio::test]
async fn a_fresh_tenant_signs_people_in_with_username_and_password() {
    let signet = signet().await;

    let settings = signet.api("GET", "/sign-in-exp", Value::Null).await.expect(200);

    let method =
        json!({"identifier": "username", "password": true, "verificationCode": false, "isPasswordPrimary": true});
    for (name, expected) in [
        ("id", json!("default")),
        ("tenantId", json!("default")),
        ("signInMode", json!("SignInAndRegister")),
        ("signIn", json!({"methods": [method]})),
        ("signUp", json!({"identifiers": ["username"], "password": true, "verify": false})),
        ("passwordPolicy", json!({})),
        ("singleSignOnEnabled", json!(false)),
        ("languageInfo", json!({"autoDetect": true, "fallbackLanguage": "en"})),
    ] {
        assert_eq!(settings[name], expected, "{name}");
    }
}

#[tokio::test]
async fn a_change_replaces_members_whole_and_keeps_the_others() {
    let signet = signet().await;
    let policy = json!({"length": {"min": 12}, "rejects": {"pwned": false, "words": ["signet"]}});

    let after = signet.sign_in_experience(json!({"passwordPolicy": policy, "unknown": 1})).await;

    assert_eq!((&after["passwordPolicy"], after.get("unknown")), (&policy, None));
    let after = signet.sign_in_experience(json!({"passwordPolicy": {}, "termsOfUseUrl": "https://a.example"})).await;
    assert_eq!(after["passwordPolicy"], json!({}));
    assert_eq!(signet.api("GET", "/sign-in-exp", Value::Null).await.expect(200), after);
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a table")]
async fn what_makes_no_sense_is_refused_with_its_code() {
    let signet = signet().await;
    let method = |kind: &str, password: bool, code: bool| json!({"identifier": kind, "password": password, "verificationCode": code, "isPasswordPrimary": true});
    let sign_up = |identifiers: Value, verify: bool| json!({"signUp": {"identifiers": identifiers, "password": true, "verify": verify}});
    for (change, status, code) in [
        (
            json!({"languageInfo": {"autoDetect": true, "fallbackLanguage": "fr"}}),
            400,
            "sign_in_experiences.unsupported_default_language",
        ),
        (json!({"languageInfo": {"autoDetect": true, "fallbackLanguage": "xx-XX"}}), 400, "guard.invalid_input"),
        (
            json!({"signUp": {"identifiers": [], "password": true, "verify": false, "secondaryIdentifiers": [{"identifier": "username"}]}}),
            400,
            "sign_in_experiences.missing_sign_up_identifiers",
        ),
        (sign_up(json!(["username", "username"]), false), 400, "sign_in_experiences.duplicated_sign_up_identifiers"),
        (sign_up(json!(["email"]), false), 400, "sign_in_experiences.passwordless_requires_verify"),
        (sign_up(json!(["email"]), true), 400, "sign_in_experiences.enabled_connector_not_found"),
        (
            json!({"signIn": {"methods": [method("email", true, true)]}}),
            400,
            "sign_in_experiences.enabled_connector_not_found",
        ),
        (
            json!({"signIn": {"methods": [method("username", false, false)]}}),
            400,
            "sign_in_experiences.at_least_one_authentication_factor",
        ),
        (
            json!({"forgotPasswordMethods": ["EmailVerificationCode"]}),
            400,
            "sign_in_experiences.forgot_password_method_requires_connector",
        ),
        (
            json!({"passwordExpiration": {"enabled": true}}),
            422,
            "sign_in_experiences.password_expiration_invalid_period_days",
        ),
        (
            json!({"passwordExpiration": {"enabled": true, "validPeriodDays": 1}}),
            422,
            "sign_in_experiences.password_expiration_requires_forgot_password",
        ),
        (json!({"hideLogtoBranding": true}), 400, "request.invalid_input"),
        (json!({"customUiCsp": {"scriptSrc": ["https://a.example"]}}), 400, "request.invalid_input"),
        (json!({"emailBlocklistPolicy": {"blockDisposableAddresses": true}}), 400, "request.invalid_input"),
        (
            json!({"emailBlocklistPolicy": {"customBlocklist": ["nonsense"]}}),
            400,
            "sign_in_experiences.invalid_custom_email_blocklist_format",
        ),
        (
            json!({"usernamePolicy": {"caseSensitive": true, "minLength": 9, "maxLength": 3, "allowedChars": {"lowercase": true, "uppercase": true, "numbers": true, "underscore": true}}}),
            400,
            "guard.invalid_input",
        ),
        (json!({"mfa": {"factors": ["Totp"], "policy": "Mandatory"}}), 422, "request.feature_not_supported"),
        (json!({"captchaPolicy": {"enabled": true}}), 422, "request.feature_not_supported"),
        (json!({"signInMode": "Sometimes"}), 400, "guard.invalid_input"),
        (
            json!({"color": {"primaryColor": "red", "isDarkModeEnabled": true, "darkPrimaryColor": "#000"}}),
            400,
            "guard.invalid_input",
        ),
    ] {
        let shown = change.to_string();
        let before = signet.api("GET", "/sign-in-exp", Value::Null).await.expect(200);
        let answer = signet.api("PATCH", "/sign-in-exp", change).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json()["code"].as_str()),
            (status, Some(code)),
            "{shown} {}",
            answer.text
        );
        assert_eq!(signet.api("GET", "/sign-in-exp", Value::Null).await.expect(200), before, "{shown}");
    }
}

#[tokio::test]
async fn who_signs_up_without_a_password_signs_in_with_a_code() {
    let signet = start(Signet::with().development()).await;
    let method = json!({"identifier": "email", "password": true, "verificationCode": false, "isPasswordPrimary": true});
    let change = json!({"signIn": {"methods": [method]}, "signUp": {"identifiers": ["email"], "password": false, "verify": true}});

    signet
        .api("PATCH", "/sign-in-exp", change)
        .await
        .refuses_with(400, "sign_in_experiences.code_sign_in_must_be_enabled");
}

#[tokio::test]
async fn usernames_that_differ_in_case_only_are_found_before_case_stops_counting() {
    let signet = signet().await;
    let (upper, lower) = (signet.registered("Alice", json!({})).await, signet.registered("alice", json!({})).await);
    let allowed = json!({"lowercase": true, "uppercase": true, "numbers": true, "underscore": true});
    let policy = json!({"caseSensitive": false, "minLength": 1, "maxLength": 128, "allowedChars": allowed});

    let refused = signet.api("PATCH", "/sign-in-exp", json!({"usernamePolicy": policy})).await;
    let refused = refused.refuses_with(409, "sign_in_experiences.username_policy_case_conflicts_exist");

    let path = "/sign-in-exp/username-policy/case-sensitivity-conflicts";
    let listed = signet.api("GET", path, Value::Null).await.expect(200);
    assert_eq!(refused["data"], listed);
    assert_eq!((&listed["totalConflicts"], &listed["samples"][0]["usernameLower"]), (&json!(1), &json!("alice")));
    let ids = listed["samples"][0]["userIds"].as_array().unwrap();
    assert!(ids.contains(&upper["id"]) && ids.contains(&lower["id"]));
    let path = format!("/users/{}", upper["id"].as_str().unwrap());
    signet.api("DELETE", &path, Value::Null).await.expect(204);
    signet.sign_in_experience(json!({"usernamePolicy": policy})).await;
}

#[tokio::test]
async fn pages_read_a_public_form() {
    let signet = start(Signet::with().development()).await;

    for path in ["/api/.well-known/sign-in-exp", "/api/.well-known/experience"] {
        let form = signet.get(path).await.expect(200);
        assert_eq!(form["forgotPassword"], json!({"email": true, "phone": true}));
        assert_eq!((&form["socialConnectors"], &form["isDevelopmentTenant"]), (&json!([]), &json!(false)));
        for private in ["emailBlocklistPolicy", "forgotPasswordMethods", "trustedDevice"] {
            assert_eq!(form.get(private), None);
        }
    }
}

#[tokio::test]
async fn a_password_is_checked_by_the_policy() {
    let signet = signet().await;
    let alice = signet.registered("alice", json!({"name": "Liddell"})).await;
    let check = async |body: Value| signet.api("POST", "/sign-in-exp/default/check-password", body).await;

    check(json!({"password": "Tr1cky-Zebra-Kite"})).await.refuses_with(400, "request.invalid_input");
    let good = check(json!({"password": "Tr1cky-Zebra-Kite", "userId": alice["id"]})).await;
    assert_eq!(good.expect(200), json!({"result": true}));
    let bad = check(json!({"password": "liddell", "userId": alice["id"]})).await.expect(400);
    assert_eq!(bad["result"], false);
    assert!(bad["issues"].as_array().unwrap().len() >= 2, "{bad}");
    check(json!({"password": "x", "userId": "nobody"})).await.refuses_with(404, "entity.not_exists_with_id");
}
