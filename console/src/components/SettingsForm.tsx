/** A form that is saved as a whole: its bar appears with the first change, and nobody leaves with unsaved ones unasked. */
import { Affix, Box, Button, Group, Stack, Text, Transition } from '@mantine/core';
import type { ReactNode } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';
import { useT } from '@/i18n/I18n';
import classes from './SettingsForm.module.css';
import { UnsavedChanges } from './UnsavedChanges';

type Props<Values extends FieldValues> = {
  form: UseFormReturn<Values>;
  /** Saves. When it resolves, what was typed counts as saved. */
  onSave: (values: Values) => Promise<unknown>;
  /** False when the form lasts while the page's tabs change. */
  isWithinPageGuarded?: boolean;
  children: ReactNode;
};

export const SettingsForm = <Values extends FieldValues>({
  form,
  onSave,
  isWithinPageGuarded = true,
  children,
}: Props<Values>) => {
  const { isDirty, isSubmitting } = form.formState;
  const save = form.handleSubmit(async (values) => {
    try {
      await onSave(values);
    } catch {
      // The failure is shown where mutations fail; what was typed stays.
      return;
    }
    form.reset(values);
  });
  return (
    <form onSubmit={save} noValidate>
      <Stack gap="lg" pb={isDirty ? 96 : 'lg'}>
        {children}
      </Stack>
      <SaveBar isShown={isDirty} isSaving={isSubmitting} onDiscard={() => form.reset()} />
      <UnsavedChanges when={isDirty && !isSubmitting} isWithinPageGuarded={isWithinPageGuarded} />
    </form>
  );
};

type BarProps = { isShown: boolean; isSaving: boolean; onDiscard: () => void };

const SaveBar = ({ isShown, isSaving, onDiscard }: BarProps) => {
  const t = useT();
  return (
    <Affix position={{ bottom: 0, left: 0, right: 0 }} withinPortal={false} zIndex={90} className={classes.place}>
      <Transition mounted={isShown} transition="slide-up" duration={150}>
        {(style) => (
          <Box style={style} className={classes.bar} role="region" aria-label={t('common.unsaved.bar')}>
            <Text size="sm">{t('common.unsaved.bar')}</Text>
            <Group gap="sm" wrap="nowrap">
              <Button variant="default" onClick={onDiscard} disabled={isSaving}>
                {t('common.discard')}
              </Button>
              <Button type="submit" loading={isSaving}>
                {t('common.saveChanges')}
              </Button>
            </Group>
          </Box>
        )}
      </Transition>
    </Affix>
  );
};
