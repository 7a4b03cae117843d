/** The organization template: the roles and permissions of all organizations. */
import { createFileRoute } from '@tanstack/react-router';
import { UrlTabs } from '@/components/DetailPage';
import { listSearch, tabSearch } from '@/components/listState';
import { PageHeader } from '@/components/PageHeader';
import { OrganizationPermissions } from '@/features/organizationTemplate/OrganizationPermissions';
import { OrganizationRoles } from '@/features/organizationTemplate/OrganizationRoles';
import { useT } from '@/i18n/I18n';

const OrganizationTemplatePage = () => {
  const t = useT();
  return (
    <>
      <PageHeader title={t('organizationTemplate.title')} description={t('organizationTemplate.description')} />
      <UrlTabs
        tabs={[
          { id: 'roles', label: t('organizationTemplate.tabs.roles'), content: <OrganizationRoles /> },
          { id: 'permissions', label: t('organizationTemplate.tabs.permissions'), content: <OrganizationPermissions /> },
        ]}
      />
    </>
  );
};

export const Route = createFileRoute('/_app/organization-template/')({
  validateSearch: (search: Record<string, unknown>) => ({ ...listSearch()(search), ...tabSearch(search) }),
  component: OrganizationTemplatePage,
});
