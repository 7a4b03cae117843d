/** What happens to a token when its script fails, and whether what the script wrote is kept. */
import { Alert, List, Stack, Switch, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useT } from '@/i18n/I18n';
import type { ScriptEditorState } from '../useScriptEditor';

export const ErrorHandling = ({ editing: { draft, change } }: { editing: ScriptEditorState }) => {
  const t = useT();
  return (
    <Stack gap="lg">
      <Switch
        label={t('customJwt.errorHandling.block')}
        description={t(draft.isBlocking ? 'customJwt.errorHandling.blocks' : 'customJwt.errorHandling.passes')}
        checked={draft.isBlocking}
        onChange={(event) => change({ isBlocking: event.currentTarget.checked })}
      />
      <Switch
        label={t('customJwt.errorHandling.logs')}
        description={t('customJwt.errorHandling.logsHint')}
        checked={draft.storesLogs}
        onChange={(event) => change({ storesLogs: event.currentTarget.checked })}
      />
      <Alert variant="light" color="gray" icon={<IconInfoCircle size={18} />} title={t('customJwt.errorHandling.failures')}>
        <List size="sm" spacing={4}>
          <List.Item>{t('customJwt.errorHandling.throws')}</List.Item>
          <List.Item>{t('customJwt.errorHandling.limits')}</List.Item>
          <List.Item>{t('customJwt.errorHandling.shape')}</List.Item>
        </List>
        <Text size="sm" mt="xs">
          {t.rich('customJwt.errorHandling.denials', { call: <code>api.denyAccess()</code> })}
        </Text>
      </Alert>
    </Stack>
  );
};
