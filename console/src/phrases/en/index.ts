/** All phrases in English. This object says which keys every language has. */
import { first } from './first';
import { rest } from './rest';

export const phrases = { ...first, ...rest };
