/** The list of pages at the side. */
import { NavLink, Text } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { useT } from '@/i18n/I18n';
import { navigationGroups } from './navigation';
import classes from './Shell.module.css';

const RouterNavLink = createLink(NavLink<'a'>);

export const Navigation = ({ onNavigate }: { onNavigate: () => void }) => {
  const t = useT();
  return navigationGroups.map(({ label, entries }) => (
    <div key={label} className={classes.group}>
      <Text className={classes.groupLabel}>{t(label)}</Text>
      {entries.map(({ to, label: entry, icon: Icon }) => (
        <RouterNavLink
          key={entry}
          to={to}
          label={t(entry)}
          leftSection={<Icon size={18} stroke={1.7} />}
          className={classes.link}
          activeProps={{ active: true, 'aria-current': 'page' }}
          onClick={onNavigate}
        />
      ))}
    </div>
  ));
};
