//! Who may call the Management API.

use crate::signet;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use signet_core::id::TenantId;
use signet_tests::{Answer, Signet};

async fn with(signet: &Signet, authorization: Option<&str>) -> Answer {
    let mut request = Request::get("/api/resources");
    if let Some(value) = authorization {
        request = request.header("authorization", value);
    }
    signet.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn attack_53_only_a_management_token_with_its_scope_opens_the_api() {
    let signet = signet().await;
    let robot = signet.machine("robot").await;
    let bearer = |answer: &Value| format!("Bearer {}", answer["access_token"].as_str().unwrap());
    let without_scope = robot.token_for(&signet, "https://default.logto.app/api", "all").await.expect(200);
    signet.resource("https://other.example", &[]).await;
    let other_audience = robot.token_for(&signet, "https://other.example", "all").await.expect(200);

    with(&signet, None).await.refuses_with(401, "auth.authorization_header_missing");
    let kind = with(&signet, Some("Basic x")).await.refuses_with(401, "auth.authorization_token_type_not_supported");
    assert_eq!(kind["data"]["supportedTypes"], json!(["Bearer"]));
    for token in ["Bearer", "Bearer x", "Bearer a.b.c", "Bearer eyJhbGciOiJub25lIn0.e30."] {
        with(&signet, Some(token)).await.refuses_with(401, "auth.unauthorized");
    }
    with(&signet, Some(&bearer(&other_audience))).await.refuses_with(401, "auth.unauthorized");
    with(&signet, Some(&bearer(&without_scope))).await.refuses_with(403, "auth.forbidden");
}

#[tokio::test]
async fn a_token_of_the_admin_tenant_opens_the_default_tenants_api_and_not_the_other_way_round() {
    let signet = signet().await;
    let default_token = signet.management_token().await;
    let admin_token = admin_token(&signet, "https://default.logto.app/api").await;

    with(&signet, Some(&format!("Bearer {admin_token}"))).await.expect(200);

    let request = Request::get("/api/resources").header("authorization", format!("Bearer {default_token}"));
    signet.send_admin(request.body(Body::empty()).unwrap()).await.refuses_with(401, "auth.unauthorized");
}

/// A token that the admin tenant issued for one of its APIs, to a machine of its own.
pub(super) async fn admin_token(signet: &Signet, audience: &str) -> String {
    use signet_core::application::{Application, ApplicationSecret, ApplicationType};
    use signet_core::role::{Role, RoleType};
    let tenant = signet.app.store.tenant(TenantId::admin());
    let mut tx = tenant.write().await.unwrap();
    let api = tx.resource_by_indicator(audience).await.unwrap().unwrap();
    let scope = tx.resource_scopes(&api.id, None, None).await.unwrap().items.remove(0);
    let application = Application {
        id: "admin-robot".parse().unwrap(),
        name: "admin robot".to_owned(),
        description: None,
        kind: ApplicationType::MachineToMachine,
        oidc_client_metadata: serde_json::Map::new(),
        custom_client_metadata: serde_json::Map::new(),
        protected_app_metadata: None,
        custom_data: serde_json::Map::new(),
        is_third_party: false,
        app_level_access_control_enabled: false,
        created_at: signet_tests::START,
    };
    tx.insert_application(&application).await.unwrap();
    let value = tx.seal_application_secret(&application.id, "s", "secret").unwrap();
    let secret = ApplicationSecret {
        application_id: application.id.clone(),
        name: "s".to_owned(),
        value,
        created_at: signet_tests::START,
        expires_at: None,
    };
    tx.insert_application_secret(&secret).await.unwrap();
    let role = Role {
        id: "robot-role".parse().unwrap(),
        name: "robots".to_owned(),
        description: String::new(),
        kind: RoleType::MachineToMachine,
        is_default: false,
    };
    tx.insert_role(&role).await.unwrap();
    tx.add_scope_to_role(&role.id, &scope.id).await.unwrap();
    tx.assign_role_to_application(&application.id, &role.id).await.unwrap();
    tx.commit().await.unwrap();
    let client = "client_id=admin-robot&client_secret=secret";
    let form = format!("grant_type=client_credentials&{client}&scope=all&resource={audience}");
    let request = Request::post("/oidc/token").header("content-type", "application/x-www-form-urlencoded");
    let granted = signet.send_admin(request.body(Body::from(form)).unwrap()).await.expect(200);
    granted["access_token"].as_str().unwrap().to_owned()
}
