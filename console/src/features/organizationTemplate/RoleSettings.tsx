/** The tab with an organization role's own settings. */
import { TextInput } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { FormSection } from '@/components/FormSection';
import { SettingsForm } from '@/components/SettingsForm';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { type OrganizationRole, useSaveOrganizationRole } from './queries';

export const RoleSettings = ({ role }: { role: OrganizationRole }) => {
  const t = useT();
  const form = useForm({ defaultValues: { name: role.name, description: role.description ?? '' } });
  const { register, formState } = form;
  const save = useSaveOrganizationRole(role.id);
  return (
    <SettingsForm
      form={form}
      onSave={async ({ name, description }) => {
        await save.mutateAsync({ name, description: description || null });
        toast(t('common.saved'));
      }}
    >
      <FormSection title={t('common.settings')} description={t('organizationTemplate.role.settingsHint')}>
        <TextInput
          label={t('organizationTemplate.roles.name')}
          withAsterisk
          error={formState.errors.name?.message}
          {...register('name', { required: t('common.required') })}
        />
        <TextInput label={t('common.description')} {...register('description')} />
      </FormSection>
    </SettingsForm>
  );
};
