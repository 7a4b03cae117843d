/** Who the administrator is: name, username, picture. */
import { TextInput } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { CopyableField } from '@/components/CopyButton';
import { FormSection } from '@/components/FormSection';
import { SettingsForm } from '@/components/SettingsForm';
import { toast } from '@/components/toast';
import { isPicture, isUsername } from '@/features/users/identifiers';
import { useT } from '@/i18n/I18n';
import { type Myself, useSaveMyself } from './queries';

export const ProfileForm = ({ myself }: { myself: Myself }) => {
  const t = useT();
  const form = useForm({
    defaultValues: { name: myself.name ?? '', username: myself.username ?? '', avatar: myself.avatar ?? '' },
  });
  const { register, formState } = form;
  const { errors } = formState;
  const save = useSaveMyself();
  return (
    <SettingsForm
      form={form}
      onSave={async ({ name, username, avatar }) => {
        await save.mutateAsync({ name: name.trim() || null, avatar: avatar.trim() || null, ...(username && { username }) });
        toast(t('common.saved'));
      }}
    >
      <FormSection title={t('profile.account.title')} description={t('profile.account.description')}>
        <TextInput label={t('users.fields.name')} autoComplete="name" {...register('name')} />
        <TextInput
          label={t('users.fields.username')}
          description={t('profile.account.usernameHint')}
          autoComplete="username"
          spellCheck={false}
          error={errors.username?.message}
          {...register('username', {
            validate: {
              kept: (text) => text !== '' || !myself.username || t('common.required'),
              grammar: (text) => isUsername(text) || t('users.fields.usernameInvalid'),
            },
          })}
        />
        {myself.primaryEmail && <CopyableField label={t('users.fields.email')} value={myself.primaryEmail} />}
        <TextInput
          type="url"
          label={t('users.fields.avatar')}
          placeholder="https://example.com/picture.png"
          error={errors.avatar?.message}
          {...register('avatar', { validate: (text) => isPicture(text) || t('users.fields.avatarInvalid') })}
        />
        <CopyableField label={t('users.fields.id')} value={myself.id} />
      </FormSection>
    </SettingsForm>
  );
};
