/** A plot with its title: what it shows while it loads, and when nothing happened. */
import { Center, Group, Skeleton, Text, Title } from '@mantine/core';
import type { ComponentProps, ReactNode } from 'react';
import { Surface } from '@/components/Surface';
import { TimeChart } from '@/components/TimeChart';

type Props = {
  title: string;
  description: string;
  /** Nothing while it loads. */
  chart: Omit<ComponentProps<typeof TimeChart>, 'label'> | undefined;
  /** In the place of a plot of nothing. */
  empty: ReactNode;
  /** Over the whole width of the grid. */
  isWide?: boolean;
};

export const Plot = ({ title, description, chart, empty, isWide = false }: Props) => {
  const isEmpty = chart?.series.every(({ values }) => values.every((value) => !value));
  return (
    <Surface p={{ base: 'md', sm: 'lg' }} aria-label={title} {...(isWide && { style: { gridColumn: '1 / -1' } })}>
      <Group justify="space-between" mb="sm" gap="xs">
        <div>
          <Title order={2} fz="md">
            {title}
          </Title>
          <Text size="xs" c="dimmed">
            {description}
          </Text>
        </div>
      </Group>
      {!chart && <Skeleton h={214} />}
      {chart && isEmpty && (
        <Center h={214}>
          <Text size="sm" c="dimmed" ta="center" maw="24rem" component="div">
            {empty}
          </Text>
        </Center>
      )}
      {chart && !isEmpty && <TimeChart label={title} {...chart} />}
    </Surface>
  );
};
