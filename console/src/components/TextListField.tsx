/** Several short texts, such as redirect URIs: a field per text, one more on demand. */
import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useId } from 'react';
import { useT } from '@/i18n/I18n';

type Props = {
  label: string;
  description?: string;
  placeholder?: string;
  value: string[];
  onChange: (value: string[]) => void;
  /** By position; react-hook-form's errors of an array fit. */
  errorOf?: (index: number) => string | undefined;
  addLabel?: string;
};

export const TextListField = ({ label, description, placeholder, value, onChange, errorOf, addLabel }: Props) => {
  const t = useT();
  const id = useId();
  const shown = value.length === 0 ? [''] : value;
  const set = (index: number, text: string) => onChange(shown.map((old, at) => (at === index ? text : old)));
  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      {...(description && { description })}
      role="group"
      aria-labelledby={`${id}-label`}
      id={id}
    >
      <Stack gap="xs" mt={6}>
        {shown.map((text, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: texts have no identity but their place
          <Group key={index} gap="xs" wrap="nowrap" align="flex-start">
            <TextInput
              flex={1}
              aria-label={`${label} ${index + 1}`}
              {...(placeholder && { placeholder })}
              value={text}
              onChange={(event) => set(index, event.currentTarget.value)}
              error={errorOf?.(index)}
              spellCheck={false}
            />
            {value.length > 0 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                onClick={() => onChange(value.filter((_, at) => at !== index))}
                aria-label={t('common.removeThis', { what: text || label })}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
          </Group>
        ))}
        <div>
          <Button
            variant="subtle"
            size="compact-sm"
            ml={-8}
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange([...shown, ''])}
          >
            {addLabel ?? t('common.addAnother')}
          </Button>
        </div>
      </Stack>
    </Input.Wrapper>
  );
};
