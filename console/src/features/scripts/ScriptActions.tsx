/** What can be done with the script besides editing it. */

import { IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { ActionMenu } from '@/components/ActionMenu';
import { useT } from '@/i18n/I18n';
import { useRemoveScript } from './useRemoveScript';
import type { ScriptEditorState } from './useScriptEditor';

export const ScriptActions = ({ editing: { kind, isNew } }: { editing: ScriptEditorState }) => {
  const t = useT();
  const navigate = useNavigate();
  const remove = useRemoveScript();
  if (isNew) return null;
  const removeAndLeave = async () => {
    if (await remove(kind)) await navigate({ to: '/customize-jwt', ignoreBlocker: true });
  };
  return (
    <ActionMenu
      size="lg"
      actions={[
        { label: t('customJwt.delete.button'), icon: IconTrash, onClick: () => void removeAndLeave(), isDangerous: true },
      ]}
    />
  );
};
