/** The dialog that invites somebody into an organization. */
import { Select, Switch, TextInput } from '@mantine/core';
import { Controller, useForm } from 'react-hook-form';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { RoleSelect } from '@/features/organizationTemplate/RoleSelect';
import { useT } from '@/i18n/I18n';
import { useInvite, variables } from './invitations';

const day = 86_400_000;
const lifetimes = [1, 3, 7, 14, 30];

type Values = { invitee: string; roleIds: string[]; days: string; sends: boolean; link: string };

const blank: Values = { invitee: '', roleIds: [], days: '7', sends: false, link: '' };

type Props = { organizationId: string; isOpen: boolean; onClose: () => void };

export const isLink = (text: string) => text === '' || (URL.canParse(text) && /^https?:/i.test(text));

export const InviteDialog = ({ organizationId, isOpen, onClose }: Props) => {
  const t = useT();
  const form = useForm<Values>({ defaultValues: blank });
  const { register, control, formState, watch } = form;
  const invite = useInvite();
  const submit = async ({ invitee, roleIds, days, sends, link }: Values) => {
    await invite.mutateAsync({
      invitee: invitee.trim(),
      organizationId,
      organizationRoleIds: roleIds,
      expiresAt: Date.now() + Number(days) * day,
      ...(sends && { messagePayload: variables(link) }),
    });
    toast(t(sends ? 'organizations.invitations.sent' : 'organizations.invitations.created', { invitee: invitee.trim() }));
  };
  return (
    <FormModal
      isOpen={isOpen}
      onClose={onClose}
      title={t('organizations.invitations.invite')}
      description={t('organizations.invitations.hint')}
      form={form}
      onSubmit={submit}
      action={t('organizations.invitations.invite')}
    >
      <TextInput
        type="email"
        label={t('organizations.invitations.email')}
        placeholder="ann@example.com"
        withAsterisk
        data-autofocus
        error={formState.errors.invitee?.message}
        {...register('invitee', {
          required: t('common.required'),
          validate: (text) => /^\S+@\S+\.\S+$/.test(text.trim()) || t('organizations.invitations.emailInvalid'),
        })}
      />
      <Controller
        control={control}
        name="roleIds"
        render={({ field: { value, onChange } }) => (
          <RoleSelect type="User" label={t('organizations.invitations.roles')} value={value} onChange={onChange} />
        )}
      />
      <Controller
        control={control}
        name="days"
        render={({ field }) => (
          <Select
            label={t('organizations.invitations.expiry')}
            data={lifetimes.map((count) => ({ value: `${count}`, label: t('organizations.invitations.days', { count }) }))}
            allowDeselect={false}
            {...field}
          />
        )}
      />
      <Switch
        label={t('organizations.invitations.sends')}
        description={t('organizations.invitations.sendsHint')}
        {...register('sends')}
      />
      {watch('sends') && (
        <TextInput
          type="url"
          label={t('organizations.invitations.link')}
          description={t('organizations.invitations.linkHint')}
          placeholder="https://app.example.com/join"
          error={formState.errors.link?.message}
          {...register('link', { validate: (text) => isLink(text) || t('organizations.invitations.linkInvalid') })}
        />
      )}
    </FormModal>
  );
};
