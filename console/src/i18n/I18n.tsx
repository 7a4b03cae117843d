/** The language of the page: which one, how to change it, and `t` for everything that is read. */
import { createContext, Fragment, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { languages, pickLanguage } from './languages';
import { hasPhrase, split, translate, type Values } from './translate';
import type { PhraseKey, Phrases } from './types';

const storageKey = 'signet.console.language';

type Language = {
  tag: string;
  phrases: Phrases;
  /** False while only the phrases of the first page are here. */
  isComplete: boolean;
};

type I18n = Language & { change: (tag: string) => Promise<void> };

const Context = createContext<I18n | undefined>(undefined);

const find = (tag: string) => {
  const language = languages.find((candidate) => candidate.tag === tag) ?? languages[0];
  if (!language) throw new Error('there is no language');
  return language;
};

const loadAll = async (tag: string): Promise<Language> => {
  const language = find(tag);
  const [first, rest] = await Promise.all([language.first(), language.rest()]);
  return { tag: language.tag, phrases: { ...first, ...rest }, isComplete: true };
};

const stored = () => {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
};

/** The language that the person chose, or else the first that their browser asks for: enough of it for the first page. */
export const loadLanguage = async (): Promise<Language> => {
  const { tag, first } = find(pickLanguage([stored() ?? '', ...navigator.languages]));
  document.documentElement.lang = tag;
  // Pages that need more wait for `isComplete`.
  return { tag, phrases: (await first()) as Phrases, isComplete: false };
};

export const I18nProvider = ({ initial, children }: { initial: Language; children: ReactNode }) => {
  const [language, setLanguage] = useState(initial);
  useEffect(() => {
    void loadAll(initial.tag).then((all) => setLanguage((now) => (now.isComplete ? now : all)));
  }, [initial.tag]);
  const change = useCallback(async (tag: string) => {
    setLanguage(await loadAll(tag));
    document.documentElement.lang = tag;
    try {
      localStorage.setItem(storageKey, tag);
    } catch {
      // The choice then lasts until the page is closed.
    }
  }, []);
  const value = useMemo(() => ({ ...language, change }), [language, change]);
  return <Context value={value}>{children}</Context>;
};

export const useI18n = () => {
  const value = use(Context);
  if (!value) throw new Error('there is no I18nProvider above');
  return value;
};

export type Translate = {
  (key: PhraseKey, values?: Values): string;
  /** For keys that are made at run time, such as error codes. */
  maybe: (key: string, values?: Values) => string | undefined;
  /** With elements in the place of values. */
  rich: (key: PhraseKey, values: Record<string, ReactNode>) => ReactNode;
};

/** `const t = useT()`, then `t('roles.title')`, `t('roles.members', { count })`. */
export const useT = (): Translate => {
  const { tag, phrases } = useI18n();
  return useMemo(() => {
    const t = (key: PhraseKey, values?: Values) => translate(phrases, tag, key, values);
    const maybe = (key: string, values?: Values) => (hasPhrase(phrases, key) ? t(key as PhraseKey, values) : undefined);
    const rich = (key: PhraseKey, values: Record<string, ReactNode>) =>
      split(t(key)).map(({ text, name }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a phrase never change their order
        <Fragment key={index}>
          {text}
          {name && (values[name] ?? `{${name}}`)}
        </Fragment>
      ));
    return Object.assign(t, { maybe, rich });
  }, [tag, phrases]);
};
