/** Settings of the whole tenant. */
import { queryOptions } from '@tanstack/react-query';
import type { Client } from 'openapi-fetch';
import { useChange } from '@/api/change';
import { api, take } from '@/api/client';

export type PermissionMode = 'compatible' | 'strict';

type Json<T> = { content: { 'application/json': T } };
type Permissions = { mode: PermissionMode };

/** The routes, until the OpenAPI document has them. */
type Paths = {
  '/api/configs/permissions': {
    get: { responses: { 200: Json<Permissions> } };
    patch: { requestBody: Json<Permissions>; responses: { 200: Json<Permissions> } };
  };
};

const routes = () => api() as unknown as Client<Paths>;

export const sessionLifetimeQuery = queryOptions({
  queryKey: ['tenant-settings', 'session'],
  queryFn: async () => (await take(api().GET('/api/configs/oidc/session'))).ttl,
});

export const permissionModeQuery = queryOptions({
  queryKey: ['tenant-settings', 'permissions'],
  queryFn: async () => (await take(routes().GET('/api/configs/permissions', {}))).mode,
});

export const useSaveSessionLifetime = () =>
  useChange(['tenant-settings'], (ttl: number) => take(api().PATCH('/api/configs/oidc/session', { body: { ttl } })));

export const useSavePermissionMode = () =>
  useChange(['tenant-settings'], (mode: PermissionMode) => take(routes().PATCH('/api/configs/permissions', { body: { mode } })));
