/** The roles that a user or a machine holds: the same list for both. */
import { IconShieldLock } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { AssignedList } from '@/components/AssignedList';
import { descriptionColumn, removeColumn } from '@/components/columns';
import { AnchorLink } from '@/components/links';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import type { Role } from './queries';

type List = ComponentProps<typeof AssignedList<Role>>;

type Props = Pick<List, 'label' | 'query' | 'emptyDescription'> & {
  /** Names the holder in the cache. */
  holder: string;
  /** Roles that the holder does not have yet. */
  find: List['candidates']['load'];
  /** Said when there are none. */
  noneLeft: string;
  onGive: (roleIds: string[]) => Promise<unknown>;
  onTake: (roleId: string) => Promise<unknown>;
};

export const HeldRoles = ({ holder, find, noneLeft, onGive, onTake, ...list }: Props) => {
  const t = useT();
  // Giving it back is two clicks, so nobody is asked.
  const take = async ({ id, name }: Role) => {
    await onTake(id);
    toast(t('roles.held.taken', { name }));
  };
  return (
    <AssignedList
      {...list}
      columns={[
        {
          id: 'name',
          header: t('roles.held.role'),
          cell: ({ id, name }) => (
            <AnchorLink to="/roles/$id" params={{ id }} fw={600} size="sm" className="breakable">
              {name}
            </AnchorLink>
          ),
        },
        descriptionColumn(t),
        removeColumn(t, take),
      ]}
      icon={IconShieldLock}
      emptyTitle={t('roles.held.empty')}
      searchLabel={t('roles.search')}
      addLabel={t('roles.held.give')}
      candidates={{
        queryKey: ['roles', 'not-of', holder],
        load: find,
        onPick: async (ids) => {
          await onGive(ids);
          toast(t('roles.held.given', { count: ids.length }));
        },
        emptyText: noneLeft,
      }}
    />
  );
};
