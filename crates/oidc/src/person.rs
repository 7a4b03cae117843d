//! A person as tokens and scripts need them: who they are and what they hold, loaded in two round trips and kept until
//! somebody writes about people, roles or resources.

use serde_json::{Value, json};
use signet_core::claims::standard::Subject;
use signet_core::held_role::{HeldRole, HeldScope};
use signet_core::id::{ResourceId, TenantId};
use signet_core::scope::Scope;
use signet_core::user::User;
use std::sync::{Arc, OnceLock};

pub(crate) struct Person {
    pub(crate) user: User,
    roles: Vec<HeldRole>,
    role_names: Vec<String>,
    /// `context.user` of scripts, serialized once.
    script_view: OnceLock<Arc<str>>,
}

impl Person {
    pub(crate) fn new(user: User, roles: Vec<HeldRole>) -> Self {
        let role_names = roles.iter().map(|role| role.name.clone()).collect();
        Self { user, roles, role_names, script_view: OnceLock::new() }
    }

    /// For standard claims.
    pub(crate) fn subject(&self) -> Subject<'_> {
        Subject { user: &self.user, roles: &self.role_names }
    }

    /// The scopes of a resource that the person's global roles hold.
    pub(crate) fn scopes_of(&self, resource: &ResourceId) -> Scope {
        let scopes = self.roles.iter().flat_map(|role| &role.scopes);
        scopes.filter(|scope| scope.resource.id == *resource).map(|scope| scope.name.as_str()).collect()
    }

    /// The members are a promise to authors of scripts. No password, no hash and no setting is among them.
    pub(crate) fn script_view(&self, tenant: &TenantId) -> &Arc<str> {
        self.script_view.get_or_init(|| {
            let user = &self.user;
            let view = json!({
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
                "organizations": [],
                "organizationRoles": [],
            });
            view.to_string().into()
        })
    }
}

fn role_view(tenant: &TenantId, role: &HeldRole) -> Value {
    let scopes: Vec<Value> = role.scopes.iter().map(|scope| scope_view(tenant, scope)).collect();
    json!({"id": role.id, "name": role.name, "description": role.description, "scopes": scopes})
}

fn scope_view(tenant: &TenantId, scope: &HeldScope) -> Value {
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
