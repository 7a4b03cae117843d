-- What is counted for plots and what people proved about their own account.

CREATE TABLE hourly_counts (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  series VARCHAR(32) NOT NULL,
  hour BIGINT NOT NULL,
  name VARCHAR(32) NOT NULL,
  count BIGINT NOT NULL,
  CONSTRAINT hourly_counts_name PRIMARY KEY (tenant_id, series, hour, name)
) {clustered};

CREATE INDEX hourly_counts_age ON hourly_counts (tenant_id, hour);

-- Who got a token on a day. Those who were deleted since were active all the same.
CREATE TABLE daily_active_users (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  day BIGINT NOT NULL,
  user_id VARCHAR(12) NOT NULL,
  CONSTRAINT daily_active_users_user PRIMARY KEY (tenant_id, day, user_id)
) {clustered};

CREATE TABLE own_proofs (
  tenant_id VARCHAR(21) NOT NULL,
  user_id VARCHAR(12) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  subject VARCHAR(256) NOT NULL,
  proved_at BIGINT NOT NULL,
  CONSTRAINT own_proofs_kind PRIMARY KEY (tenant_id, user_id, kind),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);
