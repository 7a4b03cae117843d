import { expect, test } from 'vitest';
import { phrases as en } from '../phrases/en';
import { phrases as chinese } from '../phrases/zh-CN';
import { pickLanguage } from './languages';
import { hasPhrase, split, translate } from './translate';
import type { Leaf } from './types';

/** Every phrase with its path. */
const leaves = (value: unknown, path = ''): [string, Leaf][] => {
  if (typeof value === 'string' || (typeof value === 'object' && value !== null && 'other' in value))
    return [[path, value as Leaf]];
  return Object.entries(value as object).flatMap(([key, child]) => leaves(child, path ? `${path}.${key}` : key));
};

const placeholders = (leaf: Leaf) => {
  const text = typeof leaf === 'string' ? leaf : leaf.other;
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
};

test('values are put in, numbers as the language writes them', () => {
  expect(translate(en, 'en', 'common.range', { from: 1, to: 20, total: 12_345 })).toBe('1 to 20 of 12,345');
  expect(translate(chinese, 'zh-CN', 'common.copyThis', { what: 'ID' })).toBe('复制ID');
});

test('a number chooses the plural of its language', () => {
  expect(translate(en, 'en', 'apiResources.permissionCount', { count: 1 })).toBe('1 permission');
  expect(translate(en, 'en', 'apiResources.permissionCount', { count: 0 })).toBe('0 permissions');
  expect(translate(chinese, 'zh-CN', 'apiResources.permissionCount', { count: 1 })).toBe('1 个权限');
});

test('a value that nobody gave stays visible, and so does a key that nobody wrote', () => {
  expect(translate(en, 'en', 'common.copyThis')).toBe('Copy {what}');
  expect(translate(en, 'en', 'no.such.phrase' as never)).toBe('no.such.phrase');
  expect(hasPhrase(en, 'common')).toBe(false);
});

test('a text with elements in it comes in parts', () => {
  expect(split('Type {name} to confirm')).toEqual([{ text: 'Type ', name: 'name' }, { text: ' to confirm' }]);
});

test('the first wanted language that exists is taken, by its tag or its first part', () => {
  expect(pickLanguage(['zh-cn'])).toBe('zh-CN');
  expect(pickLanguage(['fr-FR', 'zh-TW', 'en'])).toBe('zh-CN');
  expect(pickLanguage(['en-GB'])).toBe('en');
  expect(pickLanguage(['xx'])).toBe('en');
});

test('every translation has the placeholders of the English phrase', () => {
  const translated = new Map(leaves(chinese));
  const wrong = leaves(en).filter(([path, leaf]) => {
    const other = translated.get(path);
    return !other || placeholders(other).join() !== placeholders(leaf).join();
  });
  expect(wrong.map(([path]) => path)).toEqual([]);
});
