/** What administrators ask and change about themselves, in tenant `admin`. */
import { queryOptions } from '@tanstack/react-query';
import { useChange } from '@/api/change';
import { me, type Shape, take } from '@/api/client';

export type Myself = Shape<'UserResponse'>;

type Names = { username?: string; name?: string | null; avatar?: string | null };

export const myselfQuery = queryOptions({ queryKey: ['me'], queryFn: () => take(me().GET('/me')) });

export const useSaveMyself = () => useChange(['me'], (body: Names) => take(me().PATCH('/me', { body })));

/** The old password first: whoever finds an open browser should not be able to take the account over. */
export const useChangePassword = () =>
  useChange(['me'], async ({ old, password }: { old: string | undefined; password: string }) => {
    if (old !== undefined) await take(me().POST('/me/password/verify', { body: { password: old } }));
    await take(me().POST('/me/password', { body: { password } }));
  });
