/** What the page of signing keys asks and changes. */
import { queryOptions } from '@tanstack/react-query';
import { useChange } from '@/api/change';
import { api, type Shape, take } from '@/api/client';

export type Key = Shape<'KeyResponse'>;
export type Kind = 'private-keys' | 'cookie-keys';

export const keysQuery = (keyType: Kind) =>
  queryOptions({
    queryKey: ['signing-keys', keyType],
    queryFn: async () => {
      const items = await take(api().GET('/api/configs/oidc/{keyType}', { params: { path: { keyType } } }));
      return { items, total: items.length };
    },
  });

export const useRotate = (keyType: Kind) =>
  useChange(['signing-keys'], (body: Shape<'RotateKeys'>) =>
    take(api().POST('/api/configs/oidc/{keyType}/rotate', { params: { path: { keyType } }, body })),
  );

export const useDeleteKey = (keyType: Kind) =>
  useChange(['signing-keys'], (keyId: string) =>
    take(api().DELETE('/api/configs/oidc/{keyType}/{keyId}', { params: { path: { keyType, keyId } } })),
  );
