/** The dialog that makes or changes an organization permission. */
import { TextInput } from '@mantine/core';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { type OrganizationPermission, useSaveOrganizationPermission } from './queries';

type Props = { edited: OrganizationPermission | 'new' | undefined; onClose: () => void };

export const OrganizationPermissionDialog = ({ edited, onClose }: Props) => {
  const t = useT();
  const existing = typeof edited === 'object' ? edited : undefined;
  const form = useForm({ defaultValues: { name: '', description: '' } });
  const { register, reset, formState } = form;
  const save = useSaveOrganizationPermission();
  useEffect(() => {
    if (edited) reset({ name: existing?.name ?? '', description: existing?.description ?? '' });
  }, [edited, existing, reset]);
  const submit = async (values: { name: string; description: string }) => {
    await save.mutateAsync({ ...values, ...(existing && { id: existing.id }) });
    const said = existing ? 'organizationTemplate.permissions.saved' : 'organizationTemplate.permissions.created';
    toast(t(said, { name: values.name }));
  };
  return (
    <FormModal
      isOpen={edited !== undefined}
      onClose={onClose}
      title={t(existing ? 'organizationTemplate.permissions.edit' : 'organizationTemplate.permissions.create')}
      form={form}
      onSubmit={submit}
      action={t(existing ? 'common.save' : 'organizationTemplate.permissions.create')}
    >
      <TextInput
        label={t('organizationTemplate.permissions.name')}
        description={t('organizationTemplate.permissions.nameHint')}
        placeholder="invite:member"
        withAsterisk
        spellCheck={false}
        data-autofocus
        error={formState.errors.name?.message}
        {...register('name', {
          required: t('common.required'),
          validate: (name) => !/\s/.test(name) || t('organizationTemplate.permissions.nameInvalid'),
        })}
      />
      <TextInput
        label={t('common.description')}
        placeholder={t('organizationTemplate.permissions.descriptionPlaceholder')}
        {...register('description')}
      />
    </FormModal>
  );
};
