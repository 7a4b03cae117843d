//! Claims that a script computes for machines' tokens.

use crate::{signet, start};
use serde_json::{Value, json};
use signet_core::claims::protocol::PROTECTED;
use signet_tests::token::claims;
use signet_tests::{Answer, Machine, Signet};

const API: &str = "https://shop.example/api";

struct Shop {
    signet: Signet,
    robot: Machine,
}

/// A machine that may read the shop's API.
async fn shop() -> Shop {
    let signet = signet().await;
    let api = signet.resource(API, &["read"]).await;
    let application = json!({"name": "robot", "type": "MachineToMachine", "description": "Nightly job", "customData": {"tier": "internal", "apiKey": "k"}});
    let robot = signet.machine_with(application).await;
    signet.allow(&robot, &api).await;
    Shop { signet, robot }
}

impl Shop {
    async fn ask(&self) -> Answer {
        self.robot.token_for(&self.signet, API, "read").await
    }

    async fn claims_of(&self, body: &str) -> Value {
        self.signet.machine_script(body, json!({})).await;
        claims(&self.ask().await.expect(200)["access_token"])
    }
}

#[tokio::test]
async fn a_token_carries_the_claims_that_the_script_returns() {
    let shop = shop().await;

    let claims =
        shop.claims_of("return { service: 'billing', limits: { rps: 5 }, gone: undefined, nothing: null };").await;

    assert_eq!(claims["service"], "billing");
    assert_eq!(claims["limits"], json!({"rps": 5}));
    assert_eq!(claims["nothing"], Value::Null);
    assert!(claims.get("gone").is_none());
    assert_eq!(claims["sub"], shop.robot.id);
}

#[tokio::test]
async fn a_script_sees_the_token_the_application_and_its_variables_and_no_secret() {
    let shop = shop().await;
    shop.signet
        .machine_script(
            "return { token, context, environmentVariables };",
            json!({"environmentVariables": {"KEY": "v"}}),
        )
        .await;

    let claims = claims(&shop.ask().await.expect(200)["access_token"]);

    let expected = json!({"jti": claims["jti"], "kind": "ClientCredentials", "clientId": shop.robot.id, "aud": API, "scope": "read"});
    assert_eq!(claims["token"], expected);
    let application = &claims["context"]["application"];
    assert_eq!(application["id"], shop.robot.id);
    assert_eq!(application["description"], "Nightly job");
    assert_eq!(application["customData"]["tier"], "internal");
    assert_eq!(claims["context"].as_object().unwrap().len(), 1);
    assert_eq!(claims["environmentVariables"], json!({"KEY": "v"}));
    assert!(!claims.to_string().contains(&shop.robot.secret));
}

#[tokio::test]
async fn variables_are_undefined_when_none_were_saved() {
    let shop = shop().await;
    assert_eq!(shop.claims_of("return { kind: typeof environmentVariables };").await["kind"], "undefined");
}

#[tokio::test]
async fn a_changed_script_counts_for_the_next_token() {
    let shop = shop().await;
    assert_eq!(shop.claims_of("return { version: 1 };").await["version"], 1);
    assert_eq!(shop.claims_of("return { version: 2 };").await["version"], 2);

    shop.signet.api("DELETE", "/configs/jwt-customizer/client-credentials", Value::Null).await.expect(204);

    assert!(claims(&shop.ask().await.expect(200)["access_token"]).get("version").is_none());
}

#[tokio::test]
async fn the_script_of_user_tokens_does_not_touch_machines() {
    let shop = shop().await;
    let script = json!({"script": "const getCustomJwtClaims = () => ({ from_user_script: 1 });"});
    shop.signet.api("PUT", "/configs/jwt-customizer/access-token", script).await.expect(201);

    assert!(claims(&shop.ask().await.expect(200)["access_token"]).get("from_user_script").is_none());
}

#[tokio::test]
async fn attack_12_no_script_can_forge_a_protected_claim() {
    let shop = shop().await;
    let honest = claims(&shop.ask().await.expect(200)["access_token"]);
    let forged = PROTECTED.iter().map(|name| format!("{name}: 'forged'")).collect::<Vec<_>>().join(", ");

    let claims = shop.claims_of(&format!("return {{ {forged}, Sub: 2, other: 1 }};")).await;

    let mut names: Vec<&str> = honest.as_object().unwrap().keys().map(String::as_str).collect();
    names.extend(["Sub", "other"]);
    assert_eq!(claims.as_object().unwrap().keys().map(String::as_str).collect::<Vec<_>>(), names);
    for name in PROTECTED {
        assert_ne!(claims[*name], "forged", "{name}");
    }
    let entry = &shop.signet.logs("JwtCustomizer.ClientCredentials").await[0];
    assert_eq!(entry["payload"]["ignoredClaims"].as_array().unwrap().len(), PROTECTED.len());
}

#[tokio::test]
async fn attack_13_data_that_others_write_cannot_forge_either() {
    let shop = shop().await;
    let path = format!("/applications/{}/custom-data", shop.robot.id);
    shop.signet.api("PATCH", &path, json!({"sub": "forged", "scope": "all", "plan": "gold"})).await.expect(200);

    let claims = shop.claims_of("return { ...context.application.customData };").await;

    assert_eq!(
        (&claims["sub"], &claims["scope"], &claims["plan"]),
        (&json!(shop.robot.id), &json!("read"), &json!("gold"))
    );
}

#[tokio::test]
async fn a_denial_is_final_even_when_the_script_catches_it() {
    let shop = shop().await;
    for body in [
        "api.denyAccess('Service is retired');",
        "return api.denyAccess('Service is retired');",
        "try { api.denyAccess('Service is retired'); } catch {} return { ok: true };",
        "try { api.denyAccess('Service is retired'); } catch {} throw new Error('other');",
        "Promise.resolve().then(() => api.denyAccess('Service is retired')).catch(() => {}); await null; await null; return {};",
    ] {
        shop.signet.machine_script(body, json!({})).await;
        shop.ask().await.refuses(400, "access_denied", "Service is retired");
    }
}

#[tokio::test]
async fn a_failing_script_costs_the_claims_or_the_token_as_the_switch_says() {
    let shop = shop().await;
    for (body, message) in [
        ("throw new Error('boom');", "boom"),
        ("return [1];", "Invalid input"),
        ("return { f: () => 1 };", "The script return value must be JSON-serializable."),
        ("return { big: 1n };", "The script return value must be JSON-serializable."),
    ] {
        shop.signet.machine_script(body, json!({})).await;
        let open = claims(&shop.ask().await.expect(200)["access_token"]);
        assert_eq!(open["sub"], shop.robot.id);

        shop.signet.machine_script(body, json!({"blockIssuanceOnError": true})).await;
        let text = format!("Custom claims script error: {message}");
        shop.ask().await.refuses(400, "invalid_request", &text);
    }
}

#[tokio::test]
async fn an_endless_script_ends_with_its_time() {
    let signet = start(Signet::with().flag("script-timeout", "300")).await;
    signet.resource(API, &[]).await;
    let robot = signet.machine("robot").await;
    signet.machine_script("for (;;) {}", json!({"blockIssuanceOnError": true})).await;

    let answer = robot.token_for(&signet, API, "").await;

    answer.refuses(400, "invalid_request", "Custom claims script error: Script execution timed out after 300ms.");
}

#[tokio::test]
async fn each_run_leaves_one_audit_entry_without_script_variables_or_secrets() {
    let shop = shop().await;
    let variables = json!({"environmentVariables": {"API_KEY": "very-hidden-value"}});
    shop.signet.machine_script("return { tier: 'gold', apiKey: environmentVariables.API_KEY };", variables).await;
    shop.ask().await.expect(200);

    let entries = shop.signet.logs("JwtCustomizer.ClientCredentials").await;

    assert_eq!(entries.len(), 1);
    let entry = &entries[0];
    assert_eq!(entry["payload"]["applicationId"], shop.robot.id);
    assert_eq!(entry["payload"]["result"], "Success");
    assert_eq!(entry["payload"]["customTokenClaims"], json!({"tier": "gold", "apiKey": "******"}));
    assert_eq!(entry["payload"]["payload"]["token"], "******");
    assert_eq!(entry["payload"]["payload"]["tokenType"], "client-credentials");
    let custom_data = &entry["payload"]["payload"]["context"]["application"]["customData"];
    assert_eq!(custom_data, &json!({"tier": "internal", "apiKey": "******"}));
    for hidden in ["very-hidden-value", "getCustomJwtClaims", &shop.robot.secret] {
        assert!(!Value::from(entries.clone()).to_string().contains(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn what_the_script_said_is_in_the_entry_of_the_request_too() {
    let shop = shop().await;
    shop.signet.machine_script("api.denyAccess('no');", json!({})).await;
    shop.ask().await.expect(400);

    let path = format!("/logs?applicationId={}", shop.robot.id);
    let logs = shop.signet.api("GET", &path, Value::Null).await.expect(200);

    assert_eq!(logs.as_array().unwrap().len(), 2);
    for log in logs.as_array().unwrap() {
        assert_eq!(log["payload"]["result"], "Error");
        assert_eq!(log["payload"]["customJwtError"]["error"]["code"], "AccessDenied");
    }
}

#[tokio::test]
async fn console_output_is_kept_with_the_entry_when_the_script_says_so() {
    let shop = shop().await;
    let body = "console.warn('tier', { plan: 'gold' }); return {};";
    for settings in [json!({}), json!({"storeLogs": false}), json!({"storeLogs": true})] {
        shop.signet.machine_script(body, settings).await;
        shop.ask().await.expect(200);
    }

    let entries = shop.signet.logs("JwtCustomizer.ClientCredentials").await;

    let kept: Vec<&Value> = entries.iter().filter_map(|entry| entry["payload"].get("logs")).collect();
    assert_eq!(kept, [&json!([{"level": "warn", "text": "tier {\"plan\":\"gold\"}"}])]);
}

#[tokio::test]
async fn attack_15_what_a_script_says_carries_no_variable_away() {
    let shop = shop().await;
    let settings =
        json!({"storeLogs": true, "blockIssuanceOnError": true, "environmentVariables": {"KEY": "very-hidden-value"}});
    for body in [
        "console.log(environmentVariables); throw new Error(`with ${environmentVariables.KEY}`);",
        "api.denyAccess(environmentVariables.KEY);",
    ] {
        shop.signet.machine_script(body, settings.clone()).await;
        let refusal = shop.ask().await.expect(400);
        assert!(refusal["error_description"].as_str().unwrap().contains("******"), "{refusal}");
    }
    let path = format!("/logs?applicationId={}", shop.robot.id);
    let logs = shop.signet.api("GET", &path, Value::Null).await.expect(200).to_string();
    assert!(logs.contains("******") && !logs.contains("very-hidden-value"), "{logs}");
}

#[tokio::test]
async fn a_script_that_keeps_timing_out_is_refused_for_a_while_and_never_passed_by() {
    let settings = Signet::with().flag("script-timeout", "100").flag("script-circuit-failures", "2");
    let signet = start(settings.flag("script-circuit-cooldown", "60000")).await;
    signet.resource(API, &[]).await;
    let robot = signet.machine("robot").await;
    signet.machine_script("for (;;) {}", json!({})).await;
    for _ in 0..2 {
        // Its own failure, and it does not block.
        robot.token_for(&signet, API, "").await.expect(200);
    }

    let refused = robot.token_for(&signet, API, "").await;

    assert!(refused.headers.contains_key("retry-after"));
    assert_eq!(refused.expect(503)["error"], "temporarily_unavailable");
    let entries = signet.logs("JwtCustomizer.ClientCredentials").await;
    let errors: Vec<&str> = entries.iter().filter_map(|entry| entry["payload"]["customJwtError"].as_str()).collect();
    assert_eq!(errors, ["The script has failed too often and is not run for a while."]);
    // Another script of the same tenant is nobody's prisoner.
    signet.machine_script("return { other: 1 };", json!({})).await;
    assert_eq!(claims(&robot.token_for(&signet, API, "").await.expect(200)["access_token"])["other"], 1);
}
