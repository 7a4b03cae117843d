/** What the pages of users ask and change. */
import { keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query';
import { useChange } from '@/api/change';
import { api, pattern, type Shape, take, takePage } from '@/api/client';
import { pageSize } from '@/components/listState';

export type User = Shape<'UserResponse'>;

export const usersQuery = ({ q, page = 1 }: { q?: string; page?: number }) =>
  queryOptions({
    queryKey: ['users', 'list', q, page],
    queryFn: () => {
      const search = pattern(q);
      return takePage(api().GET('/api/users', { params: { query: { page, page_size: pageSize, ...(search && { search }) } } }));
    },
    placeholderData: keepPreviousData,
  });

export const userQuery = (userId: string) =>
  queryOptions({
    queryKey: ['users', userId],
    queryFn: () => take(api().GET('/api/users/{userId}', { params: { path: { userId } } })),
  });

export const useCreateUser = () => useChange(['users'], (body: Shape<'CreateUser'>) => take(api().POST('/api/users', { body })));

export const useSaveUser = (userId: string) =>
  useChange(['users'], (body: Shape<'UpdateUser'>) =>
    take(api().PATCH('/api/users/{userId}', { params: { path: { userId } }, body })),
  );

export const useSetPassword = (userId: string) =>
  useChange(['users'], (password: string) =>
    take(api().PATCH('/api/users/{userId}/password', { params: { path: { userId } }, body: { password } })),
  );

export const useSetSuspension = (userId: string) =>
  useChange(['users'], (isSuspended: boolean) =>
    take(api().PATCH('/api/users/{userId}/is-suspended', { params: { path: { userId } }, body: { isSuspended } })),
  );

export const useDeleteUser = () =>
  useMutation({ mutationFn: (userId: string) => take(api().DELETE('/api/users/{userId}', { params: { path: { userId } } })) });
