/** One subject of a long form: what it is about on the left, the fields on the right; below each other on a phone. */
import { Box, Grid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Surface } from './Surface';

type Props = { title: string; description?: ReactNode; children: ReactNode };

export const FormSection = ({ title, description, children }: Props) => (
  <Surface p={{ base: 'md', sm: 'xl' }} aria-label={title}>
    <Grid gap={{ base: 'md', md: 'xl' }}>
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Title order={2} fz="md">
          {title}
        </Title>
        {description && (
          <Text c="dimmed" size="sm" mt={4} component="div">
            {description}
          </Text>
        )}
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Box maw="40rem">
          <Stack gap="lg">{children}</Stack>
        </Box>
      </Grid.Col>
    </Grid>
  </Surface>
);
