import { type Check, overall, type Readiness } from '../../contract/words/readiness.ts';
import { cameraCheck } from './camera.ts';
import { centerChecks } from './center.ts';
import { dataChecks } from './data.ts';
import { diskCheck } from './disk.ts';
import { examsCheck } from './exams.ts';
import { facesChecks } from './faces.ts';
import type { Facts } from './facts.ts';
import { lineCheck } from './line.ts';
import { logCheck } from './log.ts';
import { provisionCheck } from './provision.ts';
import { readerCheck } from './reader.ts';
import { shellChecks } from './shell.ts';

/** Everything that is known of a station, judged: first what nobody can be examined without. What is not measured yet is not told. */
export function judgeAll(facts: Facts): Readiness {
  const checks: readonly Check[] = [
    provisionCheck(facts),
    ...lineCheck(facts),
    ...centerChecks(facts),
    ...logCheck(facts),
    examsCheck(facts),
    ...dataChecks(facts),
    ...diskCheck(facts),
    cameraCheck(facts),
    readerCheck(facts),
    ...facesChecks(facts),
    ...shellChecks(facts),
  ];
  return { status: overall(checks), at: facts.known.now, checks };
}
