/** How people sign in. */
import { IconPalette } from '@tabler/icons-react';
import { createFileRoute } from '@tanstack/react-router';
import { EmptyState } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { Surface } from '@/components/Surface';
import { useT } from '@/i18n/I18n';

const SignInExperiencePage = () => {
  const t = useT();
  return (
    <>
      <PageHeader title={t('signInExperience.title')} description={t('signInExperience.description')} />
      <Surface>
        <EmptyState icon={IconPalette} title={t('common.soon.title')} description={t('common.soon.description')} />
      </Surface>
    </>
  );
};

export const Route = createFileRoute('/_app/sign-in-experience')({ component: SignInExperiencePage });
