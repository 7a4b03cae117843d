/** A new application: what it is built with, then its name and where people return to. The choice is in the URL. */
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { BackLink } from '@/components/DetailPage';
import { PageHeader } from '@/components/PageHeader';
import type { Application } from '@/features/applications/application';
import { CreateApplication } from '@/features/applications/CreateApplication';
import { FrameworkCards, thirdPartyCard } from '@/features/applications/FrameworkCards';
import { type Framework, frameworkOf } from '@/features/guides/frameworks';
import { useT } from '@/i18n/I18n';

const CreateApplicationPage = () => {
  const t = useT();
  const navigate = useNavigate();
  const { framework } = Route.useSearch();
  const isThirdParty = framework === thirdPartyCard;
  const choose = (id?: string) => void navigate({ to: '/applications/create', search: id ? { framework: id } : {} });
  const open = ({ id }: Application, { id: chosen }: Framework) =>
    void navigate({ to: '/applications/$id/guide', params: { id }, search: { framework: chosen }, replace: true });
  return (
    <>
      <BackLink to="/applications" label={t('applications.title')} />
      <PageHeader title={t('applications.create')} description={t('applications.wizard.description')} />
      <FrameworkCards onChoose={choose} />
      <CreateApplication
        framework={frameworkOf(isThirdParty ? 'openid-connect' : framework)}
        isThirdParty={isThirdParty}
        onClose={() => choose()}
        onCreated={open}
      />
    </>
  );
};

export const Route = createFileRoute('/_app/applications/create')({
  validateSearch: ({ framework }: Record<string, unknown>): { framework?: string } =>
    typeof framework === 'string' ? { framework } : {},
  component: CreateApplicationPage,
});
