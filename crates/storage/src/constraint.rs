//! Constraint names are part of the code: one function per database turns a violation into one of these.

/// The unique constraints that a caller can meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constraint {
    ApplicationId,
    ApplicationSecretName,
    ApplicationRole,
    ResourceIndicator,
    ResourceDefault,
    ScopeName,
    RoleName,
    RoleScope,
    UserId,
    UserUsername,
    UserEmail,
    UserPhone,
    UserIdentity,
    PersonalAccessTokenName,
    OrganizationId,
    OrganizationRoleName,
    OrganizationScopeName,
    OrganizationEmailDomain,
    PendingInvitation,
    Other,
}

/// Name in PostgreSQL, columns as SQLite reports them.
const NAMES: &[(Constraint, &str, &str)] = &[
    (Constraint::ApplicationId, "applications_id", "applications.tenant_id, applications.id"),
    (
        Constraint::ApplicationSecretName,
        "application_secrets_name",
        "application_secrets.tenant_id, application_secrets.application_id, application_secrets.name",
    ),
    (
        Constraint::ApplicationRole,
        "applications_roles_pair",
        "applications_roles.tenant_id, applications_roles.application_id, applications_roles.role_id",
    ),
    (Constraint::ResourceIndicator, "resources_indicator", "resources.tenant_id, resources.indicator"),
    (Constraint::ResourceDefault, "resources_one_default", "resources.tenant_id"),
    (Constraint::ScopeName, "scopes_name", "scopes.tenant_id, scopes.resource_id, scopes.name"),
    (Constraint::RoleName, "roles_name", "roles.tenant_id, roles.name"),
    (Constraint::RoleScope, "roles_scopes_pair", "roles_scopes.tenant_id, roles_scopes.role_id, roles_scopes.scope_id"),
    (Constraint::UserId, "users_id", "users.tenant_id, users.id"),
    (Constraint::UserUsername, "users_username", "users.tenant_id, users.username"),
    (Constraint::UserEmail, "users_email", "users.tenant_id, users.email_key"),
    (Constraint::UserPhone, "users_phone", "users.tenant_id, users.primary_phone"),
    (
        Constraint::UserIdentity,
        "user_identities_identity",
        "user_identities.tenant_id, user_identities.target, user_identities.identity_id",
    ),
    (
        Constraint::PersonalAccessTokenName,
        "personal_access_tokens_name",
        "personal_access_tokens.tenant_id, personal_access_tokens.user_id, personal_access_tokens.name",
    ),
    (Constraint::OrganizationId, "organizations_id", "organizations.tenant_id, organizations.id"),
    (
        Constraint::OrganizationRoleName,
        "organization_roles_name",
        "organization_roles.tenant_id, organization_roles.name",
    ),
    (
        Constraint::OrganizationScopeName,
        "organization_scopes_name",
        "organization_scopes.tenant_id, organization_scopes.name",
    ),
    (
        Constraint::OrganizationEmailDomain,
        "organization_jit_email_domains_pair",
        "organization_jit_email_domains.tenant_id, organization_jit_email_domains.organization_id, organization_jit_email_domains.domain_key",
    ),
    (
        Constraint::PendingInvitation,
        "organization_invitations_pending",
        "organization_invitations.tenant_id, organization_invitations.organization_id, organization_invitations.invitee_key",
    ),
];

/// From PostgreSQL's constraint name.
pub(crate) fn by_name(name: &str) -> Constraint {
    NAMES.iter().find(|(_, known, _)| *known == name).map_or(Constraint::Other, |(constraint, ..)| *constraint)
}

/// From SQLite's message, `UNIQUE constraint failed: <columns>`.
pub(crate) fn by_columns(message: &str) -> Constraint {
    let columns = message.rsplit_once(": ").map_or(message, |(_, columns)| columns);
    NAMES.iter().find(|(.., known)| *known == columns).map_or(Constraint::Other, |(constraint, ..)| *constraint)
}
