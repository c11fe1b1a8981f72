import { accountEndpoints } from './accounts.ts';
import { bulletinEndpoints } from './bulletin.ts';
import { hookEndpoints } from './hooks.ts';
import { exportEndpoints, jobEndpoints } from './jobs.ts';
import { organisationEndpoints } from './organisations.ts';
import { planningEndpoints } from './planning.ts';

/** All that the platform is asked for, by domain. A new domain adds its endpoints here. */
export const platformApi = {
  accounts: accountEndpoints,
  organisations: organisationEndpoints,
  jobs: jobEndpoints,
  exports: exportEndpoints,
  hooks: hookEndpoints,
  planning: planningEndpoints,
  bulletin: bulletinEndpoints,
} as const;
