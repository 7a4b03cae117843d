/** Who is signed in; language, appearance, the way out. */
import { Avatar, Group, Menu, Text, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { signOut, whoIsSignedIn } from '@/auth/client';
import { useI18n, useT } from '@/i18n/I18n';
import { languages } from '@/i18n/languages';

export const AccountMenu = () => {
  const t = useT();
  const { data: claims } = useQuery({
    queryKey: ['who-is-signed-in'],
    queryFn: whoIsSignedIn,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const name = claims?.name || claims?.username || claims?.email || '';
  return (
    <Menu position="bottom-end" width={260} shadow="md" closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton style={{ borderRadius: '50%' }}>
          <VisuallyHidden>{t('navigation.account.label')}</VisuallyHidden>
          <span aria-hidden>
            <Avatar src={claims?.picture} name={name} color="signet" size={34} />
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Group px="sm" py="xs" gap="sm" wrap="nowrap">
          <Avatar src={claims?.picture} name={name} color="signet" size={34} />
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={600} truncate>
              {name}
            </Text>
            {claims?.email && claims.email !== name && (
              <Text size="xs" c="dimmed" truncate>
                {claims.email}
              </Text>
            )}
          </div>
        </Group>
        <Menu.Divider />
        <Menu.Item component={Link} to="/profile" leftSection={<IconUserCircle size={16} />} closeMenuOnClick>
          {t('navigation.account.profile')}
        </Menu.Item>
        <Menu.Divider />
        <Languages />
        <Menu.Divider />
        <Appearance />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {t('navigation.account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

const Languages = () => {
  const t = useT();
  const { tag, change } = useI18n();
  return (
    <Menu.RadioGroup value={tag} onChange={(chosen) => void change(chosen)}>
      <Menu.Label>{t('navigation.account.language')}</Menu.Label>
      {languages.map((language) => (
        <Menu.RadioItem key={language.tag} value={language.tag} lang={language.tag}>
          {language.name}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
};

const Appearance = () => {
  const t = useT();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu.RadioGroup value={colorScheme} onChange={(chosen) => setColorScheme(chosen as typeof colorScheme)}>
      <Menu.Label>{t('navigation.account.appearance')}</Menu.Label>
      <Menu.RadioItem value="light">{t('navigation.account.light')}</Menu.RadioItem>
      <Menu.RadioItem value="dark">{t('navigation.account.dark')}</Menu.RadioItem>
      <Menu.RadioItem value="auto">{t('navigation.account.system')}</Menu.RadioItem>
    </Menu.RadioGroup>
  );
};
