/** The palette of the preview is the palette of the pages: the values are those that the server's stylesheet has. */
import { expect, test } from 'vitest';
import { palette } from './palette';

test('a colour that reads on the page is taken as it is', () => {
  expect(palette({ primaryColor: '#6139F6', darkPrimaryColor: '' }, false)).toEqual({
    '--primary': '#6139f6',
    '--on-primary': '#ffffff',
    '--primary-hover': '#5230d1',
    '--accent': '#6139f6',
    '--edge': '#6139f6',
  });
});

test('a light colour has dark ink, and its links are darker until they read', () => {
  const yellow = palette({ primaryColor: '#ffe000', darkPrimaryColor: '' }, false);
  expect(yellow['--on-primary']).toBe('#000000');
  expect(yellow['--accent']).not.toBe('#ffe000');
  expect(yellow['--edge']).toBe(yellow['--accent']);
});

test('without a colour for dark pages, the light one is made lighter', () => {
  expect(palette({ primaryColor: '#6139F6', darkPrimaryColor: '' }, true)['--primary']).toBe('#886af8');
});

test('what is no colour is the default', () => {
  expect(palette({ primaryColor: 'red', darkPrimaryColor: '' }, false)['--primary']).toBe('#6139f6');
});
