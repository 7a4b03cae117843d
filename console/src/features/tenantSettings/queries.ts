/** Settings of the whole tenant. */
import { queryOptions } from '@tanstack/react-query';
import { useChange } from '@/api/change';
import { api, take } from '@/api/client';

export type PermissionMode = 'compatible' | 'strict';

export const sessionLifetimeQuery = queryOptions({
  queryKey: ['tenant-settings', 'session'],
  queryFn: async () => (await take(api().GET('/api/configs/oidc/session'))).ttl,
});

export const permissionModeQuery = queryOptions({
  queryKey: ['tenant-settings', 'permissions'],
  queryFn: async () => (await take(api().GET('/api/configs/permissions'))).mode as PermissionMode,
});

export const useSaveSessionLifetime = () =>
  useChange(['tenant-settings'], (ttl: number) => take(api().PATCH('/api/configs/oidc/session', { body: { ttl } })));

export const useSavePermissionMode = () =>
  useChange(['tenant-settings'], (mode: PermissionMode) => take(api().PATCH('/api/configs/permissions', { body: { mode } })));
