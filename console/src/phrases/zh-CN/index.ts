/** All phrases in simplified Chinese. */
import type { Phrases } from '@/i18n/types';
import { first } from './first';
import { rest } from './rest';

export const phrases: Phrases = { ...first, ...rest };
