//! Invitations to organizations, and how many messages somebody got.

use crate::harness::sample::{id, invitation, organization, organization_role, user};
use crate::harness::{Database, NOW};
use signet_core::id::{InvitationId, OrganizationRoleId};
use signet_core::invitation::{Invitation, InvitationState};
use signet_core::organization::OrganizationRole;
use signet_core::role::RoleType;
use signet_core::time::Timestamp;
use signet_storage::{Constraint, InvitationFilter, StoreError};

on_both_backends!(
    an_invitation_is_kept_whole_and_listed_newest_first,
    an_address_has_one_pending_invitation_of_an_organization_in_any_case,
    an_invitation_that_is_over_leaves_its_place,
    an_invitation_is_settled_once,
    whoever_accepts_gets_the_roles_that_are_for_people,
    an_invitation_goes_with_what_it_refers_to,
    messages_are_counted_for_a_while,
);

const LATER: Timestamp = Timestamp(NOW.0 + 1);

/// Organizations `acme` and `other`, people `ada` and `bob`, and a role for people.
async fn acme(db: &Database) {
    db.write(async |tx| {
        for name in ["acme", "other"] {
            tx.insert_organization(&organization(name)).await?;
        }
        for person in ["ada", "bob"] {
            tx.insert_user(&user(person)).await?;
        }
        tx.insert_organization_role(&organization_role("reader")).await
    })
    .await;
}

async fn invite(db: &Database, invitation: &Invitation, roles: &[OrganizationRoleId]) -> Result<(), StoreError> {
    let tx = db.tenant.write().await.unwrap();
    tx.insert_invitation(invitation, roles).await?;
    tx.commit().await
}

async fn state(db: &Database, name: &str) -> Option<InvitationState> {
    let found = db.tenant.read().await.unwrap().invitation(&id(name)).await.unwrap();
    found.map(|found| found.state)
}

async fn an_invitation_is_kept_whole_and_listed_newest_first(db: Database) {
    acme(&db).await;
    let first = Invitation { inviter_id: Some(id("bob")), ..invitation("first", "acme") };
    let second = Invitation { created_at: LATER, ..invitation("second", "other") };
    invite(&db, &first, &[id("reader")]).await.unwrap();
    invite(&db, &second, &[]).await.unwrap();

    let reader = db.tenant.read().await.unwrap();
    let ids = async |filter: InvitationFilter| -> Vec<String> {
        reader.invitations(&filter).await.unwrap().into_iter().map(|found| String::from(found.id)).collect()
    };

    let found = reader.invitation(&id("first")).await.unwrap().unwrap();
    assert_eq!(format!("{found:?}"), format!("{first:?}"));
    assert_eq!(ids(InvitationFilter::default()).await, ["second", "first"]);
    let of_acme = InvitationFilter { organization: Some(id("acme")), ..Default::default() };
    assert_eq!(ids(of_acme).await, ["first"]);
    assert_eq!(ids(InvitationFilter { inviter: Some(id("bob")), ..Default::default() }).await, ["first"]);
    let invitee = |text: &str| InvitationFilter { invitee: Some(text.to_owned()), ..Default::default() };
    assert_eq!(ids(invitee("ADA@example.COM")).await, ["second", "first"]);
    assert!(ids(invitee("bob@example.com")).await.is_empty());
    let all: Vec<InvitationId> = vec![id("first"), id("second")];
    let roles = reader.roles_of_invitations(&all).await.unwrap();
    assert_eq!(roles.len(), 1);
    assert_eq!(roles[&all[0]][0].name, "organization role reader");
}

async fn an_address_has_one_pending_invitation_of_an_organization_in_any_case(db: Database) {
    acme(&db).await;
    invite(&db, &invitation("first", "acme"), &[]).await.unwrap();

    let twin = Invitation { invitee: "ADA@EXAMPLE.com".to_owned(), ..invitation("twin", "acme") };
    let refused = invite(&db, &twin, &[]).await.unwrap_err();

    assert!(matches!(refused, StoreError::Conflict(Constraint::PendingInvitation)), "{refused:?}");
    invite(&db, &Invitation { organization_id: id("other"), ..twin.clone() }, &[]).await.unwrap();
    assert!(db.write(async |tx| tx.revoke_invitation(&id("first"), NOW).await).await);
    invite(&db, &Invitation { id: id("next"), ..twin }, &[]).await.unwrap();
}

async fn an_invitation_that_is_over_leaves_its_place(db: Database) {
    acme(&db).await;
    let first = invitation("first", "acme");
    invite(&db, &first, &[]).await.unwrap();
    assert_eq!(state(&db, "first").await, Some(InvitationState::Pending));

    let next = Invitation { created_at: first.expires_at, ..invitation("next", "acme") };
    invite(&db, &next, &[]).await.unwrap();

    assert_eq!(state(&db, "first").await, Some(InvitationState::Expired));
    assert_eq!(state(&db, "next").await, Some(InvitationState::Pending));
}

async fn an_invitation_is_settled_once(db: Database) {
    acme(&db).await;
    for name in ["accepted", "revoked", "expired"] {
        let one = Invitation { invitee: format!("{name}@example.com"), ..invitation(name, "acme") };
        invite(&db, &one, &[]).await.unwrap();
    }
    let accept = async |name: &str, now: Timestamp| {
        let one = invitation(name, "acme");
        db.write(async |tx| tx.accept_invitation(&one, &id("ada"), now).await).await
    };
    let revoke =
        async |name: &str, now: Timestamp| db.write(async |tx| tx.revoke_invitation(&id(name), now).await).await;

    assert!(accept("accepted", LATER).await);
    assert!(!accept("accepted", LATER).await && !revoke("accepted", LATER).await);
    assert!(revoke("revoked", LATER).await);
    assert!(!accept("revoked", LATER).await && !revoke("revoked", LATER).await);
    let end = invitation("expired", "acme").expires_at;
    assert!(!accept("expired", end).await && !revoke("expired", end).await);

    let found = db.tenant.read().await.unwrap().invitation(&id("accepted")).await.unwrap().unwrap();
    assert_eq!((found.state, found.updated_at), (InvitationState::Accepted { by: id("ada") }, LATER));
    assert_eq!(state(&db, "revoked").await, Some(InvitationState::Revoked));
}

async fn whoever_accepts_gets_the_roles_that_are_for_people(db: Database) {
    acme(&db).await;
    let robot = OrganizationRole { kind: RoleType::MachineToMachine, ..organization_role("robot") };
    db.write(async |tx| tx.insert_organization_role(&robot).await).await;
    invite(&db, &invitation("first", "acme"), &[id("reader"), id("robot"), id("reader")]).await.unwrap();

    let one = invitation("first", "acme");
    assert!(db.write(async |tx| tx.accept_invitation(&one, &id("ada"), NOW).await).await);

    let reader = db.tenant.read().await.unwrap();
    assert!(reader.is_organization_user(&id("acme"), &id("ada")).await.unwrap());
    let held = reader.roles_of_organization_user(&id("acme"), &id("ada"), None).await.unwrap().items;
    assert_eq!(held.iter().map(|role| role.id.as_str()).collect::<Vec<_>>(), ["reader"]);
}

async fn an_invitation_goes_with_what_it_refers_to(db: Database) {
    acme(&db).await;
    for (name, organization) in [("first", "acme"), ("second", "other")] {
        let one = Invitation { inviter_id: Some(id("bob")), ..invitation(name, organization) };
        invite(&db, &one, &[id("reader")]).await.unwrap();
    }
    for (what, one) in [
        ("organization", invitation("x", "none")),
        (
            "inviter",
            Invitation { inviter_id: Some(id("none")), invitee: "x@y.z".to_owned(), ..invitation("x", "acme") },
        ),
    ] {
        let refused = invite(&db, &one, &[]).await.unwrap_err();
        assert!(matches!(refused, StoreError::MissingReference), "{what}: {refused:?}");
    }

    db.write(async |tx| tx.delete_organization_role(&id("reader")).await).await;
    assert!(db.tenant.read().await.unwrap().roles_of_invitations(&[id("first")]).await.unwrap().is_empty());
    db.write(async |tx| tx.delete_organization(&id("acme")).await).await;
    assert_eq!(state(&db, "first").await, None);
    assert_eq!(state(&db, "second").await, Some(InvitationState::Pending));
    db.write(async |tx| tx.delete_user(&id("bob")).await).await;
    assert_eq!(state(&db, "second").await, None);
    assert!(!db.write(async |tx| tx.delete_invitation(&id("second")).await).await);
}

async fn messages_are_counted_for_a_while(db: Database) {
    db.write(async |tx| {
        tx.insert_sent_message("one", "ada@example.com", NOW).await?;
        tx.insert_sent_message("two", "ada@example.com", LATER).await
    })
    .await;
    let count = async |since: Timestamp| {
        db.tenant.read().await.unwrap().count_sent_messages("ada@example.com", since).await.unwrap()
    };

    assert_eq!((count(Timestamp(NOW.0 - 1)).await, count(NOW).await, count(LATER).await), (2, 1, 0));
    assert_eq!(db.write(async |tx| tx.delete_sent_messages_before(NOW).await).await, 1);
    assert_eq!(count(Timestamp(0)).await, 1);
    assert_eq!(db.tenant.read().await.unwrap().count_sent_messages("bob@example.com", Timestamp(0)).await.unwrap(), 0);
}
