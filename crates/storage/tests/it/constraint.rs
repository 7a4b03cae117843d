//! What a broken constraint is called, on both databases alike.

use crate::harness::sample::{application, id, key, resource, role, scope, secret};
use crate::harness::{Database, NOW};
use signet_core::resource::ApiResource;
use signet_core::secret::Sealed;
use signet_core::signing_key::{KeyStatus, KeyUse};
use signet_storage::{Constraint, StoreError, Tx};

on_both_backends!(
    a_second_row_with_the_same_name_is_a_conflict_that_names_the_constraint,
    a_row_that_refers_to_nothing_is_a_missing_reference,
    nothing_belongs_to_a_tenant_that_does_not_exist,
);

/// One of each, to collide with.
async fn one_of_each(db: &Database) {
    db.write(async |tx| {
        tx.insert_application(&application("app")).await?;
        tx.insert_application_secret(&sealed_secret()).await?;
        tx.insert_resource(&ApiResource { is_default: true, ..resource("api") }).await?;
        tx.insert_scope(&scope("read", "api")).await?;
        tx.insert_role(&role("reader")).await?;
        tx.insert_signing_key(KeyUse::Private, &key("key", KeyStatus::Current)).await?;
        tx.add_scope_to_role(&id("reader"), &id("read")).await
    })
    .await;
}

fn sealed_secret() -> signet_core::application::ApplicationSecret {
    secret("app", "first", Sealed::from_stored("v1.x".to_owned()))
}

/// The error of a transaction's last statement; nothing of it is stored.
async fn refused(db: &Database, work: impl AsyncFnOnce(&mut Tx) -> Result<(), StoreError>) -> StoreError {
    let mut tx = db.tenant.write().await.unwrap();
    work(&mut tx).await.unwrap_err()
}

async fn a_second_row_with_the_same_name_is_a_conflict_that_names_the_constraint(db: Database) {
    one_of_each(&db).await;

    for (expected, error) in [
        (Constraint::ApplicationId, refused(&db, async |tx| tx.insert_application(&application("app")).await).await),
        (
            Constraint::ApplicationSecretName,
            refused(&db, async |tx| tx.insert_application_secret(&sealed_secret()).await).await,
        ),
        (Constraint::ApplicationSecretName, refused(&db, rename_onto_another).await),
        (
            Constraint::ResourceIndicator,
            refused(&db, async |tx| {
                tx.insert_resource(&ApiResource { id: id("other"), is_default: false, ..resource("api") }).await
            })
            .await,
        ),
        (
            Constraint::ResourceDefault,
            refused(&db, async |tx| tx.insert_resource(&ApiResource { is_default: true, ..resource("other") }).await)
                .await,
        ),
        (
            Constraint::ScopeName,
            refused(&db, async |tx| {
                let twin = signet_core::resource::ApiScope { id: id("other"), ..scope("read", "api") };
                tx.insert_scope(&twin).await
            })
            .await,
        ),
        (
            Constraint::RoleName,
            refused(&db, async |tx| {
                tx.insert_role(&signet_core::role::Role { id: id("other"), ..role("reader") }).await
            })
            .await,
        ),
        (Constraint::RoleScope, refused(&db, async |tx| tx.add_scope_to_role(&id("reader"), &id("read")).await).await),
        (
            Constraint::Other,
            refused(&db, async |tx| tx.insert_signing_key(KeyUse::Private, &key("key", KeyStatus::Current)).await)
                .await,
        ),
    ] {
        assert!(matches!(error, StoreError::Conflict(found) if found == expected), "{expected:?}: {error:?}");
    }
}

async fn rename_onto_another(tx: &mut Tx) -> Result<(), StoreError> {
    let value = tx.seal_application_secret(&id("app"), "second", "x")?;
    let second = secret("app", "second", value);
    tx.insert_application_secret(&second).await?;
    tx.rename_application_secret(&second, "first").await.map(drop)
}

async fn a_row_that_refers_to_nothing_is_a_missing_reference(db: Database) {
    one_of_each(&db).await;

    for (what, error) in [
        ("scope of no resource", refused(&db, async |tx| tx.insert_scope(&scope("x", "none")).await).await),
        (
            "secret of no application",
            refused(&db, async |tx| {
                tx.insert_application_secret(&secret("none", "x", Sealed::from_stored("x".into()))).await
            })
            .await,
        ),
        (
            "no scope for the role",
            refused(&db, async |tx| tx.add_scope_to_role(&id("reader"), &id("none")).await).await,
        ),
        ("no role for the scope", refused(&db, async |tx| tx.add_scope_to_role(&id("none"), &id("read")).await).await),
        (
            "no role for the application",
            refused(&db, async |tx| tx.assign_role_to_application(&id("app"), &id("none")).await.map(drop)).await,
        ),
    ] {
        assert!(matches!(error, StoreError::MissingReference), "{what}: {error:?}");
    }
}

async fn nothing_belongs_to_a_tenant_that_does_not_exist(db: Database) {
    let nowhere = db.store.tenant(id("nowhere"));

    let mut tx = nowhere.write().await.unwrap();
    assert!(matches!(tx.insert_role(&role("r")).await, Err(StoreError::MissingReference)));
    drop(tx);
    let mut tx = nowhere.write().await.unwrap();
    assert!(matches!(tx.insert_application(&application("a")).await, Err(StoreError::MissingReference)));
    drop(tx);
    let tx = nowhere.write().await.unwrap();
    assert!(matches!(tx.use_assertion(&id("a"), "jti", NOW).await, Err(StoreError::MissingReference)));
}
