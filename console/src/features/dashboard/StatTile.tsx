/** One number with what it was before. */
import { Group, Skeleton, Text } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react';
import { Surface } from '@/components/Surface';
import { useI18n } from '@/i18n/I18n';

type Props = {
  label: string;
  /** Nothing while it loads, null when it could not be loaded. */
  value: number | null | undefined;
  /** Against the time before. */
  delta?: number | undefined;
  /** "against yesterday", behind the difference, or anything else worth a line. */
  note?: string;
};

export const StatTile = ({ label, value, delta, note }: Props) => {
  const { tag } = useI18n();
  const number = new Intl.NumberFormat(tag);
  const signed = new Intl.NumberFormat(tag, { signDisplay: 'exceptZero' });
  const Arrow = (delta ?? 0) > 0 ? IconArrowUpRight : IconArrowDownRight;
  return (
    <Surface p="md">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      {value === undefined ? (
        <Skeleton h={30} w={72} mt={6} mb={4} />
      ) : (
        <Text fz={28} fw={650} lh={1.35} className="numbers">
          {value === null ? '–' : number.format(value)}
        </Text>
      )}
      <Group gap={4} mih={20} c="dimmed" align="flex-start" wrap="nowrap">
        {delta !== undefined && (
          <>
            {delta !== 0 && <Arrow size={15} aria-hidden />}
            <Text size="xs" fw={600} className="numbers">
              {delta === 0 ? `±${number.format(0)}` : signed.format(delta)}
            </Text>
          </>
        )}
        <Text size="xs">{note}</Text>
      </Group>
    </Surface>
  );
};
