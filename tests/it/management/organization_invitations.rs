//! Invitations to organizations.

use super::organizations::{ids, organization, template_role};
use crate::{signet, start};
use serde_json::{Value, json};
use signet_tests::{Answer, SignIn, Signet};
use std::time::Duration;

const ABSENT: &str = "entity.relation_foreign_key_not_found";
const REFUSED: &str = "request.invalid_input";
const HOUR: i64 = 3_600_000;

/// Ann, who is invited to Acme as a reader.
struct Story {
    signet: Signet,
    acme: String,
    role: String,
    ann: String,
}

impl Story {
    async fn begin(signet: Signet) -> Self {
        let acme = organization(&signet, "Acme").await;
        let role = template_role(&signet, "reader", "User").await;
        let ann = person(&signet, "ann@x.example").await;
        Self { signet, acme, role, ann }
    }

    async fn invites(&self, changes: Value) -> Answer {
        let mut body = json!({
            "invitee": "Ann@X.Example",
            "organizationId": self.acme,
            "expiresAt": self.signet.deps.clock.now().0 + HOUR,
            "organizationRoleIds": [self.role],
        });
        for (name, value) in changes.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        self.signet.api("POST", "/organization-invitations", body).await
    }

    async fn invited(&self) -> Value {
        self.invites(json!({})).await.expect(201)
    }

    async fn set_status(&self, invitation: &Value, body: Value) -> Answer {
        self.signet.api("PUT", &format!("{}/status", path(invitation)), body).await
    }

    async fn accepts(&self, invitation: &Value, user: &str) -> Answer {
        self.set_status(invitation, json!({"status": "Accepted", "acceptedUserId": user})).await
    }

    async fn members(&self) -> Vec<String> {
        ids(&self.signet, &format!("/organizations/{}/users", self.acme)).await
    }
}

async fn person(signet: &Signet, email: &str) -> String {
    let made = signet.api("POST", "/users", json!({"primaryEmail": email, "name": email})).await.expect(200);
    made["id"].as_str().unwrap().to_owned()
}

fn path(invitation: &Value) -> String {
    format!("/organization-invitations/{}", invitation["id"].as_str().unwrap())
}

#[tokio::test]
async fn somebody_is_invited_and_joins_with_the_roles_of_the_invitation() {
    let story = Story::begin(signet().await).await;
    let bob = person(&story.signet, "bob@x.example").await;

    let invitation = story.invites(json!({"inviterId": bob, "messagePayload": false})).await.expect(201);

    let now = story.signet.deps.clock.now().0;
    let expected = json!({
        "tenantId": "default", "id": invitation["id"], "inviterId": bob, "invitee": "Ann@X.Example",
        "acceptedUserId": null, "organizationId": story.acme, "status": "Pending", "createdAt": now, "updatedAt": now,
        "expiresAt": now + HOUR, "organizationRoles": [{"id": story.role, "name": "reader"}],
    });
    assert_eq!(invitation, expected);
    assert_eq!(story.signet.api("GET", &path(&invitation), Value::Null).await.expect(200), expected);
    assert!(story.members().await.is_empty());

    let accepted = story.accepts(&invitation, &story.ann).await.expect(200);

    assert_eq!((&accepted["status"], &accepted["acceptedUserId"]), (&json!("Accepted"), &json!(story.ann)));
    assert_eq!(story.members().await, [&*story.ann]);
    let roles = format!("/organizations/{}/users/{}/roles", story.acme, story.ann);
    assert_eq!(ids(&story.signet, &roles).await, [&*story.role]);
    story.set_status(&invitation, json!({"status": "Revoked"})).await.refuses_with(422, REFUSED);
    story.signet.api("DELETE", &path(&invitation), Value::Null).await.expect(204);
    assert_eq!(story.members().await, [&*story.ann], "what was accepted stays");
    story.signet.api("DELETE", &path(&invitation), Value::Null).await.refuses_with(404, "entity.not_found");
    let absent = story.signet.api("GET", &path(&invitation), Value::Null).await;
    absent.refuses_with(404, "entity.not_exists_with_id");
    story.accepts(&invitation, &story.ann).await.refuses_with(404, "entity.not_exists_with_id");
}

#[tokio::test]
async fn an_address_is_the_same_in_any_case_wherever_it_is_compared() {
    let story = Story::begin(signet().await).await;
    let invitation = story.invited().await;

    for invitee in ["ann@x.example", "ANN@X.EXAMPLE", "Ann@X.Example"] {
        let listed = ids(&story.signet, &format!("/organization-invitations?invitee={invitee}")).await;
        assert_eq!(listed, [invitation["id"].as_str().unwrap()], "{invitee}");
        story.invites(json!({"invitee": invitee})).await.refuses_with(422, "entity.unique_integrity_violation");
    }
    story.accepts(&invitation, &story.ann).await.expect(200);
    for invitee in ["ann@x.example", "ANN@X.EXAMPLE"] {
        story.invites(json!({"invitee": invitee})).await.refuses_with(422, REFUSED);
    }
}

#[tokio::test]
async fn invitations_are_listed_newest_first_by_organization_inviter_and_invitee() {
    let story = Story::begin(signet().await).await;
    let (other, bob) = (organization(&story.signet, "Other").await, person(&story.signet, "bob@x.example").await);
    let first = story.invited().await;
    story.signet.advance(Duration::from_secs(1));
    let second = story.invites(json!({"organizationId": other, "inviterId": bob})).await.expect(201);
    let (first, second) = (first["id"].as_str().unwrap(), second["id"].as_str().unwrap());

    for (query, expected) in [
        (String::new(), vec![second, first]),
        (format!("?organizationId={other}"), vec![second]),
        (format!("?inviterId={bob}"), vec![second]),
        (format!("?inviterId={bob}&organizationId={}", story.acme), vec![]),
        ("?invitee=ann@x.example".to_owned(), vec![second, first]),
        ("?organizationId=no%20id".to_owned(), vec![]),
    ] {
        assert_eq!(ids(&story.signet, &format!("/organization-invitations{query}")).await, expected, "{query}");
    }
}

#[tokio::test]
async fn what_is_no_invitation_is_refused_and_leaves_nothing() {
    let story = Story::begin(signet().await).await;
    let now = story.signet.deps.clock.now().0;
    let machine_role = template_role(&story.signet, "robot", "MachineToMachine").await;

    for (changes, status, code) in [
        (json!({"invitee": "not an address"}), 400, "guard.invalid_input"),
        (json!({"invitee": null}), 400, "guard.invalid_input"),
        (json!({"messagePayload": true}), 400, "guard.invalid_input"),
        (json!({"messagePayload": {"link": 5}}), 400, "guard.invalid_input"),
        (json!({"expiresAt": "soon"}), 400, "guard.invalid_input"),
        (json!({"expiresAt": now}), 400, REFUSED),
        (json!({"expiresAt": -1}), 400, REFUSED),
        (json!({"organizationId": "none"}), 422, ABSENT),
        (json!({"organizationId": "no id"}), 422, ABSENT),
        (json!({"inviterId": "none"}), 422, ABSENT),
        (json!({"organizationRoleIds": ["none"]}), 422, ABSENT),
        (json!({"organizationRoleIds": [machine_role]}), 422, "entity.db_constraint_violated"),
        (json!({"messagePayload": {"link": "https://x.example"}}), 501, "connector.not_found"),
    ] {
        story.invites(changes).await.refuses_with(status, code);
    }

    assert!(ids(&story.signet, "/organization-invitations").await.is_empty());
}

#[tokio::test]
async fn an_invitation_expires_by_the_clock_and_leaves_its_place_to_the_next() {
    let story = Story::begin(signet().await).await;
    let invitation = story.invited().await;

    story.signet.advance(Duration::from_hours(1));

    let read = story.signet.api("GET", &path(&invitation), Value::Null).await.expect(200);
    assert_eq!(read["status"], "Expired");
    story.accepts(&invitation, &story.ann).await.refuses_with(422, REFUSED);
    story.set_status(&invitation, json!({"status": "Revoked"})).await.refuses_with(422, REFUSED);
    let next = story.invited().await;
    story.accepts(&next, &story.ann).await.expect(200);
    let listed = story.signet.api("GET", "/organization-invitations", Value::Null).await.expect(200);
    assert_eq!((&listed[0]["status"], &listed[1]["status"]), (&json!("Accepted"), &json!("Expired")));
}

#[tokio::test]
async fn attack_51_an_invitation_is_for_its_address_and_its_organization_and_over_once_revoked() {
    let story = Story::begin(signet().await).await;
    let eve = person(&story.signet, "eve@x.example").await;
    let nobody = story.signet.api("POST", "/users", json!({"username": "nobody"})).await.expect(200);
    let other = organization(&story.signet, "Other").await;
    let invitation = story.invited().await;

    story.accepts(&invitation, &eve).await.refuses_with(422, REFUSED);
    story.accepts(&invitation, nobody["id"].as_str().unwrap()).await.refuses_with(422, REFUSED);
    story.accepts(&invitation, "none").await.refuses_with(422, ABSENT);
    story.accepts(&invitation, "no id").await.refuses_with(422, ABSENT);
    story.set_status(&invitation, json!({"status": "Accepted"})).await.refuses_with(422, REFUSED);
    for status in ["Pending", "Expired", "accepted"] {
        story.set_status(&invitation, json!({"status": status})).await.refuses_with(400, "guard.invalid_input");
    }
    let revoked = story.set_status(&invitation, json!({"status": "Revoked"})).await.expect(200);
    assert_eq!((&revoked["status"], &revoked["acceptedUserId"]), (&json!("Revoked"), &Value::Null));
    story.accepts(&invitation, &story.ann).await.refuses_with(422, REFUSED);

    assert!(story.members().await.is_empty());
    let elsewhere = story.invited().await;
    story.accepts(&elsewhere, &story.ann).await.expect(200);
    assert!(ids(&story.signet, &format!("/organizations/{other}/users")).await.is_empty());
}

#[tokio::test]
async fn a_message_brings_what_its_text_may_mention() {
    let story = Story::begin(start(Signet::with().development()).await).await;
    let bob = person(&story.signet, "bob@x.example").await;
    let payload = json!({"link": "https://x.example/join", "locale": "de", "organization": "forged"});

    let invitation = story.invites(json!({"inviterId": bob, "messagePayload": payload})).await.expect(201);
    let again = format!("{}/message", path(&invitation));
    story.signet.api("POST", &again, json!({"link": "https://x.example/again", "inviter": 1})).await.expect(204);

    let messages = story.signet.messages().await;
    assert_eq!(messages.len(), 2);
    let first = &messages[1];
    assert_eq!((&first["to"], &first["templateType"]), (&json!("Ann@X.Example"), &json!("OrganizationInvitation")));
    assert_eq!((&first["locales"], first.get("code")), (&json!("de"), None));
    assert_eq!(first["variables"]["link"], "https://x.example/join");
    let expected = json!({"id": story.acme, "name": "Acme", "branding": {}});
    assert_eq!(first["variables"]["organization"], expected);
    assert_eq!(first["variables"]["inviter"]["primaryEmail"], "bob@x.example");
    assert_eq!(messages[0]["variables"]["link"], "https://x.example/again");
    assert_eq!(messages[0]["variables"]["inviter"]["id"], json!(bob));
    story.signet.api("POST", &again, json!({"link": 1})).await.refuses_with(400, "guard.invalid_input");
    story.set_status(&invitation, json!({"status": "Revoked"})).await.expect(200);
    story.signet.api("POST", &again, json!({})).await.refuses_with(422, REFUSED);
    let nowhere = story.signet.api("POST", "/organization-invitations/none/message", json!({})).await;
    nowhere.refuses_with(404, "entity.not_exists_with_id");
}

#[tokio::test]
async fn nobody_gets_more_than_ten_messages_in_ten_minutes() {
    let story = Story::begin(start(Signet::with().development()).await).await;
    let invitation = story.invited().await;
    let message = format!("{}/message", path(&invitation));
    for _ in 0..6 {
        story.signet.api("POST", &message, json!({})).await.expect(204);
    }
    for _ in 0..4 {
        let code = json!({"email": "ann@x.example"});
        story.signet.api("POST", "/verification-codes", code).await.expect(204);
    }

    let eleventh = story.signet.api("POST", &message, json!({})).await;
    eleventh.refuses_with(429, "request.message_rate_limited");
    let code = story.signet.api("POST", "/verification-codes", json!({"email": "ANN@x.example"})).await;
    code.refuses_with(429, "request.message_rate_limited");
    let other = organization(&story.signet, "Other").await;
    let invited = story.invites(json!({"organizationId": other, "messagePayload": {}})).await;
    invited.refuses_with(429, "request.message_rate_limited");

    assert_eq!(ids(&story.signet, "/organization-invitations").await.len(), 1, "no message, no invitation");
    assert_eq!(story.signet.messages().await.len(), 10);
    story.signet.advance(Duration::from_mins(10));
    story.signet.api("POST", &message, json!({})).await.expect(204);
}

#[tokio::test]
async fn of_an_acceptance_and_a_revocation_at_once_one_happens() {
    let story = Story::begin(signet().await).await;
    for _ in 0..4 {
        let invitation = story.invited().await;

        let revoke = json!({"status": "Revoked"});
        let (accepted, revoked) =
            tokio::join!(story.accepts(&invitation, &story.ann), story.set_status(&invitation, revoke));

        let mut statuses = [accepted.status.as_u16(), revoked.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 422], "{} {}", accepted.text, revoked.text);
        assert_eq!(story.members().await.len(), usize::from(accepted.status.is_success()));
        let member = format!("/organizations/{}/users/{}", story.acme, story.ann);
        story.signet.api("DELETE", &member, Value::Null).await;
    }
}

#[tokio::test]
async fn attack_57_what_is_deleted_while_somebody_accepts_gives_nothing_and_breaks_nothing() {
    let story = Story::begin(signet().await).await;
    for round in 0..9 {
        let organization = organization(&story.signet, "Short-lived").await;
        let role = template_role(&story.signet, &format!("role {round}"), "User").await;
        let user = person(&story.signet, &format!("user{round}@x.example")).await;
        let changes = json!({
            "organizationId": organization,
            "organizationRoleIds": [role],
            "invitee": format!("user{round}@x.example"),
        });
        let invitation = story.invites(changes).await.expect(201);
        let target = match round % 3 {
            0 => format!("/organizations/{organization}"),
            1 => format!("/organization-roles/{role}"),
            _ => format!("/users/{user}"),
        };

        let (accepted, deleted) =
            tokio::join!(story.accepts(&invitation, &user), story.signet.api("DELETE", &target, Value::Null));

        deleted.expect(204);
        assert!([200, 404, 422].contains(&accepted.status.as_u16()), "{target}: {}", accepted.text);
        // Of the three that a membership with a role needs, one is gone.
        let held = format!("/organizations/{organization}/users/{user}/roles");
        let held = story.signet.api("GET", &held, Value::Null).await;
        assert!(!held.text.contains(&role), "{target}: {}", held.text);
    }
}

#[tokio::test]
async fn attack_34_only_an_accepted_invitation_opens_the_tokens_of_an_organization() {
    let signet = signet().await;
    let bob = signet.person_with("bob", |user| user.primary_email = Some("bob@x.example".to_owned())).await;
    let story = Story::begin(signet).await;
    let signet = &story.signet;
    let client = signet.single_page().await;
    let scope = "openid offline_access urn:logto:scope:organizations";
    let (tokens, _) = signet.tokens(&client, &bob, SignIn { scope, ..SignIn::default() }).await;
    let mut refresh = tokens["refresh_token"].clone();
    let invitation = story.invites(json!({"invitee": "BOB@x.example"})).await.expect(201);
    let about = format!("&organization_id={}", story.acme);
    let refusal = "user is not a member of the organization";

    client.refreshes(signet, &refresh, &about).await.refuses(403, "access_denied", refusal);
    story.accepts(&invitation, bob.id.as_str()).await.expect(200);
    let granted = client.refreshes(signet, &refresh, &about).await.expect(200);
    refresh = granted.get("refresh_token").cloned().unwrap_or(refresh);
    let claims = signet_tests::token::claims(&granted["access_token"]);
    assert_eq!(claims["aud"], format!("urn:logto:organization:{}", story.acme));
    let member = format!("/organizations/{}/users/{}", story.acme, bob.id);
    signet.api("DELETE", &member, Value::Null).await.expect(204);

    client.refreshes(signet, &refresh, &about).await.refuses(403, "access_denied", refusal);
    story.accepts(&invitation, bob.id.as_str()).await.refuses_with(422, REFUSED);
}
