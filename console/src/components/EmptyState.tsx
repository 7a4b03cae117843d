/** What a list shows when nothing is in it: what would be here, what it is good for, and how to begin. */
import { Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ComponentType, ReactNode } from 'react';

type Props = {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  title: string;
  description?: ReactNode;
  /** True when it is all that the page says: its title is then the page's. */
  isPage?: boolean;
  /** Buttons: the first step, and perhaps a link to a guide. */
  children?: ReactNode;
};

export const EmptyState = ({ icon: Icon, title, description, isPage = false, children }: Props) => (
  <Stack align="center" gap="xs" py={56} px="lg" ta="center">
    <ThemeIcon size={52} radius="xl" variant="light" mb={4}>
      <Icon size={26} stroke={1.6} />
    </ThemeIcon>
    <Title order={isPage ? 1 : 2} size="h3">
      {title}
    </Title>
    {isPage && <DocumentTitle title={title} />}
    {description && (
      <Text c="dimmed" size="sm" maw="30rem" style={{ textWrap: 'balance' }}>
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

const DocumentTitle = ({ title }: { title: string }) => {
  useDocumentTitle(`${title} · Signet`);
  return null;
};
