/** The page of one thing: the way back, its name and identifier, what can be done with it, and its parts as tabs. */
import { Box, Group, Tabs, Text, ThemeIcon, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconChevronLeft } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ComponentType, type ReactNode, useEffect, useRef } from 'react';
import { CopyableText } from './CopyButton';
import classes from './DetailPage.module.css';
import { AnchorLink } from './links';

type Tab = { id: string; label: string; content: ReactNode };

type Props = {
  /** The list that this is from; `to` is a path of the console. */
  back: { to: string; label: string };
  icon: ComponentType<{ size?: number; stroke?: number }>;
  /** In the place of the icon, such as a person's picture. */
  picture?: ReactNode;
  title: string;
  badges?: ReactNode;
  /** The identifier, with what it is called. */
  identifier?: { label: string; value: string };
  actions?: ReactNode;
  /** Something to know before the tabs: an alert. */
  notice?: ReactNode;
  tabs: Tab[];
};

export const DetailPage = ({ back, notice, tabs, ...header }: Props) => (
  <>
    <Header back={back} {...header} />
    {notice}
    <UrlTabs tabs={tabs} />
  </>
);

export const BackLink = ({ to, label }: Props['back']) => (
  <AnchorLink
    to={to}
    size="sm"
    c="dimmed"
    display="inline-flex"
    mb="sm"
    style={{ alignItems: 'center', gap: 2, marginInlineStart: -5 }}
  >
    <IconChevronLeft size={16} aria-hidden />
    {label}
  </AnchorLink>
);

const Header = ({ back, icon: Icon, picture, title, badges, identifier, actions }: Omit<Props, 'notice' | 'tabs'>) => {
  useDocumentTitle(`${title} · Signet`);
  return (
    <div className={classes.header}>
      <div className={classes.back}>
        <BackLink {...back} />
      </div>
      <Group gap="md" wrap="nowrap" align="flex-start" miw={0} className={classes.name}>
        {picture ?? (
          <ThemeIcon size={48} radius="lg" variant="light">
            <Icon size={24} stroke={1.6} />
          </ThemeIcon>
        )}
        <Box miw={0}>
          <Group gap="xs">
            <Title order={1} className="breakable">
              {title}
            </Title>
            {badges}
          </Group>
          {identifier && (
            <Group gap={6} wrap="nowrap" align="baseline" c="dimmed">
              <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
                {identifier.label}
              </Text>
              <CopyableText {...identifier} />
            </Group>
          )}
        </Box>
      </Group>
      {actions && (
        <Group gap="sm" wrap="nowrap" className={classes.actions}>
          {actions}
        </Group>
      )}
    </div>
  );
};

/** Tabs whose choice is in the URL. Only the chosen one is there, so each loads when it is opened. */
export const UrlTabs = ({ tabs }: { tabs: Tab[] }) => {
  const search = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const first = tabs[0]?.id ?? '';
  const chosen = tabs.find(({ id }) => id === search.tab)?.id ?? first;
  const choose = (tab: string | null) => {
    void navigate({ to: '.', search: (tab === null || tab === first ? {} : { tab }) as never });
  };
  const list = useRef<HTMLDivElement>(null);
  // A link may lead to a tab for which a phone has no room at first.
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>(`[aria-selected='true']`);
    if (tab) list.current?.scrollTo({ left: tab.offsetLeft - 48 });
  }, []);
  return (
    <Tabs value={chosen} onChange={choose} keepMounted={false}>
      <Tabs.List mb="lg" className={classes.tabs} ref={list}>
        {tabs.map(({ id, label }) => (
          <Tabs.Tab key={id} value={id}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ id, content }) => (
        <Tabs.Panel key={id} value={id}>
          {content}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
};
