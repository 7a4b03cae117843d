/** Where people return to, and which sites may call. */
import { TextInput } from '@mantine/core';
import { type Control, Controller, type FieldPath } from 'react-hook-form';
import { FormSection } from '@/components/FormSection';
import { TextListField } from '@/components/TextListField';
import { useT } from '@/i18n/I18n';
import type { SettingsFormState, SettingsValues } from './ApplicationSettings';
import type { Application } from './application';
import { isOrigin, isRedirectUri } from './redirectUri';

type Props = { form: SettingsFormState; application: Application };

export const RedirectFields = ({ form, application }: Props) => {
  const t = useT();
  const { control, formState, register } = form;
  const example = application.type === 'Native' ? 'com.example.app:/callback' : 'https://app.example.com/callback';
  return (
    <FormSection title={t('applications.redirects.title')} description={t('applications.redirects.description')}>
      <UriList
        control={control}
        name="redirectUris"
        label={t('applications.fields.redirectUris')}
        description={t('applications.fields.redirectUriHint')}
        placeholder={example}
        invalid={t('applications.fields.redirectUriInvalid')}
        accepts={isRedirectUri}
      />
      <UriList
        control={control}
        name="postLogoutRedirectUris"
        label={t('applications.fields.postLogoutRedirectUris')}
        description={t('applications.fields.postLogoutRedirectUriHint')}
        placeholder={example.replace('callback', '')}
        invalid={t('applications.fields.redirectUriInvalid')}
        accepts={isRedirectUri}
      />
      <UriList
        control={control}
        name="corsAllowedOrigins"
        label={t('applications.fields.corsAllowedOrigins')}
        description={t('applications.fields.corsAllowedOriginsHint')}
        placeholder="https://app.example.com"
        invalid={t('applications.fields.corsAllowedOriginsInvalid')}
        accepts={isOrigin}
      />
      <TextInput
        label={t('applications.fields.backchannelLogoutUri')}
        description={t('applications.fields.backchannelLogoutUriHint')}
        placeholder="https://app.example.com/signed-out"
        spellCheck={false}
        error={formState.errors.backchannelLogoutUri?.message}
        {...register('backchannelLogoutUri', {
          validate: (uri) => !uri.trim() || /^https?:\/\//.test(uri.trim()) || t('applications.fields.urlInvalid'),
        })}
      />
    </FormSection>
  );
};

type ListProps = {
  control: Control<SettingsValues>;
  name: FieldPath<SettingsValues> & ('redirectUris' | 'postLogoutRedirectUris' | 'corsAllowedOrigins');
  label: string;
  description: string;
  placeholder: string;
  invalid: string;
  accepts: (text: string) => boolean;
};

/** Lines that are empty are left out when it is saved; what is wrong is said at its line once somebody saved. */
const UriList = ({ control, name, invalid, accepts, ...field }: ListProps) => {
  const isWrong = (text: string) => text.trim() !== '' && !accepts(text.trim());
  return (
    <Controller
      control={control}
      name={name}
      rules={{ validate: (texts) => !texts.some(isWrong) || invalid }}
      render={({ field: { value, onChange }, fieldState }) => (
        <TextListField
          {...field}
          value={value}
          onChange={onChange}
          errorOf={(index) => (fieldState.error && isWrong(value[index] ?? '') ? invalid : undefined)}
        />
      )}
    />
  );
};
