//! What third-party applications may ask for, which organizations they were let into, and who may use them at all.

use crate::harness::Database;
use crate::harness::sample::{
    application, id, organization, organization_role, organization_scope, resource, role, scope, user,
};
use serde_json::json;
use signet_core::access_control::AccessRules;
use signet_core::id::{ApplicationId, OrganizationId, UserId};
use signet_core::role::{Role, RoleType};
use signet_core::third_party::{Appearance, Level};
use signet_storage::{Page, Reader, StoreError, Tx};

on_both_backends!(
    what_an_application_may_ask_for_is_kept_by_level_and_once,
    what_goes_is_asked_for_no_more,
    a_consent_to_an_organization_goes_with_the_membership,
    only_members_consent,
    an_appearance_is_replaced_whole,
    any_rule_lets_a_person_in,
    rules_go_with_whom_they_name,
    a_person_holds_each_scope_once_in_each_organization,
);

/// Application `widgets`, person `ada` in organization `acme`, API `api` with the scopes `read` and `write`.
async fn widgets(db: &Database) -> (ApplicationId, OrganizationId, UserId) {
    db.write(async |tx| {
        tx.insert_application(&application("widgets")).await?;
        tx.insert_organization(&organization("acme")).await?;
        tx.insert_organization_scope(&organization_scope("invite")).await?;
        tx.insert_user(&user("ada")).await?;
        tx.add_organization_user(&id("acme"), &id("ada")).await?;
        tx.insert_resource(&resource("api")).await?;
        tx.insert_scope(&scope("read", "api")).await?;
        tx.insert_scope(&scope("write", "api")).await
    })
    .await;
    (id("widgets"), id("acme"), id("ada"))
}

async fn what_an_application_may_ask_for_is_kept_by_level_and_once(db: Database) {
    let (widgets, ..) = widgets(&db).await;
    db.write(async |tx| {
        for _ in 0..2 {
            tx.allow_user_scope(&widgets, "email").await?;
            tx.allow_api_scope(&widgets, Level::Person, &id("read")).await?;
            tx.allow_api_scope(&widgets, Level::Organization, &id("write")).await?;
            tx.allow_organization_scope(&widgets, &id("invite")).await?;
        }
        Ok(())
    })
    .await;

    let scopes = db.tenant.read().await.unwrap().consent_scopes(&widgets).await.unwrap();
    let ids = |scopes: &[signet_core::resource::ApiScope]| {
        scopes.iter().map(|scope| scope.id.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(scopes.user, ["email"]);
    assert_eq!((ids(&scopes.apis), ids(&scopes.organization_apis)), ("read".to_owned(), "write".to_owned()));
    assert_eq!(scopes.organization[0].id.as_str(), "invite");

    db.write(async |tx| {
        assert!(!tx.disallow_api_scope(&widgets, Level::Organization, &id("read")).await?, "it is on the other list");
        assert!(tx.disallow_api_scope(&widgets, Level::Person, &id("read")).await?);
        assert!(tx.disallow_user_scope(&widgets, "email").await?);
        assert!(!tx.disallow_user_scope(&widgets, "email").await?);
        assert!(tx.disallow_organization_scope(&widgets, &id("invite")).await?);
        Ok(())
    })
    .await;
    let scopes = db.tenant.read().await.unwrap().consent_scopes(&widgets).await.unwrap();
    assert!(scopes.user.is_empty() && scopes.apis.is_empty() && scopes.organization.is_empty());
    assert_eq!(ids(&scopes.organization_apis), "write");
}

async fn what_goes_is_asked_for_no_more(db: Database) {
    let (widgets, ..) = widgets(&db).await;
    db.write(async |tx| {
        tx.allow_api_scope(&widgets, Level::Person, &id("read")).await?;
        tx.allow_organization_scope(&widgets, &id("invite")).await?;
        tx.delete_scope(&id("read")).await?;
        tx.delete_organization_scope(&id("invite")).await
    })
    .await;

    let scopes = db.tenant.read().await.unwrap().consent_scopes(&widgets).await.unwrap();

    assert!(scopes.apis.is_empty() && scopes.organization.is_empty());
    let mut tx = db.tenant.write().await.unwrap();
    let absent = tx.allow_api_scope(&widgets, Level::Person, &id("read")).await;
    assert!(matches!(absent, Err(StoreError::MissingReference)), "{absent:?}");
}

async fn a_consent_to_an_organization_goes_with_the_membership(db: Database) {
    let (widgets, acme, ada) = widgets(&db).await;
    let of_ada = (&widgets, &ada);
    for end in 0..4 {
        db.write(async |tx| {
            tx.add_organization_user(&acme, &ada).await?;
            for _ in 0..2 {
                tx.consent_to_organization(of_ada, &acme).await?;
            }
            Ok(())
        })
        .await;
        let reader = db.tenant.read().await.unwrap();
        let page = Some(Page { number: 1, size: 10 });
        let listed = reader.consented_organizations(&widgets, &ada, page).await.unwrap();
        assert_eq!((listed.total, listed.items[0].id.as_str()), (1, "acme"));
        assert_eq!(reader.consented_organization_ids(&widgets, &ada).await.unwrap(), std::slice::from_ref(&acme));
        assert!(reader.is_consented_organization(of_ada, &acme).await.unwrap());
        drop(reader);

        db.write(async |tx| match end {
            0 => tx.remove_organization_user(&acme, &ada).await,
            1 => tx.withdraw_organization(of_ada, &acme).await,
            2 => tx.withdraw_organizations(&widgets, &ada).await.map(|()| true),
            _ => tx.delete_application(&widgets).await,
        })
        .await;

        let reader = db.tenant.read().await.unwrap();
        assert!(!reader.is_consented_organization(of_ada, &acme).await.unwrap(), "end {end}");
    }
    assert!(!db.write(async |tx| tx.withdraw_organization(of_ada, &acme).await).await);
}

async fn only_members_consent(db: Database) {
    let (widgets, _, ada) = widgets(&db).await;
    db.write(async |tx| tx.insert_organization(&organization("other")).await).await;

    let refused = db.tenant.write().await.unwrap().consent_to_organization((&widgets, &ada), &id("other")).await;

    assert!(matches!(refused, Err(StoreError::MissingReference)), "{refused:?}");
}

async fn an_appearance_is_replaced_whole(db: Database) {
    let (widgets, ..) = widgets(&db).await;
    let first = Appearance { display_name: Some("Weather".into()), ..Appearance::default() };
    let second = Appearance {
        color: json!({ "primaryColor": "#123456" }).as_object().unwrap().clone(),
        custom_css: Some("a {}".into()),
        terms_of_use_url: Some("https://terms.example".into()),
        ..Appearance::default()
    };
    assert_eq!(db.tenant.read().await.unwrap().appearance(&widgets).await.unwrap(), None);

    for appearance in [first, second] {
        db.write(async |tx| tx.put_appearance(&widgets, &appearance).await).await;
        assert_eq!(db.tenant.read().await.unwrap().appearance(&widgets).await.unwrap(), Some(appearance));
    }
}

async fn any_rule_lets_a_person_in(db: Database) {
    let (widgets, acme, ada) = widgets(&db).await;
    db.write(async |tx| {
        tx.insert_user(&user("bob")).await?;
        tx.insert_role(&Role { kind: RoleType::User, ..role("clerk") }).await?;
        tx.assign_role_to_user(&ada, &id("clerk")).await?;
        tx.insert_organization_role(&organization_role("member")).await?;
        tx.assign_role_to_organization_user(&acme, &ada, &id("member")).await.map(drop)
    })
    .await;
    for rules in [
        AccessRules { users: vec![ada.clone()], ..AccessRules::default() },
        AccessRules { roles: vec![id("clerk")], ..AccessRules::default() },
        AccessRules { organizations: vec![acme.clone()], ..AccessRules::default() },
        AccessRules { organization_roles: vec![(acme.clone(), id("member"))], ..AccessRules::default() },
    ] {
        db.write(async |tx| tx.replace_access_rules(&widgets, &rules).await).await;
        let reader = db.tenant.read().await.unwrap();
        assert_eq!(reader.access_rules(&widgets).await.unwrap(), rules);
        assert!(reader.access_rules_match(&widgets, &ada).await.unwrap(), "{rules:?}");
        assert!(!reader.access_rules_match(&widgets, &id("bob")).await.unwrap(), "{rules:?}");
        assert!(!reader.access_rules_match(&id("other"), &ada).await.unwrap(), "{rules:?}");
    }
    db.write(async |tx| tx.replace_access_rules(&widgets, &AccessRules::default()).await).await;
    let reader = db.tenant.read().await.unwrap();
    assert!(reader.access_rules(&widgets).await.unwrap().is_empty());
    assert!(!reader.access_rules_match(&widgets, &ada).await.unwrap());
}

async fn rules_go_with_whom_they_name(db: Database) {
    let (widgets, acme, ada) = widgets(&db).await;
    let rules = AccessRules { users: vec![ada.clone()], organizations: vec![acme.clone()], ..AccessRules::default() };
    db.write(async |tx| {
        tx.replace_access_rules(&widgets, &rules).await?;
        tx.delete_user(&ada).await?;
        tx.delete_organization(&acme).await
    })
    .await;
    assert!(db.tenant.read().await.unwrap().access_rules(&widgets).await.unwrap().is_empty());

    let refused = db.tenant.write().await.unwrap().replace_access_rules(&widgets, &rules).await;

    assert!(matches!(refused, Err(StoreError::MissingReference)), "{refused:?}");
}

async fn a_person_holds_each_scope_once_in_each_organization(db: Database) {
    let (widgets, acme, ada) = widgets(&db).await;
    db.write(async |tx| {
        tx.insert_organization(&organization("other")).await?;
        tx.add_organization_user(&id("other"), &ada).await?;
        for name in ["reader", "writer"] {
            tx.insert_organization_role(&organization_role(name)).await?;
            tx.add_resource_scope_to_organization_role(&id(name), &id("read")).await?;
            tx.assign_role_to_organization_user(&acme, &ada, &id(name)).await?;
        }
        tx.add_resource_scope_to_organization_role(&id("writer"), &id("write")).await?;
        tx.assign_role_to_organization_user(&id("other"), &ada, &id("reader")).await.map(drop)
    })
    .await;

    let held = db.tenant.read().await.unwrap().api_scopes_in_organizations(&ada, &id("api")).await.unwrap();

    let pairs: Vec<_> = held.iter().map(|held| (held.organization.as_str(), held.scope.id.as_str())).collect();
    assert_eq!(pairs, [("acme", "read"), ("acme", "write"), ("other", "read")]);
    let of_ada = (&widgets, &ada);
    for (organization, expected) in
        [(None, vec![]), (Some("other"), vec!["read:read"]), (Some("acme"), vec!["read:read", "write:read"])]
    {
        if let Some(organization) = organization {
            db.write(async |tx| tx.consent_to_organization(of_ada, &id(organization)).await).await;
        }
        let reader = db.tenant.read().await.unwrap();
        assert_eq!(reader.scopes_in_consented_organizations(of_ada, &id("api")).await.unwrap(), expected);
    }
}

/// Rows of a tenant that has application `app`, person `ada` with a role in organization `acme`, and the rest of
/// `tenant.rs`.
pub(crate) async fn fill(tx: &mut Tx, mark: &str) -> Result<(), StoreError> {
    let (app, acme, ada): (ApplicationId, OrganizationId, UserId) = (id("app"), id("acme"), id("ada"));
    tx.allow_user_scope(&app, mark).await?;
    tx.allow_api_scope(&app, Level::Person, &id("scope")).await?;
    tx.allow_api_scope(&app, Level::Organization, &id("scope")).await?;
    tx.allow_organization_scope(&app, &id("invite")).await?;
    tx.consent_to_organization((&app, &ada), &acme).await?;
    tx.put_appearance(&app, &Appearance { display_name: Some(mark.into()), ..Appearance::default() }).await?;
    let rules = AccessRules {
        users: vec![ada],
        roles: vec![id("role")],
        organizations: vec![acme.clone()],
        organization_roles: vec![(acme, id("member"))],
    };
    tx.replace_access_rules(&app, &rules).await
}

/// The answer of every method that reads them.
pub(crate) async fn everything(reader: &Reader) -> String {
    let (app, acme, ada): (ApplicationId, OrganizationId, UserId) = (id("app"), id("acme"), id("ada"));
    let found = (
        reader.consent_scopes(&app).await.unwrap(),
        reader.consented_organizations(&app, &ada, None).await.unwrap(),
        reader.consented_organization_ids(&app, &ada).await.unwrap(),
        reader.is_consented_organization((&app, &ada), &acme).await.unwrap(),
        reader.scopes_in_consented_organizations((&app, &ada), &id("api")).await.unwrap(),
        reader.appearance(&app).await.unwrap(),
        reader.access_rules(&app).await.unwrap(),
        reader.access_rules_match(&app, &ada).await.unwrap(),
        reader.api_scopes_in_organizations(&ada, &id("api")).await.unwrap(),
    );
    format!("{found:#?}")
}

/// Every method that writes, on the rows that [`fill`] made.
pub(crate) async fn write_all(tx: &mut Tx) -> Result<(), StoreError> {
    let (app, acme, ada): (ApplicationId, OrganizationId, UserId) = (id("app"), id("acme"), id("ada"));
    tx.disallow_user_scope(&app, "mine").await?;
    tx.disallow_api_scope(&app, Level::Person, &id("scope")).await?;
    tx.disallow_organization_scope(&app, &id("invite")).await?;
    tx.withdraw_organization((&app, &ada), &acme).await?;
    tx.withdraw_organizations(&app, &ada).await?;
    tx.put_appearance(&app, &Appearance::default()).await?;
    tx.replace_access_rules(&app, &AccessRules::default()).await
}
