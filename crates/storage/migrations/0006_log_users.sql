-- Whom an audit entry is about, to list what somebody did.
ALTER TABLE logs ADD COLUMN user_id VARCHAR(12);
