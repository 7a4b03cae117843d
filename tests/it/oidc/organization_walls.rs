//! What tokens about organizations do not cross, whatever they are asked for with: tenants, and the rules of a strict one.

use super::organization_tokens::{API, Shop, about, audience, shop};
use serde_json::{Value, json};
use signet_core::id::{OrganizationId, OrganizationRoleId, TenantId};
use signet_core::organization::{Organization, OrganizationRole};
use signet_core::role::RoleType;
use signet_core::time::Timestamp;
use signet_tests::Answer;
use signet_tests::token::claims;

const NOT_A_MEMBER: &str = "user is not a member of the organization";

/// An exchange of a token that stands for Alice.
async fn exchange(shop: &Shop, more: &str) -> Answer {
    let made = shop.signet.api("POST", "/subject-tokens", json!({"userId": shop.alice.id})).await.expect(201);
    let form = format!(
        "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token={}\
         &subject_token_type=urn:ietf:params:oauth:token-type:access_token{more}",
        made["subjectToken"].as_str().unwrap()
    );
    shop.web.posts(&shop.signet, "/oidc/token", &form).await
}

/// The other tenant has an organization, a role, and a person with the id of Alice, who is owner there.
async fn elsewhere(shop: &Shop) -> (OrganizationId, OrganizationRoleId) {
    let (organization, role): (OrganizationId, OrganizationRoleId) =
        ("elsewhere".parse().unwrap(), "elsewhererole".parse().unwrap());
    let admins = TenantId::admin();
    shop.signet.store_person(admins.clone(), &shop.alice).await;
    let mut tx = shop.signet.app.store.tenant(admins).write().await.unwrap();
    let there = Organization {
        id: organization.clone(),
        name: "Elsewhere".to_owned(),
        description: None,
        custom_data: serde_json::Map::new(),
        is_mfa_required: false,
        color: serde_json::Map::new(),
        branding: serde_json::Map::new(),
        custom_css: None,
        created_at: Timestamp(0),
    };
    tx.insert_organization(&there).await.unwrap();
    let owner =
        OrganizationRole { id: role.clone(), name: "owner".to_owned(), description: None, kind: RoleType::User };
    tx.insert_organization_role(&owner).await.unwrap();
    tx.add_organization_user(&organization, &shop.alice.id).await.unwrap();
    tx.assign_role_to_organization_user(&organization, &shop.alice.id, &role).await.unwrap();
    tx.commit().await.unwrap();
    (organization, role)
}

#[tokio::test]
async fn attack_34_an_organization_of_another_tenant_is_none_here() {
    let shop = shop().await;
    let (organization, _) = elsewhere(&shop).await;
    let machine = shop.signet.machine("backend").await;
    let there = format!("&organization_id={organization}");

    for resource in ["", &format!("&resource={API}")] {
        let more = format!("{there}{resource}");
        shop.refresh(&more).await.refuses(403, "access_denied", NOT_A_MEMBER);
        exchange(&shop, &more).await.refuses(403, "access_denied", NOT_A_MEMBER);
        let form = format!("grant_type=client_credentials{more}");
        let answer = machine.asks(&shop.signet, &form).await;
        answer.refuses(403, "access_denied", "app has not associated with the organization");
    }
}

#[tokio::test]
async fn attack_53_what_another_tenant_has_is_given_to_nobody_here() {
    let shop = shop().await;
    let (organization, role) = elsewhere(&shop).await;
    let stranger = shop.signet.third_party().await;
    let (absent, foo) = ("entity.relation_foreign_key_not_found", shop.foo["id"].as_str().unwrap());
    let of_alice = format!("/organizations/{foo}/users/{}/roles", shop.alice.id);
    let expires = shop.signet.deps.clock.now().0 + 60_000;
    for (method, path, body) in [
        ("POST", format!("/organizations/{organization}/users"), json!({"userIds": [shop.alice.id]})),
        ("POST", of_alice.clone(), json!({"organizationRoleIds": [role]})),
        ("PUT", of_alice, json!({"organizationRoleIds": [role]})),
        ("POST", format!("/organizations/{foo}/jit/roles"), json!({"organizationRoleIds": [role]})),
        (
            "POST",
            "/organization-invitations".to_owned(),
            json!({"invitee": "ann@x.example", "organizationId": organization, "expiresAt": expires}),
        ),
        (
            "POST",
            "/organization-invitations".to_owned(),
            json!({"invitee": "ann@x.example", "organizationId": foo, "expiresAt": expires, "organizationRoleIds": [role]}),
        ),
    ] {
        shop.signet.api(method, &path, body).await.refuses_with(422, absent);
    }
    let consents = format!("/applications/{}/users/{}/consent-organizations", stranger.id, shop.alice.id);
    let refused = shop.signet.api("POST", &consents, json!({"organizationIds": [organization]})).await;
    refused.refuses_with(422, "organization.require_membership");
    let rules =
        json!({"userIds": [], "userRoleIds": [], "organizationIds": [organization], "organizationRoleRules": []});
    let refused = shop.signet.api("PUT", &format!("/applications/{}/access-control", stranger.id), rules).await;
    refused.refuses_with(404, absent);
    for path in [format!("/organizations/{organization}"), format!("/organization-roles/{role}")] {
        shop.signet.api("GET", &path, Value::Null).await.refuses_with(404, "entity.not_exists_with_id");
        shop.signet.api("DELETE", &path, Value::Null).await.refuses_with(404, "entity.not_found");
    }
}

#[tokio::test]
async fn an_exchange_in_a_strict_tenant_says_no_more_than_holds_for_what_was_named() {
    let shop = shop().await;
    let write = json!({"id": shop.api["id"], "scopes": [shop.api["scopes"][1]]});
    shop.signet.permit(&shop.alice, &write).await;
    let (bar, api) = (about(&shop.bar), format!("&resource={API}"));

    for (mode, of_api, in_bar) in [("compatible", "read write", "read write"), ("strict", "write", "read")] {
        shop.signet.permission_mode(mode).await;
        for (more, aud, expected) in [
            (api.clone(), json!(API), of_api),
            (format!("{api}{bar}"), json!(API), in_bar),
            (bar.clone(), audience(&shop.bar), "view"),
        ] {
            let asked = format!("{more}&scope=read+write+manage+view");
            let said = claims(&exchange(&shop, &asked).await.expect(200)["access_token"]);
            assert_eq!((&said["aud"], &said["scope"]), (&aud, &json!(expected)), "{mode} {more}");
        }
    }
}
