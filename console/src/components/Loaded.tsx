/** Content that needs a query's data: its shape while it loads, the failure when there is one. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorState } from './ErrorState';
import { PageLoading } from './Loading';
import { Surface } from './Surface';

type Props<Data> = {
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>;
  loading?: ReactNode;
  children: (data: Data) => ReactNode;
};

export const Loaded = <Data,>({ query, loading = <PageLoading />, children }: Props<Data>) => {
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    return (
      <Surface>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Surface>
    );
  }
  return loading;
};
