/** The dialog that makes a role, with its first permissions. */
import { MultiSelect, SegmentedControl, Switch, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Controller, useForm, useWatch } from 'react-hook-form';
import { api, take } from '@/api/client';
import { managementApi } from '@/auth/client';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { isForMachines, type Role, type RoleType, roleTypes, useCreateRole } from './queries';

type Props = { isOpen: boolean; onClose: () => void; onCreated: (role: Role) => void };

type Values = { name: string; description: string; type: RoleType; isDefault: boolean; scopeIds: string[] };

const empty: Values = { name: '', description: '', type: 'User', isDefault: false, scopeIds: [] };

export const CreateRole = ({ isOpen, onClose, onCreated }: Props) => {
  const t = useT();
  const form = useForm<Values>({ defaultValues: empty });
  const { register, control, formState } = form;
  const type = useWatch({ control, name: 'type' });
  const create = useCreateRole();
  const submit = async ({ scopeIds, isDefault, ...values }: Values) => {
    const role = await create.mutateAsync({
      ...values,
      ...(!isForMachines(values) && { isDefault }),
      ...(scopeIds.length > 0 && { scopeIds }),
    });
    toast(t('roles.created', { name: role.name }));
    onCreated(role);
  };
  return (
    <FormModal
      isOpen={isOpen}
      onClose={onClose}
      title={t('roles.create')}
      form={form}
      onSubmit={submit}
      action={t('roles.create')}
      size="lg"
    >
      <TextInput
        label={t('roles.fields.name')}
        placeholder={t('roles.fields.namePlaceholder')}
        withAsterisk
        data-autofocus
        error={formState.errors.name?.message}
        {...register('name', { validate: (name) => name.trim() !== '' || t('common.required') })}
      />
      <Textarea
        label={t('common.description')}
        placeholder={t('roles.fields.descriptionPlaceholder')}
        withAsterisk
        autosize
        error={formState.errors.description?.message}
        {...register('description', { validate: (text) => text.trim() !== '' || t('common.required') })}
      />
      <Controller
        control={control}
        name="type"
        render={({ field: { value, onChange } }) => (
          <SegmentedControl
            aria-label={t('common.type')}
            fullWidth
            data={roleTypes.map((one) => ({ value: one, label: t(`roles.types.${one}`) }))}
            value={value}
            onChange={(chosen) => {
              onChange(chosen);
              // Permissions of the Management API are for machines only.
              form.setValue('scopeIds', []);
            }}
          />
        )}
      />
      <PermissionsField control={control} type={type} isOpen={isOpen} />
      {type === 'User' && (
        <Controller
          control={control}
          name="isDefault"
          render={({ field: { value, onChange, ...field } }) => (
            <Switch
              label={t('roles.fields.default')}
              description={t('roles.fields.defaultHint')}
              checked={value}
              onChange={(event) => onChange(event.currentTarget.checked)}
              {...field}
            />
          )}
        />
      )}
    </FormModal>
  );
};

type FieldProps = { control: ReturnType<typeof useForm<Values>>['control']; type: RoleType; isOpen: boolean };

const PermissionsField = ({ control, type, isOpen }: FieldProps) => {
  const t = useT();
  const { data: resources = [] } = useQuery({
    queryKey: ['api-resources', 'with-permissions'],
    queryFn: () => take(api().GET('/api/resources', { params: { query: { includeScopes: true } } })),
    enabled: isOpen,
  });
  const groups = resources
    .filter(({ indicator, scopes = [] }) => scopes.length > 0 && (type === 'MachineToMachine' || indicator !== managementApi))
    .map(({ name, scopes = [] }) => ({ group: name, items: scopes.map(({ id, name: label }) => ({ value: id, label })) }));
  return (
    <Controller
      control={control}
      name="scopeIds"
      render={({ field }) => (
        <MultiSelect
          label={t('roles.fields.permissions')}
          description={t('roles.fields.permissionsHint')}
          placeholder={field.value.length === 0 ? t('roles.fields.permissionsPlaceholder') : ''}
          data={groups}
          searchable
          nothingFoundMessage={t('roles.permissions.none')}
          maxDropdownHeight={240}
          {...field}
        />
      )}
    />
  );
};
