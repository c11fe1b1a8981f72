import { migrations as accounts } from '../accounts/index.ts';
import { migrations as appeals } from '../appeals/index.ts';
import { migrations as audit } from '../audit/index.ts';
import { migrations as bankUploads } from '../bank-uploads/index.ts';
import { migrations as bulletin } from '../bulletin/index.ts';
import { migrations as certificates } from '../certificates/index.ts';
import type { Migration } from '../database/index.ts';
import { migrations as evidence } from '../evidence/index.ts';
import { migrations as exams } from '../exams/index.ts';
import { migrations as home } from '../home/index.ts';
import { migrations as hooks } from '../hooks/index.ts';
import { migrations as jobs } from '../jobs/index.ts';
import { migrations as learning } from '../learning/index.ts';
import { migrations as log } from '../log/index.ts';
import { migrations as moves } from '../moves/index.ts';
import { migrations as organisations } from '../organisations/index.ts';
import { migrations as people } from '../people/index.ts';
import { migrations as planning } from '../planning/index.ts';
import { migrations as proctoring } from '../proctoring/index.ts';
import { migrations as results } from '../results/index.ts';
import { migrations as retention } from '../retention/index.ts';
import { migrations as schedules } from '../schedules/index.ts';
import { migrations as stations } from '../stations/index.ts';
import { migrations as tenants } from '../tenants/index.ts';
import { migrations as toldResults } from '../told-results/index.ts';
import { migrations as walls } from './wall-migrations.ts';

/** All tables, from the ground up: within one number a table comes before those that refer to it. */
export const SCHEMA: readonly Migration[] = [
  ...[audit, tenants, organisations, accounts, jobs, hooks, exams, people, stations, proctoring, log, results].flat(),
  ...[certificates, appeals, evidence, moves, learning, bulletin, schedules, home, planning, walls].flat(),
  ...[toldResults, retention, bankUploads].flat(),
];
