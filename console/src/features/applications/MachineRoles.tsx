/** The tab with the roles of a machine: what it may do everywhere. */
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api, pattern, take, takePage } from '@/api/client';
import { pageSize, useListState } from '@/components/listState';
import type { Choice } from '@/components/PickDialog';
import { useT } from '@/i18n/I18n';
import { HeldRoles } from '../roles/HeldRoles';
import { useChange } from './queries';

const rolesQuery = (applicationId: string, { q, page }: { q: string; page: number }) =>
  queryOptions({
    queryKey: ['applications', applicationId, 'roles', q, page],
    queryFn: () => {
      const search = pattern(q);
      const query = { page, page_size: pageSize, ...(search && { search }) };
      return takePage(api().GET('/api/applications/{applicationId}/roles', { params: { path: { applicationId }, query } }));
    },
    placeholderData: keepPreviousData,
  });

/** Roles for machines that this one does not have yet. */
const findRoles = async (applicationId: string, typed: string): Promise<Choice[]> => {
  const search = pattern(typed);
  const query = { type: 'MachineToMachine', excludeApplicationId: applicationId, page: 1, page_size: 50 };
  const roles = await take(api().GET('/api/roles', { params: { query: { ...query, ...(search && { search }) } } }));
  return roles.map(({ id, name, description }) => ({ id, label: name, detail: description }));
};

export const MachineRoles = ({ applicationId }: { applicationId: string }) => {
  const t = useT();
  const give = useChange((roleIds: string[]) =>
    take(api().POST('/api/applications/{applicationId}/roles', { params: { path: { applicationId } }, body: { roleIds } })),
  );
  const takeAway = useChange((roleId: string) =>
    take(api().DELETE('/api/applications/{applicationId}/roles/{roleId}', { params: { path: { applicationId, roleId } } })),
  );
  return (
    <HeldRoles
      holder={applicationId}
      label={t('applications.tabs.roles')}
      query={useQuery(rolesQuery(applicationId, useListState()))}
      emptyDescription={t('applications.roles.empty')}
      find={(search) => findRoles(applicationId, search)}
      noneLeft={t('applications.roles.none')}
      onGive={give.mutateAsync}
      onTake={takeAway.mutateAsync}
    />
  );
};
