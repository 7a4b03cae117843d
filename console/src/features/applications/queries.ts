/** What the pages of applications ask and change. */
import { keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query';
import { useChange as useChangeOf } from '@/api/change';
import { api, pattern, type Shape, take, takePage } from '@/api/client';
import { pageSize } from '@/components/listState';
import { type Application, type ApplicationType, asApplication } from './application';

export type Secret = Shape<'SecretResponse'>;

type ListState = { q?: string; page?: number; type?: string };

/** The filter's value for applications of others, which have a type as well. */
export const thirdParty = 'ThirdParty';

export const applicationsQuery = ({ q, page = 1, type }: ListState) =>
  queryOptions({
    queryKey: ['applications', 'list', q, type, page],
    queryFn: async () => {
      const search = pattern(q);
      const kind = type === thirdParty ? { isThirdParty: true } : { types: type ? [type] : [] };
      const query = { page, page_size: pageSize, ...kind, ...(search && { search }) };
      const { items, total } = await takePage(api().GET('/api/applications', { params: { query } }));
      return { items: items.map(asApplication), total };
    },
    placeholderData: keepPreviousData,
  });

export const applicationQuery = (id: string) =>
  queryOptions({
    queryKey: ['applications', id],
    queryFn: async () => asApplication(await take(api().GET('/api/applications/{id}', { params: { path: { id } } }))),
  });

export const secretsQuery = (id: string) =>
  queryOptions({
    queryKey: ['applications', id, 'secrets'],
    queryFn: () => take(api().GET('/api/applications/{id}/secrets', { params: { path: { id } } })),
  });

/** A change, after which everything about applications is asked anew. */
export const useChange = <Input, Output>(change: (input: Input) => Promise<Output>) => useChangeOf(['applications'], change);

/** What an application begins with. */
export type NewApplication = {
  name: string;
  description?: string;
  type: ApplicationType;
  isThirdParty: boolean;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
};

export const useCreateApplication = () =>
  useChange(async ({ redirectUris, postLogoutRedirectUris, ...body }: NewApplication) => {
    const oidcClientMetadata = { redirectUris, postLogoutRedirectUris } as never;
    return asApplication(await take(api().POST('/api/applications', { body: { ...body, oidcClientMetadata } })));
  });

type Settings = Pick<Application, 'name' | 'oidcClientMetadata' | 'customClientMetadata' | 'customData'> & {
  description: string | null;
};

export const useSaveApplication = (id: string) =>
  useChange((settings: Partial<Settings>) => {
    const body = settings as Shape<'UpdateApplication'>;
    return take(api().PATCH('/api/applications/{id}', { params: { path: { id } }, body }));
  });

export const useDeleteApplication = () =>
  useMutation({ mutationFn: (id: string) => take(api().DELETE('/api/applications/{id}', { params: { path: { id } } })) });

export const useCreateSecret = (id: string) =>
  useChange((body: Shape<'CreateSecret'>) =>
    take(api().POST('/api/applications/{id}/secrets', { params: { path: { id } }, body })),
  );

export const useRenameSecret = (id: string) =>
  useChange(({ name, newName }: { name: string; newName: string }) =>
    take(api().PATCH('/api/applications/{id}/secrets/{name}', { params: { path: { id, name } }, body: { name: newName } })),
  );

export const useDeleteSecret = (id: string) =>
  useChange((name: string) => take(api().DELETE('/api/applications/{id}/secrets/{name}', { params: { path: { id, name } } })));
