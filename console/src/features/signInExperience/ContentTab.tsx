/** The tab with what the hosted pages say: languages, phrases, terms, help. */
import { Select, Stack, Switch, TextInput } from '@mantine/core';
import { Controller, type FieldPath, type UseFormReturn } from 'react-hook-form';
import { useI18n, useT } from '@/i18n/I18n';
import { agreements, type Experience } from './experience';
import { languageName } from './languages';
import { Phrases } from './Phrases';
import { builtInTags } from './preview/wording';
import { Section } from './Section';

type Props = { form: UseFormReturn<Experience>; customTags: string[] };

const isAddress = (text: unknown) => text === '' || /^https?:\/\/\S+$/i.test(String(text));
const isEmail = (text: unknown) => text === '' || /^\S+@\S+$/.test(String(text));

export const ContentTab = ({ form, customTags }: Props) => {
  const t = useT();
  return (
    <Stack gap="lg">
      <Languages form={form} customTags={customTags} />
      <Phrases />
      <Section title={t('signInExperience.content.terms')} description={t('signInExperience.content.termsHint')}>
        <Address form={form} name="termsOfUseUrl" />
        <Address form={form} name="privacyPolicyUrl" />
        <Controller
          control={form.control}
          name="agreeToTermsPolicy"
          render={({ field }) => (
            <Select
              label={t('signInExperience.content.agreement')}
              allowDeselect={false}
              data={agreements.map((value) => ({ value, label: t(`signInExperience.content.agreements.${value}`) }))}
              {...field}
            />
          )}
        />
      </Section>
      <Section title={t('signInExperience.content.help')} description={t('signInExperience.content.helpHint')}>
        <Address form={form} name="supportEmail" />
        <Address form={form} name="supportWebsiteUrl" />
        <Address form={form} name="unknownSessionRedirectUrl" />
      </Section>
    </Stack>
  );
};

type AddressName = 'termsOfUseUrl' | 'privacyPolicyUrl' | 'supportEmail' | 'supportWebsiteUrl' | 'unknownSessionRedirectUrl';

const Address = ({ form, name }: { form: UseFormReturn<Experience>; name: AddressName & FieldPath<Experience> }) => {
  const t = useT();
  const isMail = name === 'supportEmail';
  const isFine = isMail ? isEmail : isAddress;
  const hint = t.maybe(`signInExperience.content.hints.${name}`);
  return (
    <TextInput
      type={isMail ? 'email' : 'url'}
      label={t(`signInExperience.content.${name}`)}
      {...(hint && { description: hint })}
      placeholder={isMail ? 'help@example.com' : 'https://example.com'}
      error={form.formState.errors[name]?.message}
      {...form.register(name, {
        validate: (text) => isFine(text) || t(isMail ? 'users.fields.emailInvalid' : 'signInExperience.content.addressInvalid'),
      })}
    />
  );
};

const Languages = ({ form: { control }, customTags }: Props) => {
  const t = useT();
  const { tag } = useI18n();
  const tags = [...new Set([...builtInTags, ...customTags])].toSorted();
  return (
    <Section title={t('signInExperience.content.languages')} description={t('signInExperience.content.languagesHint')}>
      <Controller
        control={control}
        name="languageInfo.autoDetect"
        render={({ field: { value, onChange, ...field } }) => (
          <Switch
            label={t('signInExperience.content.autoDetect')}
            description={t('signInExperience.content.autoDetectHint')}
            checked={value}
            onChange={(event) => onChange(event.currentTarget.checked)}
            {...field}
          />
        )}
      />
      <Controller
        control={control}
        name="languageInfo.fallbackLanguage"
        render={({ field }) => (
          <Select
            label={t('signInExperience.content.fallback')}
            allowDeselect={false}
            data={tags.map((value) => ({ value, label: languageName(value, tag) }))}
            {...field}
          />
        )}
      />
    </Section>
  );
};
