/** The dialog that changes the roles of one member of an organization. */
import { useEffect } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { RoleSelect } from '@/features/organizationTemplate/RoleSelect';
import { useT } from '@/i18n/I18n';
import type { NamedRole } from './queries';

export type EditedMember = { id: string; name: string; roles: NamedRole[] };

type Props = {
  type: 'User' | 'MachineToMachine';
  member: EditedMember | undefined;
  onClose: () => void;
  onSave: (member: EditedMember, roleIds: string[]) => Promise<unknown>;
};

export const RolesDialog = ({ type, member, onClose, onSave }: Props) => {
  const t = useT();
  const form = useForm<{ roleIds: string[] }>({ defaultValues: { roleIds: [] } });
  const { control, reset } = form;
  useEffect(() => {
    if (member) reset({ roleIds: member.roles.map(({ id }) => id) });
  }, [member, reset]);
  const submit = async ({ roleIds }: { roleIds: string[] }) => {
    if (!member) return;
    await onSave(member, roleIds);
    toast(t('organizations.members.rolesSaved', { name: member.name }));
  };
  return (
    <FormModal
      isOpen={member !== undefined}
      onClose={onClose}
      title={t('organizations.members.editRolesOf', { name: member?.name ?? '' })}
      form={form}
      onSubmit={submit}
      action={t('common.save')}
    >
      <Controller
        control={control}
        name="roleIds"
        render={({ field: { value, onChange } }) => (
          <RoleSelect type={type} label={t('organizations.roles.label')} value={value} onChange={onChange} />
        )}
      />
    </FormModal>
  );
};
