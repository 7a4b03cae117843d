//! What claims scripts learn of organizations.

use super::organization_tokens::{API, about, shop};
use serde_json::{Value, json};
use signet_tests::token::claims;

/// The role with what it grants, as scripts see it.
fn role(shop: &super::organization_tokens::Shop, number: usize) -> Value {
    let [manage, view] = &shop.permissions;
    let permission = |scope: &Value| json!({"id": scope["id"], "name": scope["name"], "description": null});
    let resource = json!({"tenantId": "default", "id": shop.api["id"], "name": API, "indicator": API,
        "isDefault": false, "accessTokenTtl": 3600});
    let scope = |scope: &Value| {
        json!({"id": scope["id"], "name": scope["name"], "description": null, "resourceId": shop.api["id"],
            "resource": resource})
    };
    let (read, write) = (&shop.api["scopes"][0], &shop.api["scopes"][1]);
    let (scopes, resource_scopes) = match number {
        0 => (vec![permission(manage), permission(view)], vec![scope(read), scope(write)]),
        _ => (vec![permission(view)], vec![scope(read)]),
    };
    let role = &shop.roles[number];
    json!({"id": role["id"], "name": role["name"], "scopes": scopes, "resourceScopes": resource_scopes})
}

#[tokio::test]
async fn a_script_sees_the_organization_of_the_token_and_what_the_person_may_do_there() {
    let shop = shop().await;
    let see = "return { seen: { organization: context.organization, roles: context.organizationRoles } };";
    shop.signet.person_script(see, json!({})).await;
    let foo = json!({"id": shop.foo["id"], "name": "Foo", "description": "first",
        "customData": {"internalId": "acme-42"}});

    for resource in ["", &format!("&resource={API}")] {
        let said = shop.granted(&format!("{}{resource}", about(&shop.foo))).await;
        assert_eq!(said["seen"], json!({"organization": foo, "roles": [role(&shop, 0)]}));
    }
    let bar = shop.granted(&about(&shop.bar)).await;
    assert_eq!(bar["seen"]["organization"]["description"], Value::Null);
    assert_eq!(bar["seen"]["roles"], json!([role(&shop, 1)]));
    assert_eq!(shop.granted(&format!("&resource={API}")).await["seen"], json!({}));
}

#[tokio::test]
async fn a_script_sees_all_organizations_of_a_person_and_the_roles_there() {
    let shop = shop().await;
    let see = "const { organizations, organizationRoles } = context.user; return { seen: { organizations, organizationRoles } };";
    shop.signet.person_script(see, json!({})).await;
    let organization = |organization: &Value| json!({"id": organization["id"], "name": organization["name"], "description": organization["description"]});
    let held = |organization: &Value, role: &Value| json!({"organizationId": organization["id"], "roleId": role["id"], "roleName": role["name"]});
    let mut organizations = [organization(&shop.foo), organization(&shop.bar)];
    let mut roles = [held(&shop.foo, &shop.roles[0]), held(&shop.bar, &shop.roles[1])];
    organizations.sort_by_key(|one| one["id"].to_string());
    roles.sort_by_key(|one| one["organizationId"].to_string());

    let seen = shop.granted(&format!("&resource={API}")).await["seen"].clone();
    assert_eq!(seen, json!({"organizations": organizations, "organizationRoles": roles}));

    shop.signet.leaves(&shop.foo, &shop.alice).await;
    let seen = shop.granted(&format!("&resource={API}")).await["seen"].clone();
    assert_eq!(seen["organizations"], json!([organization(&shop.bar)]));
    assert_eq!(seen["organizationRoles"], json!([held(&shop.bar, &shop.roles[1])]));
}

#[tokio::test]
async fn a_script_of_machines_sees_the_organization_as_well() {
    let shop = shop().await;
    let machine = shop.signet.machine("backend").await;
    let [_, view] = &shop.permissions;
    let worker = shop.signet.organization_role("worker", "MachineToMachine", [&[view], &[]]).await;
    shop.signet.machine_joins(&shop.foo, &machine, &[&worker]).await;
    let see = "const { organization, organizationRoles, application } = context;\n\
               return { tenant: organization?.customData.internalId, seen: { organization, organizationRoles }, app: application.name };";
    shop.signet.machine_script(see, json!({})).await;
    let ask = async |more: &str| {
        let granted = machine.asks(&shop.signet, &format!("grant_type=client_credentials{more}")).await.expect(200);
        claims(&granted["access_token"])
    };

    for more in [about(&shop.foo), format!("{}&resource={API}", about(&shop.foo))] {
        let said = ask(&more).await;
        assert_eq!((&said["tenant"], &said["app"]), (&json!("acme-42"), &json!("backend")));
        assert_eq!(said["seen"]["organization"]["name"], "Foo");
        let permission = json!({"id": view["id"], "name": "view", "description": null});
        let role = json!({"id": worker["id"], "name": "worker", "scopes": [permission], "resourceScopes": []});
        assert_eq!(said["seen"]["organizationRoles"], json!([role]));
    }
    let outside = ask(&format!("&resource={API}")).await;
    assert_eq!((&outside["seen"], outside.get("tenant")), (&json!({}), None));
    let entries = shop.signet.logs("JwtCustomizer.ClientCredentials").await;
    let with_organization = |entry: &&Value| entry["payload"]["payload"]["context"]["organization"]["name"] == "Foo";
    assert_eq!(entries.iter().filter(with_organization).count(), 2, "{entries:?}");
}

#[tokio::test]
async fn no_script_claims_an_organization() {
    let shop = shop().await;
    shop.signet.person_script("return { organization_id: 'forged', aud: 'forged', kept: true };", json!({})).await;

    let in_foo = shop.granted(&format!("{}&resource={API}", about(&shop.foo))).await;
    let of_foo = shop.granted(&about(&shop.foo)).await;

    assert_eq!((&in_foo["organization_id"], &in_foo["kept"]), (&shop.foo["id"], &json!(true)));
    assert!(of_foo.get("organization_id").is_none() && of_foo["aud"] != "forged");
}
