/** Which claims ID tokens have beyond the standard, in groups by the scope that applications have to ask for. */
import { Code, Stack, Switch, Text } from '@mantine/core';
import { Controller, type UseFormReturn, useForm } from 'react-hook-form';
import { FormSection } from '@/components/FormSection';
import { SettingsForm } from '@/components/SettingsForm';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { useSaveIdToken } from '../queries';
import { type ExtendedClaim, extendedClaims, scopesOfClaims } from './extendedClaims';

type Values = Record<ExtendedClaim, boolean>;

const valuesOf = (enabled: string[]) =>
  Object.fromEntries(extendedClaims.map((claim) => [claim, enabled.includes(claim)])) as Values;

export const IdTokenClaims = ({ enabled }: { enabled: string[] }) => {
  const t = useT();
  const form = useForm<Values>({ defaultValues: valuesOf(enabled) });
  const saving = useSaveIdToken();
  const save = async (values: Values) => {
    await saving.mutateAsync(extendedClaims.filter((claim) => values[claim]));
    toast(t('common.saved'));
  };
  return (
    <SettingsForm form={form} onSave={save}>
      <FormSection title={t('customJwt.idToken.title')} description={t('customJwt.idToken.description')}>
        {scopesOfClaims.map(({ scope, claims }) => (
          <Stack key={scope} gap="xs" component="fieldset" m={0} p={0} bd={0}>
            <Text component="legend" size="xs" c="dimmed" p={0} mb={6}>
              {t.rich('customJwt.idToken.withScope', { scope: <Code>{scope}</Code> })}
            </Text>
            {claims.map((claim) => (
              <ClaimSwitch key={claim} form={form} claim={claim} />
            ))}
          </Stack>
        ))}
      </FormSection>
    </SettingsForm>
  );
};

const ClaimSwitch = ({ form, claim }: { form: UseFormReturn<Values>; claim: ExtendedClaim }) => {
  const t = useT();
  return (
    <Controller
      control={form.control}
      name={claim}
      render={({ field: { value, onChange, ...field } }) => (
        <Switch
          label={
            <Code bg="none" p={0} fz="sm">
              {claim}
            </Code>
          }
          description={t(`customJwt.idToken.claims.${claim}`)}
          checked={value}
          onChange={(event) => onChange(event.currentTarget.checked)}
          {...field}
        />
      )}
    />
  );
};
