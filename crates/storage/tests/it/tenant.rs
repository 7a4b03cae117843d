//! Two tenants with the same ids never see, change or delete each other's rows.

use crate::harness::sample::{
    application, code, device_code, entry, grant, id, interaction, invitation, key, object, opaque_token, organization,
    organization_role, organization_scope, refresh_token, resource, role, scope, script, secret, session, user,
};
use crate::harness::{Database, NOW, write};
use crate::third_party;
use serde_json::json;
use signet_core::application::Application;
use signet_core::audit::AuditContext;
use signet_core::device::{DeviceApproval, DeviceCode};
use signet_core::exchange::{PersonalAccessToken, SubjectToken};
use signet_core::id::{ApplicationId, OrganizationId, OrganizationRoleId, ResourceId, RoleId, ScopeId, UserId};
use signet_core::invitation::Invitation;
use signet_core::organization::{Organization, OrganizationRole, OrganizationScope};
use signet_core::resource::{ApiResource, ApiScope};
use signet_core::role::Role;
use signet_core::script::TokenType;
use signet_core::secret::{Plain, Sealed, ValueHash};
use signet_core::session::SessionClient;
use signet_core::signing_key::{KeyStatus, KeyUse};
use signet_core::time::Timestamp;
use signet_core::token::SignInFacts;
use signet_core::user::{PasswordHash, PasswordMethod, User};
use signet_storage::{
    ApplicationFilter, InvitationFilter, LogFilter, Page, PushedRequest, RoleFilter, StoreError, TenantStore, Tx,
    UserFilter,
};
use std::sync::Arc;

on_both_backends!(
    what_a_tenant_reads_is_its_own,
    what_a_tenant_writes_changes_nobody_else,
    a_tenant_without_rows_sees_none_of_the_others,
);

/// Fills a tenant. Ids are the same in every tenant, names carry `mark`.
async fn fill(tenant: &TenantStore, mark: &str) {
    write(tenant, async |tx| {
        let shop =
            Application { name: mark.into(), custom_data: object(json!({ "mark": mark })), ..application("app") };
        tx.insert_application(&shop).await?;
        tx.insert_application_secret(&secret("app", mark, Sealed::from_stored(mark.into()))).await?;
        tx.insert_resource(&ApiResource {
            name: mark.into(),
            indicator: "https://same.example".into(),
            is_default: true,
            ..resource("api")
        })
        .await?;
        tx.insert_scope(&ApiScope { description: Some(mark.into()), name: "read".into(), ..scope("scope", "api") })
            .await?;
        tx.insert_role(&Role { description: mark.into(), name: "same".into(), ..role("role") }).await?;
        tx.add_scope_to_role(&id("role"), &id("scope")).await?;
        tx.assign_role_to_application(&id("app"), &id("role")).await?;
        tx.put_claims_script(TokenType::AccessToken, &script(mark)).await?;
        tx.put_config("same", &json!(mark)).await?;
        let mut stored = key("key", KeyStatus::Current);
        stored.created_at = Timestamp(i64::try_from(mark.len()).unwrap());
        tx.insert_signing_key(KeyUse::Private, &stored).await?;
        tx.use_assertion(&id("app"), "jti", NOW).await?;
        fill_people(tx, mark).await?;
        fill_organizations(tx, mark).await
    })
    .await;
    let mut logged = entry(1);
    logged.payload = json!({ "mark": mark, "payload": {} }).to_string();
    // The same text in each tenant, so the same id.
    logged.context = Some(Arc::new(AuditContext::new(r#"{"same":true}"#)));
    tenant.store().audit().append(tenant.id(), vec![logged]).await.unwrap();
}

/// What sign-ins leave behind.
async fn fill_people(tx: &mut Tx, mark: &str) -> Result<(), StoreError> {
    let ada = User {
        username: Some("ada".into()),
        primary_email: Some("ada@example.com".into()),
        primary_phone: Some("49151".into()),
        name: Some(mark.into()),
        ..user("ada")
    };
    tx.insert_user(&ada).await?;
    let password = PasswordHash { method: PasswordMethod::Argon2id, digest: mark.into() };
    tx.set_user_password(&ada.id, &password, NOW).await?;
    tx.assign_role_to_user(&ada.id, &id("role")).await?;
    tx.insert_user_identity(&ada.id, "github", "1").await?;
    fill_exchange(tx, mark).await?;
    let mut browser = session("session", "ada");
    browser.last_submission = Some(json!({ "mark": mark }));
    tx.insert_session(&browser).await?;
    let mut granted = grant("grant", "ada");
    granted.openid = [mark].into_iter().collect();
    tx.insert_grant(&granted).await?;
    let client = SessionClient {
        client_id: id("app"),
        sid: mark.into(),
        grant_id: Some(granted.id.clone()),
        persists_logout: true,
    };
    tx.put_session_client(&browser.uid, &client).await?;
    let mut issued = code("code", "grant");
    issued.redirect_uri = Some(mark.into());
    tx.insert_authorization_code(&issued).await?;
    let mut refresh = refresh_token("refresh", "grant");
    refresh.facts.gty = mark.into();
    tx.insert_refresh_token(&refresh).await?;
    let mut access = opaque_token("access", "grant");
    access.scope = [mark].into_iter().collect();
    tx.insert_access_token(&access).await?;
    let mut waiting = interaction("waiting");
    waiting.experience = Some(json!({ "mark": mark }));
    tx.insert_interaction(&waiting).await?;
    let device = DeviceCode { params: object(json!({ "mark": mark })), ..device_code("device", "BCDF-GHJK") };
    tx.insert_device_code(&device).await?;
    let params = object(json!({ "mark": mark }));
    let pushed = PushedRequest { client_id: id("app"), params, expires_at: NOW };
    tx.insert_pushed_request(&ValueHash::of("pushed"), &pushed).await
}

/// An organization with a person and a machine in it, and the template.
async fn fill_organizations(tx: &mut Tx, mark: &str) -> Result<(), StoreError> {
    let (acme, member): (OrganizationId, OrganizationRoleId) = (id("acme"), id("member"));
    tx.insert_organization(&Organization { name: mark.into(), ..organization("acme") }).await?;
    let role = OrganizationRole { description: Some(mark.into()), ..organization_role("member") };
    tx.insert_organization_role(&role).await?;
    let scope = OrganizationScope { description: Some(mark.into()), ..organization_scope("invite") };
    tx.insert_organization_scope(&scope).await?;
    tx.add_scope_to_organization_role(&member, &id("invite")).await?;
    tx.add_resource_scope_to_organization_role(&member, &id("scope")).await?;
    tx.add_organization_user(&acme, &id("ada")).await?;
    tx.assign_role_to_organization_user(&acme, &id("ada"), &member).await?;
    tx.add_organization_application(&acme, &id("app")).await?;
    tx.assign_role_to_organization_application(&acme, &id("app"), &member).await?;
    tx.add_jit_email_domain(&acme, &format!("{mark}.example")).await?;
    tx.add_jit_email_domain(&acme, "same.example").await?;
    tx.add_jit_role(&acme, &member).await?;
    let invited = Invitation { invitee: format!("{mark}@example.com"), ..invitation("invited", "acme") };
    tx.insert_invitation(&invited, &[member]).await?;
    tx.insert_sent_message("sent", "same@example.com", NOW).await?;
    third_party::fill(tx, mark).await
}

/// The answer of every method that reads about organizations.
async fn everything_of_organizations(tenant: &TenantStore) -> String {
    let reader = tenant.read().await.unwrap();
    let (acme, ada, app): (OrganizationId, UserId, ApplicationId) = (id("acme"), id("ada"), id("app"));
    let member: OrganizationRoleId = id("member");
    let (members, invite) = ([member.clone()], [id("invite")]);
    let named = [organization_role("member").name];
    let of_acme = UserFilter { organization: Some((acme.clone(), Some(member.clone()))), ..Default::default() };
    let in_acme = ApplicationFilter { organization: Some(acme.clone()), ..Default::default() };
    let template = (
        reader.organization_roles(None, None, None).await.unwrap(),
        reader.organization_role(&member).await.unwrap(),
        reader.organization_roles_by_ids(&members).await.unwrap(),
        reader.organization_roles_by_names(&named).await.unwrap(),
        reader.organization_scopes(None, None).await.unwrap(),
        reader.organization_scope(&id("invite")).await.unwrap(),
        reader.organization_scopes_by_ids(&invite).await.unwrap(),
        reader.scopes_of_organization_role(&member, None).await.unwrap(),
        reader.resource_scopes_of_organization_role(&member, None).await.unwrap(),
        reader.scopes_of_organization_roles(&members).await.unwrap(),
        reader.resource_scopes_of_organization_roles(&members).await.unwrap(),
    );
    let people = (
        reader.users(&of_acme, None).await.unwrap(),
        reader.is_organization_user(&acme, &ada).await.unwrap(),
        reader.organizations_of_user(&ada).await.unwrap(),
        reader.organization_roles_of_user(&ada).await.unwrap(),
        reader.roles_of_organization_user(&acme, &ada, None).await.unwrap(),
        reader.roles_of_organization_users(&acme, std::slice::from_ref(&ada)).await.unwrap(),
        reader.scopes_of_organization_user(&acme, &ada).await.unwrap(),
        reader.people_of_organizations(std::slice::from_ref(&acme)).await.unwrap(),
        reader.membership_of_user(&ada, &acme).await.unwrap(),
        reader.scopes_held_in_organizations(&ada, &id("api")).await.unwrap(),
        reader.belongings(&ada).await.unwrap(),
    );
    let machines = (
        reader.applications(&in_acme, None).await.unwrap(),
        reader.is_organization_application(&acme, &app).await.unwrap(),
        reader.organizations_of_application(&app, None).await.unwrap(),
        reader.organization_roles_of_application(&app).await.unwrap(),
        reader.roles_of_organization_application(&acme, &app, None).await.unwrap(),
        reader.roles_of_organization_applications(&acme, std::slice::from_ref(&app)).await.unwrap(),
        reader.membership_of_application(&app, &acme).await.unwrap(),
    );
    let themselves = (
        reader.organizations(None, None).await.unwrap(),
        reader.organization(&acme).await.unwrap(),
        reader.organizations_by_ids(std::slice::from_ref(&acme)).await.unwrap(),
        reader.jit_email_domains(&acme, None).await.unwrap(),
        reader.jit_roles(&acme, None).await.unwrap(),
        reader.organizations_of_email_domain("same.example").await.unwrap(),
    );
    let invited = (
        reader.invitations(&InvitationFilter::default()).await.unwrap(),
        reader.invitation(&id("invited")).await.unwrap(),
        reader.roles_of_invitations(&[id("invited")]).await.unwrap(),
        reader.count_sent_messages("same@example.com", Timestamp(0)).await.unwrap(),
    );
    let third_parties = third_party::everything(&reader).await;
    format!("{template:#?}{people:#?}{machines:#?}{themselves:#?}{invited:#?}{third_parties}")
}

/// What can be exchanged for tokens.
async fn fill_exchange(tx: &Tx, mark: &str) -> Result<(), StoreError> {
    let (hash, value) = tx.seal_personal_access_token(&Plain::new("pat_same".into()))?;
    let (user_id, name): (UserId, String) = (id("ada"), mark.into());
    let token = PersonalAccessToken { user_id, name, hash, value, created_at: NOW, expires_at: None };
    tx.insert_personal_access_token(&token).await?;
    let subject = SubjectToken {
        id: "subject".into(),
        hash: ValueHash::of("sub_same"),
        user_id: id("ada"),
        creator_id: None,
        context: object(json!({ "mark": mark })),
        created_at: NOW,
        expires_at: NOW,
        consumed_at: None,
    };
    tx.insert_subject_token(&subject).await
}

/// The answer of every method that reads what sign-ins leave behind.
async fn everything_of_people(tenant: &TenantStore) -> String {
    let reader = tenant.read().await.unwrap();
    let (ada, role): (UserId, RoleId) = (id("ada"), id("role"));
    let with_role = UserFilter { role: Some(role), ..Default::default() };
    let password = reader.user_password(&ada).await.unwrap().map(|password| password.digest);
    let found = (
        reader.users(&UserFilter::default(), None).await.unwrap(),
        reader.users(&with_role, Some(Page { number: 1, size: 10 })).await.unwrap(),
        reader.user(&ada).await.unwrap(),
        reader.users_by_ids(std::slice::from_ref(&ada)).await.unwrap(),
        reader.user_by_username("ada").await.unwrap(),
        reader.user_by_username_any_case("ADA").await.unwrap(),
        reader.user_by_email("ada@example.com").await.unwrap(),
        reader.user_by_phone("49151").await.unwrap(),
        (
            password,
            reader.count_active_users().await.unwrap(),
            reader.user_passwords(std::slice::from_ref(&ada)).await.unwrap().len(),
            reader.user_id_by_identity("github", "1").await.unwrap(),
            reader.people_of_roles(&[id("role")]).await.unwrap(),
            reader.default_user_roles().await.unwrap(),
        ),
        (reader.roles_of_user(&ada).await.unwrap(), reader.scopes_held_by_user(&ada, &id("api")).await.unwrap()),
    );
    let exchanged = (
        reader.personal_access_tokens(&ada).await.unwrap(),
        reader.personal_access_token(&ValueHash::of("pat_same")).await.unwrap(),
        reader.subject_token(&ValueHash::of("sub_same")).await.unwrap(),
    );
    let left = (
        reader.session(&id("session"), NOW).await.unwrap(),
        reader.session_by_cookie(&ValueHash::of("session"), NOW).await.unwrap(),
        reader.sessions_of_user(&ada, NOW).await.unwrap(),
        reader.session_clients(&id("session")).await.unwrap(),
        reader.grant(&id("grant"), NOW).await.unwrap(),
        (
            reader.grants_of_user(&ada, NOW).await.unwrap(),
            reader.grants_of_user_to(&ada, &id("app"), NOW).await.unwrap(),
        ),
        reader.authorization_code(&ValueHash::of("code")).await.unwrap(),
        reader.refresh_token(&ValueHash::of("refresh")).await.unwrap(),
        reader.access_token(&ValueHash::of("access"), NOW).await.unwrap(),
        reader.interaction(&id("waiting"), NOW).await.unwrap(),
        reader.pushed_request(&ValueHash::of("pushed")).await.unwrap(),
    );
    let backed = (
        reader.backed_code(&ValueHash::of("code"), NOW).await.unwrap(),
        reader.backed_refresh_token(&ValueHash::of("refresh"), NOW).await.unwrap(),
        reader.backed_access_token(&ValueHash::of("access"), NOW).await.unwrap(),
        reader.backed_device_code(&ValueHash::of("device"), NOW).await.unwrap(),
        reader.device_code(&ValueHash::of("device")).await.unwrap(),
        reader.device_code_by_user_code("BCDF-GHJK").await.unwrap(),
        reader.held_roles(&ada).await.unwrap(),
    );
    format!("{found:#?}{exchanged:#?}{left:#?}{backed:#?}")
}

/// The answer of every method that reads.
async fn everything(tenant: &TenantStore) -> String {
    let people = Box::pin(everything_of_people(tenant)).await;
    let organizations = Box::pin(everything_of_organizations(tenant)).await;
    Box::pin(everything_else(tenant)).await + &people + &organizations
}

/// The answer of every other method that reads.
async fn everything_else(tenant: &TenantStore) -> String {
    let reader = tenant.read().await.unwrap();
    let page = Page { number: 1, size: 10 };
    let (application, resource): (ApplicationId, ResourceId) = (id("app"), id("api"));
    let (role, scope): (RoleId, ScopeId) = (id("role"), id("scope"));
    let with_role = ApplicationFilter { role: Some(role.clone()), ..Default::default() };
    let held = RoleFilter { held_by_application: Some(application.clone()), ..Default::default() };
    format!(
        "{:#?}",
        (
            (
                reader.applications(&ApplicationFilter::default(), None).await.unwrap(),
                reader.applications(&with_role, Some(page)).await.unwrap(),
                reader.application(&application).await.unwrap(),
                reader.application_secrets(&application).await.unwrap(),
            ),
            (
                reader.resources(Some(page)).await.unwrap(),
                reader.resource(&resource).await.unwrap(),
                reader.resource_by_indicator("https://same.example").await.unwrap(),
                reader.default_resource().await.unwrap(),
                reader.resources_by_ids(std::slice::from_ref(&resource)).await.unwrap(),
            ),
            (
                reader.resource_scopes(&resource, None, None).await.unwrap(),
                reader.scopes_of_resources(std::slice::from_ref(&resource)).await.unwrap(),
                reader.scope(&scope).await.unwrap(),
                reader.scopes_by_ids(std::slice::from_ref(&scope)).await.unwrap(),
                reader.role_scopes(&role, None, Some(page)).await.unwrap(),
                reader.scopes_held_by_application(&application, &resource).await.unwrap(),
            ),
            (
                reader.roles(&RoleFilter::default(), None).await.unwrap(),
                reader.roles(&held, Some(page)).await.unwrap(),
                reader.role(&role).await.unwrap(),
                reader.role_by_name("same").await.unwrap(),
                reader.roles_by_ids(std::slice::from_ref(&role)).await.unwrap(),
                reader.scope_ids_of_role(&role).await.unwrap(),
                reader.role_usages(std::slice::from_ref(&role)).await.unwrap(),
            ),
            (
                reader.claims_script(TokenType::AccessToken).await.unwrap(),
                reader.config("same").await.unwrap(),
                reader.signing_keys(KeyUse::Private).await.unwrap(),
                reader.logs(&LogFilter::default(), page).await.unwrap(),
                reader.logs(&LogFilter { count_cap: Some(5), ..Default::default() }, page).await.unwrap(),
                reader.log(&entry(1).id).await.unwrap(),
                reader.tenant_created_at().await.unwrap(),
            ),
        )
    )
}

async fn what_a_tenant_reads_is_its_own(db: Database) {
    let other = db.another_tenant("other").await;
    fill(&db.tenant, "mine").await;
    let alone = everything(&db.tenant).await;

    fill(&other, "theirs").await;

    assert_eq!(everything(&db.tenant).await, alone);
    assert!(!alone.contains("theirs") && alone.contains("mine"));
    assert_eq!(everything(&other).await.replace("theirs", "mine").len(), alone.len());
}

/// Every method that writes, on the rows that [`fill`] made.
const WRITES: usize = 49;

async fn write_number(tx: &mut Tx, number: usize) -> Result<(), StoreError> {
    let (app, api, the_role, the_scope) = (id("app"), id("api"), id("role"), id("scope"));
    match number {
        3 => tx.update_application(&application("app")).await.map(drop),
        4 => tx.update_resource(&resource("api")).await.map(drop),
        5 => tx.clear_default_resource().await,
        6 => tx.update_scope(&scope("scope", "api")).await.map(drop),
        7 => tx.update_role(&role("role")).await.map(drop),
        8 => tx.put_claims_script(TokenType::AccessToken, &script("changed")).await,
        9 => tx.put_config("same", &json!("changed")).await,
        10 => tx.set_key_status("key", KeyStatus::Previous).await,
        11 => {
            let mut found = tx.application_secrets(&app).await?;
            let value = tx.seal_application_secret(&app, "mine", "x")?;
            let mut sealed = found.remove(0);
            sealed.value = value;
            tx.rename_application_secret(&sealed, "renamed").await.map(drop)
        }
        12 => tx.use_assertion(&app, "another", NOW).await.map(drop),
        13 => tx.delete_expired_assertions(Timestamp(i64::MAX)).await.map(drop),
        14 => tx.delete_logs_before("zzz").await.map(drop),
        15 => tx.delete_application_secret(&app, "renamed").await.map(drop),
        16 => tx.remove_scope_from_role(&the_role, &the_scope).await.map(drop),
        17 => tx.remove_role_from_application(&app, &the_role).await.map(drop),
        18 => tx.remove_roles_from_application(&app).await,
        19 => tx.delete_claims_script(TokenType::AccessToken).await.map(drop),
        20 => tx.delete_signing_key("key").await,
        21 => tx.delete_scope(&the_scope).await.map(drop),
        22 => tx.delete_role(&the_role).await.map(drop),
        23 => {
            tx.delete_resource(&api).await?;
            tx.delete_application(&app).await.map(drop)
        }
        0..3 => write_organizations(tx, number).await,
        24..WRITES => write_people(tx, number - 3).await,
        _ => unreachable!("there are {WRITES} writes"),
    }
}

async fn write_organizations(tx: &mut Tx, number: usize) -> Result<(), StoreError> {
    let (acme, ada, app): (OrganizationId, UserId, ApplicationId) = (id("acme"), id("ada"), id("app"));
    let member: OrganizationRoleId = id("member");
    match number {
        0 => {
            third_party::write_all(tx).await?;
            tx.take_organization(&acme).await?;
            tx.accept_invitation(&invitation("invited", "acme"), &ada, NOW).await?;
            tx.revoke_invitation(&id("invited"), NOW).await?;
            tx.delete_invitation(&id("invited")).await?;
            tx.delete_sent_messages_before(Timestamp(i64::MAX)).await?;
            tx.update_organization(&organization("acme")).await?;
            tx.update_organization_role(&organization_role("member")).await?;
            tx.update_organization_scope(&organization_scope("invite")).await?;
            tx.remove_jit_email_domain(&acme, "same.example").await?;
            tx.remove_jit_email_domains(&acme).await?;
            tx.remove_jit_role(&acme, &member).await?;
            tx.remove_jit_roles(&acme).await?;
            tx.take_organization_user(&acme, &ada).await?;
            tx.take_organization_application(&acme, &app).await?;
            tx.remove_role_from_organization_user(&acme, &ada, &member).await?;
            tx.remove_role_from_organization_application(&acme, &app, &member).await.map(drop)
        }
        1 => {
            tx.remove_roles_from_organization_user(&acme, &ada).await?;
            tx.remove_roles_from_organization_application(&acme, &app).await?;
            tx.replace_organization_users(&acme, &[]).await?;
            tx.replace_organization_applications(&acme, &[]).await?;
            tx.provision_organization_user(&acme, &ada).await?;
            tx.remove_scope_from_organization_role(&member, &id("invite")).await?;
            tx.remove_resource_scope_from_organization_role(&member, &id("scope")).await.map(drop)
        }
        _ => {
            tx.remove_scopes_from_organization_role(&member).await?;
            tx.remove_resource_scopes_from_organization_role(&member).await?;
            tx.remove_organization_user(&acme, &ada).await?;
            tx.remove_organization_application(&acme, &app).await?;
            tx.delete_organization_scope(&id("invite")).await?;
            tx.delete_organization_role(&member).await?;
            tx.delete_organization(&acme).await.map(drop)
        }
    }
}

#[expect(clippy::too_many_lines, reason = "a table")]
async fn write_people(tx: &mut Tx, number: usize) -> Result<(), StoreError> {
    let ada: UserId = id("ada");
    let hash = ValueHash::of;
    let password = |digest: &str| PasswordHash { method: PasswordMethod::Md5, digest: digest.into() };
    let end = Timestamp(i64::MAX);
    match number {
        21 => tx.update_session(&session("session", "ada")).await.map(drop),
        22 => tx.update_interaction(&interaction("waiting")).await.map(drop),
        23 => tx.consume_authorization_code(&hash("code"), NOW).await.map(drop),
        24 => tx.consume_refresh_token(&hash("refresh"), NOW, NOW).await.map(drop),
        25 => tx.insert_grant(&grant("grant", "ada")).await,
        26 => tx.update_grant(&grant("grant", "ada")).await.map(drop),
        27 => {
            tx.extend_grant(&id("grant"), end).await?;
            tx.forget_grant_in_sessions(&id("grant")).await
        }
        28 => tx.set_user_password(&ada, &password("changed"), NOW).await.map(drop),
        29 => tx.upgrade_user_password(&ada, &password("changed"), &password("again")).await.map(drop),
        30 => tx.set_user_signed_in(&ada, NOW).await,
        31 => tx.set_user_first_application(&ada, &id("app")).await,
        32 => tx.update_user(&user("ada")).await.map(drop),
        33 => {
            tx.insert_role(&role("role")).await?;
            tx.assign_role_to_user(&ada, &id("role")).await.map(drop)
        }
        34 => tx.remove_role_from_user(&ada, &id("role")).await.map(drop),
        35 => {
            tx.take_user(&ada, end).await?;
            tx.delete_user_identity(&ada, "github").await?;
            tx.remove_roles_from_user(&ada).await
        }
        36 => {
            tx.rename_personal_access_token(&ada, "mine", "renamed").await?;
            tx.delete_personal_access_token(&ada, "renamed").await?;
            tx.consume_subject_token(&hash("sub_same"), NOW).await?;
            tx.delete_expired_subject_tokens(end).await?;
            tx.delete_pushed_request(&hash("pushed")).await.map(drop)
        }
        37 => tx.delete_expired_codes(end).await.map(drop),
        38 => tx.delete_expired_refresh_tokens(end).await.map(drop),
        39 => tx.delete_expired_access_tokens(end).await.map(drop),
        40 => tx.delete_expired_grants(end).await.map(drop),
        41 => tx.delete_interaction(&id("waiting")).await.map(drop),
        42 => tx.delete_grants_of_client(&id("app")).await.map(drop),
        43 => {
            tx.extend_session(&session("session", "ada"), end).await?;
            tx.delete_grants_of_expired_sessions(end).await?;
            let device = hash("device");
            let (facts, grant_id) = (SignInFacts::default(), id("grant"));
            let approval = DeviceApproval { grant_id: &grant_id, user_id: &ada, session_uid: None, facts: &facts };
            tx.insert_grant(&grant("grant", "ada")).await?;
            tx.poll_device_code(&device, NOW, NOW).await?;
            tx.approve_device_code(&device, &approval, NOW).await?;
            tx.consume_device_code(&device).await?;
            tx.deny_device_code(&device).await?;
            tx.delete_expired_device_codes(end).await?;
            tx.delete_expired_sessions(end).await?;
            tx.delete_expired_interactions(end).await?;
            tx.delete_expired_pushed_requests(end).await.map(drop)
        }
        44 => tx.revoke_everything_of_user(&ada).await,
        45 => {
            tx.delete_grant(&id("grant")).await?;
            tx.delete_session(&id("session")).await?;
            tx.delete_user(&ada).await.map(drop)
        }
        _ => unreachable!("there are {WRITES} writes"),
    }
}

async fn what_a_tenant_writes_changes_nobody_else(db: Database) {
    let other = db.another_tenant("other").await;
    fill(&db.tenant, "mine").await;
    fill(&other, "theirs").await;
    let before = everything(&other).await;

    for number in 0..WRITES {
        db.write(async |tx| write_number(tx, number).await).await;
        assert_eq!(everything(&other).await, before, "write {number}");
    }

    assert!(!everything(&db.tenant).await.contains("mine"));
    assert_eq!(db.ask("SELECT COUNT(*) FROM client_assertions").await, 1);
    let tx = other.write().await.unwrap();
    assert!(!tx.use_assertion(&id("app"), "jti", NOW).await.unwrap(), "the other tenant's assertion stays used");
}

async fn a_tenant_without_rows_sees_none_of_the_others(db: Database) {
    let empty = everything(&db.tenant).await;
    let other = db.another_tenant("other").await;

    fill(&other, "theirs").await;

    assert_eq!(everything(&db.tenant).await, empty);
    let tx = db.tenant.write().await.unwrap();
    assert_eq!(tx.delete_logs_before("zzz").await.unwrap(), 0);
    assert_eq!(tx.delete_expired_assertions(Timestamp(i64::MAX)).await.unwrap(), 0);
}
