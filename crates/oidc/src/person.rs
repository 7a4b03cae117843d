//! A person as tokens and scripts need them: who they are and what they hold, loaded in one round trip and kept until
//! somebody writes about people, roles or resources.

use crate::error::OAuthError;
use crate::provider::Provider;
use serde_json::{Map, Value, json};
use signet_core::application::Application;
use signet_core::claims::standard::{Audience, Subject, claims, tell_of_organizations};
use signet_core::held_role::{HeldRole, HeldScope};
use signet_core::id::{ResourceId, TenantId};
use signet_core::membership::Belonging;
use signet_core::scope::Scope;
use signet_core::user::User;
use std::sync::Arc;

pub(crate) struct Person {
    pub(crate) user: User,
    roles: Vec<HeldRole>,
    role_names: Vec<String>,
}

impl Person {
    pub(crate) fn new(user: User, roles: Vec<HeldRole>) -> Self {
        let role_names = roles.iter().map(|role| role.name.clone()).collect();
        Self { user, roles, role_names }
    }

    /// What a scope says about them to an application. Their organizations are read only when a claim tells of them.
    pub(crate) async fn claims(
        &self,
        (provider, application): (&Provider, &Application),
        scope: &Scope,
        audience: Audience<'_>,
    ) -> Result<Map<String, Value>, OAuthError> {
        let organizations = if tell_of_organizations(scope, audience) {
            provider.belongings_shown_to(application, &self.user.id).await?
        } else {
            Arc::default()
        };
        let subject = Subject { user: &self.user, roles: &self.role_names, organizations: &organizations };
        Ok(claims(subject, scope, audience))
    }

    /// The scopes of a resource that the person's global roles hold.
    pub(crate) fn scopes_of(&self, resource: &ResourceId) -> Scope {
        let scopes = self.roles.iter().flat_map(|role| &role.scopes);
        scopes.filter(|scope| scope.resource.id == *resource).map(|scope| scope.name.as_str()).collect()
    }

    /// `context.user` of scripts. The members are a promise to their authors. No password, no hash and no setting is
    /// among them.
    pub(crate) fn script_view(&self, tenant: &TenantId, belongings: &[Belonging]) -> Value {
        let user = &self.user;
        json!({
            "id": user.id,
            "username": user.username,
            "primaryEmail": user.primary_email,
            "primaryPhone": user.primary_phone,
            "name": user.name,
            "avatar": user.avatar,
            "customData": user.custom_data,
            "identities": user.identities,
            "lastSignInAt": user.last_sign_in_at,
            "createdAt": user.created_at,
            "updatedAt": user.updated_at,
            "profile": user.profile,
            "applicationId": user.application_id,
            "cimdClientId": null,
            "isSuspended": user.is_suspended,
            "hasPassword": user.has_password,
            "ssoIdentities": [],
            "mfaVerificationFactors": [],
            "roles": self.roles.iter().map(|role| role_view(tenant, role)).collect::<Vec<_>>(),
            "organizations": belongings.iter().map(organization_view).collect::<Vec<_>>(),
            "organizationRoles": belongings.iter().flat_map(organization_roles_view).collect::<Vec<_>>(),
        })
    }
}

fn organization_view(belonging: &Belonging) -> Value {
    json!({"id": belonging.organization, "name": belonging.name, "description": belonging.description})
}

fn organization_roles_view(belonging: &Belonging) -> impl Iterator<Item = Value> {
    let view = |(id, name)| json!({"organizationId": belonging.organization, "roleId": id, "roleName": name});
    belonging.roles.iter().map(|(id, name)| (id, name)).map(view)
}

fn role_view(tenant: &TenantId, role: &HeldRole) -> Value {
    let scopes: Vec<Value> = role.scopes.iter().map(|scope| scope_view(tenant, scope)).collect();
    json!({"id": role.id, "name": role.name, "description": role.description, "scopes": scopes})
}

/// A scope of an API, in roles of either kind.
pub(crate) fn scope_view(tenant: &TenantId, scope: &HeldScope) -> Value {
    let resource = &scope.resource;
    json!({
        "id": scope.id,
        "name": scope.name,
        "description": scope.description,
        "resourceId": resource.id,
        "resource": {
            "tenantId": tenant,
            "id": resource.id,
            "name": resource.name,
            "indicator": resource.indicator,
            "isDefault": resource.is_default,
            "accessTokenTtl": resource.access_token_ttl,
        },
    })
}
