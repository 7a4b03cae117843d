/** The types of phrases: English says which keys exist, and every language has to have them all. */
import type { phrases as english } from '../phrases/en';
import type { first } from '../phrases/en/first';
import type { rest } from '../phrases/en/rest';

/** A phrase that depends on a number: a text per plural category of the language, chosen by `count`. */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

export type Leaf = string | Plural;

/** The same keys with texts of any language. */
export type Translated<T> = T extends string ? string : T extends Plural ? Plural : { [K in keyof T]: Translated<T[K]> };

export type Phrases = Translated<typeof english>;
export type FirstPhrases = Translated<typeof first>;
export type RestPhrases = Translated<typeof rest>;

type Paths<T> = {
  [K in keyof T & string]: T[K] extends Leaf ? K : `${K}.${Paths<T[K]>}`;
}[keyof T & string];

/** The path to a phrase: `roles.title`. */
export type PhraseKey = Paths<typeof english>;
