//! A backup of the embedded database, taken while it is in use.

use crate::signet;
use signet_core::id::TenantId;
use signet_storage::{DatabaseUrl, PoolSettings, Store, StoreDeps, StoreSettings};

#[tokio::test]
async fn a_copy_made_online_opens_with_the_same_vault_key() {
    let signet = signet().await;
    if signet.app.store.is_postgres() {
        let error = signet.app.store.backup_sqlite(&signet.directory().join("x")).unwrap_err();
        assert!(error.to_string().contains("pg_dump"), "{error}");
        return;
    }
    let robot = signet.machine("robot").await;
    let copy = signet.directory().join("copy.db");

    signet.app.store.backup_sqlite(&copy).unwrap();

    let settings = StoreSettings { database: DatabaseUrl::Sqlite(copy), pool: PoolSettings::default() };
    let deps = StoreDeps { clock: signet.deps.clock.clone(), vault: signet.app.store.vault().clone() };
    let restored = Store::open(&settings, deps).await.unwrap();
    restored.check_vault_key().await.unwrap();
    let reader = restored.tenant(TenantId::default_tenant()).read().await.unwrap();
    let secret = reader.application_secrets(&robot.id.parse().unwrap()).await.unwrap().remove(0);
    assert_eq!(reader.open_application_secret(&secret).unwrap().expose(), robot.secret);
}
