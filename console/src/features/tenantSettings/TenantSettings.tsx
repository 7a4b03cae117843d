/** The settings that count for the whole tenant, and the addresses that applications need. */
import { Group, NumberInput, Radio, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Controller, type UseFormReturn, useForm } from 'react-hook-form';
import { managementApi } from '@/auth/client';
import { CopyableField } from '@/components/CopyButton';
import { FormSection } from '@/components/FormSection';
import { Loaded } from '@/components/Loaded';
import { SettingsForm } from '@/components/SettingsForm';
import { toast } from '@/components/toast';
import { config } from '@/config/config';
import { useT } from '@/i18n/I18n';
import { type Duration, durationOf, secondsOf, units } from './duration';
import {
  type PermissionMode,
  permissionModeQuery,
  sessionLifetimeQuery,
  useSavePermissionMode,
  useSaveSessionLifetime,
} from './queries';

type Values = { session: Duration; mode: PermissionMode };
type Section = { form: UseFormReturn<Values> };

export const TenantSettings = () => {
  const mode = useQuery(permissionModeQuery);
  return (
    <Loaded query={useQuery(sessionLifetimeQuery)}>
      {(ttl) => <Loaded query={mode}>{(stored) => <Settings ttl={ttl} mode={stored} />}</Loaded>}
    </Loaded>
  );
};

const Settings = ({ ttl, mode }: { ttl: number; mode: PermissionMode }) => {
  const t = useT();
  const form = useForm<Values>({ defaultValues: { session: durationOf(ttl), mode } });
  const { mutateAsync: saveLifetime } = useSaveSessionLifetime();
  const { mutateAsync: saveMode } = useSavePermissionMode();
  const submit = async (values: Values) => {
    const seconds = secondsOf(values.session);
    if (seconds !== ttl) await saveLifetime(seconds);
    if (values.mode !== mode) await saveMode(values.mode);
    toast(t('common.saved'));
  };
  return (
    <SettingsForm form={form} onSave={submit}>
      <Addresses />
      <Session form={form} />
      <Permissions form={form} />
    </SettingsForm>
  );
};

const Addresses = () => {
  const t = useT();
  const { endpoint, adminEndpoint } = config();
  return (
    <FormSection title={t('tenantSettings.addresses.title')} description={t('tenantSettings.addresses.description')}>
      <CopyableField label={t('tenantSettings.addresses.issuer')} value={`${endpoint}/oidc`} />
      <CopyableField
        label={t('tenantSettings.addresses.discovery')}
        value={`${endpoint}/oidc/.well-known/openid-configuration`}
      />
      <CopyableField label={t('tenantSettings.addresses.jwks')} value={`${endpoint}/oidc/jwks`} />
      <CopyableField
        label={t('tenantSettings.addresses.managementApi')}
        description={t('tenantSettings.addresses.managementApiHint')}
        value={managementApi}
      />
      <CopyableField label={t('tenantSettings.addresses.admin')} value={adminEndpoint} />
    </FormSection>
  );
};

/** The server takes a year at most. */
const longest = 31_536_000;

const Session = ({ form: { control } }: Section) => {
  const t = useT();
  return (
    <FormSection title={t('tenantSettings.session.title')} description={t('tenantSettings.session.description')}>
      <Controller
        control={control}
        name="session"
        rules={{
          validate: (duration) => {
            const seconds = secondsOf(duration);
            return (seconds >= 60 && seconds <= longest) || t('tenantSettings.session.invalid');
          },
        }}
        render={({ field: { value, onChange, ref }, fieldState }) => (
          <Group align="flex-start" gap="sm">
            <NumberInput
              ref={ref}
              label={t('tenantSettings.session.lifetime')}
              min={1}
              allowDecimal={false}
              value={value.amount}
              onChange={(amount) => onChange({ ...value, amount })}
              error={fieldState.error?.message}
              w={180}
            />
            <Select
              label={t('tenantSettings.session.unit')}
              allowDeselect={false}
              value={value.unit}
              onChange={(unit) => onChange({ ...value, unit })}
              data={(Object.keys(units) as (keyof typeof units)[]).map((unit) => ({
                value: unit,
                label: t(`tenantSettings.session.units.${unit}`),
              }))}
              w={140}
            />
          </Group>
        )}
      />
    </FormSection>
  );
};

const modes = ['compatible', 'strict'] as const;

const Permissions = ({ form: { control } }: Section) => {
  const t = useT();
  return (
    <FormSection title={t('tenantSettings.permissions.title')} description={t('tenantSettings.permissions.description')}>
      <Controller
        control={control}
        name="mode"
        render={({ field }) => (
          <Radio.Group {...field} aria-label={t('tenantSettings.permissions.title')}>
            <Stack gap="md">
              {modes.map((mode) => (
                <Radio
                  key={mode}
                  value={mode}
                  label={t(`tenantSettings.permissions.${mode}`)}
                  description={t(`tenantSettings.permissions.${mode}Hint`)}
                />
              ))}
            </Stack>
          </Radio.Group>
        )}
      />
    </FormSection>
  );
};
