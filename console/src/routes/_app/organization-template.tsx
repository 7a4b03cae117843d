/** What all organizations share. */
import { IconBuildingCommunity } from '@tabler/icons-react';
import { createFileRoute } from '@tanstack/react-router';
import { EmptyState } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { Surface } from '@/components/Surface';
import { useT } from '@/i18n/I18n';

const OrganizationTemplatePage = () => {
  const t = useT();
  return (
    <>
      <PageHeader title={t('organizationTemplate.title')} description={t('organizationTemplate.description')} />
      <Surface>
        <EmptyState icon={IconBuildingCommunity} title={t('common.soon.title')} description={t('common.soon.description')} />
      </Surface>
    </>
  );
};

export const Route = createFileRoute('/_app/organization-template')({ component: OrganizationTemplatePage });
