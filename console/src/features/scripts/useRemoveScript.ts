/** Deletes a script after asking. */
import { useConfirm } from '@/components/Confirm';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { useDeleteScript } from './queries';
import { phraseOf, type TokenType } from './tokenTypes';

/** Resolves to whether it is gone. */
export const useRemoveScript = () => {
  const t = useT();
  const confirm = useConfirm();
  const deletion = useDeleteScript();
  return async (kind: TokenType) => {
    const isSure = await confirm({
      title: t('customJwt.delete.title'),
      message: t(`customJwt.delete.${phraseOf[kind]}`),
      action: t('customJwt.delete.button'),
    });
    if (!isSure) return false;
    try {
      await deletion.mutateAsync(kind);
    } catch {
      return false;
    }
    toast(t('customJwt.delete.done'));
    return true;
  };
};
