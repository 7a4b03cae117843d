/** What can be done with a user besides changing them: a new password, suspension, the end. */
import { Button } from '@mantine/core';
import { IconBan, IconCircleCheck, IconKey, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { ActionMenu } from '@/components/ActionMenu';
import { useConfirm } from '@/components/Confirm';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { chosenPassword, NewPasswordFields, PasswordShown, type PasswordValues } from './NewPassword';
import { personName } from './person';
import { type User, useDeleteUser, useSetPassword, useSetSuspension } from './queries';

export const UserActions = ({ user }: { user: User }) => {
  const t = useT();
  const [isResetting, setResetting] = useState(false);
  const suspend = useSuspension(user);
  const remove = useRemove(user);
  return (
    <>
      <Button variant="default" leftSection={<IconKey size={16} />} onClick={() => setResetting(true)}>
        {t('users.password.reset')}
      </Button>
      <ActionMenu
        size="lg"
        actions={[
          user.isSuspended
            ? { label: t('users.suspension.end'), icon: IconCircleCheck, onClick: () => void suspend(false) }
            : { label: t('users.suspension.begin'), icon: IconBan, isDangerous: true, onClick: () => void suspend(true) },
          { label: t('users.delete.action'), icon: IconTrash, isDangerous: true, onClick: () => void remove() },
        ]}
      />
      <ResetPassword user={user} isOpen={isResetting} onClose={() => setResetting(false)} />
    </>
  );
};

const ResetPassword = ({ user, isOpen, onClose }: { user: User; isOpen: boolean; onClose: () => void }) => {
  const t = useT();
  const form = useForm<PasswordValues>({ defaultValues: { way: 'generated', password: '' } });
  const [made, setMade] = useState('');
  const [isShown, setShown] = useState(false);
  const setPassword = useSetPassword(user.id);
  const submit = async (values: PasswordValues) => {
    const password = chosenPassword(values) ?? '';
    await setPassword.mutateAsync(password);
    toast(t('users.password.wasReset', { name: personName(user) }));
    if (values.way !== 'generated') return;
    setMade(password);
    setShown(true);
  };
  return (
    <>
      <FormModal
        isOpen={isOpen}
        onClose={onClose}
        title={t('users.password.reset')}
        description={t('users.password.resetHint', { name: personName(user) })}
        form={form}
        onSubmit={submit}
        action={t('users.password.reset')}
      >
        <NewPasswordFields form={form} ways={['generated', 'typed']} />
      </FormModal>
      <PasswordShown
        title={t('users.password.wasReset', { name: personName(user) })}
        name={personName(user)}
        password={made}
        isOpen={isShown}
        onClose={() => setShown(false)}
      />
    </>
  );
};

const useSuspension = (user: User) => {
  const t = useT();
  const confirm = useConfirm();
  const { mutateAsync } = useSetSuspension(user.id);
  const name = personName(user);
  return async (isSuspended: boolean) => {
    const isSure =
      !isSuspended ||
      (await confirm({
        title: t('users.suspension.title', { name }),
        message: t('users.suspension.message'),
        action: t('users.suspension.begin'),
      }));
    if (!isSure) return;
    await mutateAsync(isSuspended);
    toast(t(isSuspended ? 'users.suspension.begun' : 'users.suspension.ended', { name }));
  };
};

const useRemove = (user: User) => {
  const t = useT();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { mutateAsync } = useDeleteUser();
  const name = personName(user);
  return async () => {
    const isSure = await confirm({
      title: t('users.delete.title', { name }),
      message: t('users.delete.message'),
      action: t('users.delete.action'),
      typedName: name,
    });
    if (!isSure) return;
    await mutateAsync(user.id);
    toast(t('users.delete.done', { name }));
    await navigate({ to: '/users' });
    queryClient.removeQueries({ queryKey: ['users', user.id] });
    await queryClient.invalidateQueries({ queryKey: ['users', 'list'] });
  };
};
