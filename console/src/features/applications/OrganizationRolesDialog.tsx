/** The dialog with the roles of a machine in one organization. */
import { Controller, useForm } from 'react-hook-form';
import { api, take } from '@/api/client';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { RoleSelect } from '@/features/organizationTemplate/RoleSelect';
import { useT } from '@/i18n/I18n';
import type { Membership } from './MachineOrganizations';
import { useChange } from './queries';

type Props = { applicationId: string; membership: Membership | undefined; onClose: () => void };

export const OrganizationRolesDialog = ({ applicationId, membership, onClose }: Props) => {
  const t = useT();
  const held = membership?.organizationRoles.map(({ id }) => id) ?? [];
  const form = useForm({ values: { roles: held } });
  const save = useSave(applicationId);
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
        render={({ field: { value, onChange } }) => (
          <RoleSelect
            type="MachineToMachine"
            label={t('applications.organizations.roles')}
            value={value}
            onChange={onChange}
            isFirst
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
