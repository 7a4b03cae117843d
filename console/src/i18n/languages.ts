/** The languages of the console. A new one is a folder in `phrases/` and a row here. */
import type { FirstPhrases, RestPhrases } from './types';

type Language = {
  /** As HTML's `lang` and `Intl` take it. */
  tag: string;
  /** Its name in itself. */
  name: string;
  /** What the first page needs, and what all others need besides. */
  first: () => Promise<FirstPhrases>;
  rest: () => Promise<RestPhrases>;
};

export const languages: Language[] = [
  {
    tag: 'en',
    name: 'English',
    first: async () => (await import('../phrases/en/first')).first,
    rest: async () => (await import('../phrases/en/rest')).rest,
  },
  {
    tag: 'zh-CN',
    name: '简体中文',
    first: async () => (await import('../phrases/zh-CN/first')).first,
    rest: async () => (await import('../phrases/zh-CN/rest')).rest,
  },
];

/** The first of the wanted languages that exists, by its tag or else by its first part; English otherwise. */
export const pickLanguage = (wanted: readonly string[]): string => {
  const known = languages.map(({ tag }) => tag);
  for (const tag of wanted) {
    const same = known.find((candidate) => candidate.toLowerCase() === tag.toLowerCase());
    if (same) return same;
    const [first] = tag.toLowerCase().split('-');
    const near = known.find((candidate) => candidate.toLowerCase().split('-')[0] === first);
    if (near) return near;
  }
  return 'en';
};
