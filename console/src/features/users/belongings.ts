/** What a user holds: roles, organizations, sessions, grants. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { useChange } from '@/api/change';
import { api, pattern, type Shape, take, takePage } from '@/api/client';
import { pageSize } from '@/components/listState';
import type { Choice } from '@/components/PickDialog';

export type Session = Shape<'SessionResponse'>;
export type Grant = Shape<'GrantResponse'>;

const all = <Item>(items: Item[]) => ({ items, total: items.length });

export const rolesOfUserQuery = (userId: string, { q, page = 1 }: { q?: string; page?: number }) =>
  queryOptions({
    queryKey: ['users', userId, 'roles', q, page],
    queryFn: () => {
      const search = pattern(q);
      const query = { page, page_size: pageSize, ...(search && { search }) };
      return takePage(api().GET('/api/users/{userId}/roles', { params: { path: { userId }, query } }));
    },
    placeholderData: keepPreviousData,
  });

/** Roles for people that the user does not have yet. */
export const findRoles = async (userId: string, typed: string): Promise<Choice[]> => {
  const search = pattern(typed);
  const query = { page: 1, page_size: 50, type: 'User', excludeUserId: userId, ...(search && { search }) };
  const roles = await take(api().GET('/api/roles', { params: { query } }));
  return roles.map(({ id, name, description }) => ({ id, label: name, detail: description }));
};

export const useGiveRoles = (userId: string) =>
  useChange(['users', 'roles'], (roleIds: string[]) =>
    take(api().POST('/api/users/{userId}/roles', { params: { path: { userId } }, body: { roleIds } })),
  );

export const useTakeRole = (userId: string) =>
  useChange(['users', 'roles'], (roleId: string) =>
    take(api().DELETE('/api/users/{userId}/roles/{roleId}', { params: { path: { userId, roleId } } })),
  );

export const organizationsOfUserQuery = (userId: string) =>
  queryOptions({
    queryKey: ['users', userId, 'organizations'],
    queryFn: async () => all(await take(api().GET('/api/users/{userId}/organizations', { params: { path: { userId } } }))),
  });

export const sessionsQuery = (userId: string) =>
  queryOptions({
    queryKey: ['users', userId, 'sessions'],
    queryFn: async () => all((await take(api().GET('/api/users/{userId}/sessions', { params: { path: { userId } } }))).sessions),
  });

export const grantsQuery = (userId: string) =>
  queryOptions({
    queryKey: ['users', userId, 'grants'],
    queryFn: async () => all((await take(api().GET('/api/users/{userId}/grants', { params: { path: { userId } } }))).grants),
  });

/** Ends a session; with `withGrants`, what applications were given in it as well. */
export const useEndSession = (userId: string) =>
  useChange(['users'], ({ sessionId, withGrants }: { sessionId: string; withGrants: boolean }) => {
    const query = withGrants ? { revokeGrantsTarget: 'all' } : {};
    return take(api().DELETE('/api/users/{userId}/sessions/{sessionId}', { params: { path: { userId, sessionId }, query } }));
  });

export const useRevokeGrant = (userId: string) =>
  useChange(['users'], (grantId: string) =>
    take(api().DELETE('/api/users/{userId}/grants/{grantId}', { params: { path: { userId, grantId } } })),
  );
