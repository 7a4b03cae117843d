/** The keys that sign tokens, and those that sign cookies. */
import { Stack } from '@mantine/core';
import { createFileRoute } from '@tanstack/react-router';
import { PageHeader } from '@/components/PageHeader';
import { Keys } from '@/features/signingKeys/Keys';
import { useT } from '@/i18n/I18n';

const SigningKeysPage = () => {
  const t = useT();
  return (
    <>
      <PageHeader title={t('signingKeys.title')} description={t('signingKeys.description')} />
      <Stack gap="xl">
        <Keys kind="private-keys" />
        <Keys kind="cookie-keys" />
      </Stack>
    </>
  );
};

export const Route = createFileRoute('/_app/signing-keys')({ component: SigningKeysPage });
