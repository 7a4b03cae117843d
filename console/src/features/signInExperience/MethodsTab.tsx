/** The tab with how people sign up and sign in. */
import { Alert, Checkbox, Group, Radio, Select, Stack, Switch, Text } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { Surface } from '@/components/Surface';
import { useT } from '@/i18n/I18n';
import { type Experience, type Identifier, identifiers, type Method, modes, needsVerification } from './experience';
import { Section } from './Section';

type Props = { form: UseFormReturn<Experience> };

export const MethodsTab = ({ form }: Props) => {
  const t = useT();
  const { signUp, methods } = form.watch();
  const sends = needsVerification(signUp.identifiers) || methods.some(({ verificationCode }) => verificationCode);
  return (
    <Stack gap="lg">
      {sends && (
        <Alert icon={<IconMail size={18} />} variant="light">
          {t('signInExperience.methods.connectorHint')}
        </Alert>
      )}
      <Section title={t('signInExperience.methods.mode')}>
        <Controller
          control={form.control}
          name="signInMode"
          render={({ field }) => (
            <Radio.Group {...field} aria-label={t('signInExperience.methods.mode')}>
              <Stack gap="xs">
                {modes.map((mode) => (
                  <Radio key={mode} value={mode} label={t(`signInExperience.methods.modes.${mode}`)} />
                ))}
              </Stack>
            </Radio.Group>
          )}
        />
      </Section>
      <SignUpSection form={form} />
      <SignInSection form={form} />
    </Stack>
  );
};

const SignUpSection = ({ form: { control, watch } }: Props) => {
  const t = useT();
  return (
    <Section title={t('signInExperience.methods.signUp')} description={t('signInExperience.methods.signUpHint')}>
      <Controller
        control={control}
        name="signUp.identifiers"
        render={({ field }) => (
          <Checkbox.Group
            {...field}
            label={t('signInExperience.methods.identifiers')}
            description={t('signInExperience.methods.identifiersHint')}
          >
            <Group gap="lg" mt="xs">
              {identifiers.map((identifier) => (
                <Checkbox key={identifier} value={identifier} label={t(`signInExperience.identifiers.${identifier}`)} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
      />
      <Controller
        control={control}
        name="signUp.password"
        render={({ field: { value, onChange, ...field } }) => (
          <Switch
            label={t('signInExperience.methods.password')}
            description={t('signInExperience.methods.passwordHint')}
            checked={value}
            onChange={(event) => onChange(event.currentTarget.checked)}
            {...field}
          />
        )}
      />
      {needsVerification(watch('signUp.identifiers')) && (
        <Text size="sm" c="dimmed">
          {t('signInExperience.methods.verified')}
        </Text>
      )}
    </Section>
  );
};

const SignInSection = ({ form: { control } }: Props) => {
  const t = useT();
  return (
    <Section title={t('signInExperience.methods.signIn')} description={t('signInExperience.methods.signInHint')}>
      <Controller
        control={control}
        name="methods"
        rules={{
          validate: (methods) =>
            methods.every(({ password, verificationCode }) => password || verificationCode) ||
            t('signInExperience.methods.factorNeeded'),
        }}
        render={({ field: { value, onChange }, fieldState }) => (
          <Stack gap="sm">
            {identifiers.map((identifier) => (
              <MethodCard
                key={identifier}
                identifier={identifier}
                method={value.find((method) => method.identifier === identifier)}
                onChange={(changed) => onChange(replaced(value, identifier, changed))}
              />
            ))}
            {fieldState.error && (
              <Text size="sm" c="red" role="alert">
                {fieldState.error.message}
              </Text>
            )}
          </Stack>
        )}
      />
    </Section>
  );
};

/** The methods with one of them changed, put in, or left out, in the order of the page. */
const replaced = (methods: Method[], identifier: Identifier, changed: Method | undefined) =>
  identifiers.flatMap((each) => {
    const method = each === identifier ? changed : methods.find((known) => known.identifier === each);
    return method ? [method] : [];
  });

type CardProps = { identifier: Identifier; method: Method | undefined; onChange: (method: Method | undefined) => void };

const MethodCard = ({ identifier, method, onChange }: CardProps) => {
  const t = useT();
  const name = t(`signInExperience.identifiers.${identifier}`);
  const fresh: Method = { identifier, password: true, verificationCode: false, isPasswordPrimary: true };
  return (
    <Surface p="md" bg="var(--page)">
      <Switch label={name} fw={600} checked={method !== undefined} onChange={() => onChange(method ? undefined : fresh)} />
      {method && (
        <Group gap="lg" mt="sm" align="flex-end">
          <Checkbox
            label={t('signInExperience.methods.withPassword')}
            aria-label={`${name}: ${t('signInExperience.methods.withPassword')}`}
            checked={method.password}
            onChange={({ currentTarget: { checked } }) =>
              onChange({ ...method, password: checked, isPasswordPrimary: checked && method.isPasswordPrimary })
            }
          />
          {identifier !== 'username' && (
            <Checkbox
              label={t('signInExperience.methods.withCode')}
              aria-label={`${name}: ${t('signInExperience.methods.withCode')}`}
              checked={method.verificationCode}
              onChange={({ currentTarget: { checked } }) => onChange({ ...method, verificationCode: checked })}
            />
          )}
          {method.password && method.verificationCode && (
            <Select
              size="xs"
              label={t('signInExperience.methods.first')}
              allowDeselect={false}
              value={method.isPasswordPrimary ? 'password' : 'code'}
              onChange={(first) => onChange({ ...method, isPasswordPrimary: first === 'password' })}
              data={[
                { value: 'password', label: t('signInExperience.methods.withPassword') },
                { value: 'code', label: t('signInExperience.methods.withCode') },
              ]}
            />
          )}
        </Group>
      )}
    </Surface>
  );
};
