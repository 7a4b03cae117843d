/** What administrators ask and change about themselves, in tenant `admin`. */
import { queryOptions } from '@tanstack/react-query';
import type { Client } from 'openapi-fetch';
import { useChange } from '@/api/change';
import { me, take } from '@/api/client';

export type Myself = {
  id: string;
  username: string | null;
  primaryEmail: string | null;
  name: string | null;
  avatar: string | null;
  hasPassword?: boolean;
  createdAt: number;
  lastSignInAt: number | null;
};

type Json<T> = { content: { 'application/json': T } };
type Password = { requestBody: Json<{ password: string }>; responses: { 204: { content?: never } } };
type Names = { username?: string; name?: string | null; avatar?: string | null };

/** The routes, until the OpenAPI document has them. */
type Paths = {
  '/me': {
    get: { responses: { 200: Json<Myself> } };
    patch: { requestBody: Json<Names>; responses: { 200: Json<Myself> } };
  };
  '/me/password': { post: Password };
  '/me/password/verify': { post: Password };
};

const routes = () => me() as unknown as Client<Paths>;

export const myselfQuery = queryOptions({ queryKey: ['me'], queryFn: () => take(routes().GET('/me', {})) });

export const useSaveMyself = () => useChange(['me'], (body: Names) => take(routes().PATCH('/me', { body })));

/** The old password first: whoever finds an open browser should not be able to take the account over. */
export const useChangePassword = () =>
  useChange(['me'], async ({ old, password }: { old: string | undefined; password: string }) => {
    if (old !== undefined) await take(routes().POST('/me/password/verify', { body: { password: old } }));
    await take(routes().POST('/me/password', { body: { password } }));
  });
