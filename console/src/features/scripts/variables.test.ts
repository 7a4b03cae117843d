/** The rules of environment variables. */
import { describe, expect, test } from 'vitest';
import {
  emptyVariable,
  hasProblem,
  problemOf,
  storedRows,
  toVariables,
  type Variable,
  variableNames,
  variablesDeclaration,
} from './variables';

const typed = (name: string, value: string): Variable => ({ ...emptyVariable(), name, value });

describe('a stored variable', () => {
  const [row] = storedRows({ KEY: null }) as [Variable];

  test('is shown without its value and kept', () => {
    expect(row).toEqual({ id: 'stored-KEY', name: 'KEY', value: '', state: 'kept' });
    expect(toVariables([row])).toEqual({ KEY: null });
  });

  test('gets the new value when it is replaced, which then must be there', () => {
    const replaced: Variable = { ...row, state: 'replaced' };
    expect(problemOf(replaced, [replaced])).toBe('valueMissing');
    expect(toVariables([{ ...replaced, value: 'other' }])).toEqual({ KEY: 'other' });
  });

  test('is gone when it is removed, and its name is free', () => {
    const rows = [{ ...row, state: 'removed' as const }, typed('KEY', 'again')];
    expect(hasProblem(rows)).toBe(false);
    expect(toVariables(rows)).toEqual({ KEY: 'again' });
    expect(toVariables([{ ...row, state: 'removed' }])).toBeUndefined();
  });
});

test('a name has letters, digits and underscores only', () => {
  for (const name of ['API-KEY', 'API KEY', 'API.KEY', 'schlüssel']) {
    expect(problemOf(typed(name, 'x'), [])).toBe('nameInvalid');
  }
  expect(problemOf(typed('api_KEY_2', 'x'), [])).toBeUndefined();
});

test('the second variable of a name is the one that is wrong', () => {
  const rows = [...storedRows({ KEY: null }), typed('KEY', 'x')] as [Variable, Variable];
  expect(problemOf(rows[0], rows)).toBeUndefined();
  expect(problemOf(rows[1], rows)).toBe('nameTwice');
});

test('a name needs a value and a value a name', () => {
  expect(problemOf(typed('KEY', ''), [])).toBe('valueMissing');
  expect(problemOf(typed('', 'x'), [])).toBe('nameMissing');
});

test('empty rows are dropped', () => {
  const rows = [emptyVariable(), typed('KEY', 'x'), emptyVariable()];
  expect(hasProblem(rows)).toBe(false);
  expect(toVariables(rows)).toEqual({ KEY: 'x' });
  expect(toVariables([emptyVariable()])).toBeUndefined();
});

test('the editor knows the names that will be there', () => {
  const rows = [...storedRows({ KEY: null }), typed('2ND', 'x'), typed('no name', 'x'), emptyVariable()];
  expect(variableNames(rows)).toEqual(['KEY', '2ND']);
  expect(variablesDeclaration(variableNames(rows))).toContain('  "KEY": string;\n  "2ND": string;');
  expect(variablesDeclaration([])).toContain('EnvironmentVariables = {}');
});
