/** The way to a first token with a claim of one's own, until it has been walked or put away. */
import { CloseButton, Group, Text, ThemeIcon, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconCheck, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { Surface } from '@/components/Surface';
import { useT } from '@/i18n/I18n';
import type { PhraseKey } from '@/i18n/types';
import classes from './GettingStarted.module.css';
import { progressQuery } from './queries';

type Step = { id: 'script' | 'api' | 'application' | 'token'; to: LinkProps['to']; isDone: boolean };

export const GettingStarted = () => {
  const t = useT();
  const { data } = useQuery(progressQuery);
  const [isPutAway, setPutAway] = useLocalStorage({
    key: 'signet.console.getting-started',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  if (!data || isPutAway) return null;
  const steps: Step[] = [
    { id: 'script', to: '/customize-jwt', isDone: data.hasScript },
    { id: 'api', to: '/api-resources', isDone: data.hasApi },
    { id: 'application', to: '/applications/create', isDone: data.hasApplication },
    { id: 'token', to: '/applications', isDone: data.hasToken },
  ];
  if (steps.every(({ isDone }) => isDone)) return null;
  return (
    <Surface p={{ base: 'md', sm: 'lg' }} mb="lg" aria-label={t('dashboard.start.title')}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" mb="md">
        <div>
          <Title order={2} fz="md">
            {t('dashboard.start.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('dashboard.start.description')}
          </Text>
        </div>
        <CloseButton onClick={() => setPutAway(true)} aria-label={t('dashboard.start.putAway')} />
      </Group>
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          <li key={step.id}>
            <StepLink number={index + 1} {...step} />
          </li>
        ))}
      </ol>
    </Surface>
  );
};

const StepLink = ({ id, to, isDone, number }: Step & { number: number }) => {
  const t = useT();
  const phrase = (part: 'title' | 'description'): PhraseKey => `dashboard.start.${id}.${part}`;
  return (
    <Link to={to} className={classes.step} data-done={isDone || undefined}>
      <ThemeIcon
        size={28}
        radius="xl"
        variant={isDone ? 'filled' : 'light'}
        aria-label={isDone ? t('dashboard.start.done') : undefined}
      >
        {isDone ? <IconCheck size={16} /> : number}
      </ThemeIcon>
      <span>
        <Text span fw={600} size="sm" display="block">
          {t(phrase('title'))}
        </Text>
        <Text span size="xs" c="dimmed" display="block">
          {t(phrase('description'))}
        </Text>
      </span>
      <IconChevronRight size={16} className={classes.arrow} aria-hidden />
    </Link>
  );
};
