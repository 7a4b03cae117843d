/** The tab with an organization's own settings: its name, whom it takes in by itself, second factors, custom data. */
import { Alert, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Controller, type UseFormReturn, useForm } from 'react-hook-form';
import { asObject } from '@/api/change';
import { FormSection } from '@/components/FormSection';
import { JsonEditor, jsonProblem } from '@/components/JsonEditor';
import { Loaded } from '@/components/Loaded';
import { SettingsForm } from '@/components/SettingsForm';
import { toast } from '@/components/toast';
import { RoleSelect } from '@/features/organizationTemplate/RoleSelect';
import { useT } from '@/i18n/I18n';
import { type Organization, provisioningQuery, useSaveOrganization } from './queries';

type Provisioning = { emailDomains: string[]; roleIds: string[] };
type Values = Provisioning & { name: string; description: string; isMfaRequired: boolean; customData: string };
type Section = { form: UseFormReturn<Values> };

export const OrganizationSettings = ({ organization }: { organization: Organization }) => (
  <Loaded query={useQuery(provisioningQuery(organization.id))}>
    {(provisioning) => <SettingsOf organization={organization} provisioning={provisioning} />}
  </Loaded>
);

const same = (one: string[], other: string[]) => JSON.stringify(one.toSorted()) === JSON.stringify(other.toSorted());

const SettingsOf = ({ organization, provisioning }: { organization: Organization; provisioning: Provisioning }) => {
  const t = useT();
  const { id, name, description, isMfaRequired, customData } = organization;
  const form = useForm<Values>({
    defaultValues: {
      ...provisioning,
      name,
      description: description ?? '',
      isMfaRequired,
      customData: JSON.stringify(customData, null, 2),
    },
  });
  const save = useSaveOrganization(id);
  const submit = async ({ emailDomains, roleIds, ...values }: Values) => {
    await save.mutateAsync({
      organization: {
        ...values,
        description: values.description || null,
        customData: asObject(JSON.parse(values.customData)),
      },
      ...(!same(emailDomains, provisioning.emailDomains) && { emailDomains }),
      ...(!same(roleIds, provisioning.roleIds) && { roleIds }),
    });
    toast(t('common.saved'));
  };
  return (
    <SettingsForm form={form} onSave={submit}>
      <General form={form} />
      <JustInTime form={form} />
      <Security form={form} />
      <CustomData form={form} />
    </SettingsForm>
  );
};

const General = ({ form: { register, formState } }: Section) => {
  const t = useT();
  return (
    <FormSection title={t('organizations.general.title')} description={t('organizations.general.description')}>
      <TextInput
        label={t('organizations.fields.name')}
        withAsterisk
        maxLength={128}
        error={formState.errors.name?.message}
        {...register('name', { required: t('common.required') })}
      />
      <Textarea label={t('common.description')} maxLength={256} autosize minRows={2} {...register('description')} />
    </FormSection>
  );
};

const isDomain = (text: string) => /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i.test(text);

const JustInTime = ({ form: { control } }: Section) => {
  const t = useT();
  return (
    <FormSection title={t('organizations.provisioning.title')} description={t('organizations.provisioning.description')}>
      <Controller
        control={control}
        name="emailDomains"
        rules={{
          validate: (domains) => {
            const wrong = domains.find((domain) => !isDomain(domain));
            return wrong === undefined || t('organizations.provisioning.domainInvalid', { domain: wrong });
          },
        }}
        render={({ field, fieldState }) => (
          <TagsInput
            label={t('organizations.provisioning.domains')}
            description={t('organizations.provisioning.domainsHint')}
            placeholder={field.value.length === 0 ? 'example.com' : undefined}
            error={fieldState.error?.message}
            splitChars={[',', ' ', ';']}
            acceptValueOnBlur
            {...field}
            onChange={(domains) => field.onChange(domains.map((domain) => domain.toLowerCase().replace(/^@/, '')))}
          />
        )}
      />
      <Controller
        control={control}
        name="roleIds"
        render={({ field: { value, onChange } }) => (
          <RoleSelect
            type="User"
            label={t('organizations.provisioning.roles')}
            description={t('organizations.provisioning.rolesHint')}
            value={value}
            onChange={onChange}
          />
        )}
      />
    </FormSection>
  );
};

const Security = ({ form: { control } }: Section) => {
  const t = useT();
  return (
    <FormSection title={t('organizations.security.title')} description={t('organizations.security.description')}>
      <Controller
        control={control}
        name="isMfaRequired"
        render={({ field: { value, onChange, ...field } }) => (
          <Switch
            label={t('organizations.security.mfa')}
            description={t('organizations.security.mfaHint')}
            checked={value}
            onChange={(event) => onChange(event.currentTarget.checked)}
            {...field}
          />
        )}
      />
    </FormSection>
  );
};

const CustomData = ({ form: { control } }: Section) => {
  const t = useT();
  return (
    <FormSection title={t('organizations.customData.title')} description={t('organizations.customData.description')}>
      <Controller
        control={control}
        name="customData"
        rules={{ validate: (text) => jsonProblem(text, true) === undefined }}
        render={({ field: { value, onChange } }) => (
          <JsonEditor label={t('organizations.customData.label')} isObject value={value} onChange={onChange} />
        )}
      />
      <Alert icon={<IconInfoCircle size={18} />} variant="light">
        {t('organizations.customData.hint')}
      </Alert>
    </FormSection>
  );
};
