/** Fields of a brand: colours and pictures. Organizations and the sign-in experience have the same ones. */
import { ColorInput, Grid, Switch, TextInput } from '@mantine/core';
import { Controller, type FieldValues, type Path, type UseFormReturn } from 'react-hook-form';
import { useT } from '@/i18n/I18n';
import type { Brand } from './brand';

type Props<Values extends FieldValues & { brand: Brand }> = { form: UseFormReturn<Values> };

const isPicture = (text: string) => text === '' || (URL.canParse(text) && /^https?:/i.test(text));
const isColor = (text: string) => text === '' || /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(text);

const pictures = ['logoUrl', 'darkLogoUrl', 'favicon', 'darkFavicon'] as const;

export const ColorFields = <Values extends FieldValues & { brand: Brand }>({ form }: Props<Values>) => {
  const t = useT();
  const { control, watch } = form;
  const at = (name: keyof Brand) => `brand.${name}` as Path<Values>;
  const color = (name: 'primaryColor' | 'darkPrimaryColor') => (
    <Controller
      control={control}
      name={at(name)}
      rules={{ validate: (text) => isColor(text) || t('signInExperience.brand.colorInvalid') }}
      render={({ field, fieldState }) => (
        <ColorInput
          label={t(`signInExperience.brand.${name}`)}
          placeholder={t('signInExperience.brand.asDefault')}
          error={fieldState.error?.message}
          eyeDropperButtonProps={{ 'aria-label': t('signInExperience.brand.eyeDropper') }}
          {...field}
        />
      )}
    />
  );
  return (
    <>
      {color('primaryColor')}
      <Controller
        control={control}
        name={at('isDarkModeEnabled')}
        render={({ field: { value, onChange, ...field } }) => (
          <Switch
            label={t('signInExperience.brand.dark')}
            description={t('signInExperience.brand.darkHint')}
            checked={value}
            onChange={(event) => onChange(event.currentTarget.checked)}
            {...field}
          />
        )}
      />
      {watch(at('isDarkModeEnabled')) && color('darkPrimaryColor')}
    </>
  );
};

export const PictureFields = <Values extends FieldValues & { brand: Brand }>({ form }: Props<Values>) => {
  const t = useT();
  return (
    <Grid gap="md">
      {pictures.map((name) => (
        <Grid.Col key={name} span={{ base: 12, sm: 6 }}>
          <Controller
            control={form.control}
            name={`brand.${name}` as Path<Values>}
            rules={{ validate: (text) => isPicture(text) || t('signInExperience.brand.pictureInvalid') }}
            render={({ field, fieldState }) => (
              <TextInput
                type="url"
                label={t(`signInExperience.brand.${name}`)}
                placeholder="https://example.com/logo.svg"
                error={fieldState.error?.message}
                {...field}
              />
            )}
          />
        </Grid.Col>
      ))}
    </Grid>
  );
};
