/** The tab with how an application looks to people on the sign-in and consent pages. */
import { ColorInput, Image, Switch, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Control, Controller, type UseFormReturn, useForm, useWatch } from 'react-hook-form';
import { FormSection } from '@/components/FormSection';
import { Loaded } from '@/components/Loaded';
import { SettingsForm } from '@/components/SettingsForm';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { type Appearance, appearanceQuery, useSaveAppearance } from './access';
import type { Application } from './application';

const links = ['termsOfUseUrl', 'privacyPolicyUrl'] as const;
const pictures = ['logoUrl', 'darkLogoUrl', 'favicon', 'darkFavicon'] as const;
const colors = ['primaryColor', 'darkPrimaryColor'] as const;

type Field = (typeof links)[number] | (typeof pictures)[number] | (typeof colors)[number] | 'displayName' | 'customCss';

type Values = Record<Field, string> & { isDarkModeEnabled: boolean };

const valuesOf = ({ color, branding, ...rest }: Appearance): Values => ({
  displayName: rest.displayName ?? '',
  termsOfUseUrl: rest.termsOfUseUrl ?? '',
  privacyPolicyUrl: rest.privacyPolicyUrl ?? '',
  customCss: rest.customCss ?? '',
  primaryColor: color.primaryColor ?? '',
  darkPrimaryColor: color.darkPrimaryColor ?? '',
  isDarkModeEnabled: color.isDarkModeEnabled ?? false,
  logoUrl: branding.logoUrl ?? '',
  darkLogoUrl: branding.darkLogoUrl ?? '',
  favicon: branding.favicon ?? '',
  darkFavicon: branding.darkFavicon ?? '',
});

const filled = (values: Values, names: readonly Field[]) =>
  Object.fromEntries(names.map((name) => [name, values[name].trim()]).filter(([, text]) => text !== ''));

const bodyOf = (values: Values): Appearance => ({
  displayName: values.displayName.trim() || null,
  termsOfUseUrl: values.termsOfUseUrl.trim() || null,
  privacyPolicyUrl: values.privacyPolicyUrl.trim() || null,
  customCss: values.customCss || null,
  color: { ...filled(values, colors), isDarkModeEnabled: values.isDarkModeEnabled },
  branding: filled(values, pictures),
});

export const Branding = ({ application }: { application: Application }) => {
  const query = useQuery(appearanceQuery(application.id));
  return <Loaded query={query}>{(appearance) => <Form application={application} appearance={appearance} />}</Loaded>;
};

const Form = ({ application, appearance }: { application: Application; appearance: Appearance }) => {
  const t = useT();
  const form = useForm({ defaultValues: valuesOf(appearance) });
  const { mutateAsync } = useSaveAppearance(application.id);
  const save = (values: Values) => mutateAsync(bodyOf(values)).then(() => toast(t('common.saved')));
  return (
    <SettingsForm form={form} onSave={save}>
      <FormSection title={t('applications.branding.title')} description={t('applications.branding.description')}>
        <TextInput
          label={t('applications.branding.displayName')}
          description={t('applications.branding.displayNameHint')}
          placeholder={application.name}
          maxLength={256}
          {...form.register('displayName')}
        />
        {pictures.map((name) => (
          <PictureField key={name} form={form} name={name} />
        ))}
      </FormSection>
      <FormSection title={t('applications.branding.colors')} description={t('applications.branding.colorsHint')}>
        <ColorField control={form.control} name="primaryColor" />
        <Controller
          control={form.control}
          name="isDarkModeEnabled"
          render={({ field: { value, onChange, ...field } }) => (
            <Switch
              label={t('applications.branding.isDarkModeEnabled')}
              checked={value}
              onChange={(event) => onChange(event.currentTarget.checked)}
              {...field}
            />
          )}
        />
        <ColorField control={form.control} name="darkPrimaryColor" />
        <Textarea
          label={t('applications.branding.customCss')}
          description={t('applications.branding.customCssHint')}
          autosize
          minRows={4}
          maxRows={20}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
          {...form.register('customCss')}
        />
      </FormSection>
      <FormSection title={t('applications.branding.links')} description={t('applications.branding.linksHint')}>
        {links.map((name) => (
          <UrlField key={name} form={form} name={name} />
        ))}
      </FormSection>
    </SettingsForm>
  );
};

type FieldProps = { form: UseFormReturn<Values>; name: (typeof links)[number] | (typeof pictures)[number] };

const UrlField = ({ form: { register, formState }, name }: FieldProps) => {
  const t = useT();
  return (
    <TextInput
      label={t(`applications.branding.${name}`)}
      placeholder="https://"
      spellCheck={false}
      error={formState.errors[name]?.message}
      {...register(name, {
        validate: (url) => !url.trim() || /^https?:\/\/[^\s/]/.test(url.trim()) || t('applications.fields.urlInvalid'),
      })}
    />
  );
};

const PictureField = ({ form, name }: FieldProps) => {
  const url = useWatch({ control: form.control, name });
  const isShown = /^https?:\/\/[^\s/]/.test(url);
  return (
    <div>
      <UrlField form={form} name={name} />
      {isShown && (
        <Image
          src={url}
          alt=""
          h={48}
          w="auto"
          fit="contain"
          mt="xs"
          p={6}
          bg={name.startsWith('dark') ? 'dark.8' : 'gray.0'}
          radius="md"
          referrerPolicy="no-referrer"
        />
      )}
    </div>
  );
};

const ColorField = ({ control, name }: { control: Control<Values>; name: (typeof colors)[number] }) => {
  const t = useT();
  return (
    <Controller
      control={control}
      name={name}
      rules={{ validate: (text) => !text || /^#([\da-f]{3}|[\da-f]{6})$/i.test(text) || t('applications.branding.colorInvalid') }}
      render={({ field, fieldState }) => (
        <ColorInput
          label={t(`applications.branding.${name}`)}
          placeholder="#0f7669"
          maw={240}
          error={fieldState.error?.message}
          eyeDropperButtonProps={{ 'aria-label': t('applications.branding.eyeDropper') }}
          {...field}
        />
      )}
    />
  );
};
