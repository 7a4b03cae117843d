/** The tab with which usernames and e-mail addresses people may have, and how long codes work. */
import { Checkbox, Group, SimpleGrid, Stack } from '@mantine/core';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { useT } from '@/i18n/I18n';
import type { Experience } from './experience';
import { NumberField, SwitchField, TagsField } from './fields';
import { characterKinds } from './policies';
import { Section } from './Section';

type Props = { form: UseFormReturn<Experience> };

export const PoliciesTab = ({ form }: Props) => (
  <Stack gap="lg">
    <Usernames form={form} />
    <Addresses form={form} />
    <Codes form={form} />
  </Stack>
);

const Usernames = ({ form }: Props) => {
  const t = useT();
  return (
    <Section title={t('signInExperience.username.title')} description={t('signInExperience.username.description')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberField form={form} name="usernamePolicy.minLength" label={t('signInExperience.password.min')} range={[1, 128]} />
        <NumberField
          form={form}
          name="usernamePolicy.maxLength"
          label={t('signInExperience.password.max')}
          range={[1, 128]}
          check={({ usernamePolicy: { minLength, maxLength } }) =>
            maxLength >= minLength || t('signInExperience.username.lengths')
          }
        />
      </SimpleGrid>
      <Controller
        control={form.control}
        name="usernamePolicy.characters"
        rules={{
          validate: (kinds) => kinds.some((kind) => kind !== 'numbers') || t('signInExperience.username.needsLetter'),
        }}
        render={({ field, fieldState }) => (
          <Checkbox.Group
            label={t('signInExperience.username.characters')}
            description={t('signInExperience.username.charactersHint')}
            error={fieldState.error?.message}
            {...field}
          >
            <Group gap="lg" mt="xs">
              {characterKinds.map((kind) => (
                <Checkbox key={kind} value={kind} label={t(`signInExperience.username.kinds.${kind}`)} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
      />
      <SwitchField
        form={form}
        name="usernamePolicy.caseSensitive"
        label={t('signInExperience.username.caseSensitive')}
        description={t('signInExperience.username.caseSensitiveHint')}
      />
    </Section>
  );
};

/** An address, or a domain behind its @. */
const entry = /^[^\s@]*@[^\s@]+$/;

const Addresses = ({ form }: Props) => {
  const t = useT();
  const errorOf = (text: string) => (entry.test(text) ? undefined : t('signInExperience.blocklist.invalid', { text }));
  return (
    <Section title={t('signInExperience.blocklist.title')} description={t('signInExperience.blocklist.description')}>
      <SwitchField
        form={form}
        name="emailBlocklist.subaddressing"
        label={t('signInExperience.blocklist.subaddressing')}
        description={t('signInExperience.blocklist.subaddressingHint')}
      />
      <TagsField
        form={form}
        name="emailBlocklist.blocked"
        label={t('signInExperience.blocklist.blocked')}
        description={t('signInExperience.blocklist.blockedHint')}
        placeholder="@example.com"
        errorOf={errorOf}
      />
      <TagsField
        form={form}
        name="emailBlocklist.allowed"
        label={t('signInExperience.blocklist.allowed')}
        description={t('signInExperience.blocklist.allowedHint')}
        placeholder="ceo@example.com"
        errorOf={errorOf}
      />
    </Section>
  );
};

const Codes = ({ form }: Props) => {
  const t = useT();
  return (
    <Section title={t('signInExperience.codes.title')} description={t('signInExperience.codes.description')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberField form={form} name="codes.seconds" label={t('signInExperience.codes.seconds')} range={[60, 3600]} />
        <NumberField form={form} name="codes.attempts" label={t('signInExperience.codes.attempts')} range={[1, 100]} />
      </SimpleGrid>
    </Section>
  );
};
