/** What the page of the sign-in experience asks and changes. */
import { queryOptions } from '@tanstack/react-query';
import { asObject, useChange } from '@/api/change';
import { api, take } from '@/api/client';
import type { Stored } from './experience';
import type { PhraseTree } from './preview/wording';

export const experienceQuery = queryOptions({
  queryKey: ['sign-in-experience'],
  // The document says no more than that it is an object.
  queryFn: async () => (await take(api().GET('/api/sign-in-exp'))) as unknown as Stored,
});

export const useSaveExperience = () =>
  useChange(['sign-in-experience'], (changed: Partial<Stored>) =>
    take(api().PATCH('/api/sign-in-exp', { body: asObject(changed) })),
  );

export type OwnPhrases = { languageTag: string; translation: PhraseTree };

/** The phrases that the tenant wrote, by language. */
export const ownPhrasesQuery = queryOptions({
  queryKey: ['custom-phrases'],
  queryFn: async () => (await take(api().GET('/api/custom-phrases'))) as unknown as OwnPhrases[],
});

export const useSavePhrases = () =>
  useChange(['custom-phrases'], ({ languageTag, translation }: OwnPhrases) =>
    take(api().PUT('/api/custom-phrases/{languageTag}', { params: { path: { languageTag } }, body: asObject(translation) })),
  );

export const useDeletePhrases = () =>
  useChange(['custom-phrases'], (languageTag: string) =>
    take(api().DELETE('/api/custom-phrases/{languageTag}', { params: { path: { languageTag } } })),
  );
