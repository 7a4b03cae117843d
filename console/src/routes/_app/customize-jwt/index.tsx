/** The claims scripts, and the claims of ID tokens. */
import { Box, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { IdTokenClaims } from '@/features/scripts/list/IdTokenClaims';
import { ScriptCards } from '@/features/scripts/list/ScriptCards';
import { idTokenQuery, scriptsQuery } from '@/features/scripts/queries';
import { useT } from '@/i18n/I18n';

const CustomJwtPage = () => {
  const t = useT();
  const scripts = useQuery(scriptsQuery());
  const idToken = useQuery(idTokenQuery());
  return (
    <>
      <PageHeader title={t('customJwt.title')} description={t('customJwt.description')} />
      <Stack gap="xl">
        <Box component="section" aria-labelledby="access-tokens">
          <Title order={2} id="access-tokens">
            {t('customJwt.accessTokens.title')}
          </Title>
          <Text size="sm" c="dimmed" mt={2} mb="md">
            {t('customJwt.accessTokens.description')}
          </Text>
          <Loaded query={scripts} loading={<CardsLoading />}>
            {(existing) => <ScriptCards existing={existing} />}
          </Loaded>
        </Box>
        <Loaded query={idToken} loading={<Skeleton h={360} radius="lg" />}>
          {(enabled) => <IdTokenClaims enabled={enabled} />}
        </Loaded>
      </Stack>
    </>
  );
};

const CardsLoading = () => (
  <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
    <Skeleton h={150} radius="lg" />
    <Skeleton h={150} radius="lg" />
  </SimpleGrid>
);

export const Route = createFileRoute('/_app/customize-jwt/')({ component: CustomJwtPage });
