/** An error that no page caught: what it means for the person, a way on, and the details for whoever is told of it. */
import { Button, Code } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { isNotFound } from '@/api/errors';
import { EmptyState } from '@/components/EmptyState';
import { ButtonLink } from '@/components/links';
import { useT } from '@/i18n/I18n';
import { NotFound } from './NotFound';

export const Crashed = ({ error }: ErrorComponentProps) => {
  const t = useT();
  if (isNotFound(error)) return <NotFound />;
  return (
    <div role="alert">
      <EmptyState isPage icon={IconBug} title={t('navigation.crashed.title')} description={t('navigation.crashed.description')}>
        <Button onClick={() => window.location.reload()}>{t('navigation.crashed.reload')}</Button>
        <ButtonLink to="/dashboard" variant="default">
          {t('navigation.notFound.home')}
        </ButtonLink>
      </EmptyState>
      <Code block maw="40rem" mx="auto">
        {String(error)}
      </Code>
    </div>
  );
};
