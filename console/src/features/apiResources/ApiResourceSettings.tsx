/** The tab with an API resource's own settings. */
import { NumberInput, Switch, TextInput } from '@mantine/core';
import { Controller, useForm } from 'react-hook-form';
import { CopyableField } from '@/components/CopyButton';
import { FormSection } from '@/components/FormSection';
import { SettingsForm } from '@/components/SettingsForm';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { type ApiResource, useSaveApiResource } from './queries';

export const ApiResourceSettings = ({ resource }: { resource: ApiResource }) => {
  const t = useT();
  const { name, accessTokenTtl, isDefault } = resource;
  const form = useForm({ defaultValues: { name, accessTokenTtl, isDefault } });
  const { control, formState, register } = form;
  const save = useSaveApiResource(resource);
  return (
    <SettingsForm form={form} onSave={(values) => save.mutateAsync(values).then(() => toast(t('common.saved')))}>
      <FormSection title={t('apiResources.general.title')} description={t('apiResources.general.description')}>
        <TextInput
          label={t('apiResources.fields.name')}
          withAsterisk
          error={formState.errors.name?.message}
          {...register('name', { required: t('common.required') })}
        />
        <CopyableField
          label={t('apiResources.fields.indicator')}
          description={t('apiResources.fields.indicatorHint')}
          value={resource.indicator}
        />
        <Controller
          control={control}
          name="accessTokenTtl"
          rules={{ validate: (seconds) => (Number.isInteger(seconds) && seconds >= 60) || t('apiResources.fields.ttlInvalid') }}
          render={({ field, fieldState }) => (
            <NumberInput
              label={t('apiResources.fields.ttl')}
              description={t('apiResources.fields.ttlHint')}
              maw={240}
              min={60}
              allowDecimal={false}
              thousandSeparator
              error={fieldState.error?.message}
              {...field}
            />
          )}
        />
        <Controller
          control={control}
          name="isDefault"
          render={({ field: { value, onChange, ...field } }) => (
            <Switch
              label={t('apiResources.fields.default')}
              description={t('apiResources.fields.defaultHint')}
              checked={value}
              onChange={(event) => onChange(event.currentTarget.checked)}
              {...field}
            />
          )}
        />
      </FormSection>
    </SettingsForm>
  );
};
