/** Chooses organization roles: those for people, or those for machines. */
import { Badge, Group, MultiSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useT } from '@/i18n/I18n';
import { allOrganizationRolesQuery } from './queries';

type Props = {
  type: 'User' | 'MachineToMachine';
  label: string;
  description?: string;
  value: string[];
  onChange: (ids: string[]) => void;
};

export const RoleSelect = ({ type, label, description, value, onChange }: Props) => {
  const t = useT();
  const { data = [] } = useQuery(allOrganizationRolesQuery);
  const roles = data.filter((role) => role.type === type);
  return (
    <MultiSelect
      label={label}
      {...(description && { description })}
      placeholder={value.length === 0 ? t('organizations.roles.placeholder') : undefined}
      data={roles.map(({ id, name }) => ({ value: id, label: name }))}
      nothingFoundMessage={t('organizations.roles.noneExist')}
      value={value}
      onChange={onChange}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('organizations.roles.clear') }}
    />
  );
};

/** The roles that somebody has. */
export const RoleBadges = ({ roles }: { roles: { id: string; name: string }[] }) => {
  if (roles.length === 0)
    return (
      <Text size="sm" c="dimmed">
        –
      </Text>
    );
  return (
    <Group gap={6}>
      {roles.map(({ id, name }) => (
        <Badge key={id} variant="light" tt="none" fw={500}>
          {name}
        </Badge>
      ))}
    </Group>
  );
};
