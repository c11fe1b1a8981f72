import { accessEndpoints } from './access.ts';
import { accountEndpoints } from './accounts.ts';
import { appealEndpoints } from './appeals.ts';
import { bankUploadEndpoints } from './bank-uploads.ts';
import { bankEndpoints } from './banks.ts';
import { beginningEndpoints } from './beginnings.ts';
import { bulletinEndpoints } from './bulletin.ts';
import { certificateEndpoints } from './certificates.ts';
import { courseEndpoints } from './courses.ts';
import { evidenceEndpoints } from './evidence.ts';
import { examEndpoints } from './exams.ts';
import { firmEndpoints } from './firms.ts';
import { grantEndpoints } from './grants.ts';
import { hookEndpoints } from './hooks.ts';
import { exportEndpoints, jobEndpoints } from './jobs.ts';
import { organisationEndpoints } from './organisations.ts';
import { packageEndpoints } from './packages.ts';
import { personFileEndpoints } from './person-files.ts';
import { planningEndpoints } from './planning.ts';
import { proctoringEndpoints } from './proctoring.ts';
import { proctorEndpoints } from './proctors.ts';
import { resultEndpoints } from './results.ts';
import { retentionEndpoints } from './retention.ts';
import { scheduleEndpoints } from './schedules.ts';
import { seatEndpoints } from './seats.ts';
import { stationEndpoints } from './stations.ts';
import { toldResultEndpoints } from './told-results.ts';
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
  schedules: scheduleEndpoints,
  results: resultEndpoints,
  appeals: appealEndpoints,
  evidence: evidenceEndpoints,
  people: personFileEndpoints,
  firms: firmEndpoints,
  workers: workerEndpoints,
  proctors: proctorEndpoints,
  stations: stationEndpoints,
  banks: bankEndpoints,
  bankUploads: bankUploadEndpoints,
  told: toldResultEndpoints,
  certificates: certificateEndpoints,
  courses: courseEndpoints,
  exams: examEndpoints,
  seats: seatEndpoints,
  proctoring: proctoringEndpoints,
  packages: packageEndpoints,
  grants: grantEndpoints,
  beginnings: beginningEndpoints,
  access: accessEndpoints,
  retention: retentionEndpoints,
} as const;
