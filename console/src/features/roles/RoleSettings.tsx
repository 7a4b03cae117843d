/** The tab with a role's own settings. */
import { Switch, Textarea, TextInput } from '@mantine/core';
import { Controller, useForm } from 'react-hook-form';
import { FormSection } from '@/components/FormSection';
import { SettingsForm } from '@/components/SettingsForm';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { isForMachines, type Role, useSaveRole } from './queries';

export const RoleSettings = ({ role }: { role: Role }) => {
  const t = useT();
  const { name, description, isDefault } = role;
  const form = useForm({ defaultValues: { name, description, isDefault } });
  const { control, formState, register } = form;
  const { mutateAsync } = useSaveRole(role.id);
  const required = (text: string) => text.trim() !== '' || t('common.required');
  return (
    <SettingsForm form={form} onSave={(values) => mutateAsync(values).then(() => toast(t('common.saved')))}>
      <FormSection title={t('roles.general.title')} description={t('roles.general.description')}>
        <TextInput
          label={t('roles.fields.name')}
          withAsterisk
          error={formState.errors.name?.message}
          {...register('name', { validate: required })}
        />
        <Textarea
          label={t('common.description')}
          withAsterisk
          autosize
          minRows={2}
          error={formState.errors.description?.message}
          {...register('description', { validate: required })}
        />
        {!isForMachines(role) && (
          <Controller
            control={control}
            name="isDefault"
            render={({ field: { value, onChange, ...field } }) => (
              <Switch
                label={t('roles.fields.default')}
                description={t('roles.fields.defaultHint')}
                checked={value}
                onChange={(event) => onChange(event.currentTarget.checked)}
                {...field}
              />
            )}
          />
        )}
      </FormSection>
    </SettingsForm>
  );
};
