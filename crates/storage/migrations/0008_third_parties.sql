-- What third-party applications may ask people for, which organizations people let them into, how they look when they
-- ask, and who may use an application at all.

CREATE TABLE application_sign_in_experiences (
  tenant_id VARCHAR(21) NOT NULL,
  application_id VARCHAR(21) NOT NULL,
  color TEXT NOT NULL,
  branding TEXT NOT NULL,
  custom_css TEXT,
  terms_of_use_url VARCHAR(2048),
  privacy_policy_url VARCHAR(2048),
  display_name VARCHAR(256),
  CONSTRAINT application_sign_in_experiences_id PRIMARY KEY (tenant_id, application_id),
  FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE application_user_scopes (
  tenant_id VARCHAR(21) NOT NULL,
  application_id VARCHAR(21) NOT NULL,
  scope VARCHAR(64) NOT NULL,
  CONSTRAINT application_user_scopes_pair PRIMARY KEY (tenant_id, application_id, scope),
  FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id) ON DELETE CASCADE
);

-- `level` says whose roles the scope may come from: `person` for global roles, `organization` for roles in one.
CREATE TABLE application_api_scopes (
  tenant_id VARCHAR(21) NOT NULL,
  application_id VARCHAR(21) NOT NULL,
  level VARCHAR(16) NOT NULL,
  scope_id VARCHAR(21) NOT NULL,
  CONSTRAINT application_api_scopes_triple PRIMARY KEY (tenant_id, application_id, level, scope_id),
  FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, scope_id) REFERENCES scopes (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX application_api_scopes_by_scope ON application_api_scopes (tenant_id, scope_id);

CREATE TABLE application_organization_scopes (
  tenant_id VARCHAR(21) NOT NULL,
  application_id VARCHAR(21) NOT NULL,
  scope_id VARCHAR(21) NOT NULL,
  CONSTRAINT application_organization_scopes_pair PRIMARY KEY (tenant_id, application_id, scope_id),
  FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, scope_id) REFERENCES organization_scopes (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX application_organization_scopes_by_scope ON application_organization_scopes (tenant_id, scope_id);

-- The organizations that a person let an application into. Goes with the membership.
CREATE TABLE consented_organizations (
  tenant_id VARCHAR(21) NOT NULL,
  application_id VARCHAR(21) NOT NULL,
  user_id VARCHAR(12) NOT NULL,
  organization_id VARCHAR(21) NOT NULL,
  CONSTRAINT consented_organizations_triple PRIMARY KEY (tenant_id, application_id, user_id, organization_id),
  FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, organization_id, user_id) REFERENCES organization_users (tenant_id, organization_id, user_id) ON DELETE CASCADE
);

CREATE INDEX consented_organizations_by_member ON consented_organizations (tenant_id, organization_id, user_id);

-- Who may use an application whose access is controlled: whoever any of these rows matches.
CREATE TABLE application_access_users (
  tenant_id VARCHAR(21) NOT NULL,
  application_id VARCHAR(21) NOT NULL,
  user_id VARCHAR(12) NOT NULL,
  CONSTRAINT application_access_users_pair PRIMARY KEY (tenant_id, application_id, user_id),
  FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX application_access_users_by_user ON application_access_users (tenant_id, user_id);

CREATE TABLE application_access_roles (
  tenant_id VARCHAR(21) NOT NULL,
  application_id VARCHAR(21) NOT NULL,
  role_id VARCHAR(21) NOT NULL,
  CONSTRAINT application_access_roles_pair PRIMARY KEY (tenant_id, application_id, role_id),
  FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX application_access_roles_by_role ON application_access_roles (tenant_id, role_id);

CREATE TABLE application_access_organizations (
  tenant_id VARCHAR(21) NOT NULL,
  application_id VARCHAR(21) NOT NULL,
  organization_id VARCHAR(21) NOT NULL,
  CONSTRAINT application_access_organizations_pair PRIMARY KEY (tenant_id, application_id, organization_id),
  FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX application_access_organizations_by_organization ON application_access_organizations (tenant_id, organization_id);

CREATE TABLE application_access_organization_roles (
  tenant_id VARCHAR(21) NOT NULL,
  application_id VARCHAR(21) NOT NULL,
  organization_id VARCHAR(21) NOT NULL,
  role_id VARCHAR(21) NOT NULL,
  CONSTRAINT application_access_organization_roles_triple PRIMARY KEY (tenant_id, application_id, organization_id, role_id),
  FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, role_id) REFERENCES organization_roles (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX application_access_organization_roles_by_organization ON application_access_organization_roles (tenant_id, organization_id);
CREATE INDEX application_access_organization_roles_by_role ON application_access_organization_roles (tenant_id, role_id);
