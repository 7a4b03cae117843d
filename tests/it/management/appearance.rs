//! How an application looks on the page that asks for consent.

use crate::signet;
use serde_json::{Value, json};

#[tokio::test]
async fn what_is_given_replaces_and_the_rest_stays() {
    let signet = signet().await;
    for client in [signet.third_party().await, signet.web().await] {
        let path = format!("/applications/{}/sign-in-experience", client.id);
        signet.api("GET", &path, Value::Null).await.refuses_with(404, "entity.not_exists_with_id");

        let first = json!({"displayName": "Weather", "color": {"primaryColor": "#abcdef"}, "termsOfUseUrl": "https://w.example/terms"});
        let made = signet.api("PUT", &path, first).await.expect(201);
        let expected = json!({"tenantId": "default", "applicationId": client.id, "color": {"primaryColor": "#abcdef"},
            "branding": {}, "customCss": null, "termsOfUseUrl": "https://w.example/terms", "privacyPolicyUrl": null,
            "displayName": "Weather"});
        assert_eq!(made, expected);
        let more = json!({"color": {}, "branding": {"logoUrl": "https://w.example/logo", "x": 1}, "customCss": "a {}", "termsOfUseUrl": ""});
        let changed = signet.api("PUT", &path, more).await.expect(200);
        assert_eq!((&changed["color"], &changed["displayName"]), (&json!({}), &json!("Weather")));
        assert_eq!(changed["branding"], json!({"logoUrl": "https://w.example/logo"}));
        let cleared = signet.api("PUT", &path, json!({"displayName": null})).await.expect(200);
        assert_eq!((&cleared["displayName"], &cleared["customCss"]), (&Value::Null, &json!("a {}")));
        assert_eq!(signet.api("GET", &path, Value::Null).await.expect(200), cleared);
    }
}

#[tokio::test]
async fn what_is_no_look_is_refused() {
    let signet = signet().await;
    let path = format!("/applications/{}/sign-in-experience", signet.third_party().await.id);
    for body in [
        json!({"color": {"primaryColor": "red"}}),
        json!({"branding": {"logoUrl": "logo"}}),
        json!({"termsOfUseUrl": "terms"}),
        json!({"displayName": "x".repeat(257)}),
        json!({"customCss": 1}),
    ] {
        let shown = body.to_string();
        assert_eq!(
            signet.api("PUT", &path, body).await.refuses_with(400, "guard.invalid_input")["code"],
            "guard.invalid_input",
            "{shown}"
        );
    }
    let nobody = signet.api("PUT", "/applications/nobody/sign-in-experience", json!({})).await;
    nobody.refuses_with(404, "entity.not_exists_with_id");
}
