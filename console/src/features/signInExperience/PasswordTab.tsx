/** The tab with what passwords have to be, and how many guesses anybody has. */
import { SimpleGrid, Stack } from '@mantine/core';
import type { UseFormReturn } from 'react-hook-form';
import { useT } from '@/i18n/I18n';
import type { Experience } from './experience';
import { NumberField, SwitchField, TagsField } from './fields';
import { Section } from './Section';

type Props = { form: UseFormReturn<Experience> };

const rejects = ['pwned', 'repetitionAndSequence', 'userInfo'] as const;

export const PasswordTab = ({ form }: Props) => {
  const t = useT();
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
          <SwitchField
            key={name}
            form={form}
            name={`passwordPolicy.${name}`}
            label={t(`signInExperience.password.${name}`)}
            description={t(`signInExperience.password.${name}Hint`)}
          />
        ))}
        <TagsField
          form={form}
          name="passwordPolicy.words"
          label={t('signInExperience.password.words')}
          description={t('signInExperience.password.wordsHint')}
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
      <Section title={t('signInExperience.password.expiry')} description={t('signInExperience.password.expiryHint')}>
        <SwitchField form={form} name="passwordExpiration.isEnabled" label={t('signInExperience.password.expires')} />
        {form.watch('passwordExpiration.isEnabled') && (
          <NumberField
            form={form}
            name="passwordExpiration.days"
            label={t('signInExperience.password.days')}
            range={[1, 100_000]}
          />
        )}
      </Section>
    </Stack>
  );
};
