/** The tab with what passwords have to be, and how many guesses anybody has. */
import { NumberInput, SimpleGrid, Stack, Switch, TagsInput } from '@mantine/core';
import { Controller, type FieldPath, type UseFormReturn } from 'react-hook-form';
import { useT } from '@/i18n/I18n';
import type { Experience } from './experience';
import { Section } from './Section';

type Props = { form: UseFormReturn<Experience> };

const rejects = ['pwned', 'repetitionAndSequence', 'userInfo'] as const;

export const PasswordTab = ({ form }: Props) => {
  const t = useT();
  const { control } = form;
  return (
    <Stack gap="lg">
      <Section title={t('signInExperience.password.title')} description={t('signInExperience.password.description')}>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NumberField form={form} name="passwordPolicy.min" label={t('signInExperience.password.min')} range={[1, 256]} />
          <NumberField form={form} name="passwordPolicy.max" label={t('signInExperience.password.max')} range={[1, 256]} />
        </SimpleGrid>
        <NumberField
          form={form}
          name="passwordPolicy.characterTypes"
          label={t('signInExperience.password.characterTypes')}
          description={t('signInExperience.password.characterTypesHint')}
          range={[1, 4]}
        />
        {rejects.map((name) => (
          <Controller
            key={name}
            control={control}
            name={`passwordPolicy.${name}`}
            render={({ field: { value, onChange, ...field } }) => (
              <Switch
                label={t(`signInExperience.password.${name}`)}
                description={t(`signInExperience.password.${name}Hint`)}
                checked={value}
                onChange={(event) => onChange(event.currentTarget.checked)}
                {...field}
              />
            )}
          />
        ))}
        <Controller
          control={control}
          name="passwordPolicy.words"
          render={({ field }) => (
            <TagsInput
              label={t('signInExperience.password.words')}
              description={t('signInExperience.password.wordsHint')}
              acceptValueOnBlur
              {...field}
            />
          )}
        />
      </Section>
      <Section title={t('signInExperience.password.lockOut')} description={t('signInExperience.password.lockOutHint')}>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NumberField
            form={form}
            name="lockOut.maxAttempts"
            label={t('signInExperience.password.attempts')}
            range={[1, 10_000]}
          />
          <NumberField form={form} name="lockOut.minutes" label={t('signInExperience.password.minutes')} range={[1, 525_600]} />
        </SimpleGrid>
      </Section>
    </Stack>
  );
};

type NumberProps = Props & {
  name: FieldPath<Experience>;
  label: string;
  description?: string;
  range: [number, number];
};

const NumberField = ({ form, name, label, description, range: [min, max] }: NumberProps) => {
  const t = useT();
  return (
    <Controller
      control={form.control}
      name={name}
      rules={{
        validate: (value) => {
          const number = Number(value);
          return (value !== '' && number >= min && number <= max) || t('signInExperience.password.range', { min, max });
        },
      }}
      render={({ field: { value, ...field }, fieldState }) => (
        <NumberInput
          label={label}
          {...(description && { description })}
          min={min}
          max={max}
          allowDecimal={false}
          value={value as number}
          error={fieldState.error?.message}
          {...field}
        />
      )}
    />
  );
};
