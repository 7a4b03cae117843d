/** What the pages of claims scripts ask and change. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, pattern, type Shape, take } from '@/api/client';
import { isNotFound } from '@/api/errors';
import type { Found, Source } from '@/components/FoundSelect';
import type { StoredScript } from './draft';
import type { Report } from './report';
import { listKeys, type TokenType, tokenTypes } from './tokenTypes';

/** Nothing is an answer too: there is no script yet. */
const orNothing = (error: unknown) => {
  if (isNotFound(error)) return null;
  throw error;
};

/** Which kinds have a script. */
export const scriptsQuery = () =>
  queryOptions({
    queryKey: ['scripts', 'list'],
    queryFn: async () => {
      const params = { query: { environmentVariables: 'names' } };
      const rows = await take(api().GET('/api/configs/jwt-customizer', { params }));
      return tokenTypes.filter((kind) => rows.some(({ key }) => key === listKeys[kind]));
    },
  });

/** How the scripts have run in the last 24 hours. */
export const scriptRunsQuery = () =>
  queryOptions({
    queryKey: ['scripts', 'runs'],
    queryFn: async () => {
      const { scripts } = await take(api().GET('/api/statistics/scripts'));
      return Object.fromEntries(scripts.map(({ key, total }) => [key, total]));
    },
  });

export const scriptQuery = (kind: TokenType) =>
  queryOptions({
    queryKey: ['scripts', kind],
    queryFn: async (): Promise<StoredScript | null> => {
      const params = { path: { tokenTypePath: kind }, query: { environmentVariables: 'names' } };
      return take(api().GET('/api/configs/jwt-customizer/{tokenTypePath}', { params })).then(asStored, orNothing);
    },
    // What is edited was read when the page opened; an answer of before is no good.
    gcTime: 0,
  });

/** The document describes the parts of a script as any objects. Values of variables are not kept here, not even new ones. */
const asStored = ({ environmentVariables, ...script }: Shape<'ScriptSettings'>): StoredScript => ({
  ...(script as StoredScript),
  ...(environmentVariables && {
    environmentVariables: Object.fromEntries(Object.keys(environmentVariables).map((name) => [name, null])),
  }),
});

export const useSaveScript = (kind: TokenType) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (script: StoredScript) => {
      const params = { path: { tokenTypePath: kind } };
      const body = script as Shape<'ScriptSettings'>;
      return asStored(await take(api().PUT('/api/configs/jwt-customizer/{tokenTypePath}', { params, body })));
    },
    onSuccess: (stored) => {
      queryClient.setQueryData(scriptQuery(kind).queryKey, stored);
      return queryClient.invalidateQueries({ queryKey: scriptsQuery().queryKey });
    },
  });
};

export const useDeleteScript = () => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (kind: TokenType) =>
      take(api().DELETE('/api/configs/jwt-customizer/{tokenTypePath}', { params: { path: { tokenTypePath: kind } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: scriptsQuery().queryKey }),
  });
};

export type TestRun = Pick<StoredScript, 'script' | 'environmentVariables'> & {
  tokenType: TokenType;
  token: object;
  context: object;
};

export const useTestScript = () =>
  useMutation({
    mutationFn: async (run: TestRun): Promise<Report> => {
      const body = run as Shape<'TestScript'>;
      const params = { query: { report: true } };
      return (await take(api().POST('/api/configs/jwt-customizer/test', { params, body }))) as Report;
    },
    meta: { isShownInPlace: true },
  });

/** Whom real data is of. */
export type Subject = { userId?: string; applicationId?: string; organizationId?: string };

export const useLoadContext = (kind: TokenType) =>
  useMutation({
    mutationFn: async (query: Subject) => {
      const params = { path: { tokenTypePath: kind }, query };
      const answer = await take(api().GET('/api/configs/jwt-customizer/{tokenTypePath}/context', { params }));
      return answer as { token: object; context: object };
    },
  });

export type SubjectKind = 'users' | 'applications' | 'machines' | 'organizations';

/** Whom real data can be of, to choose from. */
export const subjectSource = (kind: SubjectKind): Source => ({ queryKey: ['scripts', 'subjects', kind], find: find[kind] });

const few = { page: 1, page_size: 10 };

const searchOf = (search: string) => {
  const wanted = pattern(search);
  return wanted ? { search: wanted } : {};
};

const applications = async (search: string, isMachine: boolean): Promise<Found[]> => {
  const query = { ...few, ...searchOf(search), ...(isMachine && { types: ['MachineToMachine'] }) };
  const rows = await take(api().GET('/api/applications', { params: { query: query as never } }));
  return rows.map(({ id, name }) => ({ value: id, label: name }));
};

const find: Record<SubjectKind, Source['find']> = {
  users: async (search) => {
    const rows = await take(api().GET('/api/users', { params: { query: { ...few, ...searchOf(search) } } }));
    return rows.map(({ id, name, username, primaryEmail, primaryPhone }) => ({
      value: id,
      label: [name, username ?? primaryEmail ?? primaryPhone].filter(Boolean).join(' · ') || id,
    }));
  },
  applications: (search) => applications(search, false),
  machines: (search) => applications(search, true),
  organizations: async (search) => {
    const query = { ...few, ...(search && { q: search }) };
    const rows = await take(api().GET('/api/organizations', { params: { query: query as never } }));
    return rows.map(({ id, name }) => ({ value: id, label: name }));
  },
};

/** The claims beyond OpenID Connect's that ID tokens have. */
export const idTokenQuery = () =>
  queryOptions({
    queryKey: ['id-token'],
    queryFn: async () => {
      const stored = await take(api().GET('/api/configs/id-token')).catch(orNothing);
      return (stored?.enabledExtendedClaims ?? []) as string[];
    },
  });

export const useSaveIdToken = () => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (enabledExtendedClaims: string[]) =>
      take(api().PUT('/api/configs/id-token', { body: { enabledExtendedClaims } })),
    onSuccess: (_, claims) => queryClient.setQueryData(idTokenQuery().queryKey, claims),
  });
};
