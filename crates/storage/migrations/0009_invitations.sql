-- Invitations to organizations with the roles that come with accepting one, and when messages without a code went to
-- whom, so that nobody gets too many.

CREATE TABLE organization_invitations (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  id VARCHAR(21) NOT NULL,
  organization_id VARCHAR(21) NOT NULL,
  invitee VARCHAR(256) NOT NULL,
  invitee_key VARCHAR(512) NOT NULL,
  inviter_id VARCHAR(12),
  accepted_user_id VARCHAR(12),
  status VARCHAR(16) NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT organization_invitations_id PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, inviter_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, accepted_user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX organization_invitations_pending ON organization_invitations (tenant_id, organization_id, invitee_key) WHERE status = 'Pending';
CREATE INDEX organization_invitations_by_organization ON organization_invitations (tenant_id, organization_id, created_at);
CREATE INDEX organization_invitations_by_invitee ON organization_invitations (tenant_id, invitee_key);
CREATE INDEX organization_invitations_by_inviter ON organization_invitations (tenant_id, inviter_id);
CREATE INDEX organization_invitations_by_accepted_user ON organization_invitations (tenant_id, accepted_user_id);

CREATE TABLE organization_invitation_roles (
  tenant_id VARCHAR(21) NOT NULL,
  invitation_id VARCHAR(21) NOT NULL,
  role_id VARCHAR(21) NOT NULL,
  CONSTRAINT organization_invitation_roles_pair PRIMARY KEY (tenant_id, invitation_id, role_id),
  FOREIGN KEY (tenant_id, invitation_id) REFERENCES organization_invitations (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, role_id) REFERENCES organization_roles (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX organization_invitation_roles_by_role ON organization_invitation_roles (tenant_id, role_id);

CREATE TABLE sent_messages (
  tenant_id VARCHAR(21) NOT NULL REFERENCES tenants (tenant_id) ON DELETE CASCADE,
  id VARCHAR(21) NOT NULL,
  recipient VARCHAR(512) NOT NULL,
  sent_at BIGINT NOT NULL,
  CONSTRAINT sent_messages_id PRIMARY KEY (tenant_id, id)
);

CREATE INDEX sent_messages_by_recipient ON sent_messages (tenant_id, recipient, sent_at);
CREATE INDEX sent_messages_by_time ON sent_messages (tenant_id, sent_at);
