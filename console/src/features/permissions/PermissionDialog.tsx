/** The dialog that makes or changes a permission. */
import { TextInput } from '@mantine/core';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import type { Permission, PermissionDraft, Subject } from './permission';

type Props = {
  subject: Subject;
  edited: Permission | 'new' | undefined;
  onClose: () => void;
  onSave: (permission: PermissionDraft) => Promise<unknown>;
};

export const PermissionDialog = ({ subject, edited, onClose, onSave }: Props) => {
  const t = useT();
  const existing = typeof edited === 'object' ? edited : undefined;
  const form = useForm({ defaultValues: { name: '', description: '' } });
  const { register, reset, formState } = form;
  useEffect(() => {
    if (edited) reset({ name: existing?.name ?? '', description: existing?.description ?? '' });
  }, [edited, existing, reset]);
  const submit = async (values: { name: string; description: string }) => {
    await onSave({ ...values, ...(existing && { id: existing.id }) });
    toast(t(`${subject}.permissions.${existing ? 'saved' : 'created'}`, { name: values.name }));
  };
  return (
    <FormModal
      isOpen={edited !== undefined}
      onClose={onClose}
      title={t(`${subject}.permissions.${existing ? 'edit' : 'create'}`)}
      form={form}
      onSubmit={submit}
      action={t(existing ? 'common.save' : `${subject}.permissions.create`)}
    >
      <TextInput
        label={t(`${subject}.permissions.name`)}
        description={t(`${subject}.permissions.nameHint`)}
        placeholder={t(`${subject}.permissions.namePlaceholder`)}
        withAsterisk
        spellCheck={false}
        data-autofocus
        error={formState.errors.name?.message}
        {...register('name', {
          required: t('common.required'),
          validate: (name) => !/\s/.test(name) || t(`${subject}.permissions.nameInvalid`),
        })}
      />
      <TextInput
        label={t('common.description')}
        placeholder={t(`${subject}.permissions.descriptionPlaceholder`)}
        {...register('description')}
      />
    </FormModal>
  );
};
