/** The dialog that makes or changes a permission. */
import { TextInput } from '@mantine/core';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { type Permission, useSavePermission } from './queries';

type Props = { resourceId: string; edited: Permission | 'new' | undefined; onClose: () => void };

export const PermissionDialog = ({ resourceId, edited, onClose }: Props) => {
  const t = useT();
  const existing = typeof edited === 'object' ? edited : undefined;
  const form = useForm({ defaultValues: { name: '', description: '' } });
  const { register, reset, formState } = form;
  const save = useSavePermission(resourceId);
  useEffect(() => {
    if (edited) reset({ name: existing?.name ?? '', description: existing?.description ?? '' });
  }, [edited, existing, reset]);
  const submit = async (values: { name: string; description: string }) => {
    await save.mutateAsync({ ...values, ...(existing && { id: existing.id }) });
    toast(t(existing ? 'apiResources.permissions.saved' : 'apiResources.permissions.created', { name: values.name }));
  };
  return (
    <FormModal
      isOpen={edited !== undefined}
      onClose={onClose}
      title={t(existing ? 'apiResources.permissions.edit' : 'apiResources.permissions.create')}
      form={form}
      onSubmit={submit}
      action={t(existing ? 'common.save' : 'apiResources.permissions.create')}
    >
      <TextInput
        label={t('apiResources.permissions.name')}
        description={t('apiResources.permissions.nameHint')}
        placeholder={t('apiResources.permissions.namePlaceholder')}
        withAsterisk
        spellCheck={false}
        data-autofocus
        error={formState.errors.name?.message}
        {...register('name', {
          required: t('common.required'),
          validate: (name) => !/\s/.test(name) || t('apiResources.permissions.nameInvalid'),
        })}
      />
      <TextInput
        label={t('apiResources.permissions.description')}
        placeholder={t('apiResources.permissions.descriptionPlaceholder')}
        {...register('description')}
      />
    </FormModal>
  );
};
