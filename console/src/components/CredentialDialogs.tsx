/** What secrets and tokens that somebody made have in common: a name, an end, and the dialogs for both. */
import { Badge, Select, Text, TextInput } from '@mantine/core';
import { Controller, useForm, useWatch } from 'react-hook-form';
import { useT } from '@/i18n/I18n';
import { expiresAt, expiryChoices, isFuture } from './expiry';
import { FormModal } from './FormModal';
import { Time } from './Time';

type Props = {
  isOpen: boolean;
  onClose: () => void;
  /** What the dialog does: its title, and the verb on its button. */
  action: string;
  nameHint: string;
  namePlaceholder: string;
  onCreate: (made: { name: string; expiresAt?: number }) => Promise<unknown>;
};

export const CredentialDialog = ({ isOpen, onClose, action, nameHint, namePlaceholder, onCreate }: Props) => {
  const t = useT();
  const form = useForm({ defaultValues: { name: '', expiry: 'never', date: '' } });
  const { register, control, formState } = form;
  const expiry = useWatch({ control, name: 'expiry' });
  const submit = (values: { name: string; expiry: string; date: string }) => {
    const end = expiresAt(values.expiry, values.date, Date.now());
    return onCreate({ name: values.name.trim(), ...(end && { expiresAt: end }) });
  };
  return (
    <FormModal isOpen={isOpen} onClose={onClose} title={action} form={form} onSubmit={submit} action={action}>
      <TextInput
        label={t('common.name')}
        description={nameHint}
        placeholder={namePlaceholder}
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
            label={t('common.expiry.label')}
            allowDeselect={false}
            data={expiryChoices.map((choice) => ({
              value: choice,
              label:
                choice === 'never' || choice === 'date'
                  ? t(`common.expiry.choices.${choice}`)
                  : t('common.expiry.choices.days', { count: Number(choice) }),
            }))}
            {...field}
          />
        )}
      />
      {expiry === 'date' && (
        <TextInput
          type="date"
          label={t('common.expiry.lastDay')}
          withAsterisk
          error={formState.errors.date?.message}
          {...register('date', { validate: (date) => isFuture(date, Date.now()) || t('common.expiry.past') })}
        />
      )}
    </FormModal>
  );
};

type RenameProps = { name: string | undefined; onClose: () => void; onRename: (newName: string) => Promise<unknown> };

export const RenameDialog = ({ name, onClose, onRename }: RenameProps) => {
  const t = useT();
  const form = useForm({ values: { name: name ?? '' } });
  return (
    <FormModal
      isOpen={name !== undefined}
      onClose={onClose}
      title={t('common.rename')}
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

export const Expiry = ({ at }: { at: number | null | undefined }) => {
  const t = useT();
  if (at && at <= Date.now()) {
    return (
      <Badge color="red" variant="light">
        {t('common.expiry.expired')}
      </Badge>
    );
  }
  return (
    <Text size="sm" component="div">
      <Time at={at} withTime={false} />
    </Text>
  );
};
