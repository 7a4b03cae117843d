//! What an application of somebody else gets: no more than was configured, and agreed to, and is held.

use crate::signet;
use serde_json::{Value, json};
use signet_tests::people::REDIRECT_URI;
use signet_tests::shopping::{SHOP, Shopping, WANTS_ALL};
use signet_tests::token::claims;
use signet_tests::{Answer, Client, Signet};

const NOT_GRANTED: &str = "organization access is not granted to the application";

async fn refresh(signet: &Signet, client: &Client, tokens: &Value, more: &str) -> Answer {
    client.refreshes(signet, &tokens["refresh_token"], more).await
}

/// The scopes of a token for the API, in an organization if there is one.
async fn scopes(signet: &Signet, client: &Client, tokens: &Value, organization: Option<&str>) -> String {
    let organization = organization.map(|id| format!("&organization_id={id}")).unwrap_or_default();
    let answer = refresh(signet, client, tokens, &format!("&resource={SHOP}{organization}")).await.expect(200);
    let mut names: Vec<&str> = answer["scope"].as_str().unwrap().split(' ').collect();
    names.sort_unstable();
    assert_eq!(claims(&answer["access_token"])["scope"], answer["scope"]);
    names.join(" ")
}

fn consents(shopping: &Shopping, client: &Client) -> String {
    format!("/applications/{}/users/{}/consent-organizations", client.id, shopping.alice.id)
}

#[tokio::test]
async fn user_data_that_is_not_configured_is_refused_by_name() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let client = signet.shop_assistant(&shopping).await;

    let answer = signet.browser().authorize(&client, &[("scope", "openid profile phone email")]).await;

    let told = answer.takes_back_to(REDIRECT_URI);
    assert_eq!(
        (told["error"].as_str(), told["error_description"].as_str()),
        ("invalid_scope", "requested scope is not allowed")
    );
    assert_eq!((told["scope"].as_str(), told["state"].as_str()), ("phone", "kept"));
    let fine = signet.browser().authorize(&client, &[("scope", "openid offline_access profile nonsense")]).await;
    fine.goes_to("/sign-in");
    let own = signet.browser().authorize(&signet.web().await, &[("scope", "openid phone")]).await;
    own.goes_to("/sign-in");
}

#[tokio::test]
async fn a_person_is_shown_what_each_organization_would_give_away() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let client = signet.shop_assistant(&shopping).await;
    let look = json!({"displayName": "Best Assistant", "branding": {"logoUrl": "https://a.example/l"}, "termsOfUseUrl": "https://a.example/t"});
    signet.api("PUT", &format!("/applications/{}/sign-in-experience", client.id), look).await.expect(201);
    let browser = signet.browser();
    browser.is_asked_by(&client, &shopping.alice, WANTS_ALL).await;

    let asked = browser.get("/api/interaction/consent").await.expect(200);

    assert_eq!(
        asked["application"],
        json!({"id": client.id, "name": "Assistant", "displayName": "Best Assistant",
            "branding": {"logoUrl": "https://a.example/l"}, "termsOfUseUrl": "https://a.example/t"})
    );
    assert_eq!(asked["missingOIDCScope"], json!(["profile", "urn:logto:scope:organizations"]));
    let urn = "urn:logto:resource:organizations";
    let template = json!({"resource": {"id": urn, "name": urn, "indicator": urn},
        "scopes": [{"id": shopping.invite, "name": "invite", "description": "Invite people"}]});
    assert_eq!(asked["missingResourceScopes"], json!([template]), "she has no global roles");
    for (name, expected) in [("foo", "read write"), ("bar", "read")] {
        let all = asked["organizations"].as_array().unwrap();
        let organization = all.iter().find(|organization| organization["name"] == name).unwrap();
        let missing = organization["missingResourceScopes"].as_array().unwrap();
        assert_eq!((missing.len(), &missing[0]), (2, &template), "the same everywhere");
        assert_eq!(missing[1]["resource"]["indicator"], SHOP);
        let names: Vec<_> =
            missing[1]["scopes"].as_array().unwrap().iter().map(|scope| scope["name"].as_str().unwrap()).collect();
        assert_eq!(names.join(" "), expected, "{name}");
    }
}

#[tokio::test]
async fn tokens_are_for_the_organizations_that_were_chosen() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let (foo, bar) = (shopping.foo.as_str(), shopping.bar.as_str());
    let (first, second) = (signet.shop_assistant(&shopping).await, signet.shop_assistant(&shopping).await);
    let in_bar = signet.browser().lets_in(&first, &shopping.alice, &[bar]).await;

    let denied = refresh(&signet, &first, &in_bar, &format!("&organization_id={foo}")).await;
    denied.refuses(403, "access_denied", NOT_GRANTED);
    let denied = refresh(&signet, &first, &in_bar, &format!("&resource={SHOP}&organization_id={foo}")).await;
    denied.refuses(403, "access_denied", NOT_GRANTED);
    assert_eq!(scopes(&signet, &first, &in_bar, Some(bar)).await, "read");
    assert_eq!(scopes(&signet, &first, &in_bar, None).await, "read", "only what the chosen ones give");
    let token = refresh(&signet, &first, &in_bar, &format!("&organization_id={bar}")).await.expect(200);
    assert_eq!(
        (token["scope"].as_str(), &claims(&token["access_token"])["aud"]),
        (Some(""), &json!(format!("urn:logto:organization:{bar}")))
    );

    let in_foo = signet.browser().lets_in(&second, &shopping.alice, &[foo]).await;
    assert_eq!(scopes(&signet, &second, &in_foo, Some(foo)).await, "read write", "to delete is not configured");
    assert_eq!(scopes(&signet, &second, &in_foo, None).await, "read write");
    let token = refresh(&signet, &second, &in_foo, &format!("&organization_id={foo}")).await.expect(200);
    assert_eq!(token["scope"], "invite");
}

/// The reference tells of all of them.
#[tokio::test]
async fn claims_tell_of_the_organizations_that_the_application_was_let_into() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let (foo, bar) = (shopping.foo.as_str(), shopping.bar.as_str());
    let client = signet.shop_assistant(&shopping).await;
    let switches = json!({"enabledExtendedClaims": ["organizations"]});
    signet.api("PUT", "/configs/id-token", switches).await.expect(200);
    let tokens = signet.browser().lets_in(&client, &shopping.alice, &[bar]).await;

    assert_eq!(claims(&tokens["id_token"])["organizations"], json!([bar]));
    let about = signet.userinfo(&tokens["access_token"]).await.expect(200);
    assert_eq!(about["organizations"], json!([bar]));

    signet.api("PUT", &consents(&shopping, &client), json!({"organizationIds": [foo]})).await.expect(204);
    let about = signet.userinfo(&tokens["access_token"]).await.expect(200);
    assert_eq!(about["organizations"], json!([foo]), "at once");
}

#[tokio::test]
async fn consents_accumulate_and_end_with_the_next_refresh() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let (foo, bar) = (shopping.foo.as_str(), shopping.bar.as_str());
    let client = signet.shop_assistant(&shopping).await;
    signet.browser().lets_in(&client, &shopping.alice, &[bar]).await;
    let tokens = signet.browser().lets_in(&client, &shopping.alice, &[foo]).await;
    assert_eq!(scopes(&signet, &client, &tokens, Some(bar)).await, "read", "the earlier consent still counts");
    let path = consents(&shopping, &client);
    let in_foo = format!("&organization_id={foo}");

    signet.api("PUT", &path, json!({"organizationIds": [bar]})).await.expect(204);
    refresh(&signet, &client, &tokens, &in_foo).await.refuses(403, "access_denied", NOT_GRANTED);
    assert_eq!(scopes(&signet, &client, &tokens, None).await, "read");
    signet.api("DELETE", &format!("{path}/{bar}"), Value::Null).await.expect(204);
    assert_eq!(scopes(&signet, &client, &tokens, None).await, "");
    signet.api("POST", &path, json!({"organizationIds": [foo]})).await.expect(201);
    assert_eq!(scopes(&signet, &client, &tokens, Some(foo)).await, "read write");
}

#[tokio::test]
async fn what_is_not_configured_any_more_is_in_no_new_token() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let foo = shopping.foo.as_str();
    let client = signet.shop_assistant(&shopping).await;
    let tokens = signet.browser().lets_in(&client, &shopping.alice, &[foo]).await;
    assert_eq!(tokens["scope"], "openid offline_access profile urn:logto:scope:organizations");
    let path = format!("/applications/{}/user-consent-scopes", client.id);
    let write = shopping.scopes["write"].as_str().unwrap();

    for gone in [
        format!("organization-resource-scopes/{write}"),
        format!("organization-scopes/{}", shopping.invite),
        "user-scopes/profile".to_owned(),
    ] {
        signet.api("DELETE", &format!("{path}/{gone}"), Value::Null).await.expect(204);
    }

    assert_eq!(scopes(&signet, &client, &tokens, Some(foo)).await, "read");
    assert_eq!(refresh(&signet, &client, &tokens, &format!("&organization_id={foo}")).await.expect(200)["scope"], "");
    let plain = refresh(&signet, &client, &tokens, "").await.expect(200);
    assert_eq!(plain["scope"], "openid offline_access urn:logto:scope:organizations");
    assert!(claims(&plain["id_token"]).get("username").is_none());
}

#[tokio::test]
async fn a_level_that_is_not_configured_gives_nothing() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let foo = shopping.foo.as_str();
    let client = signet.shop_assistant(&shopping).await;
    // Globally she may delete; in organizations the application may not have it, and globally it may have nothing.
    let role = json!({"name": "cleaner", "description": "of a story", "type": "User", "scopeIds": [shopping.scopes["delete"]]});
    let role = signet.api("POST", "/roles", role).await.expect(200);
    signet
        .api("POST", &format!("/users/{}/roles", shopping.alice.id), json!({"roleIds": [role["id"]]}))
        .await
        .expect(201);
    let tokens = signet.browser().lets_in(&client, &shopping.alice, &[foo]).await;
    assert_eq!(scopes(&signet, &client, &tokens, Some(foo)).await, "read write");

    signet.lets_ask(&client, json!({"resourceScopes": [shopping.scopes["delete"]]})).await;
    assert_eq!(scopes(&signet, &client, &tokens, Some(foo)).await, "read write", "nobody agreed to it yet");
    let tokens = signet.browser().lets_in(&client, &shopping.alice, &[foo]).await;
    assert_eq!(scopes(&signet, &client, &tokens, Some(foo)).await, "delete read write");
}

#[tokio::test]
async fn attack_36_nobody_lets_an_application_into_an_organization_of_others() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let client = signet.shop_assistant(&shopping).await;
    let other = signet.made("/organizations", json!({"name": "other"})).await;
    let browser = signet.browser();
    browser.is_asked_by(&client, &shopping.alice, WANTS_ALL).await;

    for organizations in [json!([other]), json!([shopping.foo, other]), json!(["nowhere"]), json!(["a b"])] {
        let answer = browser.post_json("/api/interaction/consent", &json!({"organizationIds": organizations})).await;
        answer.refuses_with(422, "organization.require_membership");
    }

    let kept = signet.api("GET", &consents(&shopping, &client), Value::Null).await.expect(200);
    assert_eq!(kept["organizations"], json!([]), "a refused answer lets nobody in anywhere");
    let grants = signet.api("GET", &format!("/users/{}/grants", shopping.alice.id), Value::Null).await.expect(200);
    assert_eq!(grants["grants"], json!([]));
    let end = browser.agrees(&[&shopping.bar]).await;
    assert!(end.takes_back_to(REDIRECT_URI).contains_key("code"));
}

#[tokio::test]
async fn attack_34_an_application_is_out_of_an_organization_with_its_person() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let (foo, in_foo) = (shopping.foo.as_str(), format!("&organization_id={}", shopping.foo));
    let client = signet.shop_assistant(&shopping).await;
    let tokens = signet.browser().lets_in(&client, &shopping.alice, &[foo]).await;
    refresh(&signet, &client, &tokens, &in_foo).await.expect(200);

    let member = format!("/organizations/{foo}/users/{}", shopping.alice.id);
    signet.api("DELETE", &member, Value::Null).await.expect(204);
    let out = refresh(&signet, &client, &tokens, &in_foo).await;
    out.refuses(403, "access_denied", "user is not a member of the organization");
    assert_eq!(scopes(&signet, &client, &tokens, None).await, "");

    signet.joins(&shopping.alice, foo, &[&shopping.admin]).await;
    refresh(&signet, &client, &tokens, &in_foo).await.refuses(403, "access_denied", NOT_GRANTED);
}

#[tokio::test]
async fn a_third_party_exchanges_no_tokens() {
    let signet = signet().await;
    let alice = signet.person("alice").await;
    let settings = json!({"isThirdParty": true, "customClientMetadata": {"allowTokenExchange": true}});
    let mut application = json!({"name": "x", "type": "Traditional"});
    application.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
    let refused = signet.api("POST", "/applications", application).await;
    refused.refuses_with(422, "application.third_party_application_cannot_enable_token_exchange");
    let client = signet.third_party().await;
    let made = signet.api("POST", "/subject-tokens", json!({"userId": alice.id})).await.expect(201);
    let form = format!(
        "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token={}&subject_token_type=urn:ietf:params:oauth:token-type:access_token",
        made["subjectToken"].as_str().unwrap()
    );

    let answer = client.posts(&signet, "/oidc/token", &form).await;

    answer.refuses(400, "invalid_request", "requested grant type is not allowed for this client");
}

#[tokio::test]
async fn attack_57_what_is_taken_away_while_it_is_asked_for_is_not_given() {
    let signet = signet().await;
    let shopping = signet.shopping().await;
    let client = signet.shop_assistant(&shopping).await;
    let browser = signet.browser();
    browser.is_asked_by(&client, &shopping.alice, WANTS_ALL).await;
    let shown = browser.get("/api/interaction/consent").await.expect(200);
    assert!(shown.to_string().contains("\"write\""));

    // Between the page and the answer: the permission, the role, and another organization go.
    let write = shopping.scopes["write"].as_str().unwrap();
    let list = format!("/applications/{}/user-consent-scopes/organization-resource-scopes/{write}", client.id);
    signet.api("DELETE", &list, Value::Null).await.expect(204);
    signet.api("DELETE", &format!("/organizations/{}", shopping.bar), Value::Null).await.expect(204);
    let gone = browser.post_json("/api/interaction/consent", &json!({"organizationIds": [shopping.bar]})).await;
    gone.refuses_with(422, "organization.require_membership");
    browser.agrees(&[&shopping.foo]).await.takes_back_to(REDIRECT_URI);

    let grants = signet.api("GET", &format!("/users/{}/grants", shopping.alice.id), Value::Null).await.expect(200);
    assert_eq!(grants["grants"][0]["payload"]["resources"][SHOP], "read");
}
