//! Two tenants with the same ids never see, change or delete each other's rows.

use crate::harness::sample::{application, entry, id, key, object, resource, role, scope, script, secret};
use crate::harness::{Database, NOW, write};
use serde_json::json;
use signet_core::application::Application;
use signet_core::audit::AuditContext;
use signet_core::id::{ApplicationId, ResourceId, RoleId, ScopeId};
use signet_core::resource::{ApiResource, ApiScope};
use signet_core::role::Role;
use signet_core::script::TokenType;
use signet_core::secret::Sealed;
use signet_core::signing_key::{KeyStatus, KeyUse};
use signet_core::time::Timestamp;
use signet_storage::{ApplicationFilter, LogFilter, Page, RoleFilter, StoreError, TenantStore, Tx};
use std::sync::Arc;

on_both_backends!(
    what_a_tenant_reads_is_its_own,
    what_a_tenant_writes_changes_nobody_else,
    a_tenant_without_rows_sees_none_of_the_others,
);

/// Fills a tenant. Ids are the same in every tenant, names carry `mark`.
async fn fill(tenant: &TenantStore, mark: &str) {
    write(tenant, async |tx| {
        let shop =
            Application { name: mark.into(), custom_data: object(json!({ "mark": mark })), ..application("app") };
        tx.insert_application(&shop).await?;
        tx.insert_application_secret(&secret("app", mark, Sealed::from_stored(mark.into()))).await?;
        tx.insert_resource(&ApiResource {
            name: mark.into(),
            indicator: "https://same.example".into(),
            is_default: true,
            ..resource("api")
        })
        .await?;
        tx.insert_scope(&ApiScope { description: Some(mark.into()), name: "read".into(), ..scope("scope", "api") })
            .await?;
        tx.insert_role(&Role { description: mark.into(), name: "same".into(), ..role("role") }).await?;
        tx.add_scope_to_role(&id("role"), &id("scope")).await?;
        tx.assign_role_to_application(&id("app"), &id("role")).await?;
        tx.put_claims_script(TokenType::AccessToken, &script(mark)).await?;
        tx.put_config("same", &json!(mark)).await?;
        let mut stored = key("key", KeyStatus::Current);
        stored.created_at = Timestamp(i64::try_from(mark.len()).unwrap());
        tx.insert_signing_key(KeyUse::Private, &stored).await?;
        tx.use_assertion(&id("app"), "jti", NOW).await
    })
    .await;
    let mut logged = entry(1);
    logged.payload = json!({ "mark": mark, "payload": {} }).to_string();
    // The same text in each tenant, so the same id.
    logged.context = Some(Arc::new(AuditContext::new(r#"{"same":true}"#)));
    tenant.store().audit().append(tenant.id(), vec![logged]).await.unwrap();
}

/// The answer of every method that reads.
async fn everything(tenant: &TenantStore) -> String {
    let reader = tenant.read().await.unwrap();
    let page = Page { number: 1, size: 10 };
    let (application, resource): (ApplicationId, ResourceId) = (id("app"), id("api"));
    let (role, scope): (RoleId, ScopeId) = (id("role"), id("scope"));
    let with_role = ApplicationFilter { role: Some(role.clone()), ..Default::default() };
    let held = RoleFilter { held_by_application: Some(application.clone()), ..Default::default() };
    format!(
        "{:#?}",
        (
            (
                reader.applications(&ApplicationFilter::default(), None).await.unwrap(),
                reader.applications(&with_role, Some(page)).await.unwrap(),
                reader.application(&application).await.unwrap(),
                reader.application_secrets(&application).await.unwrap(),
            ),
            (
                reader.resources(Some(page)).await.unwrap(),
                reader.resource(&resource).await.unwrap(),
                reader.resource_by_indicator("https://same.example").await.unwrap(),
                reader.default_resource().await.unwrap(),
                reader.resources_by_ids(std::slice::from_ref(&resource)).await.unwrap(),
            ),
            (
                reader.resource_scopes(&resource, None, None).await.unwrap(),
                reader.scopes_of_resources(std::slice::from_ref(&resource)).await.unwrap(),
                reader.scope(&scope).await.unwrap(),
                reader.scopes_by_ids(std::slice::from_ref(&scope)).await.unwrap(),
                reader.role_scopes(&role, None, Some(page)).await.unwrap(),
                reader.scopes_held_by_application(&application, &resource).await.unwrap(),
            ),
            (
                reader.roles(&RoleFilter::default(), None).await.unwrap(),
                reader.roles(&held, Some(page)).await.unwrap(),
                reader.role(&role).await.unwrap(),
                reader.role_by_name("same").await.unwrap(),
                reader.roles_by_ids(std::slice::from_ref(&role)).await.unwrap(),
                reader.scope_ids_of_role(&role).await.unwrap(),
                reader.role_usages(std::slice::from_ref(&role)).await.unwrap(),
            ),
            (
                reader.claims_script(TokenType::AccessToken).await.unwrap(),
                reader.config("same").await.unwrap(),
                reader.signing_keys(KeyUse::Private).await.unwrap(),
                reader.logs(&LogFilter::default(), page).await.unwrap(),
                reader.logs(&LogFilter { count_cap: Some(5), ..Default::default() }, page).await.unwrap(),
                reader.log(&entry(1).id).await.unwrap(),
                reader.tenant_created_at().await.unwrap(),
            ),
        )
    )
}

async fn what_a_tenant_reads_is_its_own(db: Database) {
    let other = db.another_tenant("other").await;
    fill(&db.tenant, "mine").await;
    let alone = everything(&db.tenant).await;

    fill(&other, "theirs").await;

    assert_eq!(everything(&db.tenant).await, alone);
    assert!(!alone.contains("theirs") && alone.contains("mine"));
    assert_eq!(everything(&other).await.replace("theirs", "mine").len(), alone.len());
}

/// Every method that writes, on the rows that [`fill`] made.
const WRITES: usize = 21;

async fn write_number(tx: &mut Tx, number: usize) -> Result<(), StoreError> {
    let (app, api, the_role, the_scope) = (id("app"), id("api"), id("role"), id("scope"));
    match number {
        0 => tx.update_application(&application("app")).await.map(drop),
        1 => tx.update_resource(&resource("api")).await.map(drop),
        2 => tx.clear_default_resource().await,
        3 => tx.update_scope(&scope("scope", "api")).await.map(drop),
        4 => tx.update_role(&role("role")).await.map(drop),
        5 => tx.put_claims_script(TokenType::AccessToken, &script("changed")).await,
        6 => tx.put_config("same", &json!("changed")).await,
        7 => tx.set_key_status("key", KeyStatus::Previous).await,
        8 => {
            let mut found = tx.application_secrets(&app).await?;
            let value = tx.seal_application_secret(&app, "mine", "x")?;
            let mut sealed = found.remove(0);
            sealed.value = value;
            tx.rename_application_secret(&sealed, "renamed").await.map(drop)
        }
        9 => tx.use_assertion(&app, "another", NOW).await.map(drop),
        10 => tx.delete_expired_assertions(Timestamp(i64::MAX)).await.map(drop),
        11 => tx.delete_logs_before("zzz").await.map(drop),
        12 => tx.delete_application_secret(&app, "renamed").await.map(drop),
        13 => tx.remove_scope_from_role(&the_role, &the_scope).await.map(drop),
        14 => tx.remove_role_from_application(&app, &the_role).await.map(drop),
        15 => tx.remove_roles_from_application(&app).await,
        16 => tx.delete_claims_script(TokenType::AccessToken).await.map(drop),
        17 => tx.delete_signing_key("key").await,
        18 => tx.delete_scope(&the_scope).await.map(drop),
        19 => tx.delete_role(&the_role).await.map(drop),
        20 => {
            tx.delete_resource(&api).await?;
            tx.delete_application(&app).await.map(drop)
        }
        _ => unreachable!("there are {WRITES} writes"),
    }
}

async fn what_a_tenant_writes_changes_nobody_else(db: Database) {
    let other = db.another_tenant("other").await;
    fill(&db.tenant, "mine").await;
    fill(&other, "theirs").await;
    let before = everything(&other).await;

    for number in 0..WRITES {
        db.write(async |tx| write_number(tx, number).await).await;
        assert_eq!(everything(&other).await, before, "write {number}");
    }

    assert!(!everything(&db.tenant).await.contains("mine"));
    assert_eq!(db.ask("SELECT COUNT(*) FROM client_assertions").await, 1);
    let tx = other.write().await.unwrap();
    assert!(!tx.use_assertion(&id("app"), "jti", NOW).await.unwrap(), "the other tenant's assertion stays used");
}

async fn a_tenant_without_rows_sees_none_of_the_others(db: Database) {
    let empty = everything(&db.tenant).await;
    let other = db.another_tenant("other").await;

    fill(&other, "theirs").await;

    assert_eq!(everything(&db.tenant).await, empty);
    let tx = db.tenant.write().await.unwrap();
    assert_eq!(tx.delete_logs_before("zzz").await.unwrap(), 0);
    assert_eq!(tx.delete_expired_assertions(Timestamp(i64::MAX)).await.unwrap(), 0);
}
