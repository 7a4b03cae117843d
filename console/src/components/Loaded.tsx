/** Content that needs a query's data: its shape while it loads, the failure when there is one. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Back, ErrorState } from './ErrorState';
import { PageLoading } from './Loading';
import { Surface } from './Surface';

type Props<Data> = {
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>;
  loading?: ReactNode;
  /** True when this is a part of a page that has a title already, such as a tab. */
  isSection?: boolean;
  /** The list to which the thing belonged, for when it does not exist. */
  back?: Back;
  children: (data: Data) => ReactNode;
};

export const Loaded = <Data,>({ query, loading = <PageLoading />, isSection = false, back, children }: Props<Data>) => {
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    return (
      <Surface>
        <ErrorState isPage={!isSection} error={query.error} onRetry={() => void query.refetch()} {...(back && { back })} />
      </Surface>
    );
  }
  return <div aria-busy="true">{loading}</div>;
};
