/** The tab with the looks of an organization: they take the place of the tenant's on its sign-in pages. */
import { Textarea } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { asObject } from '@/api/change';
import { FormSection } from '@/components/FormSection';
import { SettingsForm } from '@/components/SettingsForm';
import { toast } from '@/components/toast';
import { ColorFields, PictureFields } from '@/features/branding/BrandingFields';
import { brandingOf, brandOf, colorOf } from '@/features/branding/brand';
import { useT } from '@/i18n/I18n';
import { type Organization, useSaveOrganization } from './queries';

export const OrganizationBranding = ({ organization }: { organization: Organization }) => {
  const t = useT();
  const { id, color, branding, customCss } = organization;
  const form = useForm({ defaultValues: { brand: brandOf(color, branding), customCss: customCss ?? '' } });
  const save = useSaveOrganization(id);
  return (
    <SettingsForm
      form={form}
      onSave={async (values) => {
        await save.mutateAsync({
          organization: {
            color: asObject(colorOf(values.brand)),
            branding: asObject(brandingOf(values.brand)),
            customCss: values.customCss || null,
          },
        });
        toast(t('common.saved'));
      }}
    >
      <FormSection title={t('signInExperience.brand.colors')} description={t('organizations.branding.colorsHint')}>
        <ColorFields form={form} />
      </FormSection>
      <FormSection title={t('signInExperience.brand.pictures')} description={t('organizations.branding.picturesHint')}>
        <PictureFields form={form} />
      </FormSection>
      <FormSection title={t('signInExperience.brand.css')} description={t('organizations.branding.cssHint')}>
        <Textarea
          label={t('signInExperience.brand.css')}
          autosize
          minRows={6}
          maxRows={24}
          spellCheck={false}
          placeholder=".card { border-radius: 4px }"
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
          {...form.register('customCss')}
        />
      </FormSection>
    </SettingsForm>
  );
};
