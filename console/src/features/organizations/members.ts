/** Who belongs to an organization, people and machines, and with which roles. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { useChange } from '@/api/change';
import { api, pattern, type Shape, take, takePage } from '@/api/client';
import { pageSize } from '@/components/listState';
import type { Choice } from '@/components/PickDialog';
import { personDetail, personName } from '@/features/users/person';

export type Member = Shape<'OrganizationUser'>;
export type Machine = Shape<'OrganizationApplication'>;

type Search = { q?: string; page?: number };

export const membersQuery = (id: string, { q, page = 1, role }: Search & { role?: string }) =>
  queryOptions({
    queryKey: ['organizations', id, 'members', q, role, page],
    queryFn: () => {
      const query = { page, page_size: pageSize, ...(q && { q }), ...(role && { organizationRoleId: role }) };
      return takePage(api().GET('/api/organizations/{id}/users', { params: { path: { id }, query } }));
    },
    placeholderData: keepPreviousData,
  });

export const machinesQuery = (id: string, { q, page = 1 }: Search) =>
  queryOptions({
    queryKey: ['organizations', id, 'machines', q, page],
    queryFn: () => {
      const query = { page, page_size: pageSize, ...(q && { q }) };
      return takePage(api().GET('/api/organizations/{id}/applications', { params: { path: { id }, query } }));
    },
    placeholderData: keepPreviousData,
  });

/** People who are not members yet. */
export const findPeople = async (organizationId: string, typed: string): Promise<Choice[]> => {
  const search = pattern(typed);
  const query = { page: 1, page_size: 50, excludeOrganizationId: organizationId, ...(search && { search }) };
  const people = await take(api().GET('/api/users', { params: { query } }));
  return people.map((person) => ({ id: person.id, label: personName(person), detail: personDetail(person) ?? person.id }));
};

/** Machine-to-machine applications that are not members yet. */
export const findMachines = async (organizationId: string, typed: string): Promise<Choice[]> => {
  const search = pattern(typed);
  const query = {
    page: 1,
    page_size: 50,
    types: ['MachineToMachine'],
    excludeOrganizationId: organizationId,
    ...(search && { search }),
  };
  const machines = await take(api().GET('/api/applications', { params: { query } }));
  return machines.map(({ id, name, description }) => ({ id, label: name, detail: description || id }));
};

/** The organization, and what it says of its members and of the users who are in it. */
const stale = ['organizations', 'users'];

type Added = { ids: string[]; roleIds: string[] };

export const useAddMembers = (id: string) =>
  useChange(stale, async ({ ids, roleIds }: Added) => {
    const params = { path: { id } };
    await take(api().POST('/api/organizations/{id}/users', { params, body: { userIds: ids } }));
    if (roleIds.length === 0) return;
    const body = { userIds: ids, organizationRoleIds: roleIds };
    await take(api().POST('/api/organizations/{id}/users/roles', { params, body }));
  });

export const useAddMachines = (id: string) =>
  useChange(stale, async ({ ids, roleIds }: Added) => {
    const params = { path: { id } };
    await take(api().POST('/api/organizations/{id}/applications', { params, body: { applicationIds: ids } }));
    if (roleIds.length === 0) return;
    const body = { applicationIds: ids, organizationRoleIds: roleIds };
    await take(api().POST('/api/organizations/{id}/applications/roles', { params, body }));
  });

export const useSetMemberRoles = (id: string) =>
  useChange(stale, ({ memberId, roleIds }: { memberId: string; roleIds: string[] }) => {
    const params = { path: { id, userId: memberId } };
    const body = { organizationRoleIds: roleIds };
    return take(api().PUT('/api/organizations/{id}/users/{userId}/roles', { params, body }));
  });

/** The route for machines takes no empty list, so the last roles are removed one by one. */
export const useSetMachineRoles = (id: string) =>
  useChange(stale, async ({ memberId, roleIds, before }: { memberId: string; roleIds: string[]; before: string[] }) => {
    const path = { id, applicationId: memberId };
    if (roleIds.length > 0) {
      const body = { organizationRoleIds: roleIds };
      await take(api().PUT('/api/organizations/{id}/applications/{applicationId}/roles', { params: { path }, body }));
      return;
    }
    for (const organizationRoleId of before) {
      const params = { path: { ...path, organizationRoleId } };
      await take(api().DELETE('/api/organizations/{id}/applications/{applicationId}/roles/{organizationRoleId}', { params }));
    }
  });

export const useRemoveMember = (id: string) =>
  useChange(stale, (userId: string) =>
    take(api().DELETE('/api/organizations/{id}/users/{userId}', { params: { path: { id, userId } } })),
  );

export const useRemoveMachine = (id: string) =>
  useChange(stale, (applicationId: string) =>
    take(api().DELETE('/api/organizations/{id}/applications/{applicationId}', { params: { path: { id, applicationId } } })),
  );
