-- Whose memberships they are is answered from the index alone. With less in it SQLite reads all memberships of the tenant.

CREATE INDEX organization_users_of_user ON organization_users (tenant_id, user_id, organization_id);
DROP INDEX organization_users_by_user;
CREATE INDEX organization_user_roles_of_user ON organization_user_roles (tenant_id, user_id, organization_id, role_id);
DROP INDEX organization_user_roles_by_user;
