//! Organizations of a story, their template, and who belongs to them.

use crate::machine::Machine;
use crate::signet::Signet;
use serde_json::{Value, json};
use signet_core::user::User;

impl Signet {
    pub async fn organization(&self, organization: Value) -> Value {
        self.api("POST", "/organizations", organization).await.expect(201)
    }

    /// A permission of the template.
    pub async fn organization_scope(&self, name: &str) -> Value {
        self.api("POST", "/organization-scopes", json!({"name": name})).await.expect(201)
    }

    /// A role of the template: `type`, the permissions and the API scopes that it grants.
    pub async fn organization_role(&self, name: &str, kind: &str, granted: [&[&Value]; 2]) -> Value {
        let [scopes, resource_scopes] =
            granted.map(|scopes| scopes.iter().map(|scope| &scope["id"]).collect::<Vec<_>>());
        let role =
            json!({"name": name, "type": kind, "organizationScopeIds": scopes, "resourceScopeIds": resource_scopes});
        self.api("POST", "/organization-roles", role).await.expect(201)
    }

    /// Makes somebody a member with these roles.
    pub async fn enrols(&self, organization: &Value, user: &User, roles: &[&Value]) {
        self.member_joins(organization, ("users", "userIds"), user.id.as_str(), roles).await;
    }

    /// Makes a machine a member with these roles.
    pub async fn machine_joins(&self, organization: &Value, machine: &Machine, roles: &[&Value]) {
        self.member_joins(organization, ("applications", "applicationIds"), &machine.id, roles).await;
    }

    async fn member_joins(&self, organization: &Value, (kind, ids): (&str, &str), id: &str, roles: &[&Value]) {
        let members = format!("/organizations/{}/{kind}", text(&organization["id"]));
        self.api("POST", &members, json!({ids: [id]})).await.expect(201);
        let roles: Vec<&Value> = roles.iter().map(|role| &role["id"]).collect();
        if !roles.is_empty() {
            self.api("POST", &format!("{members}/{id}/roles"), json!({"organizationRoleIds": roles})).await.expect(201);
        }
    }

    /// Ends a membership.
    pub async fn leaves(&self, organization: &Value, user: &User) {
        let path = format!("/organizations/{}/users/{}", text(&organization["id"]), user.id);
        self.api("DELETE", &path, Value::Null).await.expect(204);
    }

    /// `compatible` or `strict`.
    pub async fn permission_mode(&self, mode: &str) {
        self.api("PATCH", "/configs/permissions", json!({"mode": mode})).await.expect(200);
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}
