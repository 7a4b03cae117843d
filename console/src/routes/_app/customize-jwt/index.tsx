/** The claims scripts. */
import { IconCode } from '@tabler/icons-react';
import { createFileRoute } from '@tanstack/react-router';
import { EmptyState } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { Surface } from '@/components/Surface';
import { useT } from '@/i18n/I18n';

const CustomJwtPage = () => {
  const t = useT();
  return (
    <>
      <PageHeader title={t('customJwt.title')} description={t('customJwt.description')} />
      <Surface>
        <EmptyState icon={IconCode} title={t('common.soon.title')} description={t('common.soon.description')} />
      </Surface>
    </>
  );
};

export const Route = createFileRoute('/_app/customize-jwt/')({ component: CustomJwtPage });
