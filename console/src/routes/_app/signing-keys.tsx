/** The keys that sign. */
import { IconCertificate } from '@tabler/icons-react';
import { createFileRoute } from '@tanstack/react-router';
import { EmptyState } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { Surface } from '@/components/Surface';
import { useT } from '@/i18n/I18n';

const SigningKeysPage = () => {
  const t = useT();
  return (
    <>
      <PageHeader title={t('signingKeys.title')} description={t('signingKeys.description')} />
      <Surface>
        <EmptyState icon={IconCertificate} title={t('common.soon.title')} description={t('common.soon.description')} />
      </Surface>
    </>
  );
};

export const Route = createFileRoute('/_app/signing-keys')({ component: SigningKeysPage });
