//! What clients of the Management API see.

mod access;
mod access_control;
mod appearance;
mod applications;
mod consent_organizations;
mod consent_scopes;
mod conventions;
mod matrix;
mod organization_invitations;
mod organization_jit;
mod organization_member_roles;
mod organization_template;
mod organizations;
mod resources;
mod robustness;
mod roles;
mod scripts;
mod sessions;
mod signing_keys;
mod suspension;
mod user_passwords;
mod user_roles;
mod user_tokens;
mod users;
