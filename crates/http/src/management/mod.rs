//! The Management API: one file per kind of thing, each with the routes of its own `router`.
//!
//! Paths here are below `/api`. A handler that takes a [`caller::ManagementCaller`] is for callers with the right
//! token only; the few that do not are open to everybody and say so with `security(())`.

mod application_access_control;
mod application_appearance;
mod application_consent_organizations;
mod application_consent_scopes;
mod application_custom_data;
mod application_list;
mod application_metadata;
mod application_organizations;
mod application_requests;
mod application_roles;
mod application_secrets;
mod applications;
pub(crate) mod caller;
mod claims_interaction_shapes;
mod claims_script_context;
mod claims_script_report;
mod claims_script_shapes;
mod claims_script_test;
mod claims_scripts;
mod custom_phrases;
mod dashboard;
mod development_messages;
mod hourly;
mod id_token_settings;
mod language_tags;
mod logs;
mod new_key;
mod one_time_tokens;
pub(crate) mod openapi;
mod organization_application_roles;
mod organization_applications;
mod organization_invitation_requests;
mod organization_invitations;
mod organization_jit_email_domains;
mod organization_jit_roles;
mod organization_jit_sso_connectors;
pub(crate) mod organization_references;
mod organization_requests;
mod organization_responses;
mod organization_role_requests;
mod organization_role_resource_scopes;
mod organization_role_scopes;
mod organization_roles;
mod organization_scopes;
mod organization_user_roles;
mod organization_users;
mod organizations;
mod permission_settings;
mod personal_access_tokens;
mod redirect_uri;
mod resource_requests;
mod resource_scopes;
mod resources;
mod role_applications;
mod role_requests;
mod role_scopes;
mod role_users;
mod roles;
mod sentinel_activities;
mod session_settings;
mod sign_in_experience;
mod sign_in_experience_shapes;
mod signing_keys;
pub(crate) mod status;
mod store_error;
mod subject_tokens;
mod user_data;
mod user_grants;
mod user_identities;
mod user_organizations;
mod user_passwords;
pub(crate) mod user_requests;
pub(crate) mod user_response;
mod user_roles;
mod user_sessions;
mod users;
pub(crate) mod verification_codes;
pub(crate) mod well_known;

#[cfg(test)]
mod access_tests;
#[cfg(test)]
mod application_tests;
#[cfg(test)]
mod config_tests;
#[cfg(test)]
mod harness;

use crate::state::TenantState;
use utoipa_axum::router::OpenApiRouter;

/// Every route below `/api`, with its description.
pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .merge(status::router())
        .merge(openapi::router())
        .merge(applications::router())
        .merge(application_custom_data::router())
        .merge(application_organizations::router())
        .merge(application_roles::router())
        .merge(application_secrets::router())
        .merge(application_access_control::router())
        .merge(application_appearance::router())
        .merge(application_consent_scopes::router())
        .merge(application_consent_organizations::router())
        .merge(resources::router())
        .merge(resource_scopes::router())
        .merge(roles::router())
        .merge(role_scopes::router())
        .merge(role_applications::router())
        .merge(role_users::router())
        .merge(users::router())
        .merge(user_data::router())
        .merge(user_passwords::router())
        .merge(user_roles::router())
        .merge(user_sessions::router())
        .merge(user_grants::router())
        .merge(user_identities::router())
        .merge(user_organizations::router())
        .merge(organizations::router())
        .merge(organization_users::router())
        .merge(organization_user_roles::router())
        .merge(organization_applications::router())
        .merge(organization_application_roles::router())
        .merge(organization_jit_email_domains::router())
        .merge(organization_jit_roles::router())
        .merge(organization_jit_sso_connectors::router())
        .merge(organization_invitations::router())
        .merge(organization_roles::router())
        .merge(organization_role_scopes::router())
        .merge(organization_role_resource_scopes::router())
        .merge(organization_scopes::router())
        .merge(personal_access_tokens::router())
        .merge(subject_tokens::router())
        .merge(claims_scripts::router())
        .merge(claims_script_test::router())
        .merge(claims_script_context::router())
        .merge(signing_keys::router())
        .merge(session_settings::router())
        .merge(id_token_settings::router())
        .merge(permission_settings::router())
        .merge(logs::router())
        .merge(dashboard::router())
        .merge(hourly::router())
        .merge(sign_in_experience::router())
        .merge(well_known::router())
        .merge(custom_phrases::router())
        .merge(verification_codes::router())
        .merge(one_time_tokens::router())
        .merge(sentinel_activities::router())
        .merge(development_messages::router())
        .merge(crate::consent::api())
        .merge(crate::experience::api())
}
