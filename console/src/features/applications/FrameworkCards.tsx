/** The first step of a new application: what is it built with? */
import { SimpleGrid, Stack, Text, ThemeIcon, Title, UnstyledButton } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useT } from '@/i18n/I18n';
import { frameworks } from '../guides/frameworks';
import { useFrameworkName } from '../guides/useFrameworkName';
import { applicationTypes } from './application';
import classes from './FrameworkCards.module.css';

/** Beside the frameworks: an application of somebody else, which can speak OpenID Connect in any way. */
export const thirdPartyCard = 'third-party';

export const FrameworkCards = ({ onChoose }: { onChoose: (id: string) => void }) => {
  const t = useT();
  const nameOf = useFrameworkName();
  return (
    <Stack gap="xl">
      {applicationTypes.map((type) => (
        <section key={type} aria-labelledby={`frameworks-${type}`}>
          <Title order={2} fz="md" id={`frameworks-${type}`}>
            {t(`applications.types.${type}`)}
          </Title>
          <Text size="sm" c="dimmed" mb="sm">
            {t(`applications.typeHints.${type}`)}
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }} spacing="md">
            {frameworks
              .filter((framework) => framework.type === type && framework.id !== 'openid-connect')
              .map((framework) => (
                <Card
                  key={framework.id}
                  name={nameOf(framework)}
                  detail={framework.detail}
                  icon={framework.icon}
                  onClick={() => onChoose(framework.id)}
                />
              ))}
          </SimpleGrid>
        </section>
      ))}
      <section aria-labelledby="frameworks-other">
        <Title order={2} fz="md" id="frameworks-other" mb="sm">
          {t('applications.wizard.anything')}
        </Title>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }} spacing="md">
          {frameworks
            .filter(({ id }) => id === 'openid-connect')
            .map((framework) => (
              <Card
                key={framework.id}
                name={nameOf(framework)}
                detail={t('applications.wizard.openIdConnect')}
                icon={framework.icon}
                onClick={() => onChoose(framework.id)}
              />
            ))}
          <Card
            name={t('applications.thirdParty')}
            detail={t('applications.wizard.thirdParty')}
            icon={IconUsersGroup}
            onClick={() => onChoose(thirdPartyCard)}
          />
        </SimpleGrid>
      </section>
    </Stack>
  );
};

type CardProps = {
  name: string;
  detail: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  onClick: () => void;
};

const Card = ({ name, detail, icon: Icon, onClick }: CardProps) => (
  <UnstyledButton className={classes.card} onClick={onClick}>
    <ThemeIcon variant="light" size={40} radius="md">
      <Icon size={22} stroke={1.6} />
    </ThemeIcon>
    <div>
      <Text fw={600} size="sm">
        {name}
      </Text>
      <Text size="xs" c="dimmed">
        {detail}
      </Text>
    </div>
  </UnstyledButton>
);
