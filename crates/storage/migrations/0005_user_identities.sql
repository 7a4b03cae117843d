-- Who has which identity at a social provider: what `users.identities` says, found from the other side.
CREATE TABLE user_identities (
  tenant_id VARCHAR(21) NOT NULL,
  target VARCHAR(128) NOT NULL,
  identity_id VARCHAR(256) NOT NULL,
  user_id VARCHAR(12) NOT NULL,
  CONSTRAINT user_identities_identity PRIMARY KEY (tenant_id, target, identity_id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX user_identities_by_user ON user_identities (tenant_id, user_id);
