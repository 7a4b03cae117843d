/** The dialog that makes an API resource. */
import { TextInput } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { isIndicator } from './indicator';
import { type ApiResource, useCreateApiResource } from './queries';

type Props = { isOpen: boolean; onClose: () => void; onCreated: (resource: ApiResource) => void };

export const CreateApiResource = ({ isOpen, onClose, onCreated }: Props) => {
  const t = useT();
  const form = useForm({ defaultValues: { name: '', indicator: '' } });
  const { register, formState } = form;
  const create = useCreateApiResource();
  const submit = async (values: { name: string; indicator: string }) => {
    const resource = await create.mutateAsync(values);
    toast(t('apiResources.created', { name: resource.name }));
    onCreated(resource);
  };
  return (
    <FormModal
      isOpen={isOpen}
      onClose={onClose}
      title={t('apiResources.create')}
      form={form}
      onSubmit={submit}
      action={t('apiResources.create')}
    >
      <TextInput
        label={t('apiResources.fields.name')}
        placeholder={t('apiResources.fields.namePlaceholder')}
        withAsterisk
        data-autofocus
        error={formState.errors.name?.message}
        {...register('name', { required: t('common.required') })}
      />
      <TextInput
        label={t('apiResources.fields.indicator')}
        description={t('apiResources.fields.indicatorHint')}
        placeholder="https://api.example.com"
        withAsterisk
        spellCheck={false}
        error={formState.errors.indicator?.message}
        {...register('indicator', {
          required: t('common.required'),
          validate: (text) => isIndicator(text) || t('apiResources.fields.indicatorInvalid'),
        })}
      />
    </FormModal>
  );
};
