/** Who is signed in; language, appearance, the way out. */
import { Avatar, Group, Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconLogout, IconUserCircle } from '@tabler/icons-react';
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
        <UnstyledButton aria-label={t('navigation.account.label')} style={{ borderRadius: '50%' }}>
          <Avatar src={claims?.picture} name={name} color="signet" size={34} />
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
    <>
      <Menu.Label>{t('navigation.account.language')}</Menu.Label>
      {languages.map((language) => (
        <Menu.Item
          key={language.tag}
          lang={language.tag}
          role="menuitemradio"
          aria-checked={language.tag === tag}
          onClick={() => void change(language.tag)}
          rightSection={language.tag === tag && <IconCheck size={15} aria-hidden />}
        >
          {language.name}
        </Menu.Item>
      ))}
    </>
  );
};

const Appearance = () => {
  const t = useT();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const label = t('navigation.account.appearance');
  return (
    <>
      <Menu.Label>{label}</Menu.Label>
      <SegmentedControl
        aria-label={label}
        fullWidth
        size="xs"
        mx="xs"
        mb="xs"
        value={colorScheme}
        onChange={(value) => setColorScheme(value as typeof colorScheme)}
        data={[
          { value: 'light', label: t('navigation.account.light') },
          { value: 'dark', label: t('navigation.account.dark') },
          { value: 'auto', label: t('navigation.account.system') },
        ]}
      />
    </>
  );
};
