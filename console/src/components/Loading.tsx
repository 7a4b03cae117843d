/** Shapes in the place of what is on its way. */
import { Box, Group, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useT } from '@/i18n/I18n';
import { Surface } from './Surface';

/** A page of which nothing is known yet. */
export const PageLoading = () => {
  const t = useT();
  return (
    <Box role="status" aria-busy>
      <VisuallyHidden>{t('common.loading')}</VisuallyHidden>
      <Skeleton h={28} w={220} mb="sm" />
      <Skeleton h={14} w="60%" mb="xl" />
      <Surface p="lg">
        <LinesLoading lines={5} />
      </Surface>
    </Box>
  );
};

export const LinesLoading = ({ lines }: { lines: number }) => (
  <Stack gap="md">
    {Array.from({ length: lines }, (_, index) => `line-${index}`).map((key) => (
      <Group key={key} gap="xl" wrap="nowrap">
        <Skeleton h={14} w="30%" />
        <Skeleton h={14} w="50%" />
      </Group>
    ))}
  </Stack>
);
