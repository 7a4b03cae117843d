/** How long the application's tokens live, and how refresh tokens behave. */
import { NumberInput, Switch } from '@mantine/core';
import { Controller } from 'react-hook-form';
import { FormSection } from '@/components/FormSection';
import { useT } from '@/i18n/I18n';
import type { SettingsFormState } from './ApplicationSettings';
import { type Application, isMachine } from './application';

type Props = { form: SettingsFormState; application: Application };

export const TokenFields = ({ form, application }: Props) => {
  const t = useT();
  return (
    <FormSection title={t('applications.tokens.title')} description={t('applications.tokens.description')}>
      {!isMachine(application) && (
        <>
          <NumberField form={form} name="idTokenTtl" min={60} max={31_536_000} />
          <NumberField form={form} name="refreshTokenTtlInDays" min={1} max={180} />
          <SwitchField form={form} name="rotateRefreshToken" />
          <SwitchField form={form} name="alwaysIssueRefreshToken" />
        </>
      )}
      {!application.isThirdParty && <SwitchField form={form} name="allowTokenExchange" />}
    </FormSection>
  );
};

type NumberProps = {
  form: SettingsFormState;
  name: 'idTokenTtl' | 'refreshTokenTtlInDays';
  min: number;
  max: number;
};

const NumberField = ({ form, name, min, max }: NumberProps) => {
  const t = useT();
  const isFine = (value: unknown) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
  return (
    <Controller
      control={form.control}
      name={name}
      rules={{ validate: (value) => isFine(value) || t('applications.tokens.invalid', { min, max }) }}
      render={({ field, fieldState }) => (
        <NumberInput
          label={t(`applications.tokens.${name}`)}
          description={t(`applications.tokens.${name}Hint`)}
          maw={280}
          min={min}
          max={max}
          allowDecimal={false}
          thousandSeparator
          clampBehavior="none"
          error={fieldState.error?.message}
          {...field}
        />
      )}
    />
  );
};

type SwitchProps = {
  form: SettingsFormState;
  name: 'rotateRefreshToken' | 'alwaysIssueRefreshToken' | 'allowTokenExchange';
};

const SwitchField = ({ form, name }: SwitchProps) => {
  const t = useT();
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field: { value, onChange, ...field } }) => (
        <Switch
          label={t(`applications.tokens.${name}`)}
          description={t(`applications.tokens.${name}Hint`)}
          checked={value}
          onChange={(event) => onChange(event.currentTarget.checked)}
          {...field}
        />
      )}
    />
  );
};
