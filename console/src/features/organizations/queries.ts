/** What the pages of organizations ask and change. */
import { keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query';
import { useChange } from '@/api/change';
import { api, type Shape, take, takePage } from '@/api/client';
import { pageSize } from '@/components/listState';

export type Organization = Shape<'OrganizationResponse'>;
export type ListedOrganization = Shape<'ListedOrganization'>;
export type NamedRole = Shape<'NamedRole'>;

export const organizationsQuery = ({ q, page = 1 }: { q?: string; page?: number }) =>
  queryOptions({
    queryKey: ['organizations', 'list', q, page],
    queryFn: () => {
      const query = { page, page_size: pageSize, showFeatured: 'true', ...(q && { q }) };
      return takePage(api().GET('/api/organizations', { params: { query } }));
    },
    placeholderData: keepPreviousData,
  });

export const organizationQuery = (id: string) =>
  queryOptions({
    queryKey: ['organizations', id],
    queryFn: () => take(api().GET('/api/organizations/{id}', { params: { path: { id } } })),
  });

/** Whom the organization takes in by itself: e-mail domains and the roles that their people get. */
export const provisioningQuery = (id: string) =>
  queryOptions({
    queryKey: ['organizations', id, 'provisioning'],
    queryFn: async () => {
      const params = { path: { id } };
      const [domains, roles] = await Promise.all([
        take(api().GET('/api/organizations/{id}/jit/email-domains', { params })),
        take(api().GET('/api/organizations/{id}/jit/roles', { params })),
      ]);
      return { emailDomains: domains.map(({ emailDomain }) => emailDomain), roleIds: roles.map((role) => role.id) };
    },
  });

export const useCreateOrganization = () =>
  useChange(['organizations'], (body: Shape<'CreateOrganization'>) => take(api().POST('/api/organizations', { body })));

type Saved = { organization: Shape<'UpdateOrganization'>; emailDomains?: string[]; roleIds?: string[] };

/** What is left out stays as it is. */
export const useSaveOrganization = (id: string) =>
  useChange(['organizations'], async ({ organization, emailDomains, roleIds }: Saved) => {
    const params = { path: { id } };
    await take(api().PATCH('/api/organizations/{id}', { params, body: organization }));
    if (emailDomains) await take(api().PUT('/api/organizations/{id}/jit/email-domains', { params, body: { emailDomains } }));
    if (roleIds) await take(api().PUT('/api/organizations/{id}/jit/roles', { params, body: { organizationRoleIds: roleIds } }));
  });

export const useDeleteOrganization = () =>
  useMutation({ mutationFn: (id: string) => take(api().DELETE('/api/organizations/{id}', { params: { path: { id } } })) });
