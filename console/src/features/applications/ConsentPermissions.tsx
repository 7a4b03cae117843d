/** The tab with what a third-party application may ask people for: it never gets more than is listed here. */
import { ActionIcon, Alert, Button, Group, Stack, Text, Title, Tooltip } from '@mantine/core';
import { IconInfoCircle, IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Loaded } from '@/components/Loaded';
import { type Choice, PickDialog } from '@/components/PickDialog';
import { Surface } from '@/components/Surface';
import { toast } from '@/components/toast';
import { type Translate, useT } from '@/i18n/I18n';
import { type ConsentList, type ConsentScopes, consentScopesQuery, useAddConsentScopes, useRemoveConsentScope } from './access';
import { apiPermissions, organizationPermissions } from './candidates';

type Row = { id: string; label: string; detail?: string };

const userScopes = [
  'profile',
  'email',
  'phone',
  'address',
  'custom_data',
  'identities',
  'roles',
  'urn:logto:scope:organizations',
  'urn:logto:scope:organization_roles',
  'urn:logto:scope:sessions',
];

/** A scope's name as part of a phrase's key. */
const userScopeHint = (name: string, t: Translate) =>
  t.maybe(`applications.consent.userScopes.${name.replace('urn:logto:scope:', '')}`) ?? name;

const rowsOf = (scopes: ConsentScopes, t: Translate): Record<ConsentList, Row[]> => {
  const ofApis = (groups: ConsentScopes['resourceScopes']) =>
    groups.flatMap(({ resource, scopes: listed }) =>
      listed.map(({ id, name, description }) => ({
        id,
        label: name,
        detail: [resource.name, description].filter(Boolean).join(' · '),
      })),
    );
  return {
    userScopes: scopes.userScopes.map((name) => ({ id: name, label: name, detail: userScopeHint(name, t) })),
    resourceScopes: ofApis(scopes.resourceScopes),
    organizationResourceScopes: ofApis(scopes.organizationResourceScopes),
    organizationScopes: scopes.organizationScopes.map(({ id, name, description }) => ({
      id,
      label: name,
      ...(description && { detail: description }),
    })),
  };
};

const lists: ConsentList[] = ['userScopes', 'resourceScopes', 'organizationScopes', 'organizationResourceScopes'];

export const ConsentPermissions = ({ applicationId }: { applicationId: string }) => {
  const t = useT();
  const query = useQuery(consentScopesQuery(applicationId));
  return (
    <Loaded query={query}>
      {(scopes) => {
        const rows = rowsOf(scopes, t);
        return (
          <Stack gap="lg">
            <Alert icon={<IconInfoCircle size={18} />}>{t('applications.consent.hint')}</Alert>
            {lists.map((list) => (
              <PermissionList key={list} applicationId={applicationId} list={list} rows={rows[list]} />
            ))}
          </Stack>
        );
      }}
    </Loaded>
  );
};

type ListProps = { applicationId: string; list: ConsentList; rows: Row[] };

const PermissionList = ({ applicationId, list, rows }: ListProps) => {
  const t = useT();
  const [isAdding, setAdding] = useState(false);
  const { mutateAsync: add } = useAddConsentScopes(applicationId);
  const remove = useRemoveConsentScope(applicationId);
  const known = new Set(rows.map(({ id }) => id));
  const drop = async ({ id, label }: Row) => {
    await remove.mutateAsync({ list, id });
    toast(t('applications.consent.removed', { name: label }));
  };
  const load = async (typed: string): Promise<Choice[]> => {
    if (list === 'organizationScopes') return organizationPermissions(typed, known);
    if (list !== 'userScopes') return apiPermissions(typed, known);
    return userScopes
      .filter((name) => !known.has(name) && name.includes(typed.trim()))
      .map((name) => ({ id: name, label: name, detail: userScopeHint(name, t) }));
  };
  return (
    <Surface aria-label={t(`applications.consent.${list}.title`)}>
      <Group justify="space-between" align="flex-start" p="md" gap="sm">
        <div style={{ flex: '1 1 18rem' }}>
          <Title order={2} fz="md">
            {t(`applications.consent.${list}.title`)}
          </Title>
          <Text size="sm" c="dimmed">
            {t(`applications.consent.${list}.description`)}
          </Text>
        </div>
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
          {t('common.add')}
        </Button>
      </Group>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed" px="md" pb="md">
          {t(`applications.consent.${list}.empty`)}
        </Text>
      )}
      {rows.map((row) => (
        <PermissionRow key={row.id} row={row} onRemove={() => void drop(row).catch(() => {})} />
      ))}
      <PickDialog
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        title={t(`applications.consent.${list}.title`)}
        searchLabel={t('applications.consent.search')}
        queryKey={['consent-candidates', applicationId, list, rows.length]}
        load={load}
        onPick={async (ids) => {
          await add({ list, ids });
          toast(t('applications.consent.added', { count: ids.length }));
        }}
        action={t('common.add')}
        emptyText={t('applications.consent.none')}
      />
    </Surface>
  );
};

const PermissionRow = ({ row, onRemove }: { row: Row; onRemove: () => void }) => {
  const t = useT();
  return (
    <Group justify="space-between" wrap="nowrap" px="md" py="xs" style={{ borderTop: '1px solid var(--line)' }}>
      <div>
        <Text size="sm" fw={500} ff="monospace" className="breakable">
          {row.label}
        </Text>
        {row.detail && (
          <Text size="xs" c="dimmed">
            {row.detail}
          </Text>
        )}
      </div>
      <Tooltip label={t('common.remove')} withArrow>
        <ActionIcon variant="subtle" color="gray" onClick={onRemove} aria-label={t('common.removeThis', { what: row.label })}>
          <IconX size={16} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
};
