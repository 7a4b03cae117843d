/** A secret behind dots, until somebody asks to see it. */
import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useT } from '@/i18n/I18n';
import { CopyButton } from './CopyButton';

export const SecretField = ({ value, label }: { value: string; label: string }) => {
  const t = useT();
  const [isShown, setShown] = useState(false);
  const says = isShown ? t('common.hide') : t('common.show');
  return (
    <Group gap={4} wrap="nowrap">
      <Text
        component="code"
        ff="monospace"
        fz={13}
        {...(isShown ? { className: 'breakable' } : { 'aria-label': t('common.hidden'), style: { whiteSpace: 'nowrap' } })}
      >
        {isShown ? value : '•'.repeat(12)}
      </Text>
      <Tooltip label={says} withArrow>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          onClick={() => setShown(!isShown)}
          aria-label={`${says}: ${label}`}
          aria-pressed={isShown}
        >
          {isShown ? <IconEyeOff size={15} /> : <IconEye size={15} />}
        </ActionIcon>
      </Tooltip>
      <CopyButton value={value} label={label} />
    </Group>
  );
};
