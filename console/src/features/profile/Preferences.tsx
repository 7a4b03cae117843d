/** Language and appearance of the console. They are kept in this browser and count at once. */
import { Radio, SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { FormSection } from '@/components/FormSection';
import { useI18n, useT } from '@/i18n/I18n';
import { languages } from '@/i18n/languages';

export const Preferences = () => {
  const t = useT();
  const { tag, change } = useI18n();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <FormSection title={t('profile.preferences.title')} description={t('profile.preferences.description')}>
      <Radio.Group label={t('navigation.account.language')} value={tag} onChange={(value) => void change(value)}>
        <Stack gap="xs" mt="xs">
          {languages.map((language) => (
            <Radio key={language.tag} value={language.tag} label={<span lang={language.tag}>{language.name}</span>} />
          ))}
        </Stack>
      </Radio.Group>
      <div>
        <Text size="sm" fw="var(--mantine-font-weight-medium, 600)" mb={4}>
          {t('navigation.account.appearance')}
        </Text>
        <SegmentedControl
          aria-label={t('navigation.account.appearance')}
          value={colorScheme}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
          data={[
            { value: 'light', label: t('navigation.account.light') },
            { value: 'dark', label: t('navigation.account.dark') },
            { value: 'auto', label: t('navigation.account.system') },
          ]}
        />
      </div>
    </FormSection>
  );
};
