/** How many people there are, and how many of them come. */
import { SimpleGrid } from '@mantine/core';
import type { Shape } from '@/api/client';
import { useT } from '@/i18n/I18n';
import { StatTile } from './StatTile';

type Users = { total: number; fresh: Shape<'NewUsers'>; active: Shape<'ActiveUsers'> };

type Props = { users: Users | undefined; isFailed: boolean };

export const UserTiles = ({ users, isFailed }: Props) => {
  const t = useT();
  const count = users?.fresh.last7Days.count ?? 0;
  const absent = isFailed ? null : undefined;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing={{ base: 'sm', sm: 'lg' }}>
      <StatTile
        label={t('dashboard.tiles.users')}
        value={users?.total ?? absent}
        note={users ? t('dashboard.tiles.newThisWeek', { count }) : ''}
      />
      <StatTile
        label={t('dashboard.tiles.active')}
        value={users?.active.dau.count ?? absent}
        delta={users?.active.dau.delta}
        note={t('dashboard.tiles.againstYesterday')}
      />
      <StatTile
        label={t('dashboard.tiles.weekly')}
        value={users?.active.wau.count ?? absent}
        delta={users?.active.wau.delta}
        note={t('dashboard.tiles.againstLastWeek')}
      />
      <StatTile
        label={t('dashboard.tiles.monthly')}
        value={users?.active.mau.count ?? absent}
        delta={users?.active.mau.delta}
        note={t('dashboard.tiles.againstLastMonth')}
      />
    </SimpleGrid>
  );
};
