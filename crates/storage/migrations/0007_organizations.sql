-- Organizations of a tenant's customers, and the template of roles and permissions that they share.

CREATE TABLE organizations (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  id VARCHAR(21) NOT NULL,
  name VARCHAR(128) NOT NULL,
  description VARCHAR(256),
  custom_data TEXT NOT NULL,
  is_mfa_required BOOLEAN NOT NULL,
  color TEXT NOT NULL,
  branding TEXT NOT NULL,
  custom_css TEXT,
  created_at BIGINT NOT NULL,
  CONSTRAINT organizations_id PRIMARY KEY (tenant_id, id)
);

CREATE INDEX organizations_by_creation ON organizations (tenant_id, created_at);

CREATE TABLE organization_roles (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  id VARCHAR(21) NOT NULL,
  name VARCHAR(128) NOT NULL,
  description VARCHAR(256),
  type VARCHAR(32) NOT NULL,
  CONSTRAINT organization_roles_id PRIMARY KEY (tenant_id, id),
  CONSTRAINT organization_roles_name UNIQUE (tenant_id, name)
);

CREATE TABLE organization_scopes (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  id VARCHAR(21) NOT NULL,
  name VARCHAR(128) NOT NULL,
  description VARCHAR(256),
  CONSTRAINT organization_scopes_id PRIMARY KEY (tenant_id, id),
  CONSTRAINT organization_scopes_name UNIQUE (tenant_id, name)
);

CREATE TABLE organization_roles_scopes (
  tenant_id VARCHAR(21) NOT NULL,
  role_id VARCHAR(21) NOT NULL,
  scope_id VARCHAR(21) NOT NULL,
  CONSTRAINT organization_roles_scopes_pair PRIMARY KEY (tenant_id, role_id, scope_id),
  FOREIGN KEY (tenant_id, role_id) REFERENCES organization_roles (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, scope_id) REFERENCES organization_scopes (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX organization_roles_scopes_by_scope ON organization_roles_scopes (tenant_id, scope_id);

CREATE TABLE organization_roles_resource_scopes (
  tenant_id VARCHAR(21) NOT NULL,
  role_id VARCHAR(21) NOT NULL,
  scope_id VARCHAR(21) NOT NULL,
  CONSTRAINT organization_roles_resource_scopes_pair PRIMARY KEY (tenant_id, role_id, scope_id),
  FOREIGN KEY (tenant_id, role_id) REFERENCES organization_roles (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, scope_id) REFERENCES scopes (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX organization_roles_resource_scopes_by_scope ON organization_roles_resource_scopes (tenant_id, scope_id);

CREATE TABLE organization_users (
  tenant_id VARCHAR(21) NOT NULL,
  organization_id VARCHAR(21) NOT NULL,
  user_id VARCHAR(12) NOT NULL,
  CONSTRAINT organization_users_pair PRIMARY KEY (tenant_id, organization_id, user_id),
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX organization_users_by_user ON organization_users (tenant_id, user_id);

CREATE TABLE organization_user_roles (
  tenant_id VARCHAR(21) NOT NULL,
  organization_id VARCHAR(21) NOT NULL,
  user_id VARCHAR(12) NOT NULL,
  role_id VARCHAR(21) NOT NULL,
  CONSTRAINT organization_user_roles_triple PRIMARY KEY (tenant_id, organization_id, user_id, role_id),
  FOREIGN KEY (tenant_id, organization_id, user_id) REFERENCES organization_users (tenant_id, organization_id, user_id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, role_id) REFERENCES organization_roles (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX organization_user_roles_by_user ON organization_user_roles (tenant_id, user_id);
CREATE INDEX organization_user_roles_by_role ON organization_user_roles (tenant_id, role_id);

CREATE TABLE organization_applications (
  tenant_id VARCHAR(21) NOT NULL,
  organization_id VARCHAR(21) NOT NULL,
  application_id VARCHAR(21) NOT NULL,
  CONSTRAINT organization_applications_pair PRIMARY KEY (tenant_id, organization_id, application_id),
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX organization_applications_by_application ON organization_applications (tenant_id, application_id);

CREATE TABLE organization_application_roles (
  tenant_id VARCHAR(21) NOT NULL,
  organization_id VARCHAR(21) NOT NULL,
  application_id VARCHAR(21) NOT NULL,
  role_id VARCHAR(21) NOT NULL,
  CONSTRAINT organization_application_roles_triple PRIMARY KEY (tenant_id, organization_id, application_id, role_id),
  FOREIGN KEY (tenant_id, organization_id, application_id) REFERENCES organization_applications (tenant_id, organization_id, application_id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, role_id) REFERENCES organization_roles (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX organization_application_roles_by_application ON organization_application_roles (tenant_id, application_id);
CREATE INDEX organization_application_roles_by_role ON organization_application_roles (tenant_id, role_id);

-- Just-in-time provisioning: who joins at registration, and with which roles.
CREATE TABLE organization_jit_email_domains (
  tenant_id VARCHAR(21) NOT NULL,
  organization_id VARCHAR(21) NOT NULL,
  email_domain VARCHAR(128) NOT NULL,
  domain_key VARCHAR(256) NOT NULL,
  CONSTRAINT organization_jit_email_domains_pair PRIMARY KEY (tenant_id, organization_id, domain_key),
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX organization_jit_email_domains_by_domain ON organization_jit_email_domains (tenant_id, domain_key);

CREATE TABLE organization_jit_roles (
  tenant_id VARCHAR(21) NOT NULL,
  organization_id VARCHAR(21) NOT NULL,
  role_id VARCHAR(21) NOT NULL,
  CONSTRAINT organization_jit_roles_pair PRIMARY KEY (tenant_id, organization_id, role_id),
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, role_id) REFERENCES organization_roles (tenant_id, id) ON DELETE CASCADE
);
