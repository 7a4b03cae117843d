/** The tab with the looks of the hosted pages. */
import { Stack, Textarea } from '@mantine/core';
import type { UseFormReturn } from 'react-hook-form';
import { ColorFields, PictureFields } from '@/features/branding/BrandingFields';
import { useT } from '@/i18n/I18n';
import type { Experience } from './experience';
import { Section } from './Section';

export const BrandTab = ({ form }: { form: UseFormReturn<Experience> }) => {
  const t = useT();
  return (
    <Stack gap="lg">
      <Section title={t('signInExperience.brand.colors')} description={t('signInExperience.brand.colorsHint')}>
        <ColorFields form={form} />
      </Section>
      <Section title={t('signInExperience.brand.pictures')} description={t('signInExperience.brand.picturesHint')}>
        <PictureFields form={form} />
      </Section>
      <Section title={t('signInExperience.brand.css')} description={t('signInExperience.brand.cssHint')}>
        <Textarea
          aria-label={t('signInExperience.brand.css')}
          autosize
          minRows={6}
          maxRows={24}
          spellCheck={false}
          placeholder=".card { border-radius: 4px }"
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
          {...form.register('customCss')}
        />
      </Section>
    </Stack>
  );
};
