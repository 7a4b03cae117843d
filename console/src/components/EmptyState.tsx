/** What a list shows when nothing is in it: what would be here, what it is good for, and how to begin. */
import { Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';

type Props = {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  title: string;
  description?: ReactNode;
  /** Buttons: the first step, and perhaps a link to a guide. */
  children?: ReactNode;
};

export const EmptyState = ({ icon: Icon, title, description, children }: Props) => (
  <Stack align="center" gap="xs" py={56} px="lg" ta="center">
    <ThemeIcon size={52} radius="xl" variant="light" mb={4}>
      <Icon size={26} stroke={1.6} />
    </ThemeIcon>
    <Title order={3} component="h2">
      {title}
    </Title>
    {description && (
      <Text c="dimmed" size="sm" maw="30rem">
        {description}
      </Text>
    )}
    {children && (
      <Group gap="sm" mt="sm" justify="center">
        {children}
      </Group>
    )}
  </Stack>
);
