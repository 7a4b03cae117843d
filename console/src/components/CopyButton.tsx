/** Copies a text, and says that it did. */
import { ActionIcon, Group, CopyButton as MantineCopyButton, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useT } from '@/i18n/I18n';

type Props = {
  value: string;
  /** What is copied, for those who do not see where the button is: "client ID". */
  label?: string;
};

export const CopyButton = ({ value, label }: Props) => {
  const t = useT();
  return (
    <MantineCopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('common.copied') : t('common.copy')} withArrow>
          <ActionIcon
            variant="subtle"
            color={copied ? 'signet' : 'gray'}
            size="sm"
            onClick={(event) => {
              event.stopPropagation();
              event.preventDefault();
              copy();
            }}
            aria-label={copied ? t('common.copied') : label ? t('common.copyThis', { what: label }) : t('common.copy')}
          >
            {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
          </ActionIcon>
        </Tooltip>
      )}
    </MantineCopyButton>
  );
};

/** An identifier as it is, with the button behind it. */
export const CopyableText = ({ value, label }: Props) => (
  <Group gap={4} wrap="nowrap" display="inline-flex" maw="100%">
    <Text component="code" ff="monospace" fz={13} className="breakable">
      {value}
    </Text>
    <CopyButton value={value} {...(label && { label })} />
  </Group>
);

/** A value that is only read and copied, as a field of a form. */
export const CopyableField = ({ label, value, description }: { label: string; value: string; description?: string }) => (
  <div>
    <Text size="sm" fw="var(--mantine-font-weight-medium, 600)">
      {label}
    </Text>
    {description && (
      <Text size="xs" c="dimmed">
        {description}
      </Text>
    )}
    <Group
      gap="xs"
      wrap="nowrap"
      justify="space-between"
      mt={4}
      px="sm"
      py={7}
      bg="var(--page)"
      style={{ border: '1px solid var(--line)', borderRadius: 'var(--mantine-radius-md)' }}
    >
      <Text component="code" ff="monospace" fz={13} className="breakable">
        {value}
      </Text>
      <CopyButton value={value} label={label} />
    </Group>
  </div>
);
