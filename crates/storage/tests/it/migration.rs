//! Migrations, and the vault key that belongs to a database.

use crate::harness::{Database, NOW, VAULT_KEY, deps, settings};
use signet_core::id::TenantId;
use signet_core::time::Timestamp;
use signet_storage::{DatabaseUrl, MigrationState, Store, StoreError, VaultError};
use std::path::Path;

on_both_backends!(
    an_empty_database_is_empty_until_it_is_migrated,
    migrating_twice_or_at_once_changes_nothing,
    a_database_of_an_earlier_or_later_program_is_told_apart,
    a_database_with_secrets_under_another_vault_key_is_refused,
    a_tenant_is_made_once,
    the_database_answers,
);

/// Names and texts of the migrations, in their order.
fn migrations() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let name = |file: &Path| file.file_stem().unwrap().to_str().unwrap().split_once('_').unwrap().1.to_owned();
    files.iter().map(|file| (name(file), std::fs::read_to_string(file).unwrap())).collect()
}

/// Takes the schema away again. Tables refer to earlier ones only.
async fn emptied(db: &Database) {
    let migrations = migrations();
    let created =
        migrations.iter().flat_map(|(_, text)| text.lines()).filter_map(|line| line.strip_prefix("CREATE TABLE "));
    let mut tables: Vec<&str> = created.map(|rest| rest.split(' ').next().unwrap()).collect();
    assert!(tables.len() > 20);
    tables.reverse();
    tables.push("schema_migrations");
    for table in tables {
        db.behind_our_back(&format!("DROP TABLE {table}")).await;
    }
}

async fn an_empty_database_is_empty_until_it_is_migrated(db: Database) {
    emptied(&db).await;
    assert_eq!(db.store.migration_state().await.unwrap(), MigrationState::Empty);

    db.store.migrate().await.unwrap();

    assert_eq!(db.store.migration_state().await.unwrap(), MigrationState::UpToDate);
    assert_eq!(db.ask("SELECT MIN(applied_at) FROM schema_migrations").await, NOW.0);
}

async fn migrating_twice_or_at_once_changes_nothing(db: Database) {
    emptied(&db).await;
    let (first, second) = (db.another_store().await, db.another_store().await);

    let (one, other) = tokio::join!(tokio::spawn(async move { first.migrate().await }), second.migrate());
    one.unwrap().unwrap();
    other.unwrap();
    db.store.migrate().await.unwrap();

    assert_eq!(db.store.migration_state().await.unwrap(), MigrationState::UpToDate);
    assert_eq!(db.ask("SELECT COUNT(*) - MAX(version) FROM schema_migrations").await, 0, "each once");
}

async fn a_database_of_an_earlier_or_later_program_is_told_apart(db: Database) {
    db.behind_our_back("DELETE FROM schema_migrations WHERE version > 2").await;
    let MigrationState::Behind { pending } = db.store.migration_state().await.unwrap() else { panic!("it is behind") };
    assert_eq!(pending, migrations()[2..].iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>());

    db.behind_our_back("UPDATE schema_migrations SET version = 4711 WHERE version = 1").await;
    assert_eq!(db.store.migration_state().await.unwrap(), MigrationState::Ahead { version: 4711 });

    db.behind_our_back("DELETE FROM schema_migrations").await;
    assert_eq!(db.store.migration_state().await.unwrap(), MigrationState::Empty);
}

async fn a_database_with_secrets_under_another_vault_key_is_refused(db: Database) {
    db.store.check_vault_key().await.unwrap();
    db.store.check_vault_key().await.unwrap();

    let same = Store::open(&settings(&db.url), deps(VAULT_KEY)).await.unwrap();
    same.check_vault_key().await.unwrap();
    let other = Store::open(&settings(&db.url), deps([8; 32])).await.unwrap();
    let error = other.check_vault_key().await.unwrap_err();

    assert!(matches!(error, StoreError::Vault(VaultError::CannotOpen)), "{error:?}");
    // The refusal stored nothing: the right key still fits.
    same.check_vault_key().await.unwrap();
}

async fn a_tenant_is_made_once(db: Database) {
    let admin = db.store.tenant(TenantId::admin());
    assert_eq!(admin.read().await.unwrap().tenant_created_at().await.unwrap(), None);

    for (at, new) in [(5, true), (6, false)] {
        let tx = admin.write().await.unwrap();
        assert_eq!(tx.insert_tenant(Timestamp(at)).await.unwrap(), new);
        tx.commit().await.unwrap();
    }

    assert_eq!(admin.read().await.unwrap().tenant_created_at().await.unwrap(), Some(Timestamp(5)));
    assert_eq!(db.tenant.id(), &TenantId::default_tenant());
}

async fn the_database_answers(db: Database) {
    db.store.ping().await.unwrap();
    assert_eq!(db.store.is_postgres(), matches!(db.url, DatabaseUrl::Postgres(_)));
}

#[test]
fn a_backup_of_a_file_in_use_opens_with_what_was_committed() {
    crate::harness::on_sqlite(async |db: Database| {
        let open = db.tenant.write().await.unwrap();
        open.use_assertion(&"app".parse().unwrap(), "jti", NOW).await.unwrap();
        let DatabaseUrl::Sqlite(path) = &db.url else { unreachable!("on SQLite") };
        let target = path.with_file_name("backup.db");

        db.store.backup_sqlite(&target).unwrap();

        let copy = Store::open(&settings(&DatabaseUrl::Sqlite(target)), deps(VAULT_KEY)).await.unwrap();
        assert_eq!(copy.migration_state().await.unwrap(), MigrationState::UpToDate);
        let copied = copy.tenant(TenantId::default_tenant());
        assert_eq!(copied.read().await.unwrap().tenant_created_at().await.unwrap(), Some(NOW));
        let tx = copied.write().await.unwrap();
        assert!(tx.use_assertion(&"app".parse().unwrap(), "jti", NOW).await.unwrap(), "it was never committed");
    });
}
