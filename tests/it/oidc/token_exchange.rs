//! Token exchange: impersonation, personal access tokens, delegation.

use crate::signet;
use serde_json::{Value, json};
use signet_core::user::User;
use signet_tests::token::claims;
use signet_tests::{Answer, Client, SignIn, Signet};
use std::time::Duration;
use url::form_urlencoded;

const API: &str = "https://shop.example/api";
const OTHER: &str = "https://other.example";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
const IMPERSONATION: &str = "urn:logto:token-type:impersonation_token";
const PERSONAL: &str = "urn:logto:token-type:personal_access_token";

struct Shop {
    signet: Signet,
    backend: Client,
    alice: User,
}

/// A service that may act for people, and somebody who may read the shop's API.
async fn backend() -> Shop {
    let signet = signet().await;
    let api = signet.resource(API, &["read", "write"]).await;
    signet.resource(OTHER, &["read"]).await;
    let backend = signet.client_with("Traditional", json!({"allowTokenExchange": true})).await;
    let alice = signet.person("alice").await;
    let readable = json!({"id": api["id"], "scopes": [api["scopes"][0]]});
    signet.permit(&alice, &readable).await;
    Shop { signet, backend, alice }
}

impl Shop {
    async fn subject_token(&self, context: Value) -> String {
        let made =
            self.signet.api("POST", "/subject-tokens", json!({"userId": self.alice.id, "context": context})).await;
        made.expect(201)["subjectToken"].as_str().unwrap().to_owned()
    }

    async fn exchange(&self, client: &Client, token: &str, more: &[(&str, &str)]) -> Answer {
        let mut form = vec![
            ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            ("subject_token", token),
            ("subject_token_type", ACCESS_TOKEN),
        ];
        form.retain(|(name, _)| !more.iter().any(|(replaced, _)| replaced == name));
        form.extend(more.iter().filter(|(_, value)| !value.is_empty()));
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        client.posts(&self.signet, "/oidc/token", &form).await
    }

    async fn of_alice(&self, client: &Client, scope: &'static str) -> Value {
        let sign_in = SignIn { scope, resources: vec![API], ..SignIn::default() };
        self.signet.tokens(client, &self.alice, sign_in).await.0["access_token"].clone()
    }
}

#[track_caller]
fn invalid(answer: &Answer) {
    answer.refuses(400, "invalid_grant", "grant request is invalid");
}

#[tokio::test]
async fn an_impersonation_token_stands_for_its_person_once() {
    let shop = backend().await;
    let token = shop.subject_token(json!({})).await;

    let jwt = shop.exchange(&shop.backend, &token, &[("resource", API), ("scope", "read write")]).await.expect(200);

    let names: Vec<&String> = jwt.as_object().unwrap().keys().collect();
    assert_eq!(names, ["access_token", "expires_in", "scope", "token_type"]);
    let of = claims(&jwt["access_token"]);
    assert_eq!(
        (&of["sub"], &of["client_id"], &of["scope"]),
        (&json!(shop.alice.id), &json!(shop.backend.id), &json!("read"))
    );
    assert!(of.get("act").is_none());
    invalid(&shop.exchange(&shop.backend, &token, &[("resource", API)]).await);

    let another = shop.subject_token(json!({})).await;
    let asked = [("subject_token_type", IMPERSONATION), ("scope", "openid profile read")];
    let opaque = shop.exchange(&shop.backend, &another, &asked).await.expect(200);
    assert_eq!(opaque["scope"], "openid profile");
    assert_eq!(shop.signet.userinfo(&opaque["access_token"]).await.expect(200)["sub"], json!(shop.alice.id));
    let bare = shop.exchange(&shop.backend, &shop.subject_token(json!({})).await, &[("resource", API)]).await;
    assert_eq!(bare.expect(200)["scope"], "");
}

#[tokio::test]
async fn a_refused_exchange_leaves_the_subject_token_usable() {
    let shop = backend().await;
    let token = shop.subject_token(json!({})).await;

    let organization = shop.exchange(&shop.backend, &token, &[("organization_id", "acme")]).await;
    organization.refuses(403, "access_denied", "user is not a member of the organization");
    let unknown = shop.exchange(&shop.backend, &token, &[("resource", "https://unknown.example")]).await;
    unknown.refuses(400, "invalid_target", "resource indicator is missing, or unknown");
    shop.signet.person_script("api.denyAccess('no');", json!({})).await;
    shop.exchange(&shop.backend, &token, &[]).await.refuses(400, "access_denied", "no");
    shop.signet.person_script("return {};", json!({})).await;

    shop.exchange(&shop.backend, &token, &[]).await.expect(200);
}

#[tokio::test]
async fn an_impersonation_token_lives_ten_minutes() {
    let shop = backend().await;
    let token = shop.subject_token(json!({})).await;
    shop.signet.advance(Duration::from_mins(10));

    invalid(&shop.exchange(&shop.backend, &token, &[]).await);
}

#[tokio::test]
async fn a_personal_access_token_works_until_it_expires() {
    let shop = backend().await;
    let path = format!("/users/{}/personal-access-tokens", shop.alice.id);
    let expires_at = signet_tests::START.0 + 60_000;
    let made = shop.signet.api("POST", &path, json!({"name": "cli", "expiresAt": expires_at})).await.expect(201);
    let token = made["value"].as_str().unwrap();
    let asked = [("subject_token_type", PERSONAL), ("resource", API), ("scope", "read")];
    for _ in 0..2 {
        let granted = shop.exchange(&shop.backend, token, &asked).await.expect(200);
        assert_eq!(claims(&granted["access_token"])["scope"], "read");
    }
    invalid(&shop.exchange(&shop.backend, token, &[]).await);
    shop.signet.advance(Duration::from_mins(1));
    invalid(&shop.exchange(&shop.backend, token, &asked).await);
}

#[tokio::test]
async fn a_service_acts_for_somebody_whose_access_token_it_was_given() {
    let shop = backend().await;
    let web = shop.signet.web().await;
    let opaque = shop.of_alice(&web, "openid read").await;
    let jwt = shop.of_alice(&web, "read").await;
    for token in [opaque, jwt] {
        let token = token.as_str().unwrap();
        let granted = shop.exchange(&shop.backend, token, &[("resource", OTHER), ("scope", "read")]).await.expect(200);
        let of = claims(&granted["access_token"]);
        assert_eq!(
            (&of["sub"], &of["client_id"], &of["aud"]),
            (&json!(shop.alice.id), &json!(shop.backend.id), &json!(OTHER))
        );
        shop.exchange(&shop.backend, token, &[("resource", OTHER)]).await.expect(200);
    }
}

#[tokio::test]
async fn attack_33_an_exchange_never_widens() {
    let shop = backend().await;
    let web = shop.signet.web().await;
    let narrow = shop.of_alice(&web, "openid").await;
    let narrow = narrow.as_str().unwrap();
    let sign_in = SignIn { scope: "unheld", resources: vec![API], ..SignIn::default() };
    let jwt = shop.signet.tokens(&web, &shop.alice, sign_in).await.0["access_token"].clone();
    let jwt = jwt.as_str().unwrap();

    // For the same audience no more than the token had, for another no more than the person holds.
    let opaque = shop.exchange(&shop.backend, narrow, &[("scope", "openid profile email")]).await.expect(200);
    assert_eq!(opaque["scope"], "openid");
    let same = shop.exchange(&shop.backend, jwt, &[("resource", API), ("scope", "read write")]).await.expect(200);
    assert_eq!(same["scope"], "");
    let other = shop.exchange(&shop.backend, narrow, &[("resource", API), ("scope", "read write")]).await.expect(200);
    assert_eq!(other["scope"], "read");
    for resource in ["https://unknown.example", "nonsense"] {
        assert_eq!(
            shop.exchange(&shop.backend, narrow, &[("resource", resource)]).await.expect(400)["error"],
            "invalid_target"
        );
    }
    let third = shop.signet.third_party().await;
    for scope in ["openid read", "read"] {
        let token = shop.of_alice(&third, scope).await;
        invalid(&shop.exchange(&shop.backend, token.as_str().unwrap(), &[("resource", API)]).await);
    }
    let plain = shop.signet.web().await;
    let refused = shop.exchange(&plain, &shop.subject_token(json!({})).await, &[]).await;
    refused.refuses(400, "invalid_request", "requested grant type is not allowed for this client");
}

#[tokio::test]
async fn attack_32_what_is_no_access_token_stands_for_nobody() {
    let shop = backend().await;
    let web = shop.signet.web().await;
    let (tokens, _) = shop.signet.tokens(&web, &shop.alice, SignIn::default()).await;
    let machine = shop.signet.management_token().await;
    let text = |token: &Value| token.as_str().unwrap().to_owned();

    for token in
        [text(&tokens["id_token"]), text(&tokens["refresh_token"]), machine, "sub_nonsense".into(), "a.b.c".into()]
    {
        invalid(&shop.exchange(&shop.backend, &token, &[]).await);
    }
    let impersonation = shop.subject_token(json!({})).await;
    for kind in ["urn:ietf:params:oauth:token-type:jwt", "urn:ietf:params:oauth:token-type:id_token", PERSONAL, "x"] {
        invalid(&shop.exchange(&shop.backend, &impersonation, &[("subject_token_type", kind)]).await);
    }
    for (missing, description) in [
        (vec![("subject_token", "")], "missing required parameter 'subject_token'"),
        (vec![("subject_token_type", "")], "missing required parameter 'subject_token_type'"),
        (
            vec![("subject_token", ""), ("subject_token_type", "")],
            "missing required parameters 'subject_token' and 'subject_token_type'",
        ),
    ] {
        shop.exchange(&shop.backend, "x", &missing).await.refuses(400, "invalid_request", description);
    }
}

#[tokio::test]
async fn attack_33_actors_are_proved_kept_and_chained() {
    let shop = backend().await;
    let (web, bob) = (shop.signet.web().await, shop.signet.person("bob").await);
    let (tokens, _) = shop.signet.tokens(&web, &bob, SignIn { scope: "openid", ..SignIn::default() }).await;
    let (nobody, _) = shop.signet.tokens(&web, &bob, SignIn { scope: "profile", ..SignIn::default() }).await;
    let actor = tokens["access_token"].as_str().unwrap();
    let acting = |token| [("actor_token", token), ("actor_token_type", ACCESS_TOKEN), ("resource", API)];
    let subject = shop.subject_token(json!({})).await;

    for (token, kind) in [
        ("x", ACCESS_TOKEN),
        (nobody["access_token"].as_str().unwrap(), ACCESS_TOKEN),
        (tokens["id_token"].as_str().unwrap(), ACCESS_TOKEN),
        (actor, "urn:ietf:params:oauth:token-type:id_token"),
        (actor, ""),
        ("", ACCESS_TOKEN),
    ] {
        invalid(&shop.exchange(&shop.backend, &subject, &[("actor_token", token), ("actor_token_type", kind)]).await);
    }
    let first = shop.exchange(&shop.backend, &subject, &acting(actor)).await.expect(200);
    let once = json!({"sub": bob.id});
    assert_eq!(claims(&first["access_token"])["act"], once);
    let first = first["access_token"].as_str().unwrap();
    let kept = shop.exchange(&shop.backend, first, &[("resource", OTHER)]).await.expect(200);
    assert_eq!(claims(&kept["access_token"])["act"], once);
    let chained = shop.exchange(&shop.backend, first, &acting(actor)).await.expect(200);
    assert_eq!(claims(&chained["access_token"])["act"], json!({"sub": bob.id, "act": once}));
    let opaque = shop.exchange(&shop.backend, first, &[("scope", "openid")]).await.expect(200);
    assert_eq!(shop.backend.introspects(&shop.signet, &opaque["access_token"]).await.expect(200)["act"], once);
}

#[tokio::test]
async fn a_script_sees_the_exchange_and_no_interaction() {
    let shop = backend().await;
    shop.signet.person_script("return { grant: context.grant, gty: token.gty, extra: token.extra, session: token.sessionUid ?? null, interaction: typeof context.interaction };", json!({})).await;
    let of = async |token: &str, kind| {
        let asked = [("resource", API), ("subject_token_type", kind)];
        claims(&shop.exchange(&shop.backend, token, &asked).await.expect(200)["access_token"])
    };

    let token = shop.subject_token(json!({"ticket": "T1", "nested": {"a": [1]}})).await;
    let impersonated = of(&token, IMPERSONATION).await;
    let exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    assert_eq!(
        impersonated["grant"],
        json!({"type": exchange, "subjectTokenContext": {"ticket": "T1", "nested": {"a": [1]}}})
    );
    assert_eq!((&impersonated["gty"], &impersonated["interaction"]), (&json!(exchange), &json!("undefined")));
    assert_eq!(impersonated["extra"].as_object().unwrap().keys().collect::<Vec<_>>(), ["subjectTokenId"]);
    assert_eq!(impersonated["session"], Value::Null);

    let path = format!("/users/{}/personal-access-tokens", shop.alice.id);
    let made = shop.signet.api("POST", &path, json!({"name": "cli"})).await.expect(201);
    let personal = of(made["value"].as_str().unwrap(), PERSONAL).await;
    assert_eq!((personal.get("grant"), &personal["extra"]), (None, &json!({})));
    let entries = shop.signet.logs("ExchangeTokenBy.TokenExchange").await;
    assert_eq!(entries[0]["payload"]["params"]["subject_token"], "******");
    assert_eq!(entries[0]["payload"]["userId"], json!(shop.alice.id));
}
