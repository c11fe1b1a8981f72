import type { Logger } from 'pino';
import { Busy, type Reason, Refusal } from '../../contract/words/reasons.ts';
import { type OutgoingBatch, verifyJws } from '../../proof/index.ts';
import type { StationIdentity } from '../keep/identity/index.ts';
import type { Outbox } from '../keep/outbox/index.ts';
import type { CenterClient } from './center-client.ts';

export type TakeUpParts = {
  readonly client: Pick<CenterClient, 'send'>;
  readonly identity: Pick<StationIdentity, 'enrolment' | 'signer'>;
  readonly outbox: Outbox;
  readonly log: Logger;
};

/** Said of what is in a batch: sent as it is, it will be refused by this center for ever. */
const FINAL: readonly Reason[] = [
  ...(['batch-invalid', 'bad-message', 'root-mismatch', 'not-canonical', 'format-unknown'] as const),
  ...(['grant-missing', 'grant-invalid'] as const),
];
/** Said of a batch that the center has not logged, too. */
const UNLOGGED: readonly Reason[] = ['chain-broken', 'station-key-old'];
/**
 * Where the center fails over a batch it need not be the batch: only if it goes on for minutes, others are let past it.
 */
const FAILURES = 60;
const HOUR_MS = 3_600_000;
/** A center that was brought up to date may take what it refused. */
const AGAIN_MS = { refused: 24 * HOUR_MS, failed: HOUR_MS } as const;

/**
 * Takes results up until none waits. What the center refuses for good is parted from what it takes, half by half, and set
 * aside: no record keeps another from the center.
 * @returns one turn. It throws a Refusal where the center cannot be reached, or refuses for now; all is tried again then
 */
export function openTakeUp(parts: TakeUpParts): () => Promise<void> {
  const { client, identity, outbox, log } = parts;
  const lastWord = openPatience();
  const send = async (batch: OutgoingBatch): Promise<void> => {
    try {
      outbox.settle(batch, await client.send(batch));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.reason === 'chain-broken' && (await standsAgain(parts, batch))) return;
      // Signed before the key was changed: it goes again by the present one.
      if (error.reason === 'station-key-old' && !isByPresentKey(identity, batch)) return outbox.takeBack(batch);
      const againMs = lastWord(batch, error);
      if (againMs === undefined) throw error;
      log.warn({ reason: error.reason, detail: error.detail, records: batch.records.length }, 'a batch was refused');
      outbox.refuse(batch, error, againMs);
    }
  };
  let notBefore = Number.NEGATIVE_INFINITY;
  return async () => {
    const stationId = identity.enrolment?.stationId;
    // It said when: whoever asks again sooner keeps it busy.
    if (performance.now() < notBefore) return;
    for (;;) {
      if (stationId) await outbox.seal(stationId, identity.signer);
      const [oldest] = outbox.waiting(1);
      if (!oldest) return;
      await send(oldest).catch((error: unknown) => {
        if (error instanceof Busy) notBefore = performance.now() + error.seconds * 1_000;
        throw error;
      });
    }
  };
}

/** @returns how long from now a batch may be tried again, where this answer is the last word on it */
function openPatience(): (batch: OutgoingBatch, refusal: Refusal) => number | undefined {
  let failed = { id: '', times: 0 };
  return ({ id }, { reason }) => {
    if (FINAL.includes(reason)) return AGAIN_MS.refused;
    if (reason !== 'internal') return undefined;
    failed = { id, times: failed.id === id ? failed.times + 1 : 1 };
    return failed.times < FAILURES ? undefined : AGAIN_MS.failed;
  };
}

const isByPresentKey = ({ signer }: TakeUpParts['identity'], { header }: OutgoingBatch): boolean =>
  verifyJws(header, 'exam-station/batch', signer.publicKey) !== undefined;

/**
 * A refusal is not signed: somebody on the line may have made it up, and the center have logged the batch that was taken back.
 * @returns whether it had, and the batch stands again
 */
async function standsAgain({ client, outbox }: TakeUpParts, batch: OutgoingBatch): Promise<boolean> {
  for (const replaced of outbox.replacedBy(batch)) {
    const receipt = await client.send(replaced).catch((error: unknown) => {
      const refused = error instanceof Refusal && [...FINAL, ...UNLOGGED].includes(error.reason);
      if (!refused) throw error;
    });
    if (!receipt) continue;
    outbox.reinstate(replaced, receipt);
    return true;
  }
  return false;
}
