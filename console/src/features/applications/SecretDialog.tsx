/** The dialog that makes a secret, with its end. */
import { Select, TextInput } from '@mantine/core';
import { Controller, useForm, useWatch } from 'react-hook-form';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { expiresAt, expiryChoices, isFuture } from './expiry';
import { useCreateSecret } from './queries';

type Props = { applicationId: string; isOpen: boolean; onClose: () => void };

export const SecretDialog = ({ applicationId, isOpen, onClose }: Props) => {
  const t = useT();
  const form = useForm({ defaultValues: { name: '', expiry: 'never', date: '' } });
  const { register, control, formState } = form;
  const expiry = useWatch({ control, name: 'expiry' });
  const create = useCreateSecret(applicationId);
  const submit = async (values: { name: string; expiry: string; date: string }) => {
    const end = expiresAt(values.expiry, values.date, Date.now());
    const name = values.name.trim();
    await create.mutateAsync({ name, ...(end && { expiresAt: end }) });
    toast(t('applications.secrets.created', { name }));
  };
  return (
    <FormModal
      isOpen={isOpen}
      onClose={onClose}
      title={t('applications.secrets.create')}
      form={form}
      onSubmit={submit}
      action={t('applications.secrets.create')}
    >
      <TextInput
        label={t('common.name')}
        description={t('applications.secrets.nameHint')}
        placeholder={t('applications.secrets.namePlaceholder')}
        withAsterisk
        maxLength={256}
        data-autofocus
        error={formState.errors.name?.message}
        {...register('name', { validate: (name) => name.trim() !== '' || t('common.required') })}
      />
      <Controller
        control={control}
        name="expiry"
        render={({ field }) => (
          <Select
            label={t('applications.secrets.expires')}
            allowDeselect={false}
            data={expiryChoices.map((choice) => ({
              value: choice,
              label:
                choice === 'never' || choice === 'date'
                  ? t(`applications.secrets.choices.${choice}`)
                  : t('applications.secrets.choices.days', { count: Number(choice) }),
            }))}
            {...field}
          />
        )}
      />
      {expiry === 'date' && (
        <TextInput
          type="date"
          label={t('applications.secrets.lastDay')}
          withAsterisk
          error={formState.errors.date?.message}
          {...register('date', { validate: (date) => isFuture(date, Date.now()) || t('applications.secrets.past') })}
        />
      )}
    </FormModal>
  );
};

type RenameProps = { name: string | undefined; onClose: () => void; onRename: (newName: string) => Promise<unknown> };

export const RenameSecretDialog = ({ name, onClose, onRename }: RenameProps) => {
  const t = useT();
  const form = useForm({ values: { name: name ?? '' } });
  return (
    <FormModal
      isOpen={name !== undefined}
      onClose={onClose}
      title={t('applications.secrets.rename')}
      form={form}
      onSubmit={(values) => onRename(values.name.trim())}
      action={t('common.save')}
    >
      <TextInput
        label={t('common.name')}
        withAsterisk
        maxLength={256}
        data-autofocus
        error={form.formState.errors.name?.message}
        {...form.register('name', { validate: (text) => text.trim() !== '' || t('common.required') })}
      />
    </FormModal>
  );
};
