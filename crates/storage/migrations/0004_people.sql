-- People, and what their sign-ins leave behind. Values that open something (cookies, codes, tokens) are here as
-- SHA-256 digests in hexadecimal, never as themselves.

CREATE TABLE users (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  id VARCHAR(12) NOT NULL,
  username VARCHAR(128),
  username_key VARCHAR(256),
  primary_email VARCHAR(254),
  email_key VARCHAR(512),
  primary_phone VARCHAR(32),
  password_digest TEXT,
  password_method VARCHAR(16),
  password_updated_at BIGINT,
  is_password_expired BOOLEAN NOT NULL,
  name VARCHAR(128),
  avatar VARCHAR(2048),
  profile TEXT NOT NULL,
  custom_data TEXT NOT NULL,
  identities TEXT NOT NULL,
  settings TEXT NOT NULL,
  application_id VARCHAR(21),
  is_suspended BOOLEAN NOT NULL,
  last_sign_in_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  CONSTRAINT users_id PRIMARY KEY (tenant_id, id),
  CONSTRAINT users_username UNIQUE (tenant_id, username),
  CONSTRAINT users_email UNIQUE (tenant_id, email_key),
  CONSTRAINT users_phone UNIQUE (tenant_id, primary_phone)
);

CREATE INDEX users_by_username_key ON users (tenant_id, username_key);
CREATE INDEX users_by_creation ON users (tenant_id, created_at);

CREATE TABLE users_roles (
  tenant_id VARCHAR(21) NOT NULL,
  user_id VARCHAR(12) NOT NULL,
  role_id VARCHAR(21) NOT NULL,
  CONSTRAINT users_roles_pair PRIMARY KEY (tenant_id, user_id, role_id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX users_roles_by_role ON users_roles (tenant_id, role_id);

CREATE TABLE personal_access_tokens (
  tenant_id VARCHAR(21) NOT NULL,
  user_id VARCHAR(12) NOT NULL,
  name VARCHAR(256) NOT NULL,
  value TEXT NOT NULL,
  value_hash VARCHAR(64) NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  CONSTRAINT personal_access_tokens_name PRIMARY KEY (tenant_id, user_id, name),
  CONSTRAINT personal_access_tokens_value UNIQUE (tenant_id, value_hash),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE subject_tokens (
  tenant_id VARCHAR(21) NOT NULL,
  id VARCHAR(21) NOT NULL,
  value_hash VARCHAR(64) NOT NULL,
  user_id VARCHAR(12) NOT NULL,
  creator_id VARCHAR(21),
  context TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  consumed_at BIGINT,
  CONSTRAINT subject_tokens_id PRIMARY KEY (tenant_id, id),
  CONSTRAINT subject_tokens_value UNIQUE (tenant_id, value_hash),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX subject_tokens_expiry ON subject_tokens (tenant_id, expires_at);

-- A browser in which somebody is signed in.
CREATE TABLE sessions (
  tenant_id VARCHAR(21) NOT NULL,
  uid VARCHAR(21) NOT NULL,
  cookie_hash VARCHAR(64) NOT NULL,
  user_id VARCHAR(12) NOT NULL,
  login_at BIGINT NOT NULL,
  client_id VARCHAR(21),
  last_submission TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT sessions_uid PRIMARY KEY (tenant_id, uid),
  CONSTRAINT sessions_cookie UNIQUE (tenant_id, cookie_hash),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX sessions_by_user ON sessions (tenant_id, user_id);
CREATE INDEX sessions_expiry ON sessions (tenant_id, expires_at);

-- The clients that a session signed in to.
CREATE TABLE session_clients (
  tenant_id VARCHAR(21) NOT NULL,
  session_uid VARCHAR(21) NOT NULL,
  client_id VARCHAR(21) NOT NULL,
  sid VARCHAR(21) NOT NULL,
  grant_id VARCHAR(21),
  persists_logout BOOLEAN NOT NULL,
  CONSTRAINT session_clients_pair PRIMARY KEY (tenant_id, session_uid, client_id),
  FOREIGN KEY (tenant_id, session_uid) REFERENCES sessions (tenant_id, uid) ON DELETE CASCADE
);

-- What a person allowed a client.
CREATE TABLE grants (
  tenant_id VARCHAR(21) NOT NULL,
  id VARCHAR(21) NOT NULL,
  user_id VARCHAR(12) NOT NULL,
  client_id VARCHAR(21) NOT NULL,
  openid_scope TEXT NOT NULL,
  resources TEXT NOT NULL,
  rejected TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT grants_id PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX grants_by_user ON grants (tenant_id, user_id, client_id);
CREATE INDEX grants_by_client ON grants (tenant_id, client_id);
CREATE INDEX grants_expiry ON grants (tenant_id, expires_at);

CREATE TABLE authorization_codes (
  tenant_id VARCHAR(21) NOT NULL,
  hash VARCHAR(64) NOT NULL,
  grant_id VARCHAR(21) NOT NULL,
  user_id VARCHAR(12) NOT NULL,
  client_id VARCHAR(21) NOT NULL,
  session_uid VARCHAR(21),
  redirect_uri TEXT,
  code_challenge VARCHAR(128),
  facts TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  consumed_at BIGINT,
  CONSTRAINT authorization_codes_hash PRIMARY KEY (tenant_id, hash),
  FOREIGN KEY (tenant_id, grant_id) REFERENCES grants (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX authorization_codes_by_grant ON authorization_codes (tenant_id, grant_id);
CREATE INDEX authorization_codes_expiry ON authorization_codes (tenant_id, expires_at);

CREATE TABLE refresh_tokens (
  tenant_id VARCHAR(21) NOT NULL,
  hash VARCHAR(64) NOT NULL,
  grant_id VARCHAR(21) NOT NULL,
  user_id VARCHAR(12) NOT NULL,
  client_id VARCHAR(21) NOT NULL,
  session_uid VARCHAR(21),
  expires_with_session BOOLEAN NOT NULL,
  facts TEXT NOT NULL,
  rotations BIGINT NOT NULL,
  chain_started_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  consumed_at BIGINT,
  CONSTRAINT refresh_tokens_hash PRIMARY KEY (tenant_id, hash),
  FOREIGN KEY (tenant_id, grant_id) REFERENCES grants (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX refresh_tokens_by_grant ON refresh_tokens (tenant_id, grant_id);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (tenant_id, expires_at);

-- Opaque access tokens.
CREATE TABLE access_tokens (
  tenant_id VARCHAR(21) NOT NULL,
  hash VARCHAR(64) NOT NULL,
  grant_id VARCHAR(21) NOT NULL,
  user_id VARCHAR(12) NOT NULL,
  client_id VARCHAR(21) NOT NULL,
  session_uid VARCHAR(21),
  expires_with_session BOOLEAN NOT NULL,
  scope TEXT NOT NULL,
  claims TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT access_tokens_hash PRIMARY KEY (tenant_id, hash),
  FOREIGN KEY (tenant_id, grant_id) REFERENCES grants (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX access_tokens_by_grant ON access_tokens (tenant_id, grant_id);
CREATE INDEX access_tokens_expiry ON access_tokens (tenant_id, expires_at);

CREATE TABLE device_codes (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  hash VARCHAR(64) NOT NULL,
  user_code VARCHAR(16) NOT NULL,
  client_id VARCHAR(21) NOT NULL,
  params TEXT NOT NULL,
  status VARCHAR(16) NOT NULL,
  grant_id VARCHAR(21),
  user_id VARCHAR(12),
  session_uid VARCHAR(21),
  facts TEXT,
  polled_at BIGINT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT device_codes_hash PRIMARY KEY (tenant_id, hash),
  CONSTRAINT device_codes_user_code UNIQUE (tenant_id, user_code),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, grant_id) REFERENCES grants (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX device_codes_expiry ON device_codes (tenant_id, expires_at);

CREATE TABLE pushed_requests (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  hash VARCHAR(64) NOT NULL,
  client_id VARCHAR(21) NOT NULL,
  params TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT pushed_requests_hash PRIMARY KEY (tenant_id, hash)
);

CREATE INDEX pushed_requests_expiry ON pushed_requests (tenant_id, expires_at);

-- An authorization or device request that waits for a person.
CREATE TABLE interactions (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  uid VARCHAR(21) NOT NULL,
  client_id VARCHAR(21) NOT NULL,
  params TEXT NOT NULL,
  prompt VARCHAR(16) NOT NULL,
  session_uid VARCHAR(21),
  user_id VARCHAR(12),
  device_hash VARCHAR(64),
  experience TEXT,
  login TEXT,
  grant_id VARCHAR(21),
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT interactions_uid PRIMARY KEY (tenant_id, uid)
);

CREATE INDEX interactions_expiry ON interactions (tenant_id, expires_at);

CREATE TABLE verification_codes (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  id VARCHAR(21) NOT NULL,
  interaction_uid VARCHAR(21),
  purpose VARCHAR(32) NOT NULL,
  recipient_type VARCHAR(8) NOT NULL,
  recipient VARCHAR(254) NOT NULL,
  code TEXT NOT NULL,
  tries BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  consumed_at BIGINT,
  CONSTRAINT verification_codes_id PRIMARY KEY (tenant_id, id)
);

CREATE INDEX verification_codes_by_recipient ON verification_codes (tenant_id, recipient, created_at);
CREATE INDEX verification_codes_expiry ON verification_codes (tenant_id, expires_at);

CREATE TABLE one_time_tokens (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  id VARCHAR(21) NOT NULL,
  email VARCHAR(254) NOT NULL,
  token_hash VARCHAR(64) NOT NULL,
  context TEXT NOT NULL,
  status VARCHAR(16) NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT one_time_tokens_id PRIMARY KEY (tenant_id, id),
  CONSTRAINT one_time_tokens_token UNIQUE (tenant_id, token_hash)
);

CREATE INDEX one_time_tokens_by_email ON one_time_tokens (tenant_id, email);

-- Attempts to prove who one is, by the digest of what was tried.
CREATE TABLE sentinel_activities (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  id VARCHAR(21) NOT NULL,
  target_hash VARCHAR(64) NOT NULL,
  action VARCHAR(32) NOT NULL,
  is_success BOOLEAN NOT NULL,
  is_blocked BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  decision_expires_at BIGINT NOT NULL,
  CONSTRAINT sentinel_activities_id PRIMARY KEY (tenant_id, id)
);

CREATE INDEX sentinel_activities_by_target ON sentinel_activities (tenant_id, target_hash, created_at);
CREATE INDEX sentinel_activities_age ON sentinel_activities (tenant_id, created_at);

CREATE TABLE custom_phrases (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  language_tag VARCHAR(16) NOT NULL,
  translation TEXT NOT NULL,
  CONSTRAINT custom_phrases_tag PRIMARY KEY (tenant_id, language_tag)
);
