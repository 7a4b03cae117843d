/** The two APIs, typed by the server's own OpenAPI document. */
import createClient, { type Client, type Middleware } from 'openapi-fetch';
import { accessToken, announceEnd, forgetAccessTokens, managementApi, meApi } from '@/auth/client';
import { config } from '@/config/config';
import { ApiError } from './errors';
import type { components, paths } from './schema.gen';

/** A shape by the name that it has in the OpenAPI document: `Shape<'ResourceResponse'>`. */
export type Shape<Name extends keyof components['schemas']> = components['schemas'][Name];

/** Some routes answer the plain text `Created`: there is nothing to read in it. */
const hasJson = ({ headers }: Response) => headers.get('content-type')?.includes('json') ?? false;

/** Sends the token along, and makes every answer but a good one an `ApiError`. */
const asAdministrator = (resource: string): Middleware => ({
  onRequest: async ({ request }) => {
    request.headers.set('authorization', `Bearer ${await accessToken(resource)}`);
    return request;
  },
  onResponse: async ({ response }) => {
    if (response.ok) return hasJson(response) ? response : new Response(null, { status: 204, headers: response.headers });
    const body: unknown = await response.json().catch(() => ({}));
    if (response.status === 401) {
      await forgetAccessTokens();
      announceEnd();
    }
    throw new ApiError(response.status, body as { code?: string; message?: string; data?: unknown });
  },
});

const made = new Map<string, Client<paths>>();

const client = (baseUrl: string, resource: string): Client<paths> => {
  const known = made.get(resource);
  if (known) return known;
  const fresh = createClient<paths>({ baseUrl });
  fresh.use(asAdministrator(resource));
  made.set(resource, fresh);
  return fresh;
};

/** The Management API of tenant `default`: `take(api().GET('/api/roles', …))`. */
export const api = () => client(config().endpoint, managementApi);

/** What administrators change about themselves, in tenant `admin`. */
export const me = () => client(config().adminEndpoint, meApi);

type Answer<T> = { data?: T; response: Response };

/** The body of an answer. Failures have been thrown before. */
export const take = async <T>(answer: Promise<Answer<T>>): Promise<T> => (await answer).data as T;

export type Page<T> = { items: T[]; total: number };

/** One page of a list, with the number of all that there are. */
export const takePage = async <T>(answer: Promise<Answer<T[]>>): Promise<Page<T>> => {
  const { data = [], response } = await answer;
  return { items: data, total: Number(response.headers.get('total-number') ?? data.length) };
};

/** What somebody typed, as the pattern that the API's searches take. `%` and `_` have a meaning there. */
export const pattern = (typed: string | undefined) =>
  typed?.trim() ? `%${typed.trim().replace(/[\\%_]/g, '\\$&')}%` : undefined;
