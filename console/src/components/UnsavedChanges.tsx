/** Asks before changes are lost: on links, on back, and on closing the tab. */
import { Button, Group, Modal, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useT } from '@/i18n/I18n';

type Props = {
  when: boolean;
  /** False keeps the guard quiet for moves within the same page, such as another tab whose form stays. */
  isWithinPageGuarded?: boolean;
};

export const UnsavedChanges = ({ when, isWithinPageGuarded = true }: Props) => {
  const t = useT();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => when && (isWithinPageGuarded || current.pathname !== next.pathname),
    enableBeforeUnload: () => when,
    withResolver: true,
  });
  return (
    <Modal opened={status === 'blocked'} onClose={() => reset?.()} title={t('common.unsaved.title')} centered>
      <Text size="sm">{t('common.unsaved.message')}</Text>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={() => reset?.()} data-autofocus>
          {t('common.unsaved.stay')}
        </Button>
        <Button color="red" onClick={() => proceed?.()}>
          {t('common.unsaved.leave')}
        </Button>
      </Group>
    </Modal>
  );
};
