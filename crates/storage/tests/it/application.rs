//! Applications.

use crate::harness::sample::{application, id, object, role};
use crate::harness::{Database, NOW};
use serde_json::json;
use signet_core::application::{Application, ApplicationType};
use signet_core::id::RoleId;
use signet_core::time::Timestamp;
use signet_storage::{ApplicationFilter, Page};

on_both_backends!(
    an_application_is_found_as_it_was_stored,
    an_update_writes_what_may_change_and_nothing_else,
    a_deleted_application_is_gone_and_a_second_time_there_is_none,
    applications_are_listed_newest_first_in_pages,
    applications_are_filtered_by_type_party_and_role,
);

async fn an_application_is_found_as_it_was_stored(db: Database) {
    let stored = Application {
        description: Some("sells „everything“".to_owned()),
        kind: ApplicationType::Protected,
        oidc_client_metadata: object(json!({ "z": 1, "a": [null, { "b": "ü" }] })),
        custom_client_metadata: object(json!({ "corsAllowedOrigins": ["https://shop.example"] })),
        protected_app_metadata: Some(object(json!({ "host": "shop.example" }))),
        custom_data: object(json!({ "deep": { "deeper": [1.5, true] } })),
        is_third_party: true,
        app_level_access_control_enabled: true,
        created_at: Timestamp(NOW.0 + 7),
        ..application("shop")
    };
    db.write(async |tx| tx.insert_application(&stored).await).await;

    let found = db.tenant.read().await.unwrap().application(&id("shop")).await.unwrap().unwrap();

    assert_eq!(format!("{found:?}"), format!("{stored:?}"));
    assert!(db.tenant.read().await.unwrap().application(&id("other")).await.unwrap().is_none());
}

async fn an_update_writes_what_may_change_and_nothing_else(db: Database) {
    db.write(async |tx| tx.insert_application(&application("shop")).await).await;
    let changed = Application {
        name: "New name".to_owned(),
        description: Some("new".to_owned()),
        custom_data: object(json!({ "new": true })),
        app_level_access_control_enabled: true,
        kind: ApplicationType::Native,
        is_third_party: true,
        created_at: Timestamp(0),
        ..application("shop")
    };

    assert!(db.write(async |tx| tx.update_application(&changed).await).await);

    let found = db.tenant.read().await.unwrap().application(&id("shop")).await.unwrap().unwrap();
    let expected =
        Application { kind: ApplicationType::MachineToMachine, is_third_party: false, created_at: NOW, ..changed };
    assert_eq!(format!("{found:?}"), format!("{expected:?}"));
    assert!(!db.write(async |tx| tx.update_application(&application("other")).await).await);
}

async fn a_deleted_application_is_gone_and_a_second_time_there_is_none(db: Database) {
    db.write(async |tx| tx.insert_application(&application("shop")).await).await;

    assert!(db.write(async |tx| tx.delete_application(&id("shop")).await).await);
    assert!(!db.write(async |tx| tx.delete_application(&id("shop")).await).await);

    assert!(db.tenant.read().await.unwrap().application(&id("shop")).await.unwrap().is_none());
}

async fn applications_are_listed_newest_first_in_pages(db: Database) {
    for (name, age) in [("old", 2), ("new", 0), ("middle", 1)] {
        let stored = Application { created_at: Timestamp(NOW.0 - age), ..application(name) };
        db.write(async |tx| tx.insert_application(&stored).await).await;
    }

    assert_eq!(listed(&db, &ApplicationFilter::default(), None).await, (vec!["new", "middle", "old"], 3));
    let page = |number| Some(Page { number, size: 2 });
    assert_eq!(listed(&db, &ApplicationFilter::default(), page(1)).await, (vec!["new", "middle"], 3));
    assert_eq!(listed(&db, &ApplicationFilter::default(), page(2)).await, (vec!["old"], 3));
    assert_eq!(listed(&db, &ApplicationFilter::default(), page(3)).await, (vec![], 3));
    assert_eq!(listed(&db, &ApplicationFilter::default(), page(u32::MAX)).await, (vec![], 3));
}

async fn applications_are_filtered_by_type_party_and_role(db: Database) {
    db.write(async |tx| {
        tx.insert_role(&role("reader")).await?;
        tx.insert_application(&Application { kind: ApplicationType::Spa, ..application("a-spa") }).await?;
        let third = Application { kind: ApplicationType::Native, is_third_party: true, ..application("b-third") };
        tx.insert_application(&third).await?;
        tx.insert_application(&application("c-machine")).await?;
        tx.assign_role_to_application(&id("c-machine"), &id("reader")).await
    })
    .await;
    let reader: RoleId = id("reader");

    for (filter, expected) in [
        (ApplicationFilter { types: vec![ApplicationType::Spa], ..Default::default() }, vec!["a-spa"]),
        (
            ApplicationFilter { types: vec![ApplicationType::Spa, ApplicationType::Native], ..Default::default() },
            vec!["a-spa", "b-third"],
        ),
        (ApplicationFilter { types: vec![ApplicationType::Saml], ..Default::default() }, vec![]),
        (ApplicationFilter { is_third_party: Some(true), ..Default::default() }, vec!["b-third"]),
        (ApplicationFilter { is_third_party: Some(false), ..Default::default() }, vec!["a-spa", "c-machine"]),
        (ApplicationFilter { role: Some(reader.clone()), ..Default::default() }, vec!["c-machine"]),
        (ApplicationFilter { without_role: Some(reader), ..Default::default() }, vec!["a-spa", "b-third"]),
    ] {
        let total = i64::try_from(expected.len()).unwrap();
        assert_eq!(listed(&db, &filter, None).await, (expected, total), "{filter:?}");
    }
}

/// Ids and total of a list, ids leaked because they are compared with literals.
async fn listed(db: &Database, filter: &ApplicationFilter, page: Option<Page>) -> (Vec<&'static str>, i64) {
    let listed = db.tenant.read().await.unwrap().applications(filter, page).await.unwrap();
    let ids = listed.items.into_iter().map(|item| &*String::from(item.id).leak()).collect();
    (ids, listed.total)
}
