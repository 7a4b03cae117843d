/** A part of the form, in the narrow column beside the preview. */
import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Surface } from '@/components/Surface';

type Props = { title: string; description?: ReactNode; children: ReactNode };

export const Section = ({ title, description, children }: Props) => (
  <Surface p={{ base: 'md', sm: 'lg' }} aria-label={title}>
    <Title order={2} fz="md">
      {title}
    </Title>
    {description && (
      <Text c="dimmed" size="sm" mt={4} component="div">
        {description}
      </Text>
    )}
    <Stack gap="md" mt="md">
      {children}
    </Stack>
  </Surface>
);
