/** The query cache: what is kept how long, and what happens when a change fails. */
import { MutationCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './errors';

declare module '@tanstack/react-query' {
  interface Register {
    /** `isShownInPlace`: the form shows the failure itself, so no toast does. */
    mutationMeta: { isShownInPlace?: boolean };
  }
}

/** A refusal stays a refusal; only what may be a hiccup is tried again. */
const retry = (count: number, error: unknown) => count < 2 && !(error instanceof ApiError && error.status < 500);

export const createQueryClient = (onMutationError: (error: unknown) => void) =>
  new QueryClient({
    defaultOptions: { queries: { staleTime: 10_000, retry, refetchOnWindowFocus: false }, mutations: { retry: false } },
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        if (!mutation.meta?.isShownInPlace) onMutationError(error);
      },
    }),
  });
