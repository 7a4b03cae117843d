/** The dialog with the roles of a machine in one organization. */
import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { api, take } from '@/api/client';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import type { Membership } from './MachineOrganizations';
import { useChange } from './queries';

type Props = { applicationId: string; membership: Membership | undefined; onClose: () => void };

export const OrganizationRolesDialog = ({ applicationId, membership, onClose }: Props) => {
  const t = useT();
  const held = membership?.organizationRoles.map(({ id }) => id) ?? [];
  const form = useForm({ values: { roles: held } });
  const save = useSave(applicationId);
  const { data: roles = [] } = useQuery({
    queryKey: ['organization-roles', 'all'],
    queryFn: () => take(api().GET('/api/organization-roles', { params: { query: { page: 1, page_size: 100 } } })),
    enabled: membership !== undefined,
  });
  const choices = roles.filter(({ type }) => type === 'MachineToMachine').map(({ id, name }) => ({ value: id, label: name }));
  return (
    <FormModal
      isOpen={membership !== undefined}
      onClose={onClose}
      title={t('applications.organizations.rolesOf', { name: membership?.name ?? '' })}
      description={t('applications.organizations.rolesHint')}
      form={form}
      onSubmit={async ({ roles: wanted }) => {
        if (!membership) return;
        await save.mutateAsync({ id: membership.id, held, wanted });
        toast(t('common.saved'));
      }}
      action={t('common.save')}
    >
      <Controller
        control={form.control}
        name="roles"
        render={({ field }) => (
          <MultiSelect
            label={t('applications.organizations.roles')}
            placeholder={field.value.length === 0 ? t('common.none') : ''}
            nothingFoundMessage={t('applications.organizations.noRoles')}
            data={choices}
            searchable
            data-autofocus
            {...field}
          />
        )}
      />
    </FormModal>
  );
};

type Change = { id: string; held: string[]; wanted: string[] };

/** The API replaces roles by at least one, so the last are taken away one by one. */
const useSave = (applicationId: string) =>
  useChange(async ({ id, held, wanted }: Change) => {
    const path = { id, applicationId };
    if (wanted.length > 0) {
      const body = { organizationRoleIds: wanted };
      await take(api().PUT('/api/organizations/{id}/applications/{applicationId}/roles', { params: { path }, body }));
      return;
    }
    for (const organizationRoleId of held) {
      await take(
        api().DELETE('/api/organizations/{id}/applications/{applicationId}/roles/{organizationRoleId}', {
          params: { path: { ...path, organizationRoleId } },
        }),
      );
    }
  });
