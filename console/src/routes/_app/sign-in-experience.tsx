/** How the hosted pages look, whom they let in and what they say, with a preview beside it. */
import { Box, Grid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { UrlTabs } from '@/components/DetailPage';
import { Loaded } from '@/components/Loaded';
import { tabSearch } from '@/components/listState';
import { PageHeader } from '@/components/PageHeader';
import { SettingsForm } from '@/components/SettingsForm';
import { toast } from '@/components/toast';
import { BrandTab } from '@/features/signInExperience/BrandTab';
import { ContentTab } from '@/features/signInExperience/ContentTab';
import { type Experience, experienceOf, patchOf, type Stored } from '@/features/signInExperience/experience';
import { MethodsTab } from '@/features/signInExperience/MethodsTab';
import { PasswordTab } from '@/features/signInExperience/PasswordTab';
import { PoliciesTab } from '@/features/signInExperience/PoliciesTab';
import { Preview } from '@/features/signInExperience/preview/Preview';
import { experienceQuery, ownPhrasesQuery, useSaveExperience } from '@/features/signInExperience/queries';
import { useT } from '@/i18n/I18n';

const SignInExperiencePage = () => {
  const t = useT();
  return (
    <>
      <PageHeader title={t('signInExperience.title')} description={t('signInExperience.description')} />
      <Loaded query={useQuery(experienceQuery)}>{(stored) => <Editor stored={stored} />}</Loaded>
    </>
  );
};

const Editor = ({ stored }: { stored: Stored }) => {
  const t = useT();
  const form = useForm<Experience>({ defaultValues: experienceOf(stored) });
  const { data: own = [] } = useQuery(ownPhrasesQuery);
  const save = useSaveExperience();
  const submit = async (values: Experience) => {
    await save.mutateAsync(patchOf(values, Object.keys(form.formState.dirtyFields)));
    toast(t('common.saved'));
  };
  const shown = form.watch();
  const preview: Experience = { ...shown, shortestPassword: shown.passwordPolicy.min };
  return (
    <SettingsForm form={form} onSave={submit} isWithinPageGuarded={false}>
      <Grid gap="xl" align="flex-start">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <UrlTabs
            tabs={[
              { id: 'branding', label: t('signInExperience.tabs.branding'), content: <BrandTab form={form} /> },
              { id: 'methods', label: t('signInExperience.tabs.methods'), content: <MethodsTab form={form} /> },
              { id: 'password', label: t('signInExperience.tabs.password'), content: <PasswordTab form={form} /> },
              { id: 'policies', label: t('signInExperience.tabs.policies'), content: <PoliciesTab form={form} /> },
              {
                id: 'content',
                label: t('signInExperience.tabs.content'),
                content: <ContentTab form={form} customTags={own.map(({ languageTag }) => languageTag)} />,
              },
            ]}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Box style={{ position: 'sticky', top: 80 }}>
            <Preview experience={preview} />
          </Box>
        </Grid.Col>
      </Grid>
    </SettingsForm>
  );
};

export const Route = createFileRoute('/_app/sign-in-experience')({
  validateSearch: tabSearch,
  component: SignInExperiencePage,
});
