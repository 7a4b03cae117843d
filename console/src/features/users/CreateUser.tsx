/** The dialog that makes a user. */
import { TextInput } from '@mantine/core';
import { type UseFormReturn, useForm } from 'react-hook-form';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { isEmail, isPhone, isUsername, phoneDigits } from './identifiers';
import { chosenPassword, NewPasswordFields, type PasswordValues } from './NewPassword';
import { personName } from './person';
import { type User, useCreateUser } from './queries';

type Values = PasswordValues & { username: string; primaryEmail: string; primaryPhone: string; name: string };

type Props = {
  isOpen: boolean;
  onClose: () => void;
  /** The password when one was made: it has to be shown. */
  onCreated: (user: User, password: string | undefined) => void;
};

export const CreateUser = ({ isOpen, onClose, onCreated }: Props) => {
  const t = useT();
  const form = useForm<Values>({
    defaultValues: { username: '', primaryEmail: '', primaryPhone: '', name: '', way: 'generated', password: '' },
  });
  const create = useCreateUser();
  const submit = async ({ way, password: typed, ...identity }: Values) => {
    const password = chosenPassword({ way, password: typed });
    const given = Object.fromEntries(Object.entries(identity).filter(([, text]) => text.trim() !== ''));
    const phone = phoneDigits(identity.primaryPhone);
    const user = await create.mutateAsync({ ...given, ...(phone && { primaryPhone: phone }), ...(password && { password }) });
    toast(t('users.created', { name: personName(user) }));
    onCreated(user, way === 'generated' ? password : undefined);
  };
  return (
    <FormModal
      isOpen={isOpen}
      onClose={onClose}
      title={t('users.create')}
      description={t('users.createHint')}
      form={form}
      onSubmit={submit}
      action={t('users.create')}
    >
      <Identity form={form} />
      <NewPasswordFields form={form as unknown as UseFormReturn<PasswordValues>} ways={['generated', 'typed', 'none']} />
    </FormModal>
  );
};

const Identity = ({ form: { register, formState, getValues } }: { form: UseFormReturn<Values> }) => {
  const t = useT();
  const { errors } = formState;
  const hasOne = () => {
    const { username, primaryEmail, primaryPhone } = getValues();
    return [username, primaryEmail, primaryPhone].some((text) => text.trim() !== '') || t('users.fields.oneIsNeeded');
  };
  return (
    <>
      <TextInput
        label={t('users.fields.username')}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        error={errors.username?.message}
        {...register('username', {
          validate: { hasOne, grammar: (text) => isUsername(text) || t('users.fields.usernameInvalid') },
        })}
      />
      <TextInput
        type="email"
        label={t('users.fields.email')}
        autoComplete="off"
        error={errors.primaryEmail?.message}
        {...register('primaryEmail', { validate: (text) => isEmail(text) || t('users.fields.emailInvalid') })}
      />
      <TextInput
        type="tel"
        label={t('users.fields.phone')}
        description={t('users.fields.phoneHint')}
        autoComplete="off"
        error={errors.primaryPhone?.message}
        {...register('primaryPhone', { validate: (text) => isPhone(text) || t('users.fields.phoneInvalid') })}
      />
      <TextInput label={t('users.fields.name')} autoComplete="off" {...register('name')} />
    </>
  );
};
