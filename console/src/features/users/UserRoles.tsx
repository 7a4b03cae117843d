/** The tab with the roles of a user, which count everywhere. */
import { useQuery } from '@tanstack/react-query';
import { useListState } from '@/components/listState';
import { useT } from '@/i18n/I18n';
import { HeldRoles } from '../roles/HeldRoles';
import { findRoles, rolesOfUserQuery, useGiveRoles, useTakeRole } from './belongings';

export const UserRoles = ({ userId }: { userId: string }) => {
  const t = useT();
  const { q, page } = useListState();
  return (
    <HeldRoles
      holder={userId}
      label={t('users.tabs.roles')}
      query={useQuery(rolesOfUserQuery(userId, { q, page }))}
      emptyDescription={t('users.roles.empty')}
      find={(search) => findRoles(userId, search)}
      noneLeft={t('users.roles.noneLeft')}
      onGive={useGiveRoles(userId).mutateAsync}
      onTake={useTakeRole(userId).mutateAsync}
    />
  );
};
