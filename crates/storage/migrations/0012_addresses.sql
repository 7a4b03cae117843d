-- Who joins by an email domain is answered from the index alone. With less in it SQLite reads all domains of the tenant.

CREATE INDEX organization_jit_email_domains_of_domain ON organization_jit_email_domains (tenant_id, domain_key, organization_id);
DROP INDEX organization_jit_email_domains_by_domain;

-- Links are found by their address in any case, as they are used.

ALTER TABLE one_time_tokens ADD COLUMN email_key VARCHAR(512);
UPDATE one_time_tokens SET email_key = LOWER(email);
CREATE INDEX one_time_tokens_by_email_key ON one_time_tokens (tenant_id, email_key);
DROP INDEX one_time_tokens_by_email;
