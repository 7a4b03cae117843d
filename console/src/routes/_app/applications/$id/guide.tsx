/** How to build an application into what it is made with. The guide and the API are in the URL. */
import { IconSettings } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { BackLink } from '@/components/DetailPage';
import { Loaded } from '@/components/Loaded';
import { ButtonLink } from '@/components/links';
import { PageHeader } from '@/components/PageHeader';
import type { Application } from '@/features/applications/application';
import { applicationQuery } from '@/features/applications/queries';
import { frameworkOf, frameworksFor } from '@/features/guides/frameworks';
import { Guide } from '@/features/guides/Guide';
import { useFrameworkName } from '@/features/guides/useFrameworkName';
import { useT } from '@/i18n/I18n';

type Search = { framework?: string; api?: string };

const GuidePage = () => {
  const t = useT();
  const { id } = Route.useParams();
  return (
    <Loaded query={useQuery(applicationQuery(id))} back={{ to: '/applications', label: t('applications.title') }}>
      {(application) => <Page application={application} />}
    </Loaded>
  );
};

const Page = ({ application }: { application: Application }) => {
  const t = useT();
  const navigate = useNavigate();
  const { framework: wanted, api } = Route.useSearch();
  const { id, name, type } = application;
  const nameOf = useFrameworkName();
  const fitting = frameworksFor(type);
  const framework = fitting.find((one) => one === frameworkOf(wanted)) ?? fitting[0];
  const choose = (choice: { framework?: string; api?: string | undefined }) =>
    void navigate({
      to: '/applications/$id/guide',
      params: { id },
      search: (old) => clean({ ...old, ...choice }),
      replace: true,
    });
  if (!framework) return null;
  return (
    <>
      <BackLink to={`/applications/${id}`} label={name} />
      <PageHeader
        title={t('applications.guide.title', { framework: nameOf(framework) })}
        description={t('applications.guide.description', { name })}
        actions={
          <ButtonLink
            to="/applications/$id"
            params={{ id }}
            variant="default"
            leftSection={<IconSettings size={16} aria-hidden />}
          >
            {t('applications.guide.settings')}
          </ButtonLink>
        }
      />
      <Guide application={application} framework={framework} api={api} onChoose={choose} />
    </>
  );
};

const clean = ({ framework, api }: { framework?: unknown; api?: unknown }): Search => ({
  ...(typeof framework === 'string' && { framework }),
  ...(typeof api === 'string' && { api }),
});

export const Route = createFileRoute('/_app/applications/$id/guide')({ validateSearch: clean, component: GuidePage });
