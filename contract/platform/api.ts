import { accountEndpoints } from './accounts.ts';
import { bankEndpoints } from './banks.ts';
import { firmEndpoints } from './firms.ts';
import { organisationEndpoints } from './organisations.ts';
import { proctorEndpoints } from './proctors.ts';
import { stationEndpoints } from './stations.ts';
import { workerEndpoints } from './workers.ts';

/** All that the platform is asked for, by domain. A new domain adds its endpoints here. */
export const platformApi = {
  accounts: accountEndpoints,
  organisations: organisationEndpoints,
  firms: firmEndpoints,
  workers: workerEndpoints,
  proctors: proctorEndpoints,
  stations: stationEndpoints,
  banks: bankEndpoints,
} as const;
