/** From a key and values to a text. Pure, so that it can be tested without a page. */
import type { Leaf, PhraseKey, Phrases } from './types';

export type Values = Record<string, string | number>;

const isLeaf = (value: unknown): value is Leaf =>
  typeof value === 'string' ||
  (typeof value === 'object' && value !== null && typeof (value as { other?: unknown }).other === 'string');

/** The phrase at a path, before anything is put into it. */
const find = (phrases: Phrases, key: string): Leaf | undefined => {
  let here: unknown = phrases;
  for (const step of key.split('.')) here = (here as Record<string, unknown> | undefined)?.[step];
  return isLeaf(here) ? here : undefined;
};

/** The text of a phrase for a number, in the plural category that the language has for it. */
const choose = (leaf: Leaf, count: string | number | undefined, language: string): string => {
  if (typeof leaf === 'string') return leaf;
  const category = new Intl.PluralRules(language).select(Number(count ?? 0));
  return leaf[category] ?? leaf.other;
};

const placeholder = /\{(\w+)\}/g;

const format = (value: string | number, language: string) =>
  typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;

/** The text with its values. A key that does not exist is shown as it is: better than an empty page. */
export const translate = (phrases: Phrases, language: string, key: PhraseKey, values: Values = {}): string => {
  const leaf = find(phrases, key);
  if (leaf === undefined) return key;
  return choose(leaf, values.count, language).replace(placeholder, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : format(value, language);
  });
};

/** A text in parts: what is written, and the names of what goes between. */
export const split = (text: string): { text: string; name?: string }[] => {
  const parts: { text: string; name?: string }[] = [];
  let end = 0;
  for (const match of text.matchAll(placeholder)) {
    parts.push({ text: text.slice(end, match.index), ...(match[1] && { name: match[1] }) });
    end = match.index + match[0].length;
  }
  parts.push({ text: text.slice(end) });
  return parts;
};

export const hasPhrase = (phrases: Phrases, key: string) => find(phrases, key) !== undefined;
