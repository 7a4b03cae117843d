-- Whether what a claims script writes to its console is kept with the audit entry of the run.
ALTER TABLE claims_scripts ADD COLUMN store_logs BOOLEAN;
