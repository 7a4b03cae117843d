//! The queries behind tokens about organizations, consents, access rules, invitations and one-time tokens: how the
//! databases find what each asks for, and that more organizations make none of them slower.

use crate::harness::crowd::{CUSTOMERS, TEMPLATE, fill};
use crate::harness::plan::{Entry, Statements};
use crate::harness::sample::{application, id, invitation, role};
use crate::harness::{Database, NOW};
use crate::membership::shops;
use signet_core::access_control::AccessRules;
use signet_core::id::{ApplicationId, OrganizationId, UserId};
use signet_core::one_time_token::{OneTimeToken, OneTimeTokenContext, OneTimeTokenStatus};
use signet_core::secret::ValueHash;
use signet_core::third_party::Level;
use signet_core::time::Timestamp;
use signet_storage::{InvitationFilter, OneTimeTokenFilter, Page, StoreError, Tx};
use std::fmt::Write as _;

on_both_backends!(
    every_query_goes_straight_to_what_it_is_about,
    every_query_costs_the_same_among_thousands_of_organizations,
    plans_that_look_further_are_told,
);

/// By which columns a table may be entered; one set of each is enough. None is a tenant, an organization that somebody
/// else is in, or a role that others have too.
const WAYS_IN: &[(&str, &[&[&str]])] = &[
    ("application_access_organization_roles", &[&["application_id"]]),
    ("application_access_organizations", &[&["application_id"]]),
    ("application_access_roles", &[&["application_id"]]),
    ("application_access_users", &[&["application_id"]]),
    ("application_api_scopes", &[&["application_id"]]),
    ("application_organization_scopes", &[&["application_id"]]),
    ("application_user_scopes", &[&["application_id"]]),
    ("applications_roles", &[&["application_id"]]),
    ("consented_organizations", &[&["application_id", "user_id"], &["organization_id", "user_id"]]),
    ("grants", &[&["id"]]),
    ("one_time_tokens", &[&["id"], &["token_hash"], &["email_key"]]),
    ("organization_application_roles", &[&["application_id", "organization_id"]]),
    ("organization_applications", &[&["application_id", "organization_id"]]),
    ("organization_invitation_roles", &[&["invitation_id"]]),
    ("organization_invitations", &[&["id"], &["organization_id"], &["invitee_key"], &["inviter_id"]]),
    ("organization_jit_email_domains", &[&["domain_key"]]),
    ("organization_jit_roles", &[&["organization_id"]]),
    ("organization_roles", &[&["id"]]),
    ("organization_roles_resource_scopes", &[&["role_id"]]),
    ("organization_roles_scopes", &[&["role_id"]]),
    ("organization_scopes", &[&["id"]]),
    ("organization_user_roles", &[&["user_id"]]),
    ("organization_users", &[&["user_id"]]),
    ("organizations", &[&["id"]]),
    ("refresh_tokens", &[&["hash"]]),
    ("resources", &[&["id"], &["indicator"]]),
    ("roles", &[&["id"]]),
    ("roles_scopes", &[&["role_id"]]),
    ("scopes", &[&["id"], &["resource_id"]]),
    ("sessions", &[&["uid"]]),
    ("users", &[&["id"], &["email_key"]]),
    ("users_roles", &[&["user_id"]]),
];

fn is_direct(entry: &Entry) -> bool {
    let ways = WAYS_IN.iter().find(|(table, _)| *table == entry.table).map_or(&[][..], |(_, ways)| ways);
    let is_held = |column: &&str| entry.columns.iter().any(|held| held == column);
    is_held(&"tenant_id") && ways.iter().any(|way| way.iter().all(is_held))
}

/// Statements with what is bound to them after the tenant, gathered from the methods that run them.
#[derive(Default)]
struct Asked {
    statements: Statements,
    gathered: Vec<(String, &'static [&'static str])>,
}

impl Asked {
    async fn of<T>(&mut self, values: &'static [&'static str], method: impl Future<Output = Result<T, StoreError>>) {
        method.await.unwrap();
        let heard = self.statements.heard();
        assert!(!heard.is_empty(), "nothing was asked of the database");
        self.gathered.extend(heard.into_iter().map(|sql| (sql, values)));
    }
}

/// What the shops lack: `widgets` of somebody else, let into foo, for whom rules of each kind let Ada in; an invitation
/// of hers to other, a link for her, and who joins baz without being asked.
async fn open_shops(db: &Database) {
    shops(db).await;
    db.write(async |tx| {
        let (widgets, ada): (ApplicationId, UserId) = (id("widgets"), id("ada"));
        tx.insert_application(&application("widgets")).await?;
        tx.insert_role(&role("customer")).await?;
        tx.add_scope_to_role(&id("customer"), &id("read")).await?;
        tx.assign_role_to_user(&ada, &id("customer")).await?;
        tx.assign_role_to_application(&id("app"), &id("customer")).await?;
        tx.allow_user_scope(&widgets, "email").await?;
        for level in [Level::Person, Level::Organization] {
            tx.allow_api_scope(&widgets, level, &id("read")).await?;
        }
        tx.allow_organization_scope(&widgets, &id("invite")).await?;
        tx.consent_to_organization((&widgets, &ada), &id("foo")).await?;
        let rules = AccessRules {
            users: vec![ada.clone()],
            roles: vec![id("customer")],
            organizations: vec![id("foo")],
            organization_roles: vec![(id("foo"), id("admin"))],
        };
        tx.replace_access_rules(&widgets, &rules).await?;
        tx.insert_invitation(&invitation("letter", "other"), &[id("reader")]).await?;
        tx.insert_one_time_token(&link()).await?;
        tx.add_jit_email_domain(&id("baz"), "example.com").await?;
        tx.add_jit_role(&id("baz"), &id("reader")).await.map(drop)
    })
    .await;
    fill(db, TEMPLATE, (1, 200)).await;
}

fn link() -> OneTimeToken {
    OneTimeToken {
        id: "link".to_owned(),
        email: "ada@example.com".to_owned(),
        token: ValueHash::of("link"),
        context: OneTimeTokenContext::default(),
        status: OneTimeTokenStatus::Active,
        created_at: NOW,
        expires_at: Timestamp(NOW.0 + 60_000),
    }
}

/// Everything that is asked when a token is, somebody agrees, or joins.
async fn everything_asked(db: &Database) -> Vec<(String, &'static [&'static str])> {
    let mut asked = Asked::default();
    let _listening = asked.statements.listen();
    let mut tx = db.tenant.write().await.unwrap();
    asked.statements.heard();
    tokens(&mut asked, &tx).await;
    consents(&mut asked, &tx).await;
    invitations(&mut asked, &mut tx).await;
    links(&mut asked, &mut tx).await;
    asked.gathered.sort();
    asked.gathered.dedup();
    asked.gathered
}

async fn tokens(asked: &mut Asked, tx: &Tx) {
    let (ada, app, shop): (UserId, ApplicationId, OrganizationId) = (id("ada"), id("app"), id("foo"));
    let (widgets, api) = (id("widgets"), id("api"));
    asked.of(&["h1", "1"], tx.backed_refresh_token(&ValueHash::of("none"), NOW)).await;
    asked.of(&["ada"], tx.user(&ada)).await;
    asked.of(&["ada"], tx.held_roles(&ada)).await;
    asked.of(&["https://api.example"], tx.resource_by_indicator("https://api.example")).await;
    asked.of(&["foo", "ada"], tx.membership_of_user(&ada, &shop)).await;
    asked.of(&["foo", "app"], tx.membership_of_application(&app, &shop)).await;
    asked.of(&["app", "api"], tx.scopes_held_by_application(&app, &api)).await;
    asked.of(&["ada", "api"], tx.scopes_held_in_organizations(&ada, &api)).await;
    asked.of(&["ada"], tx.belongings(&ada)).await;
    asked.of(&["widgets", "ada", "foo"], tx.is_consented_organization((&widgets, &ada), &shop)).await;
    asked.of(&["widgets", "ada", "api"], tx.scopes_in_consented_organizations((&widgets, &ada), &api)).await;
    asked.of(&["widgets", "ada"], tx.consented_organization_ids(&widgets, &ada)).await;
    asked.of(&["widgets", "ada"], tx.access_rules_match(&widgets, &ada)).await;
}

async fn consents(asked: &mut Asked, tx: &Tx) {
    let (ada, shop, widgets, api) = (id("ada"), id("foo"), id("widgets"), id("api"));
    let page = Some(Page { number: 1, size: 20 });
    asked.of(&["widgets", "person"], tx.consent_scopes(&widgets)).await;
    asked.of(&["ada", "api"], tx.api_scopes_in_organizations(&ada, &api)).await;
    asked.of(&["ada"], tx.organizations_of_user(&ada)).await;
    asked.of(&["widgets", "ada"], tx.consented_organizations(&widgets, &ada, page)).await;
    asked.of(&["widgets"], tx.access_rules(&widgets)).await;
    asked.of(&[], tx.consent_to_organization((&widgets, &ada), &shop)).await;
    asked.of(&[], tx.withdraw_organization((&widgets, &ada), &shop)).await;
    asked.of(&[], tx.withdraw_organizations(&widgets, &ada)).await;
}

async fn invitations(asked: &mut Asked, tx: &mut Tx) {
    let (ada, other): (UserId, OrganizationId) = (id("ada"), id("other"));
    let (letter, roles) = (invitation("letter", "other"), [id("reader")]);
    let to_ada = InvitationFilter { invitee: Some(letter.invitee.clone()), ..InvitationFilter::default() };
    let to_other = InvitationFilter { organization: Some(other.clone()), ..InvitationFilter::default() };
    let by_ada = InvitationFilter { inviter: Some(ada.clone()), ..InvitationFilter::default() };
    asked.of(&["letter"], tx.invitation(&letter.id)).await;
    asked.of(&["letter"], tx.roles_of_invitations(std::slice::from_ref(&letter.id))).await;
    asked.of(&["ada@example.com"], tx.invitations(&to_ada)).await;
    asked.of(&["other"], tx.invitations(&to_other)).await;
    asked.of(&["ada"], tx.invitations(&by_ada)).await;
    asked.of(&["ada@example.com"], tx.user_by_email("ada@example.com")).await;
    asked.of(&["other", "ada"], tx.is_organization_user(&other, &ada)).await;
    asked.of(&["reader"], tx.organization_roles_by_ids(&roles)).await;
    asked.of(&[], tx.take_organization(&other)).await;
    asked.of(&["letter"], tx.accept_invitation(&letter, &ada, NOW)).await;
    asked.of(&[], tx.insert_invitation(&invitation("next", "other"), &roles)).await;
    asked.of(&[], tx.revoke_invitation(&id("next"), NOW)).await;
}

async fn links(asked: &mut Asked, tx: &mut Tx) {
    let for_ada = OneTimeTokenFilter {
        email: Some("ada@example.com".to_owned()),
        status: Some(OneTimeTokenStatus::Active),
        now: Some(NOW),
    };
    asked.of(&["none"], tx.one_time_token_by_value(&ValueHash::of("none"))).await;
    asked.of(&["link"], tx.one_time_token("link")).await;
    asked.of(&["ada@example.com", "1"], tx.one_time_tokens(&for_ada, Some(Page { number: 1, size: 20 }))).await;
    asked.of(&[], tx.consume_one_time_token("link", NOW)).await;
    asked.of(&["example.com"], tx.organizations_of_email_domain("example.com")).await;
    asked.of(&["baz"], tx.jit_roles(&id("baz"), None)).await;
    tx.remove_organization_user(&id("baz"), &id("ada")).await.unwrap();
    asked.statements.heard();
    asked.of(&["baz"], tx.provision_organization_user(&id("baz"), &id("ada"))).await;
}

async fn every_query_goes_straight_to_what_it_is_about(db: Database) {
    open_shops(&db).await;
    fill(&db, CUSTOMERS, (1, 500)).await;

    let mut wrong = String::new();
    for (sql, values) in everything_asked(&db).await {
        let plan = db.plan(&sql, values).await;
        let has_entry = sql.starts_with("INSERT ") || !plan.entries.is_empty();
        if plan.reads_a_whole_table || !has_entry || !plan.entries.iter().all(is_direct) {
            write!(wrong, "{sql}\n{}\n{:?}\n\n", plan.text, plan.entries).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

async fn every_query_costs_the_same_among_thousands_of_organizations(db: Database) {
    open_shops(&db).await;
    fill(&db, CUSTOMERS, (1, 50)).await;
    let asked = everything_asked(&db).await;
    let questions: Vec<_> = asked.iter().filter(|(sql, _)| sql.starts_with("SELECT ")).collect();
    let mut among_few = Vec::new();
    for (sql, values) in &questions {
        among_few.push(db.cost(sql, values).await);
    }

    fill(&db, CUSTOMERS, (51, 3000)).await;

    let mut wrong = String::new();
    for ((sql, values), before) in questions.iter().zip(among_few) {
        let now = db.cost(sql, values).await;
        // SQLite counts steps, which the depth of an index does not change. In PostgreSQL it does, by a page or two for
        // each table; before, small tables were read whole.
        let most = if db.store.is_postgres() { before + 24 } else { before };
        if now > most {
            write!(wrong, "{before}, then {now}: {sql} {values:?}\n\n").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The check itself sees what it is for.
async fn plans_that_look_further_are_told(db: Database) {
    open_shops(&db).await;
    fill(&db, CUSTOMERS, (1, 500)).await;
    for (why, sql) in [
        ("no index", "SELECT id FROM organizations WHERE tenant_id = $1 AND name = $2"),
        ("all of a tenant", "SELECT id FROM organizations WHERE tenant_id = $1"),
        ("everybody with a role", "SELECT user_id FROM organization_user_roles WHERE tenant_id = $1 AND role_id = $2"),
        ("all members", "SELECT user_id FROM organization_users WHERE tenant_id = $1 AND organization_id = $2"),
        (
            "whoever consented",
            "SELECT user_id FROM consented_organizations WHERE tenant_id = $1 AND organization_id = $2",
        ),
        (
            "a column after a gap",
            "SELECT role_id FROM organization_application_roles WHERE tenant_id = $1 AND organization_id = $2 AND role_id = $3",
        ),
    ] {
        let plan = db.plan(sql, &[]).await;
        assert!(plan.reads_a_whole_table || !plan.entries.iter().all(is_direct), "{why}: {sql}\n{}", plan.text);
    }
    let dear = "SELECT COUNT(*) FROM organization_users WHERE tenant_id = $1";
    let before = db.cost(dear, &[]).await;
    fill(&db, CUSTOMERS, (501, 5000)).await;
    assert!(db.cost(dear, &[]).await > before + 24, "cost that grows is seen");
}
