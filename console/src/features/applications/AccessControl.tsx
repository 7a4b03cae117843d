/** The tab with who may use an application. Without it, everybody of the tenant may. */
import { Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Controller, useForm, useWatch } from 'react-hook-form';
import { api, take } from '@/api/client';
import { FormSection } from '@/components/FormSection';
import { Loaded } from '@/components/Loaded';
import { SettingsForm } from '@/components/SettingsForm';
import { toast, toastFailure } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { type AccessRules, accessRulesQuery, useSaveAccess } from './access';
import type { Application } from './application';
import { organizations, people, personName, rolesOfPeople } from './candidates';
import { OrganizationRuleField } from './OrganizationRuleField';
import { PickedField } from './PickedField';

export type AccessValues = AccessRules & { isEnabled: boolean };

const hasRules = ({ userIds, userRoleIds, organizationIds, organizationRoleRules }: AccessRules) =>
  [userIds, userRoleIds, organizationIds, organizationRoleRules].some((list) => list.length > 0);

export const AccessControl = ({ application }: { application: Application }) => {
  const query = useQuery(accessRulesQuery(application.id));
  return <Loaded query={query}>{(rules) => <Rules application={application} rules={rules} />}</Loaded>;
};

const Rules = ({ application, rules }: { application: Application; rules: AccessRules }) => {
  const t = useT();
  const form = useForm<AccessValues>({ defaultValues: { ...rules, isEnabled: application.appLevelAccessControlEnabled } });
  const { control } = form;
  const isEnabled = useWatch({ control, name: 'isEnabled' });
  const { mutateAsync } = useSaveAccess(application.id);
  const save = async ({ isEnabled: isOn, ...wanted }: AccessValues) => {
    if (isOn && !hasRules(wanted)) {
      toastFailure(t('applications.access.needsRule'));
      throw new Error('access control without a rule');
    }
    await mutateAsync({ isEnabled: isOn, rules: wanted });
    toast(t('common.saved'));
  };
  return (
    <SettingsForm form={form} onSave={save}>
      <FormSection title={t('applications.access.title')} description={t('applications.access.description')}>
        <Controller
          control={control}
          name="isEnabled"
          render={({ field: { value, onChange, ...field } }) => (
            <Switch
              label={t('applications.access.enabled')}
              description={t('applications.access.enabledHint')}
              checked={value}
              onChange={(event) => onChange(event.currentTarget.checked)}
              {...field}
            />
          )}
        />
      </FormSection>
      <FormSection title={t('applications.access.rules')} description={t('applications.access.rulesHint')}>
        {!isEnabled && (
          <Text size="sm" c="dimmed">
            {t('applications.access.notInForce')}
          </Text>
        )}
        <RuleFields form={form} />
      </FormSection>
    </SettingsForm>
  );
};

const RuleFields = ({ form: { control } }: { form: ReturnType<typeof useForm<AccessValues>> }) => {
  const t = useT();
  return (
    <>
      <Controller
        control={control}
        name="userIds"
        render={({ field: { value, onChange } }) => (
          <PickedField
            label={t('applications.access.users')}
            subject="users"
            value={value}
            onChange={onChange}
            load={people}
            nameOf={async (userId) => personName(await take(api().GET('/api/users/{userId}', { params: { path: { userId } } })))}
          />
        )}
      />
      <Controller
        control={control}
        name="userRoleIds"
        render={({ field: { value, onChange } }) => (
          <PickedField
            label={t('applications.access.roles')}
            subject="roles"
            value={value}
            onChange={onChange}
            load={rolesOfPeople}
            nameOf={async (id) => (await take(api().GET('/api/roles/{id}', { params: { path: { id } } }))).name}
          />
        )}
      />
      <Controller
        control={control}
        name="organizationIds"
        render={({ field: { value, onChange } }) => (
          <PickedField
            label={t('applications.access.organizations')}
            subject="organizations"
            value={value}
            onChange={onChange}
            load={organizations}
            nameOf={async (id) => (await take(api().GET('/api/organizations/{id}', { params: { path: { id } } }))).name}
          />
        )}
      />
      <Controller
        control={control}
        name="organizationRoleRules"
        render={({ field: { value, onChange } }) => <OrganizationRuleField value={value} onChange={onChange} />}
      />
    </>
  );
};
