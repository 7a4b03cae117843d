/** What the pages of API resources ask and change. */
import { keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query';
import { useChange as useChangeOf } from '@/api/change';
import { api, pattern, type Shape, take, takePage } from '@/api/client';
import { pageSize } from '@/components/listState';

export type ApiResource = Shape<'ResourceResponse'>;

export const apiResourcesQuery = ({ page = 1 }: { page?: number }) =>
  queryOptions({
    queryKey: ['api-resources', 'list', page],
    queryFn: () =>
      takePage(api().GET('/api/resources', { params: { query: { page, page_size: pageSize, includeScopes: true } } })),
    placeholderData: keepPreviousData,
  });

export const apiResourceQuery = (id: string) =>
  queryOptions({
    queryKey: ['api-resources', id],
    queryFn: () => take(api().GET('/api/resources/{id}', { params: { path: { id } } })),
  });

export const permissionsQuery = (resourceId: string, { q, page = 1 }: { q?: string; page?: number }) =>
  queryOptions({
    queryKey: ['api-resources', resourceId, 'permissions', q, page],
    queryFn: () => {
      const search = pattern(q);
      const query = { page, page_size: pageSize, ...(search && { search }) };
      return takePage(api().GET('/api/resources/{resourceId}/scopes', { params: { path: { resourceId }, query } }));
    },
    placeholderData: keepPreviousData,
  });

/** A change, after which everything about API resources is asked anew. */
const useChange = <Input, Output>(change: (input: Input) => Promise<Output>) => useChangeOf(['api-resources'], change);

export const useCreateApiResource = () =>
  useChange((body: Shape<'CreateResource'>) => take(api().POST('/api/resources', { body })));

type Settings = { name: string; accessTokenTtl: number; isDefault: boolean };

export const useSaveApiResource = (resource: ApiResource) =>
  useChange(async ({ isDefault, ...body }: Settings) => {
    const params = { path: { id: resource.id } };
    await take(api().PATCH('/api/resources/{id}', { params, body }));
    if (isDefault !== resource.isDefault)
      await take(api().PATCH('/api/resources/{id}/is-default', { params, body: { isDefault } }));
  });

export const useDeleteApiResource = () =>
  useMutation({ mutationFn: (id: string) => take(api().DELETE('/api/resources/{id}', { params: { path: { id } } })) });

export const useSavePermission = (resourceId: string) =>
  useChange(({ id, ...body }: { id?: string; name: string; description: string }) => {
    if (!id) return take(api().POST('/api/resources/{resourceId}/scopes', { params: { path: { resourceId } }, body }));
    return take(
      api().PATCH('/api/resources/{resourceId}/scopes/{scopeId}', { params: { path: { resourceId, scopeId: id } }, body }),
    );
  });

export const useDeletePermission = (resourceId: string) =>
  useChange((scopeId: string) =>
    take(api().DELETE('/api/resources/{resourceId}/scopes/{scopeId}', { params: { path: { resourceId, scopeId } } })),
  );
