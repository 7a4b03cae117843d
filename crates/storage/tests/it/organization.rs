//! Organizations, their template, and their members.

use crate::harness::sample::{
    application, id, organization, organization_role, organization_scope, resource, scope, user,
};
use crate::harness::{Database, NOW};
use serde_json::json;
use signet_core::id::{OrganizationId, UserId};
use signet_core::organization::{Organization, OrganizationRole};
use signet_core::role::RoleType;
use signet_core::time::Timestamp;
use signet_storage::{Constraint, Page, StoreError, UserFilter};

on_both_backends!(
    an_organization_is_kept_whole_and_replaced_whole,
    names_of_the_template_are_taken_once,
    a_role_grants_permissions_and_api_scopes_each_once,
    a_member_keeps_the_roles_when_others_are_replaced,
    roles_go_with_the_membership_and_the_membership_with_either_end,
    machines_are_members_like_people,
    newcomers_get_the_roles_that_are_for_people,
    people_are_counted_for_the_organizations_of_a_page_only,
);

fn ids(organizations: Vec<Organization>) -> Vec<String> {
    organizations.into_iter().map(|organization| String::from(organization.id)).collect()
}

fn names(roles: Vec<OrganizationRole>) -> Vec<String> {
    roles.into_iter().map(|role| role.name).collect()
}

/// Organization `acme`, people `ada` and `bob`, roles `reader` and `writer`.
async fn acme(db: &Database) -> (OrganizationId, UserId) {
    db.write(async |tx| {
        tx.insert_organization(&organization("acme")).await?;
        for person in ["ada", "bob"] {
            tx.insert_user(&user(person)).await?;
        }
        for role in ["reader", "writer"] {
            tx.insert_organization_role(&organization_role(role)).await?;
        }
        Ok(())
    })
    .await;
    (id("acme"), id("ada"))
}

async fn an_organization_is_kept_whole_and_replaced_whole(db: Database) {
    let older = Organization { created_at: Timestamp(NOW.0 - 1), ..organization("older") };
    let changed = Organization {
        name: "renamed".into(),
        description: Some("new".into()),
        custom_data: json!({ "a": 1 }).as_object().unwrap().clone(),
        is_mfa_required: true,
        custom_css: Some("a {}".into()),
        ..organization("acme")
    };
    db.write(async |tx| {
        tx.insert_organization(&older).await?;
        tx.insert_organization(&organization("acme")).await?;
        let taken = tx.take_organization(&id("acme")).await?.unwrap();
        assert_eq!(format!("{taken:?}"), format!("{:?}", organization("acme")));
        assert!(tx.update_organization(&changed).await?);
        Ok(())
    })
    .await;
    let reader = db.tenant.read().await.unwrap();

    assert_eq!(format!("{:?}", reader.organization(&id("acme")).await.unwrap().unwrap()), format!("{changed:?}"));
    assert_eq!(ids(reader.organizations(None, None).await.unwrap().items), ["acme", "older"]);
    let second = reader.organizations(None, Some(Page { number: 2, size: 1 })).await.unwrap();
    assert_eq!((ids(second.items), second.total), (vec!["older".to_owned()], 2));
    assert_eq!(ids(reader.organizations_by_ids(&[id("older"), id("none")]).await.unwrap()), ["older"]);
    assert!(db.write(async |tx| tx.delete_organization(&id("acme")).await).await);
    assert!(!db.write(async |tx| tx.delete_organization(&id("acme")).await).await);
}

async fn names_of_the_template_are_taken_once(db: Database) {
    acme(&db).await;
    db.write(async |tx| tx.insert_organization_scope(&organization_scope("invite")).await).await;

    let mut tx = db.tenant.write().await.unwrap();
    let role = OrganizationRole { id: id("other"), ..organization_role("reader") };
    let refused = tx.insert_organization_role(&role).await;
    assert!(matches!(refused, Err(StoreError::Conflict(Constraint::OrganizationRoleName))), "{refused:?}");
    drop(tx);
    let mut tx = db.tenant.write().await.unwrap();
    let mut other = organization_scope("other");
    other.name = organization_scope("invite").name;
    let refused = tx.insert_organization_scope(&other).await;
    assert!(matches!(refused, Err(StoreError::Conflict(Constraint::OrganizationScopeName))), "{refused:?}");
    drop(tx);

    let mut changed = organization_scope("invite");
    changed.name = "renamed".into();
    assert!(db.write(async |tx| tx.update_organization_scope(&changed).await).await);
    let reader = db.tenant.read().await.unwrap();
    assert_eq!(reader.organization_scope(&id("invite")).await.unwrap().unwrap().name, "renamed");
    assert_eq!(reader.organization_scopes(None, None).await.unwrap().total, 1);
    let named = [organization_role("writer").name, "none".to_owned()];
    assert_eq!(names(reader.organization_roles_by_names(&named).await.unwrap()), [organization_role("writer").name]);
    assert!(reader.organization_roles(Some(RoleType::MachineToMachine), None, None).await.unwrap().items.is_empty());
}

async fn a_role_grants_permissions_and_api_scopes_each_once(db: Database) {
    acme(&db).await;
    db.write(async |tx| {
        tx.insert_resource(&resource("api")).await?;
        tx.insert_scope(&scope("read", "api")).await?;
        tx.insert_organization_scope(&organization_scope("invite")).await?;
        assert!(tx.add_scope_to_organization_role(&id("reader"), &id("invite")).await?);
        assert!(!tx.add_scope_to_organization_role(&id("reader"), &id("invite")).await?);
        assert!(tx.add_resource_scope_to_organization_role(&id("reader"), &id("read")).await?);
        assert!(!tx.add_resource_scope_to_organization_role(&id("reader"), &id("read")).await?);
        Ok(())
    })
    .await;
    let (roles, reader) = ([id("reader"), id("writer")], db.tenant.read().await.unwrap());

    let granted = reader.scopes_of_organization_roles(&roles).await.unwrap();
    assert_eq!((granted.len(), granted[0].role.as_str(), granted[0].scope.id.as_str()), (1, "reader", "invite"));
    let granted = reader.resource_scopes_of_organization_roles(&roles).await.unwrap();
    assert_eq!((granted.len(), granted[0].id.as_str(), granted[0].resource_id.as_str()), (1, "read", "api"));
    assert_eq!(reader.scopes_of_organization_role(&id("reader"), None).await.unwrap().total, 1);
    assert_eq!(reader.resource_scopes_of_organization_role(&id("writer"), None).await.unwrap().total, 0);
    drop(reader);

    db.write(async |tx| {
        tx.delete_organization_scope(&id("invite")).await?;
        tx.delete_scope(&id("read")).await
    })
    .await;
    let reader = db.tenant.read().await.unwrap();
    assert!(reader.scopes_of_organization_roles(&roles).await.unwrap().is_empty());
    assert!(reader.resource_scopes_of_organization_roles(&roles).await.unwrap().is_empty());
}

async fn a_member_keeps_the_roles_when_others_are_replaced(db: Database) {
    let (acme, ada) = acme(&db).await;
    let bob: UserId = id("bob");
    db.write(async |tx| {
        assert!(tx.add_organization_user(&acme, &ada).await?);
        assert!(!tx.add_organization_user(&acme, &ada).await?);
        assert!(tx.assign_role_to_organization_user(&acme, &ada, &id("reader")).await?);
        assert!(!tx.assign_role_to_organization_user(&acme, &ada, &id("reader")).await?);
        assert!(tx.take_organization_user(&acme, &ada).await?);
        assert!(!tx.take_organization_user(&acme, &bob).await?);
        tx.replace_organization_users(&acme, &[ada.clone(), bob.clone()]).await
    })
    .await;
    let reader = db.tenant.read().await.unwrap();

    let held = reader.roles_of_organization_users(&acme, &[ada.clone(), bob.clone()]).await.unwrap();
    assert_eq!((held.len(), held[&ada].len()), (1, 1));
    for (role, expected) in [(None, 2), (Some(id("reader")), 1), (Some(id("writer")), 0)] {
        let filter = UserFilter { organization: Some((acme.clone(), role)), ..UserFilter::default() };
        assert_eq!(reader.users(&filter, None).await.unwrap().total, expected);
    }
    let filter = UserFilter { without_organization: Some(acme.clone()), ..UserFilter::default() };
    assert_eq!(reader.users(&filter, None).await.unwrap().total, 0);
    drop(reader);

    db.write(async |tx| tx.replace_organization_users(&acme, std::slice::from_ref(&bob)).await).await;
    let reader = db.tenant.read().await.unwrap();
    assert!(!reader.is_organization_user(&acme, &ada).await.unwrap());
    assert!(reader.is_organization_user(&acme, &bob).await.unwrap());
}

async fn roles_go_with_the_membership_and_the_membership_with_either_end(db: Database) {
    let (acme, ada) = acme(&db).await;
    let stranger = db.tenant.write().await.unwrap().assign_role_to_organization_user(&acme, &ada, &id("reader")).await;
    assert!(matches!(stranger, Err(StoreError::MissingReference)), "{stranger:?}");
    for end in 0..3 {
        db.write(async |tx| {
            tx.add_organization_user(&acme, &ada).await?;
            tx.assign_role_to_organization_user(&acme, &ada, &id("reader")).await
        })
        .await;
        let reader = db.tenant.read().await.unwrap();
        assert_eq!(ids(reader.organizations_of_user(&ada).await.unwrap()), ["acme"]);
        assert_eq!(reader.organization_roles_of_user(&ada).await.unwrap()[&acme].len(), 1);
        drop(reader);

        db.write(async |tx| match end {
            0 => tx.remove_organization_user(&acme, &ada).await,
            1 => {
                tx.delete_user(&ada).await?;
                tx.insert_user(&user("ada")).await.map(|()| true)
            }
            _ => tx.delete_organization(&acme).await,
        })
        .await;

        let reader = db.tenant.read().await.unwrap();
        assert!(reader.organizations_of_user(&ada).await.unwrap().is_empty());
        assert_eq!(reader.roles_of_organization_user(&acme, &ada, None).await.unwrap().total, 0);
    }
}

async fn machines_are_members_like_people(db: Database) {
    let (acme, _) = acme(&db).await;
    let robot = id("robot");
    db.write(async |tx| {
        tx.insert_application(&application("robot")).await?;
        assert!(tx.add_organization_application(&acme, &robot).await?);
        assert!(tx.assign_role_to_organization_application(&acme, &robot, &id("reader")).await?);
        assert!(tx.take_organization_application(&acme, &robot).await?);
        tx.replace_organization_applications(&acme, std::slice::from_ref(&robot)).await
    })
    .await;
    let reader = db.tenant.read().await.unwrap();
    let of_robot = reader.organizations_of_application(&robot, None).await.unwrap();
    let these = std::slice::from_ref(&robot);
    assert_eq!(ids(of_robot.items), ["acme"]);
    assert_eq!(reader.organization_roles_of_application(&robot).await.unwrap()[&acme].len(), 1);
    assert_eq!(reader.roles_of_organization_applications(&acme, these).await.unwrap()[&robot].len(), 1);
    drop(reader);

    assert!(db.write(async |tx| tx.remove_organization_application(&acme, &robot).await).await);

    let reader = db.tenant.read().await.unwrap();
    assert!(!reader.is_organization_application(&acme, &robot).await.unwrap());
    assert_eq!(reader.roles_of_organization_application(&acme, &robot, None).await.unwrap().total, 0);
}

async fn newcomers_get_the_roles_that_are_for_people(db: Database) {
    let (acme, ada) = acme(&db).await;
    let robots = OrganizationRole { kind: RoleType::MachineToMachine, ..organization_role("writer") };
    db.write(async |tx| {
        tx.update_organization_role(&robots).await?;
        tx.add_jit_email_domain(&acme, "Acme.example").await?;
        for role in ["reader", "writer"] {
            assert!(tx.add_jit_role(&acme, &id(role)).await?);
        }
        assert!(tx.provision_organization_user(&acme, &ada).await?);
        tx.remove_roles_from_organization_user(&acme, &ada).await?;
        assert!(!tx.provision_organization_user(&acme, &ada).await?, "a member gets nothing");
        assert!(tx.provision_organization_user(&acme, &id("bob")).await?);
        Ok(())
    })
    .await;
    let reader = db.tenant.read().await.unwrap();

    let joined = reader.organizations_of_email_domain("ACME.example").await.unwrap();
    assert_eq!(joined, std::slice::from_ref(&acme));
    assert_eq!(reader.jit_email_domains(&acme, None).await.unwrap().items, ["Acme.example"]);
    assert_eq!(reader.jit_roles(&acme, None).await.unwrap().total, 2);
    assert_eq!(reader.roles_of_organization_user(&acme, &ada, None).await.unwrap().total, 0);
    let of_bob = reader.roles_of_organization_user(&acme, &id("bob"), None).await.unwrap();
    assert_eq!(names(of_bob.items), [organization_role("reader").name]);
    drop(reader);

    let mut tx = db.tenant.write().await.unwrap();
    let again = tx.add_jit_email_domain(&acme, "acme.EXAMPLE").await;
    assert!(matches!(again, Err(StoreError::Conflict(Constraint::OrganizationEmailDomain))), "{again:?}");
}

async fn people_are_counted_for_the_organizations_of_a_page_only(db: Database) {
    let (acme, ada) = acme(&db).await;
    db.write(async |tx| {
        tx.insert_organization(&organization("other")).await?;
        tx.add_organization_user(&id("other"), &ada).await?;
        for number in 0..4 {
            tx.insert_user(&user(&format!("u{number}"))).await?;
            tx.add_organization_user(&acme, &id(&format!("u{number}"))).await?;
        }
        Ok(())
    })
    .await;
    let reader = db.tenant.read().await.unwrap();

    let people = reader.people_of_organizations(&[acme.clone(), id("none")]).await.unwrap();

    assert_eq!((people.len(), people[&acme].count, people[&acme].featured.len()), (1, 4, 3));
    assert!(reader.people_of_organizations(&[]).await.unwrap().is_empty());
}
