/** The dialog that makes an organization role. */
import { Radio, Stack, TextInput } from '@mantine/core';
import { Controller, useForm } from 'react-hook-form';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { type OrganizationRole, useCreateOrganizationRole } from './queries';

type Props = { isOpen: boolean; onClose: () => void; onCreated: (role: OrganizationRole) => void };

const types = ['User', 'MachineToMachine'] as const;

export const CreateOrganizationRole = ({ isOpen, onClose, onCreated }: Props) => {
  const t = useT();
  const form = useForm({ defaultValues: { name: '', description: '', type: 'User' } });
  const { register, control, formState } = form;
  const create = useCreateOrganizationRole();
  const submit = async ({ description, ...values }: { name: string; description: string; type: string }) => {
    const role = await create.mutateAsync({ ...values, ...(description && { description }) });
    toast(t('organizationTemplate.roles.created', { name: role.name }));
    onCreated(role);
  };
  return (
    <FormModal
      isOpen={isOpen}
      onClose={onClose}
      title={t('organizationTemplate.roles.create')}
      form={form}
      onSubmit={submit}
      action={t('organizationTemplate.roles.create')}
    >
      <TextInput
        label={t('organizationTemplate.roles.name')}
        placeholder={t('organizationTemplate.roles.namePlaceholder')}
        withAsterisk
        data-autofocus
        error={formState.errors.name?.message}
        {...register('name', { required: t('common.required') })}
      />
      <TextInput
        label={t('common.description')}
        placeholder={t('organizationTemplate.roles.descriptionPlaceholder')}
        {...register('description')}
      />
      <Controller
        control={control}
        name="type"
        render={({ field }) => (
          <Radio.Group label={t('organizationTemplate.roles.for')} {...field}>
            <Stack gap="xs" mt="xs">
              {types.map((type) => (
                <Radio
                  key={type}
                  value={type}
                  label={t(`organizationTemplate.types.${type}`)}
                  description={t(`organizationTemplate.typeHints.${type}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
        )}
      />
    </FormModal>
  );
};
