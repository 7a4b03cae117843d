//! Identities of people elsewhere, changes that read before they write, and who holds a role.

use crate::harness::sample::{id, role, user};
use crate::harness::{Database, NOW};
use signet_core::id::RoleId;
use signet_core::role::{Role, RoleType};
use signet_core::time::Timestamp;
use signet_core::user::{PasswordHash, PasswordMethod, User};
use signet_storage::{Constraint, RoleFilter, StoreError};

on_both_backends!(
    an_identity_belongs_to_one_person,
    a_person_taken_to_be_changed_is_changed_now,
    a_role_knows_how_many_people_hold_it_and_names_three,
    roles_are_told_by_the_people_who_hold_them,
    default_roles_are_those_of_people,
    hashes_of_many_are_read_at_once,
);

async fn an_identity_belongs_to_one_person(db: Database) {
    db.write(async |tx| {
        tx.insert_user(&user("ada")).await?;
        tx.insert_user(&user("bob")).await?;
        tx.insert_user_identity(&id("ada"), "github", "7").await?;
        tx.insert_user_identity(&id("bob"), "google", "7").await
    })
    .await;

    let reader = db.tenant.read().await.unwrap();
    assert_eq!(reader.user_id_by_identity("github", "7").await.unwrap(), Some(id("ada")));
    assert_eq!(reader.user_id_by_identity("github", "8").await.unwrap(), None);
    drop(reader);
    let tx = db.tenant.write().await.unwrap();
    let taken = tx.insert_user_identity(&id("bob"), "github", "7").await;
    drop(tx);
    assert!(matches!(taken, Err(StoreError::Conflict(Constraint::UserIdentity))), "{taken:?}");

    assert!(db.write(async |tx| tx.delete_user_identity(&id("ada"), "github").await).await);
    assert!(!db.write(async |tx| tx.delete_user_identity(&id("ada"), "github").await).await);
    db.write(async |tx| tx.insert_user_identity(&id("bob"), "github", "7").await).await;
    db.write(async |tx| tx.delete_user(&id("bob")).await).await;
    assert_eq!(db.ask("SELECT COUNT(*) FROM user_identities").await, 0);
}

async fn a_person_taken_to_be_changed_is_changed_now(db: Database) {
    db.write(async |tx| tx.insert_user(&user("ada")).await).await;

    let taken = db.write(async |tx| tx.take_user(&id("ada"), Timestamp(NOW.0 + 5)).await).await.unwrap();

    assert_eq!(taken.updated_at, Timestamp(NOW.0 + 5));
    assert!(db.write(async |tx| tx.take_user(&id("bob"), NOW).await).await.is_none());
}

async fn a_role_knows_how_many_people_hold_it_and_names_three(db: Database) {
    let of_people = |name: &str| Role { kind: RoleType::User, ..role(name) };
    db.write(async |tx| {
        for name in ["many", "one", "none"] {
            tx.insert_role(&of_people(name)).await?;
        }
        for number in 0..5 {
            let person = User { name: Some(format!("person {number}")), ..user(&format!("user{number}")) };
            tx.insert_user(&person).await?;
            tx.assign_role_to_user(&person.id, &id("many")).await?;
        }
        tx.assign_role_to_user(&id("user0"), &id("one")).await
    })
    .await;
    let reader = db.tenant.read().await.unwrap();
    let asked: Vec<RoleId> = vec![id("many"), id("one"), id("none")];

    let people = reader.people_of_roles(&asked).await.unwrap();

    assert_eq!(people.len(), 2);
    assert_eq!((people[&asked[0]].count, people[&asked[0]].featured.len()), (5, 3));
    assert_eq!(people[&asked[1]].featured[0].name.as_deref(), Some("person 0"));
    assert!(reader.people_of_roles(&[id("none")]).await.unwrap().is_empty());
    assert!(reader.people_of_roles(&[]).await.unwrap().is_empty());
}

async fn roles_are_told_by_the_people_who_hold_them(db: Database) {
    db.write(async |tx| {
        tx.insert_user(&user("ada")).await?;
        tx.insert_role(&role("held")).await?;
        tx.insert_role(&role("other")).await?;
        tx.assign_role_to_user(&id("ada"), &id("held")).await
    })
    .await;
    let reader = db.tenant.read().await.unwrap();
    let ids = async |filter: RoleFilter| {
        let found = reader.roles(&filter, None).await.unwrap().items;
        found.into_iter().map(|role| String::from(role.id)).collect::<Vec<_>>()
    };

    assert_eq!(ids(RoleFilter { held_by_user: Some(id("ada")), ..RoleFilter::default() }).await, ["held"]);
    assert_eq!(ids(RoleFilter { not_held_by_user: Some(id("ada")), ..RoleFilter::default() }).await, ["other"]);
}

async fn default_roles_are_those_of_people(db: Database) {
    db.write(async |tx| {
        tx.insert_role(&Role { is_default: true, ..role("machines") }).await?;
        tx.insert_role(&Role { kind: RoleType::User, ..role("some") }).await?;
        tx.insert_role(&Role { kind: RoleType::User, is_default: true, ..role("all") }).await
    })
    .await;

    let defaults = db.tenant.read().await.unwrap().default_user_roles().await.unwrap();

    assert_eq!(defaults.into_iter().map(|role| String::from(role.id)).collect::<Vec<_>>(), ["all"]);
}

async fn hashes_of_many_are_read_at_once(db: Database) {
    let hash = PasswordHash { method: PasswordMethod::Bcrypt, digest: "digest".to_owned() };
    db.write(async |tx| {
        tx.insert_user(&user("ada")).await?;
        tx.insert_user(&user("bob")).await?;
        tx.set_user_password(&id("ada"), &hash, NOW).await
    })
    .await;

    let found = db.tenant.read().await.unwrap().user_passwords(&[id("ada"), id("bob"), id("eve")]).await.unwrap();

    assert_eq!(found.len(), 1);
    assert!(found[&id("ada")] == hash);
}
