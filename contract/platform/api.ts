import { accountEndpoints } from './accounts.ts';
import { appealEndpoints } from './appeals.ts';
import { bankEndpoints } from './banks.ts';
import { bulletinEndpoints } from './bulletin.ts';
import { firmEndpoints } from './firms.ts';
import { hookEndpoints } from './hooks.ts';
import { exportEndpoints, jobEndpoints } from './jobs.ts';
import { organisationEndpoints } from './organisations.ts';
import { personFileEndpoints } from './person-files.ts';
import { planningEndpoints } from './planning.ts';
import { proctorEndpoints } from './proctors.ts';
import { resultEndpoints } from './results.ts';
import { retentionEndpoints } from './retention.ts';
import { stationEndpoints } from './stations.ts';
import { workerEndpoints } from './workers.ts';

/** All that the platform is asked for, by domain. A new domain adds its endpoints here. */
export const platformApi = {
  accounts: accountEndpoints,
  organisations: organisationEndpoints,
  jobs: jobEndpoints,
  exports: exportEndpoints,
  hooks: hookEndpoints,
  planning: planningEndpoints,
  bulletin: bulletinEndpoints,
  results: resultEndpoints,
  appeals: appealEndpoints,
  people: personFileEndpoints,
  firms: firmEndpoints,
  workers: workerEndpoints,
  proctors: proctorEndpoints,
  stations: stationEndpoints,
  banks: bankEndpoints,
  retention: retentionEndpoints,
} as const;
