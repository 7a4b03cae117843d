//! API resources.

use crate::harness::Database;
use crate::harness::sample::{id, resource, scope};
use signet_core::resource::ApiResource;
use signet_storage::Page;

on_both_backends!(
    a_resource_is_found_by_id_and_by_its_exact_indicator,
    an_update_keeps_the_indicator,
    at_most_one_resource_is_the_default,
    resources_are_listed_by_name_in_pages,
    a_deleted_resource_takes_its_scopes_along,
);

async fn a_resource_is_found_by_id_and_by_its_exact_indicator(db: Database) {
    let stored = ApiResource { indicator: "https://api.example".to_owned(), ..resource("api") };
    db.write(async |tx| tx.insert_resource(&stored).await).await;
    let reader = db.tenant.read().await.unwrap();

    let found = reader.resource(&id("api")).await.unwrap().unwrap();
    assert_eq!(format!("{found:?}"), format!("{stored:?}"));
    let found = reader.resource_by_indicator("https://api.example").await.unwrap().unwrap();
    assert_eq!(found.id, stored.id);
    for other in ["https://api.example/", "https://API.example", "https://ap_.example", "https://%", ""] {
        assert!(reader.resource_by_indicator(other).await.unwrap().is_none(), "{other}");
    }
    assert!(reader.resource(&id("other")).await.unwrap().is_none());
}

async fn an_update_keeps_the_indicator(db: Database) {
    db.write(async |tx| tx.insert_resource(&resource("api")).await).await;
    let changed = ApiResource {
        name: "renamed".to_owned(),
        indicator: "https://other.example".to_owned(),
        is_default: true,
        access_token_ttl: 60,
        ..resource("api")
    };

    assert!(db.write(async |tx| tx.update_resource(&changed).await).await);

    let found = db.tenant.read().await.unwrap().resource(&id("api")).await.unwrap().unwrap();
    let expected = ApiResource { indicator: resource("api").indicator, ..changed };
    assert_eq!(format!("{found:?}"), format!("{expected:?}"));
    assert!(!db.write(async |tx| tx.update_resource(&resource("other")).await).await);
}

async fn at_most_one_resource_is_the_default(db: Database) {
    db.write(async |tx| {
        tx.insert_resource(&ApiResource { is_default: true, ..resource("first") }).await?;
        tx.insert_resource(&resource("second")).await
    })
    .await;
    let reader = db.tenant.read().await.unwrap();
    assert_eq!(reader.default_resource().await.unwrap().unwrap().id, id("first"));

    db.write(async |tx| {
        tx.clear_default_resource().await?;
        tx.update_resource(&ApiResource { is_default: true, ..resource("second") }).await
    })
    .await;

    assert_eq!(reader.default_resource().await.unwrap().unwrap().id, id("second"));
    db.write(async |tx| tx.clear_default_resource().await).await;
    assert!(reader.default_resource().await.unwrap().is_none());
}

async fn resources_are_listed_by_name_in_pages(db: Database) {
    for name in ["b", "c", "a"] {
        db.write(async |tx| tx.insert_resource(&resource(name)).await).await;
    }
    let reader = db.tenant.read().await.unwrap();
    let ids = |items: Vec<ApiResource>| items.into_iter().map(|item| String::from(item.id)).collect::<Vec<_>>();

    let all = reader.resources(None).await.unwrap();
    assert_eq!((ids(all.items), all.total), (vec!["a".into(), "b".into(), "c".into()], 3));
    let second = reader.resources(Some(Page { number: 2, size: 2 })).await.unwrap();
    assert_eq!((ids(second.items), second.total), (vec!["c".into()], 3));
    assert_eq!(ids(reader.resources_by_ids(&[id("c"), id("a"), id("x")]).await.unwrap()), ["a", "c"]);
    assert!(reader.resources_by_ids(&[]).await.unwrap().is_empty());
}

async fn a_deleted_resource_takes_its_scopes_along(db: Database) {
    db.write(async |tx| {
        tx.insert_resource(&resource("api")).await?;
        tx.insert_scope(&scope("read", "api")).await
    })
    .await;

    assert!(db.write(async |tx| tx.delete_resource(&id("api")).await).await);
    assert!(!db.write(async |tx| tx.delete_resource(&id("api")).await).await);

    assert!(db.tenant.read().await.unwrap().scope(&id("read")).await.unwrap().is_none());
}
