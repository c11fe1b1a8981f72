import { accountEndpoints } from './accounts.ts';
import { appealEndpoints } from './appeals.ts';
import { organisationEndpoints } from './organisations.ts';
import { personFileEndpoints } from './person-files.ts';
import { resultEndpoints } from './results.ts';

/** All that the platform is asked for, by domain. A new domain adds its endpoints here. */
export const platformApi = {
  accounts: accountEndpoints,
  organisations: organisationEndpoints,
  results: resultEndpoints,
  appeals: appealEndpoints,
  people: personFileEndpoints,
} as const;
