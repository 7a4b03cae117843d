/** The languages of the console. A new one is a folder in `phrases/` and a row here. */
import type { Phrases } from './types';

type Language = {
  /** As HTML's `lang` and `Intl` take it. */
  tag: string;
  /** Its name in itself. */
  name: string;
  load: () => Promise<Phrases>;
};

export const languages: Language[] = [
  { tag: 'en', name: 'English', load: async () => (await import('../phrases/en')).phrases },
  { tag: 'zh-CN', name: '简体中文', load: async () => (await import('../phrases/zh-CN')).phrases },
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
