-- What many audit entries say alike is stored once: the context that a claims script was given.
CREATE TABLE log_contexts (
  tenant_id VARCHAR(21) NOT NULL,
  id VARCHAR(64) NOT NULL,
  content TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  CONSTRAINT log_contexts_id PRIMARY KEY (tenant_id, id)
);

ALTER TABLE logs ADD COLUMN context_id VARCHAR(64);
