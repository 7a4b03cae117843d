//! People and the roles they hold.

use crate::harness::sample::{id, object, resource, role, scope, user};
use crate::harness::{Database, NOW};
use serde_json::json;
use signet_core::id::{RoleId, UserId};
use signet_core::role::{Role, RoleType};
use signet_core::search::{Condition, Joint, Mode, Search};
use signet_core::time::Timestamp;
use signet_core::user::{PasswordHash, PasswordMethod, User};
use signet_storage::{Constraint, Page, StoreError, UserFilter};

on_both_backends!(
    a_person_comes_back_as_stored,
    a_person_is_found_by_what_they_sign_in_with,
    an_update_leaves_the_password_alone,
    names_and_addresses_belong_to_one_person,
    a_password_is_upgraded_only_from_the_hash_that_was_checked,
    people_are_listed_newest_first_and_filtered,
    the_first_application_stays,
    roles_are_given_once_and_taken_back,
);

fn full() -> User {
    User {
        username: Some("Ada".into()),
        primary_email: Some("Ada@Example.com".into()),
        primary_phone: Some("4915112345678".into()),
        name: Some("Ada L.".into()),
        avatar: Some("https://example.com/a.png".into()),
        profile: object(json!({ "givenName": "Ada", "address": { "country": "GB" } })),
        custom_data: object(json!({ "tier": 1 })),
        identities: object(json!({ "github": { "userId": "1" } })),
        settings: object(json!({ "mfa": { "skipped": true } })),
        application_id: Some(id("app")),
        last_sign_in_at: Some(NOW),
        ..user("ada")
    }
}

fn hash(digest: &str) -> PasswordHash {
    PasswordHash { method: PasswordMethod::Md5, digest: digest.to_owned() }
}

async fn a_person_comes_back_as_stored(db: Database) {
    db.write(async |tx| tx.insert_user(&full()).await).await;
    let reader = db.tenant.read().await.unwrap();

    let found = reader.user(&id("ada")).await.unwrap().unwrap();

    assert_eq!(format!("{found:?}"), format!("{:?}", full()));
    assert!(reader.user(&id("bob")).await.unwrap().is_none());
    assert!(reader.user_password(&id("ada")).await.unwrap().is_none());
    assert_eq!(reader.users_by_ids(&[id("ada"), id("bob")]).await.unwrap().len(), 1);
}

async fn a_person_is_found_by_what_they_sign_in_with(db: Database) {
    db.write(async |tx| tx.insert_user(&full()).await).await;
    let reader = db.tenant.read().await.unwrap();

    assert!(reader.user_by_username("Ada").await.unwrap().is_some());
    assert!(reader.user_by_username("ada").await.unwrap().is_none());
    assert!(reader.user_by_username_any_case("aDA").await.unwrap().is_some());
    assert!(reader.user_by_email("ada@EXAMPLE.com").await.unwrap().is_some());
    assert!(reader.user_by_phone("4915112345678").await.unwrap().is_some());
    assert!(reader.user_by_phone("4915112345679").await.unwrap().is_none());
    assert_eq!(reader.count_active_users().await.unwrap(), 1);
}

async fn an_update_leaves_the_password_alone(db: Database) {
    db.write(async |tx| {
        tx.insert_user(&full()).await?;
        tx.set_user_password(&id("ada"), &hash("a"), NOW).await
    })
    .await;
    let changed = User { username: None, is_suspended: true, ..full() };

    assert!(db.write(async |tx| tx.update_user(&changed).await).await);

    let reader = db.tenant.read().await.unwrap();
    let found = reader.user(&id("ada")).await.unwrap().unwrap();
    assert!(found.has_password && found.is_suspended && found.username.is_none());
    assert_eq!(found.password_updated_at, Some(NOW));
    assert!(reader.user_password(&id("ada")).await.unwrap() == Some(hash("a")));
    assert_eq!(reader.count_active_users().await.unwrap(), 0);
    assert!(!db.write(async |tx| tx.update_user(&user("nobody")).await).await);
}

async fn names_and_addresses_belong_to_one_person(db: Database) {
    db.write(async |tx| tx.insert_user(&full()).await).await;
    for (expected, other) in [
        (Constraint::UserId, user("ada")),
        (Constraint::UserUsername, User { username: Some("Ada".into()), ..user("bob") }),
        (Constraint::UserEmail, User { primary_email: Some("ADA@example.com".into()), ..user("bob") }),
        (Constraint::UserPhone, User { primary_phone: Some("4915112345678".into()), ..user("bob") }),
    ] {
        let mut tx = db.tenant.write().await.unwrap();
        let refused = tx.insert_user(&other).await;
        assert!(matches!(&refused, Err(StoreError::Conflict(constraint)) if *constraint == expected), "{refused:?}");
    }
}

async fn a_password_is_upgraded_only_from_the_hash_that_was_checked(db: Database) {
    db.write(async |tx| {
        tx.insert_user(&user("ada")).await?;
        tx.set_user_password(&id("ada"), &hash("old"), NOW).await
    })
    .await;

    assert!(!db.write(async |tx| tx.upgrade_user_password(&id("ada"), &hash("other"), &hash("new")).await).await);
    assert!(db.write(async |tx| tx.upgrade_user_password(&id("ada"), &hash("old"), &hash("new")).await).await);

    let stored = db.tenant.read().await.unwrap().user_password(&id("ada")).await.unwrap();
    assert!(stored == Some(hash("new")));
}

async fn people_are_listed_newest_first_and_filtered(db: Database) {
    db.write(async |tx| {
        tx.insert_role(&Role { kind: RoleType::User, ..role("reader") }).await?;
        for (number, name) in ["ada", "bob", "cy"].into_iter().enumerate() {
            let created_at = Timestamp(NOW.0 + i64::try_from(number).unwrap());
            tx.insert_user(&User { name: Some(name.into()), created_at, ..user(name) }).await?;
        }
        tx.assign_role_to_user(&id("bob"), &id("reader")).await
    })
    .await;
    let reader = db.tenant.read().await.unwrap();
    let ids = async |filter: UserFilter, page| {
        let listed = reader.users(&filter, page).await.unwrap();
        (listed.items.into_iter().map(|user| user.id.to_string()).collect::<Vec<_>>(), listed.total)
    };
    let reads: Option<RoleId> = Some(id("reader"));
    let search = |value: &str| Search {
        joint: Joint::Or,
        conditions: vec![Condition {
            field: "name".into(),
            mode: Mode::Like,
            case_sensitive: false,
            values: vec![value.into()],
        }],
    };

    let first = Some(Page { number: 1, size: 2 });
    assert_eq!(ids(UserFilter::default(), first).await, (vec!["cy".into(), "bob".into()], 3));
    assert_eq!(ids(UserFilter { role: reads.clone(), ..Default::default() }, None).await.0, ["bob"]);
    assert_eq!(ids(UserFilter { without_role: reads, ..Default::default() }, None).await.0, ["cy", "ada"]);
    assert_eq!(ids(UserFilter { search: Some(search("%DA")), ..Default::default() }, None).await.0, ["ada"]);
}

async fn the_first_application_stays(db: Database) {
    db.write(async |tx| {
        tx.insert_user(&user("ada")).await?;
        tx.set_user_first_application(&id("ada"), &id("first")).await?;
        tx.set_user_first_application(&id("ada"), &id("second")).await?;
        tx.set_user_signed_in(&id("ada"), NOW).await
    })
    .await;

    let found = db.tenant.read().await.unwrap().user(&id("ada")).await.unwrap().unwrap();
    assert_eq!((found.application_id, found.last_sign_in_at), (Some(id("first")), Some(NOW)));
}

async fn roles_are_given_once_and_taken_back(db: Database) {
    db.write(async |tx| {
        tx.insert_user(&user("ada")).await?;
        tx.insert_role(&Role { kind: RoleType::User, ..role("reader") }).await?;
        tx.insert_resource(&resource("api")).await?;
        tx.insert_scope(&scope("one", "api")).await?;
        tx.add_scope_to_role(&id("reader"), &id("one")).await
    })
    .await;
    let (ada, reader_role): (UserId, RoleId) = (id("ada"), id("reader"));

    assert!(db.write(async |tx| tx.assign_role_to_user(&ada, &reader_role).await).await);
    assert!(!db.write(async |tx| tx.assign_role_to_user(&ada, &reader_role).await).await);

    let reader = db.tenant.read().await.unwrap();
    assert_eq!(reader.roles_of_user(&ada).await.unwrap().len(), 1);
    assert_eq!(reader.scopes_held_by_user(&ada, &id("api")).await.unwrap(), ["one:read"]);
    drop(reader);
    assert!(db.write(async |tx| tx.remove_role_from_user(&ada, &reader_role).await).await);
    assert!(!db.write(async |tx| tx.remove_role_from_user(&ada, &reader_role).await).await);
    db.write(async |tx| tx.remove_roles_from_user(&ada).await).await;
    assert!(db.tenant.read().await.unwrap().roles_of_user(&ada).await.unwrap().is_empty());
}
