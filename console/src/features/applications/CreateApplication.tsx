/** The dialog that makes an application of a chosen framework, with what its guide needs. */
import { Select, Switch, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import type { Framework } from '../guides/frameworks';
import { useFrameworkName } from '../guides/useFrameworkName';
import type { Application, ApplicationType } from './application';
import { useCreateApplication } from './queries';
import { isRedirectUri } from './redirectUri';

type Props = {
  framework: Framework | undefined;
  /** Whether it is somebody else's, unless the person says otherwise. */
  isThirdParty: boolean;
  onClose: () => void;
  onCreated: (application: Application, framework: Framework) => void;
};

type Values = { name: string; type: ApplicationType; isThirdParty: boolean; redirectUri: string };

export const CreateApplication = ({ framework, isThirdParty, onClose, onCreated }: Props) => {
  const t = useT();
  const create = useCreateApplication();
  const form = useForm<Values>({ defaultValues: { name: '', type: 'SPA', isThirdParty: false, redirectUri: '' } });
  const { register, control, formState, reset } = form;
  const created = useRef<Application>(undefined);
  useEffect(() => {
    if (framework) reset({ name: '', type: framework.type, isThirdParty, redirectUri: framework.redirectUri ?? '' });
  }, [framework, isThirdParty, reset]);
  const submit = async ({ redirectUri, ...values }: Values) => {
    if (!framework) return;
    const uri = redirectUri.trim();
    const isAsWritten = uri === framework.redirectUri;
    created.current = await create.mutateAsync({
      ...values,
      redirectUris: uri ? [uri] : [],
      postLogoutRedirectUris: isAsWritten && framework.postLogoutRedirectUri ? [framework.postLogoutRedirectUri] : [],
    });
    toast(t('applications.created', { name: created.current.name }));
  };
  // The dialog closes after success as well; where to go then is another question.
  const close = () => (created.current && framework ? onCreated(created.current, framework) : onClose());
  const nameOf = useFrameworkName();
  const isMachine = framework?.type === 'MachineToMachine';
  return (
    <FormModal
      isOpen={framework !== undefined}
      onClose={close}
      title={t('applications.wizard.dialog', { framework: framework ? nameOf(framework) : '' })}
      form={form}
      onSubmit={submit}
      action={t('applications.create')}
    >
      <TextInput
        label={t('applications.fields.name')}
        description={t('applications.fields.nameHint')}
        placeholder={t('applications.fields.namePlaceholder')}
        withAsterisk
        maxLength={256}
        data-autofocus
        error={formState.errors.name?.message}
        {...register('name', { required: t('common.required') })}
      />
      {framework?.id === 'openid-connect' && <TypeField control={control} />}
      {!isMachine && (
        <>
          <TextInput
            label={t('applications.fields.redirectUri')}
            description={t('applications.fields.redirectUriHint')}
            placeholder={framework?.redirectUri}
            spellCheck={false}
            error={formState.errors.redirectUri?.message}
            {...register('redirectUri', {
              validate: (uri) => !uri.trim() || isRedirectUri(uri.trim()) || t('applications.fields.redirectUriInvalid'),
            })}
          />
          <Controller
            control={control}
            name="isThirdParty"
            render={({ field: { value, onChange, ...field } }) => (
              <Switch
                label={t('applications.fields.thirdParty')}
                description={t('applications.fields.thirdPartyHint')}
                checked={value}
                onChange={(event) => onChange(event.currentTarget.checked)}
                {...field}
              />
            )}
          />
        </>
      )}
    </FormModal>
  );
};

const TypeField = ({ control }: { control: ReturnType<typeof useForm<Values>>['control'] }) => {
  const t = useT();
  const types = ['Traditional', 'SPA', 'Native'] as const;
  return (
    <Controller
      control={control}
      name="type"
      render={({ field }) => (
        <Select
          label={t('common.type')}
          description={t('applications.fields.typeHint')}
          allowDeselect={false}
          data={types.map((type) => ({ value: type, label: t(`applications.types.${type}`) }))}
          {...field}
        />
      )}
    />
  );
};
