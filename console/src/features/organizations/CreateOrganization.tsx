/** The dialog that makes an organization. */
import { Textarea, TextInput } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { type Organization, useCreateOrganization } from './queries';

type Props = { isOpen: boolean; onClose: () => void; onCreated: (organization: Organization) => void };

export const CreateOrganization = ({ isOpen, onClose, onCreated }: Props) => {
  const t = useT();
  const form = useForm({ defaultValues: { name: '', description: '' } });
  const { register, formState } = form;
  const create = useCreateOrganization();
  const submit = async ({ name, description }: { name: string; description: string }) => {
    const organization = await create.mutateAsync({ name, ...(description && { description }) });
    toast(t('organizations.created', { name }));
    onCreated(organization);
  };
  return (
    <FormModal
      isOpen={isOpen}
      onClose={onClose}
      title={t('organizations.create')}
      form={form}
      onSubmit={submit}
      action={t('organizations.create')}
    >
      <TextInput
        label={t('organizations.fields.name')}
        placeholder={t('organizations.fields.namePlaceholder')}
        withAsterisk
        maxLength={128}
        data-autofocus
        error={formState.errors.name?.message}
        {...register('name', { required: t('common.required') })}
      />
      <Textarea
        label={t('common.description')}
        placeholder={t('organizations.fields.descriptionPlaceholder')}
        maxLength={256}
        autosize
        minRows={2}
        {...register('description')}
      />
    </FormModal>
  );
};
