/** The organization template: the roles and permissions that all organizations share. */
import { keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query';
import { useChange } from '@/api/change';
import { api, type Shape, take, takePage } from '@/api/client';
import type { Source } from '@/components/FoundSelect';
import { pageSize } from '@/components/listState';
import type { Choice } from '@/components/PickDialog';

export type OrganizationRole = Shape<'OrganizationRoleResponse'>;
export type ListedOrganizationRole = Shape<'OrganizationRoleWithScopes'>;

type Search = { q?: string; page?: number };

export const organizationRolesQuery = ({ q, page = 1 }: Search) =>
  queryOptions({
    queryKey: ['organization-template', 'roles', q, page],
    queryFn: () => {
      const query = { page, page_size: pageSize, ...(q && { q }) };
      return takePage(api().GET('/api/organization-roles', { params: { query } }));
    },
    placeholderData: keepPreviousData,
  });

export type MemberType = 'User' | 'MachineToMachine';

/** The roles that such members can have, to choose from. */
export const roleSource = (type: MemberType): Source => ({
  queryKey: ['organization-template', 'roles-for', type],
  find: async (q) => {
    const query = { type, page: 1, page_size: pageSize, ...(q && { q }) };
    const roles = await take(api().GET('/api/organization-roles', { params: { query } }));
    return roles.map(({ id, name }) => ({ value: id, label: name }));
  },
  nameOf: async (id) => (await take(api().GET('/api/organization-roles/{id}', { params: { path: { id } } }))).name,
});

export const organizationRoleQuery = (id: string) =>
  queryOptions({
    queryKey: ['organization-template', 'role', id],
    queryFn: () => take(api().GET('/api/organization-roles/{id}', { params: { path: { id } } })),
  });

export const organizationPermissionsQuery = ({ q, page = 1 }: Search) =>
  queryOptions({
    queryKey: ['organization-template', 'permissions', q, page],
    queryFn: () => {
      const query = { page, page_size: pageSize, ...(q && { q }) };
      return takePage(api().GET('/api/organization-scopes', { params: { query } }));
    },
    placeholderData: keepPreviousData,
  });

/** A permission of a role: of organizations themselves, or of an API. */
export type HeldPermission = { id: string; name: string; description: string | null; api: string | undefined };

const resourcesWithScopes = () => take(api().GET('/api/resources', { params: { query: { includeScopes: true } } }));

export const heldPermissionsQuery = (roleId: string) =>
  queryOptions({
    queryKey: ['organization-template', 'role', roleId, 'permissions'],
    queryFn: async (): Promise<{ items: HeldPermission[]; total: number }> => {
      const params = { path: { id: roleId } };
      const [own, ofApis, resources] = await Promise.all([
        take(api().GET('/api/organization-roles/{id}/scopes', { params })),
        take(api().GET('/api/organization-roles/{id}/resource-scopes', { params })),
        resourcesWithScopes(),
      ]);
      const nameOf = (id: string) => resources.find((resource) => resource.id === id)?.name ?? id;
      const items = [
        ...own.map(({ id, name, description = null }) => ({ id, name, description, api: undefined })),
        ...ofApis.map(({ id, name, description = null, resourceId }) => ({ id, name, description, api: nameOf(resourceId) })),
      ];
      return { items, total: items.length };
    },
  });

const fits = (typed: string, ...texts: (string | null | undefined)[]) =>
  texts.some((text) => text?.toLowerCase().includes(typed.trim().toLowerCase()));

/** Organization permissions that a role does not have yet. */
export const findOrganizationPermissions = async (held: string[], typed: string): Promise<Choice[]> => {
  const query = { page: 1, page_size: 100, ...(typed.trim() && { q: typed.trim() }) };
  const found = await take(api().GET('/api/organization-scopes', { params: { query } }));
  return found
    .filter(({ id }) => !held.includes(id))
    .map(({ id, name, description }) => ({ id, label: name, detail: description || undefined }));
};

/** Permissions of APIs that a role does not have yet. The Management API is not for roles of organizations. */
export const findApiPermissions = async (held: string[], typed: string): Promise<Choice[]> => {
  const resources = await resourcesWithScopes();
  return resources
    .filter(({ id }) => id !== 'management-api')
    .flatMap(({ name: apiName, scopes = [] }) => scopes.map((scope) => ({ ...scope, apiName })))
    .filter(({ id, name, description, apiName }) => !held.includes(id) && fits(typed, name, description, apiName))
    .map(({ id, name, description, apiName }) => ({
      id,
      label: name,
      detail: description ? `${apiName} · ${description}` : apiName,
    }));
};

/** Roles are shown with organizations and their members. */
const stale = ['organization-template', 'organizations'];

export const useCreateOrganizationRole = () =>
  useChange(stale, (body: Shape<'CreateOrganizationRole'>) => take(api().POST('/api/organization-roles', { body })));

export const useSaveOrganizationRole = (id: string) =>
  useChange(stale, (body: Shape<'UpdateOrganizationRole'>) =>
    take(api().PATCH('/api/organization-roles/{id}', { params: { path: { id } }, body })),
  );

export const useDeleteOrganizationRole = () =>
  useMutation({ mutationFn: (id: string) => take(api().DELETE('/api/organization-roles/{id}', { params: { path: { id } } })) });

export const useGivePermissions = (roleId: string) =>
  useChange(stale, async ({ ids, ofApis }: { ids: string[]; ofApis: boolean }) => {
    const params = { path: { id: roleId } };
    await (ofApis
      ? take(api().POST('/api/organization-roles/{id}/resource-scopes', { params, body: { scopeIds: ids } }))
      : take(api().POST('/api/organization-roles/{id}/scopes', { params, body: { organizationScopeIds: ids } })));
  });

export const useTakePermission = (roleId: string) =>
  useChange(stale, async ({ id, api: apiName }: HeldPermission) => {
    const path = { id: roleId };
    await (apiName === undefined
      ? take(
          api().DELETE('/api/organization-roles/{id}/scopes/{organizationScopeId}', {
            params: { path: { ...path, organizationScopeId: id } },
          }),
        )
      : take(
          api().DELETE('/api/organization-roles/{id}/resource-scopes/{scopeId}', { params: { path: { ...path, scopeId: id } } }),
        ));
  });

export const useSaveOrganizationPermission = () =>
  useChange(stale, ({ id, ...body }: { id?: string; name: string; description: string }) => {
    if (!id) return take(api().POST('/api/organization-scopes', { body }));
    return take(api().PATCH('/api/organization-scopes/{id}', { params: { path: { id } }, body }));
  });

export const useDeleteOrganizationPermission = () =>
  useChange(stale, (id: string) => take(api().DELETE('/api/organization-scopes/{id}', { params: { path: { id } } })));
