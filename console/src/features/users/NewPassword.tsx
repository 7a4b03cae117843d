/** A new password in a form: one is made, or somebody types one. And the dialog that shows it once. */
import { Alert, Button, Group, Modal, PasswordInput, Radio, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { CopyableField } from '@/components/CopyButton';
import { useT } from '@/i18n/I18n';
import { makePassword } from './password';

export type PasswordValues = { way: 'generated' | 'typed' | 'none'; password: string };

/** The password that a form asks for; nothing when there is to be none. */
export const chosenPassword = ({ way, password }: PasswordValues) =>
  way === 'generated' ? makePassword() : way === 'typed' ? password : undefined;

type Props = { form: UseFormReturn<PasswordValues> /** Whether an account may have none. */; ways: PasswordValues['way'][] };

export const NewPasswordFields = ({ form: { control, watch, register, formState }, ways }: Props) => {
  const t = useT();
  return (
    <>
      <Controller
        control={control}
        name="way"
        render={({ field }) => (
          <Radio.Group label={t('users.password.label')} {...field}>
            <Stack gap="xs" mt="xs">
              {ways.map((way) => (
                <Radio key={way} value={way} label={t(`users.password.${way}`)} />
              ))}
            </Stack>
          </Radio.Group>
        )}
      />
      {watch('way') === 'typed' && (
        <PasswordInput
          label={t('users.password.new')}
          autoComplete="new-password"
          withAsterisk
          error={formState.errors.password?.message}
          visibilityToggleButtonProps={{ 'aria-label': t('users.password.toggle') }}
          {...register('password', { required: t('common.required') })}
        />
      )}
    </>
  );
};

type ShownProps = { title: string; name: string; password: string; isOpen: boolean; onClose: () => void; children?: ReactNode };

/** Says what was set. It is not kept anywhere, so it is not shown again. */
export const PasswordShown = ({ title, name, password, isOpen, onClose, children }: ShownProps) => {
  const t = useT();
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} centered closeOnClickOutside={false}>
      <Stack gap="md">
        <Text size="sm">{t('users.password.give', { name })}</Text>
        <CopyableField label={t('users.password.label')} value={password} />
        <Alert icon={<IconInfoCircle size={18} />} variant="light">
          {t('users.password.once')}
        </Alert>
        <Group justify="flex-end" gap="sm">
          {children}
          <Button onClick={onClose}>{t('users.password.done')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
};
