/** All phrases in English, a file per subject. This object says which keys every language has. */
import { apiResources } from './apiResources';
import { applications } from './applications';
import { auditLogs } from './auditLogs';
import { common } from './common';
import { customJwt } from './customJwt';
import { dashboard } from './dashboard';
import { errors } from './errors';
import { navigation } from './navigation';
import { organizations } from './organizations';
import { organizationTemplate } from './organizationTemplate';
import { profile } from './profile';
import { roles } from './roles';
import { signInExperience } from './signInExperience';
import { signingKeys } from './signingKeys';
import { tenantSettings } from './tenantSettings';
import { users } from './users';

export const phrases = {
  apiResources,
  applications,
  auditLogs,
  common,
  customJwt,
  dashboard,
  errors,
  navigation,
  organizationTemplate,
  organizations,
  profile,
  roles,
  signInExperience,
  signingKeys,
  tenantSettings,
  users,
};
