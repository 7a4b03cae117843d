//! The first person of the tenant of administrators, and the others.

use crate::signet;
use serde_json::{Value, json};
use signet_core::id::TenantId;
use signet_core::user::User;
use signet_tests::browser::Tenant;
use signet_tests::{Answer, Browser, PASSWORD, Signet, username};

/// A call of the admin tenant's Experience API.
async fn call(browser: &Browser<'_>, method: &str, path: &str, body: Value) -> Answer {
    browser.api_of(Tenant::Admin, method, &format!("/api/experience{path}"), body).await
}

async fn proposes(browser: &Browser<'_>, name: &str) -> Answer {
    let body = json!({"identifier": username(name), "password": PASSWORD});
    call(browser, "POST", "/verification/new-password-identity", body).await
}

async fn roles_of(signet: &Signet, name: &str) -> Vec<String> {
    let reader = signet.app.store.tenant(TenantId::admin()).read().await.unwrap();
    let user = reader.user_by_username(name).await.unwrap().unwrap();
    reader.roles_of_user(&user.id).await.unwrap().into_iter().map(|role| role.name).collect()
}

/// Organizations, each with a role there.
async fn memberships_of(signet: &Signet, name: &str) -> Vec<(String, String)> {
    let reader = signet.app.store.tenant(TenantId::admin()).read().await.unwrap();
    let user = reader.user_by_username(name).await.unwrap().unwrap();
    let held = reader.organization_roles_of_user(&user.id).await.unwrap();
    held.into_iter().flat_map(|(id, roles)| roles.into_iter().map(move |role| (id.to_string(), role.name))).collect()
}

#[tokio::test]
async fn the_first_person_administers_and_nobody_else_registers() {
    let signet = signet().await;
    let browser = signet.browser();
    browser.opens_console().await;
    let sign_in = json!({"interactionEvent": "SignIn"});
    call(&browser, "PUT", "", sign_in.clone()).await.refuses_with(403, "auth.forbidden");
    let register = json!({"interactionEvent": "Register"});
    call(&browser, "PUT", "", register.clone()).await.expect(204);
    let proposed = proposes(&browser, "root").await.expect(200);
    let body = json!({"verificationId": proposed["verificationId"]});

    call(&browser, "POST", "/identification", body).await.expect(201);
    let submitted = call(&browser, "POST", "/submit", Value::Null).await.expect(200);

    assert!(submitted["redirectTo"].as_str().unwrap().starts_with("https://admin.id.example/oidc/auth/"));
    assert_eq!(roles_of(&signet, "root").await, ["default:admin", "user"]);
    assert_eq!(memberships_of(&signet, "root").await, [("t-default".to_owned(), "admin".to_owned())]);
    let next = signet.browser();
    next.opens_console().await;
    call(&next, "PUT", "", register).await.refuses_with(403, "auth.forbidden");
    call(&next, "PUT", "", sign_in).await.expect(204);
    let form = next.get_admin("/api/.well-known/sign-in-exp").await.expect(200);
    assert_eq!(form["signInMode"], "SignIn");
}

#[tokio::test]
async fn of_two_who_register_first_at_once_one_administers() {
    let signet = signet().await;
    let (one, other) = (signet.browser(), signet.browser());
    let mut bodies = Vec::new();
    for (browser, name) in [(&one, "one"), (&other, "other")] {
        browser.opens_console().await;
        call(browser, "PUT", "", json!({"interactionEvent": "Register"})).await.expect(204);
        let proposed = proposes(browser, name).await.expect(200);
        bodies.push(json!({"verificationId": proposed["verificationId"]}));
    }

    let (first, second) = tokio::join!(
        call(&one, "POST", "/identification", bodies[0].clone()),
        call(&other, "POST", "/identification", bodies[1].clone())
    );

    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 403], "{} {}", first.text, second.text);
    let reader = signet.app.store.tenant(TenantId::admin()).read().await.unwrap();
    assert_eq!(reader.count_active_users().await.unwrap(), 1);
}

#[tokio::test]
async fn an_administrator_that_was_made_another_way_closes_registration_too() {
    let signet = signet().await;
    let mut user = User::new("someone".parse().unwrap(), signet.deps.clock.now());
    user.username = Some("someone".to_owned());
    signet.store_person(TenantId::admin(), &user).await;
    let browser = signet.browser();
    browser.opens_console().await;

    let register = json!({"interactionEvent": "Register"});
    call(&browser, "PUT", "", register).await.refuses_with(403, "auth.forbidden");
    call(&browser, "PUT", "", json!({"interactionEvent": "SignIn"})).await.expect(204);
}
