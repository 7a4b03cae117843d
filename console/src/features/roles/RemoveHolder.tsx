/** Takes a role away from a person or a machine, after asking. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useConfirm } from '@/components/Confirm';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';

type Props = { holder: string; role: string; onRemove: () => Promise<unknown> };

export const RemoveHolder = ({ holder, role, onRemove }: Props) => {
  const t = useT();
  const confirm = useConfirm();
  const remove = async () => {
    const isSure = await confirm({
      title: t('roles.holders.removeTitle', { holder }),
      message: t('roles.holders.removeMessage', { role }),
      action: t('common.remove'),
    });
    if (!isSure) return;
    await onRemove();
    toast(t('roles.holders.removed', { holder }));
  };
  return (
    <Tooltip label={t('common.remove')} withArrow>
      <ActionIcon
        variant="subtle"
        color="gray"
        onClick={() => void remove()}
        aria-label={t('common.removeThis', { what: holder })}
      >
        <IconX size={16} />
      </ActionIcon>
    </Tooltip>
  );
};
