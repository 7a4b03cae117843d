/** Chooses organization roles: those for people, or those for machines. */
import { Badge, Group, Text } from '@mantine/core';
import { FoundMultiSelect } from '@/components/FoundSelect';
import { useT } from '@/i18n/I18n';
import { type MemberType, roleSource } from './queries';

type Props = {
  type: MemberType;
  label: string;
  description?: string;
  error?: string | false;
  value: string[];
  onChange: (ids: string[]) => void;
  /** Where the focus is when a dialog opens. */
  isFirst?: boolean;
};

export const RoleSelect = ({ type, ...field }: Props) => {
  const t = useT();
  return (
    <FoundMultiSelect
      source={roleSource(type)}
      placeholder={t('organizations.roles.placeholder')}
      noneText={t('organizations.roles.noneExist')}
      clearLabel={t('organizations.roles.clear')}
      {...field}
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
