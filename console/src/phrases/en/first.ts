/** The phrases in English that the first page needs: the frame, the dashboard, failures. */
import { common } from './common';
import { dashboard } from './dashboard';
import { errors } from './errors';
import { navigation } from './navigation';

export const first = {
  common,
  dashboard,
  errors,
  navigation,
};
