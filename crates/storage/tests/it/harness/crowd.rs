//! Thousands of rows that a story is not about: what a query must not look at. Written past the store, which would take
//! them one by one.

use super::Database;
use std::fmt::Write as _;

/// Beside the shops, so that reading all of anything is dear: a template of two hundred roles and permissions, as many
/// global roles, APIs with their scopes, and applications that each may ask for something.
pub(crate) const TEMPLATE: &[(&str, &str)] = &[
    ("organization_roles (tenant_id, id, name, type)", "'r' || i, 'r' || i, 'User'"),
    ("organization_scopes (tenant_id, id, name)", "'s' || i, 's' || i"),
    ("organization_roles_scopes (tenant_id, role_id, scope_id)", "'r' || i, 's' || i"),
    ("resources (tenant_id, id, name, indicator, is_default, access_token_ttl)", "'a' || i, 'a', 'a' || i, FALSE, 60"),
    ("scopes (tenant_id, id, resource_id, name, created_at)", "'a' || i, 'a' || i, 'read', i"),
    ("organization_roles_resource_scopes (tenant_id, role_id, scope_id)", "'r' || i, 'a' || i"),
    ("roles (tenant_id, id, name, description, type, is_default)", "'g' || i, 'g' || i, 'g', 'User', FALSE"),
    ("roles_scopes (tenant_id, role_id, scope_id)", "'g' || i, 'a' || i"),
    (
        "applications (tenant_id, id, name, type, oidc_client_metadata, custom_client_metadata, custom_data, is_third_party, app_level_access_control_enabled, created_at)",
        "'c' || i, 'c', 'SPA', '{}', '{}', '{}', TRUE, TRUE, i",
    ),
    ("applications_roles (tenant_id, application_id, role_id)", "'c' || i, 'g' || i"),
    ("application_user_scopes (tenant_id, application_id, scope)", "'c' || i, 'email'"),
    ("application_api_scopes (tenant_id, application_id, level, scope_id)", "'c' || i, 'person', 'a' || i"),
    ("application_organization_scopes (tenant_id, application_id, scope_id)", "'c' || i, 's' || i"),
    ("application_access_roles (tenant_id, application_id, role_id)", "'c' || i, 'customer'"),
    ("application_access_organizations (tenant_id, application_id, organization_id)", "'c' || i, 'foo'"),
    (
        "application_access_organization_roles (tenant_id, application_id, organization_id, role_id)",
        "'c' || i, 'foo', 'admin'",
    ),
    ("application_access_users (tenant_id, application_id, user_id)", "'c' || i, 'ada'"),
];

/// Customers: each an organization with a member who is signed in, the machine, an application that was let in, an
/// invitation, a link and a domain of its own. All have the roles of Ada.
pub(crate) const CUSTOMERS: &[(&str, &str)] = &[
    (
        "organizations (tenant_id, id, name, custom_data, is_mfa_required, color, branding, created_at)",
        "'o' || i, 'o', '{}', FALSE, '{}', '{}', i",
    ),
    (
        "users (tenant_id, id, primary_email, email_key, is_password_expired, profile, custom_data, identities, settings, is_suspended, created_at, updated_at)",
        "'u' || i, 'u' || i, 'u' || i, FALSE, '{}', '{}', '{}', '{}', FALSE, i, i",
    ),
    (
        "sessions (tenant_id, uid, cookie_hash, user_id, login_at, created_at, expires_at)",
        "'b' || i, 'b' || i, 'u' || i, i, i, i",
    ),
    (
        "grants (tenant_id, id, user_id, client_id, openid_scope, resources, rejected, created_at, expires_at)",
        "'g' || i, 'u' || i, 'widgets', '', '{}', '{}', i, i",
    ),
    (
        "refresh_tokens (tenant_id, hash, grant_id, user_id, client_id, session_uid, expires_with_session, facts, rotations, chain_started_at, created_at, expires_at)",
        "'h' || i, 'g' || i, 'u' || i, 'widgets', 'b' || i, TRUE, '{}', 0, i, i, i",
    ),
    ("users_roles (tenant_id, user_id, role_id)", "'u' || i, 'customer'"),
    ("organization_users (tenant_id, organization_id, user_id)", "'o' || i, 'u' || i"),
    ("organization_user_roles (tenant_id, organization_id, user_id, role_id)", "'o' || i, 'u' || i, 'admin'"),
    ("organization_applications (tenant_id, organization_id, application_id)", "'o' || i, 'app'"),
    (
        "organization_application_roles (tenant_id, organization_id, application_id, role_id)",
        "'o' || i, 'app', 'reader'",
    ),
    ("consented_organizations (tenant_id, application_id, user_id, organization_id)", "'widgets', 'u' || i, 'o' || i"),
    (
        "organization_invitations (tenant_id, id, organization_id, invitee, invitee_key, inviter_id, status, created_at, updated_at, expires_at)",
        "'i' || i, 'o' || i, 'x' || i, 'x' || i, 'u' || i, 'Pending', i, i, i",
    ),
    ("organization_invitation_roles (tenant_id, invitation_id, role_id)", "'i' || i, 'reader'"),
    (
        "one_time_tokens (tenant_id, id, email, email_key, token_hash, context, status, created_at, expires_at)",
        "'t' || i, 'x' || i, 'x' || i, 'h' || i, '{}', 'active', i, i",
    ),
    (
        "organization_jit_email_domains (tenant_id, organization_id, email_domain, domain_key)",
        "'o' || i, 'd' || i, 'd' || i",
    ),
    ("organization_jit_roles (tenant_id, organization_id, role_id)", "'o' || i, 'reader'"),
];

/// Rows with the numbers from `first` to `last`.
pub(crate) async fn fill(db: &Database, tables: &[(&str, &str)], (first, last): (u32, u32)) {
    let mut all = String::new();
    for (columns, values) in tables {
        let numbers =
            format!("WITH RECURSIVE n (i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})");
        write!(all, "INSERT INTO {columns} {numbers} SELECT 'default', {values} FROM n; ").unwrap();
    }
    db.behind_our_back(&all).await;
    if db.store.is_postgres() {
        db.behind_our_back("VACUUM ANALYZE").await;
    }
}
