/** The dialog that changes the administrator's own password. */
import { PasswordInput } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { useChangePassword } from './queries';

type Props = { hasPassword: boolean; isOpen: boolean; onClose: () => void };
type Values = { old: string; password: string; again: string };

export const PasswordDialog = ({ hasPassword, isOpen, onClose }: Props) => {
  const t = useT();
  const form = useForm<Values>({ defaultValues: { old: '', password: '', again: '' } });
  const { register, formState, getValues } = form;
  const change = useChangePassword();
  const submit = async ({ old, password }: Values) => {
    await change.mutateAsync({ old: hasPassword ? old : undefined, password });
    toast(t('profile.password.changed'));
  };
  const toggle = { visibilityToggleButtonProps: { 'aria-label': t('users.password.toggle') } };
  return (
    <FormModal
      isOpen={isOpen}
      onClose={onClose}
      title={t('profile.password.change')}
      form={form}
      onSubmit={submit}
      action={t('profile.password.change')}
    >
      {hasPassword && (
        <PasswordInput
          label={t('profile.password.old')}
          autoComplete="current-password"
          withAsterisk
          data-autofocus
          {...toggle}
          error={formState.errors.old?.message}
          {...register('old', { required: t('common.required') })}
        />
      )}
      <PasswordInput
        label={t('users.password.new')}
        autoComplete="new-password"
        withAsterisk
        {...toggle}
        error={formState.errors.password?.message}
        {...register('password', { required: t('common.required') })}
      />
      <PasswordInput
        label={t('profile.password.again')}
        autoComplete="new-password"
        withAsterisk
        {...toggle}
        error={formState.errors.again?.message}
        {...register('again', {
          required: t('common.required'),
          validate: (text) => text === getValues('password') || t('profile.password.differ'),
        })}
      />
    </FormModal>
  );
};
