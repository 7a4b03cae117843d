/** The phrases in simplified Chinese that the first page needs. */
import type { FirstPhrases } from '@/i18n/types';
import { common } from './common';
import { dashboard } from './dashboard';
import { errors } from './errors';
import { navigation } from './navigation';

export const first: FirstPhrases = {
  common,
  dashboard,
  errors,
  navigation,
};
