//! Who joins an organization without being asked.

use super::organizations::{ids, organization, template_role};
use crate::signet;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use signet_tests::browser::Tenant;

const ABSENT: &str = "entity.relation_foreign_key_not_found";

#[tokio::test]
async fn email_domains_are_kept_as_written_and_compared_without_case() {
    let signet = signet().await;
    let acme = organization(&signet, "Acme").await;
    let path = format!("/organizations/{acme}/jit/email-domains");
    let row = |domain: &str| json!({"tenantId": "default", "organizationId": acme, "emailDomain": domain});

    let made = signet.api("POST", &path, json!({"emailDomain": "Acme.example"})).await.expect(201);
    assert_eq!(made, row("Acme.example"));
    let again = signet.api("POST", &path, json!({"emailDomain": "acme.example"})).await;
    again.refuses_with(422, "entity.unique_integrity_violation");
    signet.api("POST", &path, json!({"emailDomain": ""})).await.refuses_with(400, "guard.invalid_input");
    signet.api("PUT", &path, json!({"emailDomains": ["b.example", "a.example", "B.example"]})).await.expect(204);
    let all = signet.api("GET", &path, Value::Null).await.expect(200);
    assert_eq!(all, json!([row("a.example"), row("b.example")]));
    signet.api("DELETE", &format!("{path}/A.example"), Value::Null).await.expect(204);
    signet.api("DELETE", &format!("{path}/a.example"), Value::Null).await.refuses_with(404, "entity.not_found");
    let nowhere = "/organizations/none/jit/email-domains";
    signet.api("POST", nowhere, json!({"emailDomain": "x.example"})).await.refuses_with(422, ABSENT);
    signet.api("PUT", nowhere, json!({"emailDomains": []})).await.refuses_with(422, ABSENT);
}

#[tokio::test]
async fn roles_of_newcomers_are_added_replaced_and_taken() {
    let signet = signet().await;
    let acme = organization(&signet, "Acme").await;
    let (one, two) = (template_role(&signet, "one", "User").await, template_role(&signet, "two", "User").await);
    let path = format!("/organizations/{acme}/jit/roles");

    for _ in 0..2 {
        signet.api("POST", &path, json!({"organizationRoleIds": [one]})).await.expect(201);
    }
    signet.api("POST", &path, json!({"organizationRoleIds": ["none"]})).await.refuses_with(422, ABSENT);
    signet.api("POST", &path, json!({"organizationRoleIds": []})).await.refuses_with(400, "guard.invalid_input");
    assert_eq!(ids(&signet, &path).await, [&*one]);
    signet.api("PUT", &path, json!({"organizationRoleIds": [two]})).await.expect(204);
    assert_eq!(ids(&signet, &path).await, [&*two]);
    signet.api("DELETE", &format!("{path}/{two}"), Value::Null).await.expect(204);
    signet.api("DELETE", &format!("{path}/{two}"), Value::Null).await.refuses_with(404, "entity.not_found");
}

#[tokio::test]
async fn there_are_no_enterprise_connectors_to_join_by() {
    let signet = signet().await;
    let acme = organization(&signet, "Acme").await;
    let path = format!("/organizations/{acme}/jit/sso-connectors");

    assert_eq!(signet.api("GET", &path, Value::Null).await.expect(200), json!([]));
    signet.api("PUT", &path, json!({"ssoConnectorIds": []})).await.expect(204);
    for method in ["POST", "PUT"] {
        signet.api(method, &path, json!({"ssoConnectorIds": ["x"]})).await.refuses_with(422, ABSENT);
    }
    signet.api("DELETE", &format!("{path}/x"), Value::Null).await.refuses_with(404, "entity.not_found");
}

#[tokio::test]
async fn whoever_registers_with_an_address_of_the_domain_joins_with_the_roles_of_newcomers() {
    let signet = signet().await;
    let (acme, other) = (organization(&signet, "Acme").await, organization(&signet, "Other").await);
    let role = template_role(&signet, "newcomer", "User").await;
    let jit = format!("/organizations/{acme}/jit");
    signet.api("POST", &format!("{jit}/email-domains"), json!({"emailDomain": "Acme.example"})).await.expect(201);
    signet.api("POST", &format!("{jit}/roles"), json!({"organizationRoleIds": [role]})).await.expect(201);
    let path = format!("/organizations/{other}/jit/email-domains");
    signet.api("POST", &path, json!({"emailDomain": "other.example"})).await.expect(201);
    let made = signet.api("POST", "/users", json!({"primaryEmail": "eve@acme.example"})).await.expect(200);
    signet.experience(json!({"signUp": {"identifiers": ["email"], "password": false, "verify": true}})).await;
    let email = "ann@acme.example";
    let token = signet.api("POST", "/one-time-tokens", json!({"email": email})).await.expect(201);
    let (client, browser) = (signet.web().await, signet.browser());
    browser.opens(&client, &[]).await;

    let begin = Request::put("/api/experience").header("content-type", "application/json");
    let begin = begin.body(Body::from(json!({"interactionEvent": "Register"}).to_string())).unwrap();
    browser.send(Tenant::Default, begin).await.expect(204);
    let proof = json!({"identifier": {"type": "email", "value": email}, "token": token["token"]});
    let proved = browser.post_json("/api/experience/verification/one-time-token/verify", &proof).await.expect(200);
    let account = json!({"verificationId": proved["verificationId"]});
    browser.post_json("/api/experience/identification", &account).await.expect(201);

    let members = signet.api("GET", &format!("/organizations/{acme}/users"), Value::Null).await.expect(200);
    assert_eq!((members.as_array().unwrap().len(), &members[0]["primaryEmail"]), (1, &json!(email)));
    assert_eq!(members[0]["organizationRoles"], json!([{"id": role, "name": "newcomer"}]));
    let of_eve = format!("/users/{}/organizations", made["id"].as_str().unwrap());
    assert!(ids(&signet, &of_eve).await.is_empty(), "accounts that administrators make join nothing");
    assert!(ids(&signet, &format!("/organizations/{other}/users")).await.is_empty());
}
