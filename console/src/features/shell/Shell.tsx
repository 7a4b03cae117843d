/** The frame: header, navigation and the page, from phones to wide screens. */
import { AppShell, Burger, Group, ScrollArea } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useT } from '@/i18n/I18n';
import { AccountMenu } from './AccountMenu';
import { Logo } from './Logo';
import { Navigation } from './Navigation';
import { SessionOver } from './SessionOver';
import classes from './Shell.module.css';
import { useFocusOnPage } from './useFocusOnPage';

export const Shell = ({ children }: { children: ReactNode }) => {
  const t = useT();
  const [isOpen, { toggle, close }] = useDisclosure();
  useFocusOnPage('content');
  useHotkeys([['Escape', close, { preventDefault: false }]]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 256, breakpoint: 'md', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <button type="button" className={classes.skip} onClick={() => document.getElementById('content')?.focus()}>
        {t('navigation.skip')}
      </button>
      <AppShell.Header className={classes.header}>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="md"
              size="sm"
              aria-label={isOpen ? t('navigation.close') : t('navigation.open')}
              aria-expanded={isOpen}
            />
            <Link to="/dashboard" style={{ color: 'inherit', textDecoration: 'none' }}>
              <Logo />
            </Link>
          </Group>
          <AccountMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label={t('navigation.label')}>
        <ScrollArea p="sm" pt="md" type="auto">
          <Navigation onNavigate={close} />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main className={classes.main}>
        <div id="content" tabIndex={-1} className={classes.content} style={{ outline: 'none' }}>
          {children}
        </div>
      </AppShell.Main>
      <SessionOver />
    </AppShell>
  );
};
