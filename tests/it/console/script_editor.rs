//! What the editor of claims scripts gets from the server beside what the reference has.

use crate::signet;
use serde_json::{Value, json};
use signet_core::script::TokenType;
use signet_oidc::token::claims::declared::{conforms, declaration_file};
use signet_tests::{Answer, SignIn, Signet};

const PREFIX: &str = "const getCustomJwtClaims = async ({ token, context, environmentVariables, api }) => {\n";

async fn tests(signet: &Signet, body: &str, more: Value) -> Answer {
    let mut request = json!({
        "tokenType": "access-token",
        "script": format!("{PREFIX}{body}\n}};"),
        "token": {"jti": "j", "clientId": "app", "accountId": "ada", "aud": "https://api.example", "scope": "read"},
        "context": {"user": {}},
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        request[name] = value.clone();
    }
    signet.api("POST", "/configs/jwt-customizer/test?report=true", request).await
}

#[tokio::test]
async fn a_report_has_the_token_beside_the_original_and_what_was_ignored() {
    let signet = signet().await;

    let report = tests(&signet, "console.warn('hm'); return { tier: 'gold', sub: 'eve', exp: 1 };", json!({})).await;

    let report = report.expect(200);
    assert_eq!(report["claims"], json!({"tier": "gold", "sub": "eve", "exp": 1}));
    assert_eq!(report["ignored"], json!(["sub", "exp"]));
    let original = &report["original"];
    assert_eq!((&original["sub"], &original["iss"]), (&json!("ada"), &json!("https://id.example/oidc")));
    assert_eq!(
        (&original["client_id"], &original["scope"], original.get("tier")),
        (&json!("app"), &json!("read"), None)
    );
    let mut expected = original.clone();
    expected["tier"] = "gold".into();
    assert_eq!(report["token"], expected);
    assert_eq!(report["logs"], json!([{"level": "warn", "text": "hm"}]));
    assert!(report["durationMs"].is_u64() && report["error"].is_null(), "{report}");
}

#[tokio::test]
async fn a_report_says_what_went_wrong_and_where() {
    let signet = signet().await;
    for (body, kind, line) in [
        ("  throw new Error('boom');", "runtime", json!(2)),
        ("  const a = ;", "syntax", json!(2)),
        ("  return null;", "type", Value::Null),
        ("  return api.denyAccess('no');", "denied", Value::Null),
    ] {
        let report = tests(&signet, body, json!({})).await.expect(200);
        let error = &report["error"];
        assert_eq!((&error["kind"], &error["line"]), (&json!(kind), &line), "{body}: {report}");
        assert!(error["column"].is_u64() || line.is_null(), "{body}: {report}");
        assert_eq!((&report["claims"], &report["token"]), (&Value::Null, &Value::Null), "{body}");
    }
    let missing = tests(&signet, "", json!({"script": "const other = 1;"})).await.expect(200);
    assert_eq!(missing["error"]["kind"], "missing_function");
}

#[tokio::test]
async fn attack_15_stored_variables_are_written_and_used_and_never_shown_again() {
    let signet = signet().await;
    let stored = json!({"environmentVariables": {"KEY": "s3cr3t-value", "REGION": "europe"}});
    signet.person_script("return {};", stored).await;
    let names = async |path: &str| {
        let path = format!("/configs/jwt-customizer{path}?environmentVariables=names");
        signet.api("GET", &path, Value::Null).await.expect(200)
    };
    assert_eq!(names("/access-token").await["environmentVariables"], json!({"KEY": null, "REGION": null}));
    assert_eq!(names("").await[0]["value"]["environmentVariables"], json!({"KEY": null, "REGION": null}));

    let keep = json!({"environmentVariables": {"KEY": null, "REGION": "asia"}});
    signet.person_script("return {};", keep).await;
    let whole = signet.api("GET", "/configs/jwt-customizer/access-token", Value::Null).await.expect(200);
    assert_eq!(whole["environmentVariables"], json!({"KEY": "s3cr3t-value", "REGION": "asia"}));

    let says = "const { KEY, REGION } = environmentVariables; console.log(KEY); \
        return { key: KEY, inside: { text: 'a ' + KEY }, region: REGION };";
    let used = json!({"useStoredEnvironmentVariables": true, "environmentVariables": {"REGION": "africa"}});
    let report = tests(&signet, says, used).await;
    assert!(!report.text.contains("s3cr3t-value"), "{}", report.text);
    let report = report.expect(200);
    let claims = json!({"key": "******", "inside": {"text": "a ******"}, "region": "africa"});
    assert_eq!((&report["claims"], &report["logs"][0]["text"]), (&claims, &json!("******")));
    let thrown = "throw new Error(environmentVariables.KEY);";
    let thrown = tests(&signet, thrown, json!({"environmentVariables": {"KEY": null}})).await.expect(200);
    assert_eq!(thrown["error"]["message"], "******");

    let unknown = tests(&signet, says, json!({"environmentVariables": {"OTHER": null}})).await;
    unknown.refuses_with(400, "request.invalid_input");
    let request = json!({"script": "x", "environmentVariables": {"OTHER": null}});
    let refused = signet.api("PUT", "/configs/jwt-customizer/access-token", request).await;
    refused.refuses_with(400, "request.invalid_input");
}

async fn context(signet: &Signet, kind: &str, query: &str) -> Answer {
    signet.api("GET", &format!("/configs/jwt-customizer/{kind}/context?{query}"), Value::Null).await
}

#[tokio::test]
async fn real_context_of_a_person_is_what_issuance_gives_with_secrets_masked() {
    let signet = signet().await;
    let client = signet.web().await;
    let acme = signet.api("POST", "/organizations", json!({"name": "Acme", "customData": {"internalId": "42"}})).await;
    let acme = acme.expect(201)["id"].as_str().unwrap().to_owned();
    let alice = signet.person_with("alice", |user| {
        user.custom_data = json!({"plan": "gold", "apiKey": "k3y"}).as_object().unwrap().clone();
    });
    let alice = alice.await;
    let members = json!({"userIds": [alice.id]});
    signet.api("POST", &format!("/organizations/{acme}/users"), members).await.expect(201);
    signet.person_script("return { seen: JSON.stringify(context) };", json!({})).await;
    let submission = json!({"interactionEvent": "SignIn", "userId": alice.id, "verificationRecords": []});
    let sign_in = SignIn { last_submission: Some(submission), ..SignIn::default() };
    let (tokens, _) = signet.tokens(&client, &alice, sign_in).await;

    let query = format!("userId={}&applicationId={}&organizationId={acme}", alice.id, client.id);
    let answer = context(&signet, "access-token", &query).await.expect(200);

    let shown = client.introspects(&signet, &tokens["access_token"]).await.expect(200);
    let mut issued: Value = serde_json::from_str(shown["seen"].as_str().unwrap()).unwrap();
    let seen = &answer["context"];
    assert_eq!(
        (&seen["user"]["customData"]["plan"], &seen["user"]["customData"]["apiKey"]),
        (&json!("gold"), &json!("******"))
    );
    assert_eq!(seen["organization"]["customData"], json!({"internalId": "42"}));
    issued["user"]["customData"]["apiKey"] = "******".into();
    for member in ["user", "application", "interaction"] {
        assert_eq!(seen[member], issued[member], "{member}");
    }
    assert_eq!(answer["token"]["accountId"], json!(alice.id));
    let argument = json!({"token": answer["token"], "context": seen});
    assert_eq!(conforms(TokenType::AccessToken, &argument), Ok(()));
    let tested = json!({"token": answer["token"], "context": seen});
    tests(&signet, "return { plan: context.user.customData.plan };", tested).await.expect(200);
}

#[tokio::test]
async fn real_context_needs_somebody_who_is_there() {
    let signet = signet().await;
    let (alice, robot) = (signet.person("alice").await, signet.machine("robot").await);

    let machine = context(&signet, "client-credentials", &format!("applicationId={}", robot.id)).await.expect(200);
    assert_eq!(machine["context"]["application"]["name"], "robot");
    let argument = json!({"token": machine["token"], "context": machine["context"]});
    assert_eq!(conforms(TokenType::ClientCredentials, &argument), Ok(()));

    context(&signet, "access-token", "").await.refuses_with(400, "request.invalid_input");
    context(&signet, "client-credentials", "").await.refuses_with(400, "request.invalid_input");
    context(&signet, "access-token", "userId=nobody").await.refuses_with(404, "entity.not_found");
    let unknown = format!("userId={}&applicationId=nothing", alice.id);
    context(&signet, "access-token", &unknown).await.refuses_with(404, "entity.not_found");
    let stranger = format!("userId={}&organizationId=nowhere", alice.id);
    context(&signet, "access-token", &stranger).await.refuses_with(422, "organization.require_membership");
}

#[tokio::test]
async fn what_scripts_really_get_is_as_the_editor_declares_it() {
    let signet = signet().await;
    let client = signet.web().await;
    signet.registered("alice", json!({})).await;
    let seen = "return { seen: JSON.stringify({ token, context, environmentVariables }) };";
    let variables = json!({"environmentVariables": {"REGION": "europe"}});
    signet.person_script(seen, variables.clone()).await;
    signet.machine_script(seen, variables).await;
    let of = |claims: &Value| serde_json::from_str::<Value>(claims["seen"].as_str().unwrap()).unwrap();

    let back = signet.browser().signs_in_with_password(&client, "alice").await;
    let code = back.takes_back_to(&client.redirect_uri)["code"].clone();
    let tokens = client.redeems(&signet, &code, "").await.expect(200);
    let shown = client.introspects(&signet, &tokens["access_token"]).await.expect(200);
    assert_eq!(conforms(TokenType::AccessToken, &of(&shown)), Ok(()));

    let granted = signet.bootstrap().token_for(&signet, "https://default.logto.app/api", "all").await.expect(200);
    let claims = signet_tests::token::claims(&granted["access_token"]);
    assert_eq!(conforms(TokenType::ClientCredentials, &of(&claims)), Ok(()));
}

#[tokio::test]
async fn every_global_that_is_declared_is_there() {
    let signet = signet().await;
    let file = declaration_file(TokenType::AccessToken);
    let words = ["declare const ", "declare class ", "declare function "];
    let names: Vec<&str> = file
        .lines()
        .filter_map(|line| words.iter().find_map(|word| line.strip_prefix(word)))
        .map(|rest| rest.split(|letter: char| !letter.is_alphanumeric()).next().unwrap())
        .collect();
    assert!(names.len() > 20, "{names:?}");
    let body = format!(
        "return {{ missing: {}.filter((name) => globalThis[name] === undefined) }};",
        serde_json::to_string(&names).unwrap()
    );

    let report = tests(&signet, &body, json!({})).await.expect(200);

    assert_eq!(report["claims"]["missing"], json!([]));
}
