/** Fields of the form that more than one tab has. */
import { NumberInput, Switch, TagsInput } from '@mantine/core';
import { Controller, type FieldPath, type FieldValues, type UseFormReturn } from 'react-hook-form';
import { useT } from '@/i18n/I18n';
import type { Experience } from './experience';

type Props = {
  form: UseFormReturn<Experience>;
  name: FieldPath<Experience>;
  label: string;
  description?: string;
};

/** Says what is wrong with the form as a whole, besides what each field wants by itself. */
type Check = (experience: Experience) => string | true;

type NumberProps = Props & { range: [number, number]; check?: Check };

export const NumberField = ({ form, name, label, description, range: [min, max], check }: NumberProps) => {
  const t = useT();
  return (
    <Controller
      control={form.control}
      name={name}
      rules={{
        validate: (value, experience) => {
          const number = Number(value);
          const isWithin = value !== '' && number >= min && number <= max;
          return isWithin ? (check?.(experience) ?? true) : t('signInExperience.password.range', { min, max });
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

export const SwitchField = ({ form, name, label, description }: Props) => (
  <Controller
    control={form.control}
    name={name}
    render={({ field: { value, onChange, ...field } }) => (
      <Switch
        label={label}
        {...(description && { description })}
        checked={value as boolean}
        onChange={(event) => onChange(event.currentTarget.checked)}
        {...field}
      />
    )}
  />
);

type TagsProps = Props & {
  placeholder?: string;
  /** Says what is wrong with one of them. */
  errorOf?: (text: string) => string | undefined;
};

export const TagsField = ({ form, name, label, description, placeholder, errorOf }: TagsProps) => (
  <Controller<FieldValues>
    control={form.control as never}
    name={name}
    rules={{ validate: (texts: string[]) => texts.map((text) => errorOf?.(text)).find(Boolean) ?? true }}
    render={({ field: { value, ...field }, fieldState }) => (
      <TagsInput
        label={label}
        {...(description && { description })}
        placeholder={value.length === 0 ? (placeholder ?? '') : ''}
        acceptValueOnBlur
        value={value}
        error={fieldState.error?.message}
        {...field}
      />
    )}
  />
);
