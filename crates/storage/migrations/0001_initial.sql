-- The first schema. One text for SQLite and PostgreSQL: ids are ours, times are epoch milliseconds, JSON is text that
-- was checked before it came here. `{clustered}` makes SQLite keep the rows of a table in its primary key.

CREATE TABLE tenants (
  tenant_id VARCHAR(21) NOT NULL PRIMARY KEY,
  created_at BIGINT NOT NULL
);

CREATE TABLE systems (
  key VARCHAR(64) NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE configs (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  key VARCHAR(64) NOT NULL,
  value TEXT NOT NULL,
  CONSTRAINT configs_key PRIMARY KEY (tenant_id, key)
);

CREATE TABLE signing_keys (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  id VARCHAR(21) NOT NULL,
  usage VARCHAR(16) NOT NULL,
  material TEXT NOT NULL,
  algorithm VARCHAR(8),
  status VARCHAR(16) NOT NULL,
  effective_at BIGINT,
  created_at BIGINT NOT NULL,
  CONSTRAINT signing_keys_id PRIMARY KEY (tenant_id, id)
);

CREATE TABLE applications (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  id VARCHAR(21) NOT NULL,
  name VARCHAR(256) NOT NULL,
  description TEXT,
  type VARCHAR(32) NOT NULL,
  oidc_client_metadata TEXT NOT NULL,
  custom_client_metadata TEXT NOT NULL,
  protected_app_metadata TEXT,
  custom_data TEXT NOT NULL,
  is_third_party BOOLEAN NOT NULL,
  app_level_access_control_enabled BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  CONSTRAINT applications_id PRIMARY KEY (tenant_id, id)
);

CREATE TABLE application_secrets (
  tenant_id VARCHAR(21) NOT NULL,
  application_id VARCHAR(21) NOT NULL,
  name VARCHAR(256) NOT NULL,
  value TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  CONSTRAINT application_secrets_name PRIMARY KEY (tenant_id, application_id, name),
  FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE resources (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  id VARCHAR(21) NOT NULL,
  name TEXT NOT NULL,
  indicator TEXT NOT NULL,
  is_default BOOLEAN NOT NULL,
  access_token_ttl BIGINT NOT NULL,
  CONSTRAINT resources_id PRIMARY KEY (tenant_id, id),
  CONSTRAINT resources_indicator UNIQUE (tenant_id, indicator)
);

CREATE UNIQUE INDEX resources_one_default ON resources (tenant_id) WHERE is_default;

CREATE TABLE scopes (
  tenant_id VARCHAR(21) NOT NULL,
  id VARCHAR(21) NOT NULL,
  resource_id VARCHAR(21) NOT NULL,
  name VARCHAR(256) NOT NULL,
  description TEXT,
  created_at BIGINT NOT NULL,
  CONSTRAINT scopes_id PRIMARY KEY (tenant_id, id),
  CONSTRAINT scopes_name UNIQUE (tenant_id, resource_id, name),
  FOREIGN KEY (tenant_id, resource_id) REFERENCES resources (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE roles (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  id VARCHAR(21) NOT NULL,
  name VARCHAR(128) NOT NULL,
  description VARCHAR(128) NOT NULL,
  type VARCHAR(32) NOT NULL,
  is_default BOOLEAN NOT NULL,
  CONSTRAINT roles_id PRIMARY KEY (tenant_id, id),
  CONSTRAINT roles_name UNIQUE (tenant_id, name)
);

CREATE TABLE roles_scopes (
  tenant_id VARCHAR(21) NOT NULL,
  role_id VARCHAR(21) NOT NULL,
  scope_id VARCHAR(21) NOT NULL,
  CONSTRAINT roles_scopes_pair PRIMARY KEY (tenant_id, role_id, scope_id),
  FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, scope_id) REFERENCES scopes (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX roles_scopes_by_scope ON roles_scopes (tenant_id, scope_id);

CREATE TABLE applications_roles (
  tenant_id VARCHAR(21) NOT NULL,
  application_id VARCHAR(21) NOT NULL,
  role_id VARCHAR(21) NOT NULL,
  CONSTRAINT applications_roles_pair PRIMARY KEY (tenant_id, application_id, role_id),
  FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX applications_roles_by_role ON applications_roles (tenant_id, role_id);

CREATE TABLE claims_scripts (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  token_type VARCHAR(32) NOT NULL,
  script TEXT NOT NULL,
  environment_variables TEXT,
  context_sample TEXT,
  token_sample TEXT,
  block_issuance_on_error BOOLEAN,
  CONSTRAINT claims_scripts_type PRIMARY KEY (tenant_id, token_type)
);

CREATE TABLE client_assertions (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  application_id VARCHAR(21) NOT NULL,
  jti_hash VARCHAR(64) NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT client_assertions_jti PRIMARY KEY (tenant_id, application_id, jti_hash)
);

CREATE INDEX client_assertions_expiry ON client_assertions (tenant_id, expires_at);

CREATE TABLE logs (
  tenant_id VARCHAR(21) NOT NULL,
  id VARCHAR(21) NOT NULL,
  key VARCHAR(128) NOT NULL,
  application_id VARCHAR(21),
  payload TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  CONSTRAINT logs_id PRIMARY KEY (tenant_id, id)
) {clustered};
