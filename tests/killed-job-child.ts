import { addJob, openJobs } from '../center/jobs/index.ts';
import { ROOT } from '../center/organisations/index.ts';
import { openCenter } from '../center/run/index.ts';

/** A center that takes a job up and never ends it, until somebody kills it. */
const { center } = await openCenter({ data: process.argv[2] as string, seed: 'none', jobs: false });
const asked = { organisationId: ROOT, as: 'csv', language: 'zh' };
const { id } = await addJob(center.db, { kind: 'results-export', asked }, new Date());
const run = (): Promise<never> => {
  process.stdout.write(`${id}\n`);
  return new Promise(() => undefined);
};
const kind = { atOnce: 1, again: () => undefined, run };
openJobs(center, { kinds: { 'results-export': kind }, alone: true, onFault: () => undefined });
setInterval(() => undefined, 1_000);
