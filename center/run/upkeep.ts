import { setTimeout } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { anchorAudit } from '../audit/index.ts';
import { clearBankUploads } from '../bank-uploads/index.ts';
import { type Center, inSpan, type Tracer } from '../base/index.ts';
import { foldFirmFigures } from '../bulletin/index.ts';
import { onWay, type Way } from '../database/index.ts';
import { eraseOldEvidence } from '../evidence/index.ts';
import { clearCourseDrafts, foldToLearn } from '../learning/index.ts';
import { keepAskingWitnesses } from '../log/index.ts';
import type { Metrics } from '../metrics/index.ts';
import { erasePhotos, foldToSit } from '../people/index.ts';
import type { Judging } from '../results/index.ts';
import { askForErasing } from '../retention/index.ts';
import { giveOutDue } from '../schedules/index.ts';
import { SYSTEM } from '../seed/index.ts';
import { anchorIn } from './audit-anchor.ts';
import { sweepAll } from './sweeping.ts';

export const UPKEEP: Way = { lane: 'upkeep' };

const MINUTE_MS = 60_000;
/** How often each is looked after. */
const EVERY_MS = {
  witnesses: 5_000,
  keys: 10_000,
  erasures: 10_000,
  bulletins: MINUTE_MS / 2,
  anchors: 5 * MINUTE_MS,
  judging: 10 * MINUTE_MS,
  sweeping: 720 * MINUTE_MS,
};

export type UpkeepParts = {
  /** For all firms, whoever's request began what it is about. */
  readonly center: Center;
  readonly judging: Judging;
  readonly metrics: Metrics;
  readonly tracer: Tracer | undefined;
  readonly log: Pick<FastifyBaseLogger, 'info' | 'warn'>;
};

/** What the program does by itself as long as it runs. What fails is told of, and done the next time. */
export function startUpkeep(parts: UpkeepParts): AsyncDisposable {
  const { center, metrics, log } = parts;
  const stopping = new AbortController();
  const told = (what: string) => (error: unknown) => log.warn({ err: error }, what);
  const asking = keepAskingWitnesses(center, EVERY_MS.witnesses, (asked) => {
    metrics.job('asking-witnesses', asked.said === 'cosigned' ? 'done' : 'failed');
    log.info(asked, 'a witness was asked');
  });
  const timers = [
    every(EVERY_MS.anchors, () => anchor(parts, told('the audit log was not anchored'))),
    every(EVERY_MS.bulletins, () =>
      onWay(UPKEEP, () => giveOutDue(SYSTEM, center)).catch(told('no bulletins were given out')),
    ),
    // What `keys revoke` and `keys issue` do beside a center that runs counts soon, and in a receipt at once.
    every(EVERY_MS.keys, () => center.readKeysAnew().catch(told('the keys were not read'))),
  ];
  const running = [
    judgeWhatWaits(parts, stopping.signal, told('what is looked after now and then was not')),
    keepObjects(parts, stopping.signal, told('objects were not looked after')),
  ];
  return {
    async [Symbol.asyncDispose]() {
      await asking.stop();
      stopping.abort();
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
    },
  };
}

type OnTrouble = (error: unknown) => void;

const every = (ms: number, work: () => Promise<unknown>): NodeJS.Timeout => setInterval(() => void work(), ms).unref();

/** What an earlier program logged, and what a crash or a fault left; beside everything else there is to do. */
async function judgeWhatWaits(
  { center, judging, metrics, tracer }: UpkeepParts,
  signal: AbortSignal,
  onTrouble: OnTrouble,
): Promise<void> {
  while (!signal.aborted) {
    await inSpan(tracer, { name: 'judging' }, () => judging.all(signal));
    metrics.job('judging', 'done');
    await tidy(center, onTrouble);
    await setTimeout(EVERY_MS.judging, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** What is counted lies in many small rows after a while, and what was kept for a time is over. */
async function tidy(center: Center, onTrouble: OnTrouble): Promise<void> {
  const fold = async (): Promise<void> => {
    for (const one of [foldToSit, foldToLearn, foldFirmFigures]) await one(center.db);
  };
  const kept = [
    () => eraseOldEvidence(SYSTEM, center),
    () => askForErasing(center),
    () => clearCourseDrafts(center),
    () => clearBankUploads(center),
  ];
  // Each by itself: what one fails at keeps none of the others from being done.
  for (const work of [fold, ...kept]) await Promise.resolve().then(work).catch(onTrouble);
}

/** A store that is away is asked less and less often: each time somebody may wait for it. */
export const erasureWaitMs = (failures: number): number =>
  Math.min(5 * MINUTE_MS, EVERY_MS.erasures * 2 ** Math.min(failures, 10));

/** Erases what is to be erased in the store, soon; and twice a day clears away what nobody names. */
async function keepObjects({ center, metrics }: UpkeepParts, signal: AbortSignal, onTrouble: OnTrouble): Promise<void> {
  await center.objects.answers().catch(onTrouble);
  let sweepAt = Date.now() + EVERY_MS.sweeping * Math.random();
  let failures = 0;
  while (!signal.aborted) {
    await onWay(UPKEEP, () => erasePhotos(SYSTEM, center, signal)).then(
      () => {
        failures = 0;
      },
      (error) => {
        failures += 1;
        onTrouble(error);
      },
    );
    if (Date.now() > sweepAt) {
      sweepAt = Date.now() + EVERY_MS.sweeping;
      await counted(
        metrics,
        'sweeping',
        onWay(UPKEEP, () => sweepAll(center, signal)),
        onTrouble,
      );
    }
    await setTimeout(erasureWaitMs(failures), undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** Looks whether a line of the audit log has waited long enough. */
const anchor = ({ center, metrics }: UpkeepParts, onTrouble: OnTrouble): Promise<void> =>
  counted(metrics, 'anchoring', anchorAudit(center.db, anchorIn(center), center.now(), 'due'), onTrouble);

const counted = (
  metrics: Metrics,
  job: Parameters<Metrics['job']>[0],
  work: Promise<unknown>,
  onTrouble: OnTrouble,
): Promise<void> =>
  work.then(
    () => metrics.job(job, 'done'),
    (error) => {
      metrics.job(job, 'failed');
      onTrouble(error);
    },
  );
