//! Permissions of API resources.

use crate::harness::sample::{application, id, resource, role, scope};
use crate::harness::{Database, NOW};
use signet_core::id::{ResourceId, ScopeId};
use signet_core::resource::ApiScope;
use signet_core::time::Timestamp;
use signet_storage::Page;

on_both_backends!(
    a_scope_is_found_updated_and_deleted,
    scopes_are_listed_by_resource_newest_first,
    scopes_of_several_resources_come_at_once,
    scopes_are_listed_by_role,
    a_machine_holds_the_scopes_of_all_its_roles_once,
);

fn ids(scopes: Vec<ApiScope>) -> Vec<String> {
    scopes.into_iter().map(|scope| String::from(scope.id)).collect()
}

/// Two resources: `orders` with `o1`, `o2`, `o3` from old to new, `stock` with `s1`.
async fn two_resources(db: &Database) {
    db.write(async |tx| {
        tx.insert_resource(&resource("orders")).await?;
        tx.insert_resource(&resource("stock")).await?;
        for (name, of, later) in [("o1", "orders", 0), ("o2", "orders", 1), ("o3", "orders", 2), ("s1", "stock", 3)] {
            tx.insert_scope(&ApiScope { created_at: Timestamp(NOW.0 + later), ..scope(name, of) }).await?;
        }
        Ok(())
    })
    .await;
}

async fn a_scope_is_found_updated_and_deleted(db: Database) {
    two_resources(&db).await;
    let reader = db.tenant.read().await.unwrap();
    let changed = ApiScope { name: "renamed".into(), description: Some("ü".into()), ..scope("o1", "stock") };

    assert!(db.write(async |tx| tx.update_scope(&changed).await).await);

    let found = reader.scope(&id("o1")).await.unwrap().unwrap();
    let expected = ApiScope { resource_id: id("orders"), ..changed };
    assert_eq!(format!("{found:?}"), format!("{expected:?}"));
    assert!(!db.write(async |tx| tx.update_scope(&scope("none", "orders")).await).await);
    assert!(db.write(async |tx| tx.delete_scope(&id("o1")).await).await);
    assert!(!db.write(async |tx| tx.delete_scope(&id("o1")).await).await);
    assert!(reader.scope(&id("o1")).await.unwrap().is_none());
}

async fn scopes_are_listed_by_resource_newest_first(db: Database) {
    two_resources(&db).await;
    let reader = db.tenant.read().await.unwrap();

    let all = reader.resource_scopes(&id("orders"), None, None).await.unwrap();
    assert_eq!((ids(all.items), all.total), (vec!["o3".into(), "o2".into(), "o1".into()], 3));
    let page = Some(Page { number: 2, size: 2 });
    let page = reader.resource_scopes(&id("orders"), None, page).await.unwrap();
    assert_eq!((ids(page.items), page.total), (vec!["o1".into()], 3));
}

async fn scopes_of_several_resources_come_at_once(db: Database) {
    two_resources(&db).await;
    let reader = db.tenant.read().await.unwrap();
    let (orders, stock): (ResourceId, ResourceId) = (id("orders"), id("stock"));

    assert_eq!(ids(reader.scopes_of_resources(&[orders, stock]).await.unwrap()), ["s1", "o3", "o2", "o1"]);
    assert!(reader.scopes_of_resources(&[]).await.unwrap().is_empty());
    let some: [ScopeId; 3] = [id("o1"), id("none"), id("s1")];
    assert_eq!(ids(reader.scopes_by_ids(&some).await.unwrap()), ["s1", "o1"]);
}

async fn scopes_are_listed_by_role(db: Database) {
    two_resources(&db).await;
    db.write(async |tx| {
        tx.insert_role(&role("clerk")).await?;
        tx.add_scope_to_role(&id("clerk"), &id("o1")).await?;
        tx.add_scope_to_role(&id("clerk"), &id("s1")).await
    })
    .await;
    let reader = db.tenant.read().await.unwrap();

    let held = reader.role_scopes(&id("clerk"), None, Some(Page { number: 1, size: 20 })).await.unwrap();

    assert_eq!((ids(held.items), held.total), (vec!["s1".into(), "o1".into()], 2));
    assert_eq!(reader.role_scopes(&id("nobody"), None, None).await.unwrap().total, 0);
}

async fn a_machine_holds_the_scopes_of_all_its_roles_once(db: Database) {
    two_resources(&db).await;
    db.write(async |tx| {
        tx.insert_application(&application("robot")).await?;
        for (name, scopes) in [("clerk", ["o1", "s1"]), ("boss", ["o1", "o2"])] {
            tx.insert_role(&role(name)).await?;
            for scope in scopes {
                tx.add_scope_to_role(&id(name), &id(scope)).await?;
            }
            tx.assign_role_to_application(&id("robot"), &id(name)).await?;
        }
        Ok(())
    })
    .await;
    let reader = db.tenant.read().await.unwrap();

    let of = async |resource| reader.scopes_held_by_application(&id("robot"), &id(resource)).await.unwrap();
    assert_eq!(of("orders").await, ["o1:read", "o2:read"]);
    assert_eq!(of("stock").await, ["s1:read"]);
    assert!(of("none").await.is_empty());
    assert!(reader.scopes_held_by_application(&id("stranger"), &id("orders")).await.unwrap().is_empty());
}
