/** The phrases in English of all other pages, a file per subject. */
import { apiResources } from './apiResources';
import { applications } from './applications';
import { auditLogs } from './auditLogs';
import { customJwt } from './customJwt';
import { organizations } from './organizations';
import { organizationTemplate } from './organizationTemplate';
import { profile } from './profile';
import { roles } from './roles';
import { signInExperience } from './signInExperience';
import { signingKeys } from './signingKeys';
import { tenantSettings } from './tenantSettings';
import { users } from './users';

export const rest = {
  apiResources,
  applications,
  auditLogs,
  customJwt,
  organizationTemplate,
  organizations,
  profile,
  roles,
  signInExperience,
  signingKeys,
  tenantSettings,
  users,
};
