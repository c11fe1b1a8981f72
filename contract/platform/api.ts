import { accountEndpoints } from './accounts.ts';
import { appealEndpoints } from './appeals.ts';
import { bulletinEndpoints } from './bulletin.ts';
import { organisationEndpoints } from './organisations.ts';
import { personFileEndpoints } from './person-files.ts';
import { planningEndpoints } from './planning.ts';
import { resultEndpoints } from './results.ts';

/** All that the platform is asked for, by domain. A new domain adds its endpoints here. */
export const platformApi = {
  accounts: accountEndpoints,
  organisations: organisationEndpoints,
  planning: planningEndpoints,
  bulletin: bulletinEndpoints,
  results: resultEndpoints,
  appeals: appealEndpoints,
  people: personFileEndpoints,
} as const;
