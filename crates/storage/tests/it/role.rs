//! Global roles.

use crate::harness::sample::{application, id, resource, role, scope};
use crate::harness::{Database, NOW};
use signet_core::application::Application;
use signet_core::id::RoleId;
use signet_core::role::{Role, RoleType};
use signet_core::time::Timestamp;
use signet_storage::{Page, RoleFilter};

on_both_backends!(
    a_role_is_found_by_id_and_by_name,
    a_role_is_updated_but_for_its_type,
    a_deleted_role_is_taken_from_everyone,
    roles_are_listed_by_name_and_filtered,
    internal_roles_are_told_by_their_exact_prefix,
    scopes_are_added_to_and_removed_from_a_role,
    an_assignment_is_made_once_and_taken_back,
    a_role_knows_how_many_hold_it_and_the_newest_three,
);

fn ids(roles: Vec<Role>) -> Vec<String> {
    roles.into_iter().map(|role| String::from(role.id)).collect()
}

async fn a_role_is_found_by_id_and_by_name(db: Database) {
    let stored = Role { kind: RoleType::User, is_default: true, ..role("reader") };
    db.write(async |tx| tx.insert_role(&stored).await).await;
    let reader = db.tenant.read().await.unwrap();

    let by_id = reader.role(&id("reader")).await.unwrap().unwrap();
    let by_name = reader.role_by_name("role reader").await.unwrap().unwrap();

    assert_eq!(format!("{by_id:?}"), format!("{stored:?}"));
    assert_eq!(format!("{by_name:?}"), format!("{stored:?}"));
    assert!(reader.role_by_name("Role reader").await.unwrap().is_none());
    assert!(reader.role(&id("other")).await.unwrap().is_none());
    assert_eq!(ids(reader.roles_by_ids(&[id("reader"), id("other")]).await.unwrap()), ["reader"]);
}

async fn a_role_is_updated_but_for_its_type(db: Database) {
    db.write(async |tx| tx.insert_role(&role("reader")).await).await;
    let changed = Role {
        name: "renamed".into(),
        description: "new".into(),
        is_default: true,
        kind: RoleType::User,
        ..role("reader")
    };

    assert!(db.write(async |tx| tx.update_role(&changed).await).await);

    let found = db.tenant.read().await.unwrap().role(&id("reader")).await.unwrap().unwrap();
    let expected = Role { kind: RoleType::MachineToMachine, ..changed };
    assert_eq!(format!("{found:?}"), format!("{expected:?}"));
    assert!(!db.write(async |tx| tx.update_role(&role("other")).await).await);
}

async fn a_deleted_role_is_taken_from_everyone(db: Database) {
    db.write(async |tx| {
        tx.insert_application(&application("robot")).await?;
        tx.insert_role(&role("reader")).await?;
        tx.insert_resource(&resource("api")).await?;
        tx.insert_scope(&scope("read", "api")).await?;
        tx.add_scope_to_role(&id("reader"), &id("read")).await?;
        tx.assign_role_to_application(&id("robot"), &id("reader")).await
    })
    .await;

    assert!(db.write(async |tx| tx.delete_role(&id("reader")).await).await);
    assert!(!db.write(async |tx| tx.delete_role(&id("reader")).await).await);

    assert_eq!(db.ask("SELECT COUNT(*) FROM applications_roles").await, 0);
    assert_eq!(db.ask("SELECT COUNT(*) FROM roles_scopes").await, 0);
}

async fn roles_are_listed_by_name_and_filtered(db: Database) {
    db.write(async |tx| {
        tx.insert_application(&application("robot")).await?;
        tx.insert_role(&role("b-machine")).await?;
        tx.insert_role(&Role { kind: RoleType::User, ..role("a-person") }).await?;
        tx.insert_role(&role("c-machine")).await?;
        tx.assign_role_to_application(&id("robot"), &id("b-machine")).await
    })
    .await;
    let reader = db.tenant.read().await.unwrap();

    for (filter, expected) in [
        (RoleFilter::default(), vec!["a-person", "b-machine", "c-machine"]),
        (RoleFilter { kind: Some(RoleType::User), ..Default::default() }, vec!["a-person"]),
        (RoleFilter { held_by_application: Some(id("robot")), ..Default::default() }, vec!["b-machine"]),
        (
            RoleFilter { not_held_by_application: Some(id("robot")), ..Default::default() },
            vec!["a-person", "c-machine"],
        ),
    ] {
        let listed = reader.roles(&filter, None).await.unwrap();
        assert_eq!(ids(listed.items), expected, "{filter:?}");
    }
    let page = reader.roles(&RoleFilter::default(), Some(Page { number: 2, size: 2 })).await.unwrap();
    assert_eq!((ids(page.items), page.total), (vec!["c-machine".into()], 3));
}

async fn internal_roles_are_told_by_their_exact_prefix(db: Database) {
    for (text, name) in [("internal", "#internal:admin"), ("shouting", "#INTERNAL:admin"), ("inside", "x #internal:")] {
        db.write(async |tx| tx.insert_role(&Role { name: name.into(), ..role(text) }).await).await;
    }

    let filter = RoleFilter { without_internal: true, ..Default::default() };
    let listed = db.tenant.read().await.unwrap().roles(&filter, None).await.unwrap();

    assert_eq!(listed.items.iter().filter(|role| role.is_internal()).count(), 0);
    assert_eq!(ids(listed.items), ["shouting", "inside"]);
}

async fn scopes_are_added_to_and_removed_from_a_role(db: Database) {
    db.write(async |tx| {
        tx.insert_role(&role("reader")).await?;
        tx.insert_resource(&resource("api")).await?;
        tx.insert_scope(&scope("read", "api")).await?;
        tx.add_scope_to_role(&id("reader"), &id("read")).await
    })
    .await;
    let reader = db.tenant.read().await.unwrap();

    assert_eq!(reader.scope_ids_of_role(&id("reader")).await.unwrap(), [id("read")]);
    assert!(db.write(async |tx| tx.remove_scope_from_role(&id("reader"), &id("read")).await).await);
    assert!(!db.write(async |tx| tx.remove_scope_from_role(&id("reader"), &id("read")).await).await);
    assert!(reader.scope_ids_of_role(&id("reader")).await.unwrap().is_empty());
}

async fn an_assignment_is_made_once_and_taken_back(db: Database) {
    db.write(async |tx| {
        tx.insert_application(&application("robot")).await?;
        tx.insert_role(&role("reader")).await?;
        tx.insert_role(&role("writer")).await
    })
    .await;
    let (robot, reader, writer) = (id("robot"), id("reader"), id("writer"));

    assert!(db.write(async |tx| tx.assign_role_to_application(&robot, &reader).await).await);
    assert!(!db.write(async |tx| tx.assign_role_to_application(&robot, &reader).await).await);
    assert!(db.write(async |tx| tx.remove_role_from_application(&robot, &reader).await).await);
    assert!(!db.write(async |tx| tx.remove_role_from_application(&robot, &reader).await).await);

    db.write(async |tx| {
        tx.assign_role_to_application(&robot, &reader).await?;
        tx.assign_role_to_application(&robot, &writer).await?;
        tx.remove_roles_from_application(&robot).await
    })
    .await;
    let held = RoleFilter { held_by_application: Some(robot), ..Default::default() };
    assert_eq!(db.tenant.read().await.unwrap().roles(&held, None).await.unwrap().total, 0);
}

async fn a_role_knows_how_many_hold_it_and_the_newest_three(db: Database) {
    let reader_role: RoleId = id("reader");
    db.write(async |tx| {
        tx.insert_role(&role("reader")).await?;
        for (name, later) in [("r1", 1), ("r2", 2), ("r3", 3), ("r4", 4)] {
            tx.insert_application(&Application { created_at: Timestamp(NOW.0 + later), ..application(name) }).await?;
            tx.assign_role_to_application(&id(name), &reader_role).await?;
        }
        tx.insert_application(&application("bystander")).await
    })
    .await;

    let roles = [reader_role.clone(), id("nobodys")];
    let usages = db.tenant.read().await.unwrap().role_usages(&roles).await.unwrap();
    assert_eq!(usages.len(), 1);
    let usage = &usages[&reader_role];

    let featured: Vec<_> = usage.featured_applications.iter().map(|application| application.id.as_str()).collect();
    assert_eq!((usage.applications, featured), (4, vec!["r4", "r3", "r2"]));
}
