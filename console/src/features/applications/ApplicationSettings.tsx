/** The tab with an application's own settings. */
import { Textarea, TextInput } from '@mantine/core';
import { Controller, type UseFormReturn, useForm } from 'react-hook-form';
import { FormSection } from '@/components/FormSection';
import { JsonEditor, jsonProblem } from '@/components/JsonEditor';
import { SettingsForm } from '@/components/SettingsForm';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { type Application, defaults, isMachine } from './application';
import { EndpointFields } from './EndpointFields';
import { useSaveApplication } from './queries';
import { RedirectFields } from './RedirectFields';
import { filledIn } from './redirectUri';
import { TokenFields } from './TokenFields';

/** The form, flat: each of the application's JSON members is saved as a whole. */
export type SettingsValues = {
  name: string;
  description: string;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  backchannelLogoutUri: string;
  corsAllowedOrigins: string[];
  idTokenTtl: number;
  refreshTokenTtlInDays: number;
  rotateRefreshToken: boolean;
  alwaysIssueRefreshToken: boolean;
  allowTokenExchange: boolean;
  customData: string;
};

export type SettingsFormState = UseFormReturn<SettingsValues>;

const valuesOf = ({ name, description, oidcClientMetadata, customClientMetadata, customData }: Application): SettingsValues => ({
  name,
  description: description ?? '',
  redirectUris: oidcClientMetadata.redirectUris,
  postLogoutRedirectUris: oidcClientMetadata.postLogoutRedirectUris,
  backchannelLogoutUri: oidcClientMetadata.backchannelLogoutUri ?? '',
  corsAllowedOrigins: customClientMetadata.corsAllowedOrigins ?? [],
  idTokenTtl: customClientMetadata.idTokenTtl ?? defaults.idTokenTtl,
  refreshTokenTtlInDays: customClientMetadata.refreshTokenTtlInDays ?? defaults.refreshTokenTtlInDays,
  rotateRefreshToken: customClientMetadata.rotateRefreshToken ?? defaults.rotateRefreshToken,
  alwaysIssueRefreshToken: customClientMetadata.alwaysIssueRefreshToken ?? false,
  allowTokenExchange: customClientMetadata.allowTokenExchange ?? false,
  customData: JSON.stringify(customData, null, 2),
});

/** What is saved. Members that the form does not show stay as they are. */
const bodyOf = (application: Application, values: SettingsValues) => {
  const { backchannelLogoutUri: _, ...oidc } = application.oidcClientMetadata;
  const { name, description, redirectUris, postLogoutRedirectUris, backchannelLogoutUri, customData, ...rest } = values;
  return {
    name: name.trim(),
    description: description.trim() || null,
    oidcClientMetadata: {
      ...oidc,
      redirectUris: filledIn(redirectUris),
      postLogoutRedirectUris: filledIn(postLogoutRedirectUris),
      ...(backchannelLogoutUri.trim() && { backchannelLogoutUri: backchannelLogoutUri.trim() }),
    },
    customClientMetadata: {
      ...application.customClientMetadata,
      ...rest,
      corsAllowedOrigins: filledIn(rest.corsAllowedOrigins),
    },
    customData: JSON.parse(customData) as Record<string, unknown>,
  };
};

export const ApplicationSettings = ({ application }: { application: Application }) => {
  const t = useT();
  const form = useForm({ defaultValues: valuesOf(application) });
  const { control, formState, register } = form;
  const { mutateAsync } = useSaveApplication(application.id);
  const save = (values: SettingsValues) => mutateAsync(bodyOf(application, values)).then(() => toast(t('common.saved')));
  return (
    <SettingsForm form={form} onSave={save}>
      <FormSection title={t('applications.general.title')} description={t('applications.general.description')}>
        <TextInput
          label={t('applications.fields.name')}
          withAsterisk
          maxLength={256}
          error={formState.errors.name?.message}
          {...register('name', { validate: (name) => name.trim() !== '' || t('common.required') })}
        />
        <Textarea label={t('common.description')} autosize minRows={2} {...register('description')} />
      </FormSection>
      <EndpointFields application={application} />
      {!isMachine(application) && <RedirectFields form={form} application={application} />}
      <TokenFields form={form} application={application} />
      <FormSection title={t('applications.customData.title')} description={t('applications.customData.description')}>
        <Controller
          control={control}
          name="customData"
          rules={{ validate: (text) => jsonProblem(text, true) === undefined }}
          render={({ field }) => (
            <JsonEditor label={t('applications.customData.title')} value={field.value} onChange={field.onChange} isObject />
          )}
        />
      </FormSection>
    </SettingsForm>
  );
};
