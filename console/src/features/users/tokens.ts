/** Personal access tokens of a user: asked for, made, renamed, deleted. */
import { queryOptions } from '@tanstack/react-query';
import { useChange } from '@/api/change';
import { api, type Shape, take } from '@/api/client';

/** Without its value, which the page shows once, when the token is made. */
export type PersonalToken = Omit<Shape<'PersonalAccessTokenResponse'>, 'value'>;

const route = '/api/users/{userId}/personal-access-tokens';

export const tokensQuery = (userId: string) =>
  queryOptions({
    queryKey: ['users', userId, 'tokens'],
    queryFn: async (): Promise<{ items: PersonalToken[]; total: number }> => {
      const tokens = await take(api().GET(route, { params: { path: { userId } } }));
      // Values are not kept in the page.
      return { items: tokens.map(({ value: _, ...token }) => token), total: tokens.length };
    },
  });

export const useCreateToken = (userId: string) =>
  useChange(['users'], (body: Shape<'CreatePersonalAccessToken'>) =>
    take(api().POST(route, { params: { path: { userId } }, body })),
  );

export const useRenameToken = (userId: string) =>
  useChange(['users'], (body: { currentName: string; name: string }) =>
    take(api().PATCH(route, { params: { path: { userId } }, body })),
  );

/** Named in the body: a name may hold what a path does not. */
export const useDeleteToken = (userId: string) =>
  useChange(['users'], (name: string) => take(api().POST(`${route}/delete`, { params: { path: { userId } }, body: { name } })));
