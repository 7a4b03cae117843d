/** Who has one of some roles in one organization: a row per organization. */
import { ActionIcon, Box, Button, Group, Input, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { api, take } from '@/api/client';
import { PickDialog } from '@/components/PickDialog';
import { RoleSelect } from '@/features/organizationTemplate/RoleSelect';
import { useT } from '@/i18n/I18n';
import type { AccessRules } from './access';
import { organizations } from './candidates';
import { useNames } from './PickedField';

type Rule = AccessRules['organizationRoleRules'][number];

type Props = { value: Rule[]; onChange: (rules: Rule[]) => void };

export const OrganizationRuleField = ({ value, onChange }: Props) => {
  const t = useT();
  const [isAdding, setAdding] = useState(false);
  const ids = value.map(({ organizationId }) => organizationId);
  const name = useNames('organizations', ids, async (id) => {
    const { name: text } = await take(api().GET('/api/organizations/{id}', { params: { path: { id } } }));
    return text;
  });
  const set = (organizationId: string, organizationRoleIds: string[]) =>
    onChange(value.map((rule) => (rule.organizationId === organizationId ? { organizationId, organizationRoleIds } : rule)));
  return (
    <Input.Wrapper
      label={t('applications.access.organizationRoles')}
      description={t('applications.access.organizationRolesHint')}
      labelElement="div"
    >
      <Stack gap="sm" mt={6}>
        {value.map(({ organizationId, organizationRoleIds }) => (
          <Group key={organizationId} gap="xs" wrap="nowrap" align="flex-end">
            <Box flex={1}>
              <RoleSelect
                type="User"
                label={name(organizationId)}
                value={organizationRoleIds}
                onChange={(chosen) => set(organizationId, chosen)}
                error={organizationRoleIds.length === 0 && t('applications.access.atLeastOneRole')}
              />
            </Box>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              onClick={() => onChange(value.filter((rule) => rule.organizationId !== organizationId))}
              aria-label={t('common.removeThis', { what: name(organizationId) })}
            >
              <IconX size={16} />
            </ActionIcon>
          </Group>
        ))}
        {value.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('common.none')}
          </Text>
        )}
        <div>
          <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
            {t('applications.access.addOrganization')}
          </Button>
        </div>
      </Stack>
      <PickDialog
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        title={t('applications.access.organizationRoles')}
        searchLabel={t('applications.access.search')}
        queryKey={['access-candidates', 'organization-rules', value.length]}
        load={(typed) => organizations(typed, new Set(ids))}
        onPick={async (picked) =>
          onChange([...value, ...picked.map((organizationId) => ({ organizationId, organizationRoleIds: [] }))])
        }
        action={t('common.add')}
        emptyText={t('applications.access.nobodyLeft')}
      />
    </Input.Wrapper>
  );
};
