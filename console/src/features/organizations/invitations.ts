/** Invitations to an organization. */
import { queryOptions } from '@tanstack/react-query';
import { type AnyObject, asObject, useChange } from '@/api/change';
import { api, type Shape, take } from '@/api/client';

type Status = 'Pending' | 'Accepted' | 'Expired' | 'Revoked';
/** The document says of a status only that it is text. */
export type Invitation = Shape<'InvitationResponse'> & { status: Status };

/** What the text of an email may mention. */
export const variables = (link: string) => asObject(link ? { link } : {});

type NewInvitation = {
  invitee: string;
  organizationId: string;
  expiresAt: number;
  organizationRoleIds: string[];
  /** Absent: no email is sent. */
  messagePayload?: AnyObject;
};

export const invitationsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['organizations', organizationId, 'invitations'],
    queryFn: async () => {
      const items = await take(api().GET('/api/organization-invitations', { params: { query: { organizationId } } }));
      return { items: items as Invitation[], total: items.length };
    },
  });

export const useInvite = () =>
  useChange(['organizations'], (body: NewInvitation) => take(api().POST('/api/organization-invitations', { body })));

export const useSendInvitation = () =>
  useChange(['organizations'], ({ id, link }: { id: string; link: string }) =>
    take(api().POST('/api/organization-invitations/{id}/message', { params: { path: { id } }, body: variables(link) })),
  );

export const useRevokeInvitation = () =>
  useChange(['organizations'], (id: string) =>
    take(api().PUT('/api/organization-invitations/{id}/status', { params: { path: { id } }, body: { status: 'Revoked' } })),
  );

export const useDeleteInvitation = () =>
  useChange(['organizations'], (id: string) =>
    take(api().DELETE('/api/organization-invitations/{id}', { params: { path: { id } } })),
  );
