//! What members may do, and how the database finds it.

use crate::harness::Database;
use crate::harness::sample::{
    application, id, organization, organization_role, organization_scope, resource, scope, user,
};
use signet_core::id::{ApplicationId, OrganizationId, ResourceId, UserId};
use signet_core::membership::Membership;
use signet_core::organization::Organization;

on_both_backends!(
    a_member_has_what_the_roles_in_that_organization_give,
    whoever_is_no_member_has_nothing,
    scopes_of_a_resource_are_gathered_from_all_organizations,
    all_organizations_of_a_person_come_with_their_roles,
);

/// Ada is admin and reader in foo and reader in bar, and belongs to baz. The machine `app` is reader in foo. Admins may
/// invite, and read and write the API; readers may read it.
pub(crate) async fn shops(db: &Database) {
    db.write(async |tx| {
        for name in ["foo", "bar", "baz", "other"] {
            tx.insert_organization(&organization(name)).await?;
        }
        tx.insert_user(&user("ada")).await?;
        tx.insert_application(&application("app")).await?;
        for api in ["api", "else"] {
            tx.insert_resource(&resource(api)).await?;
        }
        for (name, api) in [("read", "api"), ("write", "api"), ("other", "else")] {
            tx.insert_scope(&scope(name, api)).await?;
        }
        tx.insert_organization_scope(&organization_scope("invite")).await?;
        for role in ["admin", "reader"] {
            tx.insert_organization_role(&organization_role(role)).await?;
        }
        tx.add_scope_to_organization_role(&id("admin"), &id("invite")).await?;
        for (role, name) in [("admin", "read"), ("admin", "write"), ("reader", "read")] {
            tx.add_resource_scope_to_organization_role(&id(role), &id(name)).await?;
        }
        for name in ["foo", "bar", "baz"] {
            tx.add_organization_user(&id(name), &id("ada")).await?;
        }
        for (name, role) in [("foo", "admin"), ("foo", "reader"), ("bar", "reader")] {
            tx.assign_role_to_organization_user(&id(name), &id("ada"), &id(role)).await?;
        }
        tx.add_organization_application(&id("foo"), &id("app")).await?;
        tx.assign_role_to_organization_application(&id("foo"), &id("app"), &id("reader")).await.map(drop)
    })
    .await;
}

async fn ada_in(db: &Database, name: &str) -> Option<Membership> {
    let (ada, organization): (UserId, OrganizationId) = (id("ada"), id(name));
    db.tenant.read().await.unwrap().membership_of_user(&ada, &organization).await.unwrap()
}

fn said(membership: &Membership) -> (String, String) {
    (membership.permissions().to_string(), membership.scopes_of(&id("api")).to_string())
}

async fn a_member_has_what_the_roles_in_that_organization_give(db: Database) {
    shops(&db).await;
    let names = |names: &[&str]| names.iter().map(|name| organization_role(name).name).collect::<Vec<_>>();
    let (read, write) = (scope("read", "api").name, scope("write", "api").name);
    let mut both = [read.clone(), write];
    both.sort();
    let Organization { name, description, custom_data, is_mfa_required, .. } = organization("foo");

    let first = ada_in(&db, "foo").await.unwrap();
    assert_eq!((first.organization.as_str(), &first.name, &first.description), ("foo", &name, &description));
    assert_eq!((&first.custom_data, first.is_mfa_required), (&custom_data, is_mfa_required));
    assert_eq!(first.roles.iter().map(|role| role.name.clone()).collect::<Vec<_>>(), names(&["admin", "reader"]));
    assert_eq!(said(&first), (organization_scope("invite").name, both.join(" ")));
    let granted = &first.roles[0].resource_scopes[0];
    assert_eq!((granted.resource.indicator.clone(), granted.id.as_str()), (resource("api").indicator, "read"));
    let second = ada_in(&db, "bar").await.unwrap();
    assert_eq!(said(&second), (String::new(), read.clone()));
    assert_eq!(said(&ada_in(&db, "baz").await.unwrap()), (String::new(), String::new()));

    let (app, organization): (ApplicationId, OrganizationId) = (id("app"), id("foo"));
    let reader = db.tenant.read().await.unwrap();
    let machine = reader.membership_of_application(&app, &organization).await.unwrap().unwrap();
    assert_eq!(said(&machine), (String::new(), read));
}

async fn whoever_is_no_member_has_nothing(db: Database) {
    shops(&db).await;
    assert!(ada_in(&db, "other").await.is_none() && ada_in(&db, "nowhere").await.is_none());
    let (app, bar): (ApplicationId, OrganizationId) = (id("app"), id("bar"));
    assert!(db.tenant.read().await.unwrap().membership_of_application(&app, &bar).await.unwrap().is_none());

    db.write(async |tx| tx.remove_organization_user(&id("foo"), &id("ada")).await).await;
    assert!(ada_in(&db, "foo").await.is_none());
}

async fn scopes_of_a_resource_are_gathered_from_all_organizations(db: Database) {
    shops(&db).await;
    let held = async |api: &str| {
        let (ada, api): (UserId, ResourceId) = (id("ada"), id(api));
        db.tenant.read().await.unwrap().scopes_held_in_organizations(&ada, &api).await.unwrap()
    };
    let mut both = [scope("read", "api").name, scope("write", "api").name];
    both.sort();

    assert_eq!(held("api").await, both);
    assert!(held("else").await.is_empty());
    db.write(async |tx| tx.remove_role_from_organization_user(&id("foo"), &id("ada"), &id("admin")).await).await;
    assert_eq!(held("api").await, [scope("read", "api").name]);
}

async fn all_organizations_of_a_person_come_with_their_roles(db: Database) {
    shops(&db).await;
    let ada: UserId = id("ada");

    let belongings = db.tenant.read().await.unwrap().belongings(&ada).await.unwrap();

    let said: Vec<(&str, Vec<&str>)> = belongings
        .iter()
        .map(|one| (one.organization.as_str(), one.roles.iter().map(|(id, _)| id.as_str()).collect()))
        .collect();
    assert_eq!(said, [("bar", vec!["reader"]), ("baz", vec![]), ("foo", vec!["admin", "reader"])]);
    let Organization { name, description, .. } = organization("bar");
    assert_eq!((&belongings[0].name, &belongings[0].description), (&name, &description));
    assert_eq!(belongings[0].roles[0].1, organization_role("reader").name);
    let nobody: UserId = id("nobody");
    assert!(db.tenant.read().await.unwrap().belongings(&nobody).await.unwrap().is_empty());
}
