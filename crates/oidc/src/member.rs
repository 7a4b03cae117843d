//! A person or a machine in an organization, as tokens and scripts need it.

use crate::person::scope_view;
use serde_json::{Value, json};
use signet_core::id::TenantId;
use signet_core::membership::{MemberRole, Membership, organization_audience};
use std::sync::{Arc, OnceLock};

pub(crate) struct Member {
    pub(crate) membership: Membership,
    /// Of tokens that are about the organization itself.
    pub(crate) audience: String,
    /// Members of scripts' `context`, serialized once.
    script_view: OnceLock<Arc<str>>,
}

impl Member {
    pub(crate) fn new(membership: Membership) -> Self {
        let audience = organization_audience(&membership.organization);
        Self { membership, audience, script_view: OnceLock::new() }
    }

    /// `"organization":{…},"organizationRoles":[…]`: the organization, and beside it what the subject's roles there
    /// grant. The members are a promise to authors of scripts.
    pub(crate) fn script_view(&self, tenant: &TenantId) -> &Arc<str> {
        self.script_view.get_or_init(|| {
            let of = &self.membership;
            let organization = json!({
                "id": of.organization,
                "name": of.name,
                "description": of.description,
                "customData": of.custom_data,
            });
            let roles: Value = of.roles.iter().map(|role| role_view(tenant, role)).collect();
            format!(r#""organization":{organization},"organizationRoles":{roles}"#).into()
        })
    }
}

fn role_view(tenant: &TenantId, role: &MemberRole) -> Value {
    let scopes: Value = role
        .scopes
        .iter()
        .map(|scope| json!({"id": scope.id, "name": scope.name, "description": scope.description}))
        .collect();
    let resource_scopes: Value = role.resource_scopes.iter().map(|scope| scope_view(tenant, scope)).collect();
    json!({"id": role.id, "name": role.name, "scopes": scopes, "resourceScopes": resource_scopes})
}
