/** A guide with the values of one application in it, and what can be chosen about it. */
import { Alert, Button, Grid, Group, Select, Stack, Switch, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { CopyableField } from '@/components/CopyButton';
import { Loaded } from '@/components/Loaded';
import { Markdown } from '@/components/Markdown';
import { Surface } from '@/components/Surface';
import { toast } from '@/components/toast';
import { useI18n, useT } from '@/i18n/I18n';
import { type Application, isMachine, keepsSecrets } from '../applications/application';
import { endpoints } from '../applications/endpoints';
import { secretsQuery, useSaveApplication } from '../applications/queries';
import { fillIn, type GuideValues } from './fill';
import { type Framework, frameworksFor } from './frameworks';
import { guideApisQuery, guideQuery } from './queries';
import { useFrameworkName } from './useFrameworkName';

type Props = {
  application: Application;
  framework: Framework;
  /** The identifier of the API that the guide is about. */
  api: string | undefined;
  onChoose: (choice: { framework?: string; api?: string | undefined }) => void;
};

export const Guide = ({ application, framework, api: asked, onChoose }: Props) => {
  const { data: apis = [] } = useQuery(guideApisQuery);
  // Who has one API means that one.
  const api = asked ?? (apis.length === 1 ? apis[0]?.indicator : undefined);
  const [isSecretShown, setSecretShown] = useState(false);
  const values = useValues(application, api, isSecretShown);
  const isWithoutAddress = !isMachine(application) && application.oidcClientMetadata.redirectUris.length === 0;
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 8 }} order={{ base: 2, lg: 1 }}>
        {isWithoutAddress && <NoRedirectUri application={application} framework={framework} />}
        <Surface p={{ base: 'md', sm: 'xl' }}>
          <Loaded query={useQuery(guideQuery(framework.id))}>
            {(markdown) => <Markdown text={fillIn(markdown, framework, values)} />}
          </Loaded>
        </Surface>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }} order={{ base: 1, lg: 2 }}>
        <Choices application={application} framework={framework} api={api} onChoose={onChoose}>
          {keepsSecrets(application) && <SecretSwitch isShown={isSecretShown} onChange={setSecretShown} />}
        </Choices>
      </Grid.Col>
    </Grid>
  );
};

/** What is put into the text. A secret is asked for when it should be seen. */
const useValues = (application: Application, indicator: string | undefined, isSecretShown: boolean): GuideValues => {
  const { data: apis } = useQuery(guideApisQuery);
  const { data: secrets } = useQuery({ ...secretsQuery(application.id), enabled: isSecretShown });
  const { redirectUris, postLogoutRedirectUris } = application.oidcClientMetadata;
  const secret = secrets?.find(({ expiresAt }) => !expiresAt || expiresAt > Date.now())?.value;
  const permission = apis?.find((one) => one.indicator === indicator)?.scopes?.[0]?.name;
  return {
    endpoint: endpoints().endpoint,
    appId: application.id,
    ...(isSecretShown && secret && { appSecret: secret }),
    ...(redirectUris[0] && { redirectUri: redirectUris[0] }),
    ...(postLogoutRedirectUris[0] && { postLogoutRedirectUri: postLogoutRedirectUris[0] }),
    ...(indicator && { api: indicator }),
    ...(permission && { permission }),
  };
};

const Choices = ({ application, framework, api, onChoose, children }: Props & { children: ReactNode }) => {
  const t = useT();
  const { tag } = useI18n();
  const { data: apis = [] } = useQuery(guideApisQuery);
  const nameOf = useFrameworkName();
  const frameworks = frameworksFor(application.type).map((one) => ({ value: one.id, label: nameOf(one) }));
  return (
    <Surface p="md" aria-label={t('applications.guide.values')} style={{ position: 'sticky', top: 76 }}>
      <Stack gap="md">
        <Select
          label={t('applications.guide.framework')}
          data={frameworks}
          value={framework.id}
          onChange={(id) => id && onChoose({ framework: id })}
          allowDeselect={false}
        />
        {apis.length > 0 && (
          <Select
            label={t('applications.guide.api')}
            placeholder={t('applications.guide.noApi')}
            data={apis.map(({ indicator, name }) => ({ value: indicator, label: name }))}
            value={api ?? null}
            onChange={(indicator) => onChoose({ api: indicator ?? undefined })}
            clearable={apis.length > 1}
            allowDeselect={apis.length > 1}
          />
        )}
        {children}
        <CopyableField label={t('applications.endpoints.endpoint')} value={endpoints().endpoint} />
        <CopyableField label={t('applications.endpoints.issuer')} value={endpoints().issuer} />
        <CopyableField label={t('applications.fields.id')} value={application.id} />
        {tag !== 'en' && (
          <Text size="xs" c="dimmed">
            {t('applications.guide.onlyEnglish')}
          </Text>
        )}
      </Stack>
    </Surface>
  );
};

const SecretSwitch = ({ isShown, onChange }: { isShown: boolean; onChange: (isShown: boolean) => void }) => {
  const t = useT();
  return (
    <Switch
      label={t('applications.guide.secret')}
      checked={isShown}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
};

/** Without one nobody can sign in, so the guide offers its own. */
const NoRedirectUri = ({ application, framework }: Pick<Props, 'application' | 'framework'>) => {
  const t = useT();
  const save = useSaveApplication(application.id);
  const uri = framework.redirectUri ?? '';
  const add = async () => {
    const { oidcClientMetadata } = application;
    const ends = framework.postLogoutRedirectUri ? [framework.postLogoutRedirectUri] : [];
    const postLogoutRedirectUris = [...new Set([...oidcClientMetadata.postLogoutRedirectUris, ...ends])];
    await save.mutateAsync({ oidcClientMetadata: { ...oidcClientMetadata, redirectUris: [uri], postLogoutRedirectUris } });
    toast(t('applications.guide.redirectUriAdded'));
  };
  return (
    <Alert icon={<IconAlertTriangle size={18} />} color="yellow" mb="lg">
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex="1 1 16rem">
          {t('applications.guide.noRedirectUri', { uri })}
        </Text>
        <Button size="xs" variant="default" onClick={() => void add().catch(() => {})} loading={save.isPending}>
          {t('applications.guide.addRedirectUri')}
        </Button>
      </Group>
    </Alert>
  );
};
