/** The dialog that sends the message of an invitation once more. */
import { TextInput } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { isLink } from './InviteDialog';
import { type Invitation, useSendInvitation } from './invitations';

type Props = { invitation: Invitation | undefined; onClose: () => void };

export const ResendDialog = ({ invitation, onClose }: Props) => {
  const t = useT();
  const form = useForm({ defaultValues: { link: '' } });
  const send = useSendInvitation();
  const submit = async ({ link }: { link: string }) => {
    if (!invitation) return;
    await send.mutateAsync({ id: invitation.id, link });
    toast(t('organizations.invitations.sent', { invitee: invitation.invitee }));
  };
  return (
    <FormModal
      isOpen={invitation !== undefined}
      onClose={onClose}
      title={t('organizations.invitations.resendTo', { invitee: invitation?.invitee ?? '' })}
      form={form}
      onSubmit={submit}
      action={t('organizations.invitations.resend')}
    >
      <TextInput
        type="url"
        label={t('organizations.invitations.link')}
        description={t('organizations.invitations.linkHint')}
        placeholder="https://app.example.com/join"
        data-autofocus
        error={form.formState.errors.link?.message}
        {...form.register('link', { validate: (text) => isLink(text) || t('organizations.invitations.linkInvalid') })}
      />
    </FormModal>
  );
};
