/** A short form in a dialog: create something, rename something. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';
import { useT } from '@/i18n/I18n';

type Props<Values extends FieldValues> = {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  form: UseFormReturn<Values>;
  /** Does it. The dialog stays open when this fails. */
  onSubmit: (values: Values) => Promise<unknown>;
  /** The verb on the button: "Create role". */
  action: string;
  size?: string;
  children: ReactNode;
};

export const FormModal = <Values extends FieldValues>({
  isOpen,
  onClose,
  title,
  description,
  form,
  onSubmit,
  action,
  size,
  children,
}: Props<Values>) => {
  const t = useT();
  const submit = form.handleSubmit(async (values) => {
    try {
      await onSubmit(values);
    } catch {
      // The failure is shown where mutations fail; what was typed stays.
      return;
    }
    onClose();
  });
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      centered
      {...(size && { size })}
      onExitTransitionEnd={() => form.reset()}
    >
      <form onSubmit={submit} noValidate>
        {description && (
          <Text size="sm" c="dimmed" mb="md" component="div">
            {description}
          </Text>
        )}
        <Stack gap="md">{children}</Stack>
        <Group justify="flex-end" mt="xl" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={form.formState.isSubmitting}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
};
