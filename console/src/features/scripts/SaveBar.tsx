/** Whether everything is saved, and the buttons that change that. It stays in sight. */
import { Group, Kbd, Text } from '@mantine/core';
import { useConfirm } from '@/components/Confirm';
import { SteadyButton } from '@/components/SteadyButton';
import { useT } from '@/i18n/I18n';
import classes from './ScriptPage.module.css';
import type { ScriptEditorState } from './useScriptEditor';
import { keyNames } from './useShortcuts';

export const SaveBar = ({ editing }: { editing: ScriptEditorState }) => {
  const t = useT();
  const confirm = useConfirm();
  const { isNew, isDirty, isSaving, save, discard } = editing;
  const state = isDirty ? 'unsaved' : isNew ? 'notCreated' : 'saved';
  const askAndDiscard = async () => {
    const isSure = await confirm({
      title: t('customJwt.discard.title'),
      message: t('customJwt.discard.message'),
      action: t('customJwt.discard.action'),
    });
    if (isSure) discard();
  };
  return (
    <section className={classes.bar} aria-label={t('customJwt.bar.label')}>
      <Text size="sm" c="dimmed" role="status">
        {t(`customJwt.bar.${state}`)}
      </Text>
      <Group gap="sm" wrap="nowrap">
        <SteadyButton variant="default" onClick={askAndDiscard} isIdle={!isDirty || isSaving}>
          {t('common.discard')}
        </SteadyButton>
        <SteadyButton
          onClick={save}
          isBusy={isSaving}
          isIdle={!isNew && !isDirty}
          rightSection={
            <Kbd size="xs" className={classes.hints} aria-hidden>
              {keyNames.save}
            </Kbd>
          }
        >
          {isNew ? t('common.create') : t('common.saveChanges')}
        </SteadyButton>
      </Group>
    </section>
  );
};
