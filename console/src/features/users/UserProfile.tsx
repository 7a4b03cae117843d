/** The tab with who a user is: identifiers, name and picture, the standard profile, custom data. */
import { Grid, TextInput } from '@mantine/core';
import { Controller, type UseFormReturn, useForm } from 'react-hook-form';
import { asObject } from '@/api/change';
import { FormSection } from '@/components/FormSection';
import { JsonEditor, jsonProblem } from '@/components/JsonEditor';
import { SettingsForm } from '@/components/SettingsForm';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { isEmail, isPhone, isPicture, isUsername, phoneDigits } from './identifiers';
import { addressMembers, type ProfileValues, profileMembers, profileOf, profileValues } from './profile';
import { type User, useSaveUser } from './queries';

type Values = {
  username: string;
  primaryEmail: string;
  primaryPhone: string;
  name: string;
  avatar: string;
  profile: ProfileValues;
  customData: string;
};
type Section = { form: UseFormReturn<Values> };

const valuesOf = ({ username, primaryEmail, primaryPhone, name, avatar, profile, customData }: User): Values => ({
  username: username ?? '',
  primaryEmail: primaryEmail ?? '',
  primaryPhone: primaryPhone ? `+${primaryPhone}` : '',
  name: name ?? '',
  avatar: avatar ?? '',
  profile: profileValues(profile),
  customData: JSON.stringify(customData, null, 2),
});

export const UserProfile = ({ user }: { user: User }) => {
  const t = useT();
  const form = useForm({ defaultValues: valuesOf(user) });
  const save = useSaveUser(user.id);
  const submit = async ({ profile, customData, ...texts }: Values) => {
    const identity = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.trim() || null]));
    await save.mutateAsync({
      ...identity,
      primaryPhone: phoneDigits(texts.primaryPhone) || null,
      profile: asObject(profileOf(profile)),
      customData: asObject(JSON.parse(customData)),
    });
    toast(t('common.saved'));
  };
  return (
    <SettingsForm form={form} onSave={submit}>
      <Identifiers form={form} />
      <Person form={form} />
      <Profile form={form} />
      <Address form={form} />
      <FormSection title={t('users.customData.title')} description={t('users.customData.description')}>
        <Controller
          control={form.control}
          name="customData"
          rules={{ validate: (text) => jsonProblem(text, true) === undefined }}
          render={({ field: { value, onChange } }) => (
            <JsonEditor label={t('users.customData.label')} isObject value={value} onChange={onChange} />
          )}
        />
      </FormSection>
    </SettingsForm>
  );
};

const Identifiers = ({ form: { register, formState } }: Section) => {
  const t = useT();
  const { errors } = formState;
  return (
    <FormSection title={t('users.identifiers.title')} description={t('users.identifiers.description')}>
      <TextInput
        label={t('users.fields.username')}
        spellCheck={false}
        autoComplete="off"
        error={errors.username?.message}
        {...register('username', { validate: (text) => isUsername(text) || t('users.fields.usernameInvalid') })}
      />
      <TextInput
        type="email"
        label={t('users.fields.email')}
        autoComplete="off"
        error={errors.primaryEmail?.message}
        {...register('primaryEmail', { validate: (text) => isEmail(text) || t('users.fields.emailInvalid') })}
      />
      <TextInput
        type="tel"
        label={t('users.fields.phone')}
        description={t('users.fields.phoneHint')}
        autoComplete="off"
        error={errors.primaryPhone?.message}
        {...register('primaryPhone', { validate: (text) => isPhone(text) || t('users.fields.phoneInvalid') })}
      />
    </FormSection>
  );
};

const Person = ({ form: { register, formState } }: Section) => {
  const t = useT();
  return (
    <FormSection title={t('users.person.title')} description={t('users.person.description')}>
      <TextInput label={t('users.fields.name')} autoComplete="off" {...register('name')} />
      <TextInput
        type="url"
        label={t('users.fields.avatar')}
        placeholder="https://example.com/picture.png"
        error={formState.errors.avatar?.message}
        {...register('avatar', { validate: (text) => isPicture(text) || t('users.fields.avatarInvalid') })}
      />
    </FormSection>
  );
};

const Profile = ({ form: { register } }: Section) => {
  const t = useT();
  return (
    <FormSection title={t('users.profile.title')} description={t('users.profile.description')}>
      <Grid gap="md">
        {profileMembers.map((name) => (
          <Grid.Col key={name} span={{ base: 12, sm: 6 }}>
            <TextInput label={t(`users.profile.members.${name}`)} autoComplete="off" {...register(`profile.${name}`)} />
          </Grid.Col>
        ))}
      </Grid>
    </FormSection>
  );
};

const Address = ({ form: { register } }: Section) => {
  const t = useT();
  return (
    <FormSection title={t('users.profile.addressTitle')} description={t('users.profile.addressHint')}>
      <Grid gap="md">
        {addressMembers.map((name) => (
          <Grid.Col key={name} span={{ base: 12, sm: 6 }}>
            <TextInput label={t(`users.profile.address.${name}`)} autoComplete="off" {...register(`profile.address.${name}`)} />
          </Grid.Col>
        ))}
      </Grid>
    </FormSection>
  );
};
