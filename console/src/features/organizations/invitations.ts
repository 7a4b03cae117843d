/** Invitations to an organization. */
import { queryOptions } from '@tanstack/react-query';
import type { Client } from 'openapi-fetch';
import { useChange } from '@/api/change';
import { api, take } from '@/api/client';
import type { NamedRole } from './queries';

export type Invitation = {
  id: string;
  invitee: string;
  inviterId: string | null;
  acceptedUserId: string | null;
  organizationId: string;
  status: 'Pending' | 'Accepted' | 'Expired' | 'Revoked';
  createdAt: number;
  expiresAt: number;
  organizationRoles: NamedRole[];
};

type NewInvitation = {
  invitee: string;
  organizationId: string;
  expiresAt: number;
  organizationRoleIds: string[];
  messagePayload: { link?: string } | false;
};

type Json<T> = { content: { 'application/json': T } };
type ById = { path: { id: string } };

/** The routes, until the OpenAPI document has them. */
type Paths = {
  '/api/organization-invitations': {
    get: { parameters: { query: { organizationId: string } }; responses: { 200: Json<Invitation[]> } };
    post: { requestBody: Json<NewInvitation>; responses: { 201: Json<Invitation> } };
  };
  '/api/organization-invitations/{id}': { delete: { parameters: ById; responses: { 204: { content?: never } } } };
  '/api/organization-invitations/{id}/message': {
    post: { parameters: ById; requestBody: Json<{ link?: string }>; responses: { 204: { content?: never } } };
  };
  '/api/organization-invitations/{id}/status': {
    put: { parameters: ById; requestBody: Json<{ status: 'Revoked' }>; responses: { 200: Json<Invitation> } };
  };
};

const routes = () => api() as unknown as Client<Paths>;

export const invitationsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['organizations', organizationId, 'invitations'],
    queryFn: async () => {
      const items = await take(routes().GET('/api/organization-invitations', { params: { query: { organizationId } } }));
      return { items, total: items.length };
    },
  });

export const useInvite = () =>
  useChange(['organizations'], (body: NewInvitation) => take(routes().POST('/api/organization-invitations', { body })));

export const useSendInvitation = () =>
  useChange(['organizations'], ({ id, link }: { id: string; link: string }) =>
    take(routes().POST('/api/organization-invitations/{id}/message', { params: { path: { id } }, body: link ? { link } : {} })),
  );

export const useRevokeInvitation = () =>
  useChange(['organizations'], (id: string) =>
    take(routes().PUT('/api/organization-invitations/{id}/status', { params: { path: { id } }, body: { status: 'Revoked' } })),
  );

export const useDeleteInvitation = () =>
  useChange(['organizations'], (id: string) =>
    take(routes().DELETE('/api/organization-invitations/{id}', { params: { path: { id } } })),
  );
