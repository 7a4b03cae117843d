/** What the pages of roles ask and change. */
import { keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query';
import { useChange as useChangeOf } from '@/api/change';
import { api, pattern, type Shape, take, takePage } from '@/api/client';
import { pageSize } from '@/components/listState';

export type Role = Shape<'RoleResponse'>;
export type ListedRole = Shape<'RoleWithHolders'>;
export type RolePermission = Shape<'ScopeWithResource'>;

export const roleTypes = ['User', 'MachineToMachine'] as const;
export type RoleType = (typeof roleTypes)[number];

export const isForMachines = ({ type }: { type: string }) => type === 'MachineToMachine';

type ListState = { q?: string; page?: number };

const listQuery = ({ q, page = 1 }: ListState) => {
  const search = pattern(q);
  return { page, page_size: pageSize, ...(search && { search }) };
};

export const rolesQuery = ({ type, ...state }: ListState & { type?: string }) =>
  queryOptions({
    queryKey: ['roles', 'list', state.q, type, state.page],
    queryFn: () => takePage(api().GET('/api/roles', { params: { query: { ...listQuery(state), ...(type && { type }) } } })),
    placeholderData: keepPreviousData,
  });

export const roleQuery = (id: string) =>
  queryOptions({
    queryKey: ['roles', id],
    queryFn: () => take(api().GET('/api/roles/{id}', { params: { path: { id } } })),
  });

export const rolePermissionsQuery = (id: string, state: ListState) =>
  queryOptions({
    queryKey: ['roles', id, 'permissions', state.q, state.page],
    queryFn: () => takePage(api().GET('/api/roles/{id}/scopes', { params: { path: { id }, query: listQuery(state) } })),
    placeholderData: keepPreviousData,
  });

export const roleUsersQuery = (id: string, state: ListState) =>
  queryOptions({
    queryKey: ['roles', id, 'users', state.q, state.page],
    queryFn: () => takePage(api().GET('/api/roles/{id}/users', { params: { path: { id }, query: listQuery(state) } })),
    placeholderData: keepPreviousData,
  });

export const roleApplicationsQuery = (id: string, state: ListState) =>
  queryOptions({
    queryKey: ['roles', id, 'applications', state.q, state.page],
    queryFn: () => takePage(api().GET('/api/roles/{id}/applications', { params: { path: { id }, query: listQuery(state) } })),
    placeholderData: keepPreviousData,
  });

/** Who holds roles is shown with people and applications too, so those are asked anew as well. */
const subjects = ['roles', 'users', 'applications'];

const useChange = <Input, Output>(change: (input: Input) => Promise<Output>) => useChangeOf(subjects, change);

export const useCreateRole = () => useChange((body: Shape<'CreateRole'>) => take(api().POST('/api/roles', { body })));

export const useSaveRole = (id: string) =>
  useChange((body: Shape<'UpdateRole'>) => take(api().PATCH('/api/roles/{id}', { params: { path: { id } }, body })));

export const useDeleteRole = () =>
  useMutation({ mutationFn: (id: string) => take(api().DELETE('/api/roles/{id}', { params: { path: { id } } })) });

export const useAddPermissions = (id: string) =>
  useChange((scopeIds: string[]) => take(api().POST('/api/roles/{id}/scopes', { params: { path: { id } }, body: { scopeIds } })));

export const useRemovePermission = (id: string) =>
  useChange((scopeId: string) => take(api().DELETE('/api/roles/{id}/scopes/{scopeId}', { params: { path: { id, scopeId } } })));

export const useAddUsers = (id: string) =>
  useChange((userIds: string[]) => take(api().POST('/api/roles/{id}/users', { params: { path: { id } }, body: { userIds } })));

export const useRemoveUser = (id: string) =>
  useChange((userId: string) => take(api().DELETE('/api/roles/{id}/users/{userId}', { params: { path: { id, userId } } })));

export const useAddApplications = (id: string) =>
  useChange((applicationIds: string[]) =>
    take(api().POST('/api/roles/{id}/applications', { params: { path: { id } }, body: { applicationIds } })),
  );

export const useRemoveApplication = (id: string) =>
  useChange((applicationId: string) =>
    take(api().DELETE('/api/roles/{id}/applications/{applicationId}', { params: { path: { id, applicationId } } })),
  );
