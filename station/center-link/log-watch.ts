import type { Logger } from 'pino';
import { certificateEntry, grantEntry } from '../../contract/log/entries.ts';
import type { LogProof } from '../../contract/records/log-proof.ts';
import type { EnrolReply } from '../../contract/station-center/center-api.ts';
import { Sha256 } from '../../contract/words/ids.ts';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import { MAX_SKEW_MS } from '../../contract/words/skew.ts';
import { certificatesOf, verifyConsistency, verifyLogProof } from '../../proof/index.ts';
import { openCheckpointBy, sealEntry } from '../../proof/transparency/index.ts';
import type { Ledger } from '../core/ledger/index.ts';
import type { SittingEvent } from '../core/sitting/index.ts';
import type { CenterTime } from '../keep/center-time/index.ts';
import type { Grants } from '../keep/grants/index.ts';
import type { StationIdentity } from '../keep/identity/index.ts';
import type { LogHeads, SignedHead, Why } from '../keep/log-heads/index.ts';
import type { Outbox, UnshownBatch } from '../keep/outbox/index.ts';
import { type LogClient, signedHead } from './log-client.ts';

export type LogWatchParts = {
  readonly client: LogClient;
  readonly heads: LogHeads;
  readonly outbox: Pick<Outbox, 'unshown' | 'show'>;
  readonly grants: Pick<Grants, 'jwsOf'>;
  readonly identity: Pick<StationIdentity, 'enrolment' | 'certificates'>;
  readonly ledger: Pick<Ledger<SittingEvent>, 'append'>;
  readonly centerTime: Pick<CenterTime, 'seen'>;
  readonly log: Logger;
  /** A contradiction was found. */
  readonly onChange: () => void;
};

const EVERY_MS = 60_000;
const SOON_MS = 5_000;

/** Looks at the center's log as long as it is not stopped. What it finds out is kept; exams go on whatever it is. */
export function startLogWatch(parts: LogWatchParts): { stop(): Promise<void> } {
  const look = openLogWatch(parts);
  let [stopped, timer, running]: [boolean, NodeJS.Timeout | undefined, Promise<void>] = [
    false,
    undefined,
    Promise.resolve(),
  ];
  const wind = (ms: number): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      const silent = (error: unknown): void => parts.log.debug({ error: String(error) }, 'the log was not seen');
      running = look()
        .catch(silent)
        .then(() => wind(EVERY_MS));
    }, ms);
  };
  wind(SOON_MS);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/**
 * One look: at the newest head, at those that are held, and at those of receipts, of which each batch gets what its proof shows of
 * the log. Every head that the center ever signed for this station has to be the beginning of the next, or to go on from it. What
 * is held against the center are its own signed times; by this machine's clock it is never judged.
 * @returns one turn. It throws a Refusal where the center cannot be reached; all is looked at again then
 */
export function openLogWatch(parts: LogWatchParts): () => Promise<void> {
  const { client, heads, outbox, identity } = parts;
  const say = contradicting(parts);

  const compare = async (head: SignedHead, isNewest: boolean): Promise<void> => {
    const { last, dated } = heads;
    if (head.at) parts.centerTime.seen(head.at);
    if (!last) return heads.advance(head);
    if (head.size === last.size && head.root !== last.root) return say('two-trees', last, head);
    // Whoever is on the line, and every cache, can show a head that was the newest once.
    if (isNewest && dated && head.size < dated.size)
      return isLater(head, dated) ? say('shorter', dated, head) : undefined;
    const [first, second] = head.size < last.size ? [head, last] : [last, head];
    if (!(await goesOn(client, first, second))) return say('no-way', first, second);
    heads.drop(head);
    if (second !== head) return;
    if (head.size === last.size && dated && isLater(dated, head)) return;
    if (dated && isLater(dated, head, MAX_SKEW_MS)) say('time', dated, head);
    heads.advance(head);
  };
  const compareOrHold = (head: SignedHead, isNewest = false): Promise<void> =>
    compare(head, isNewest).catch((error: unknown) => {
      heads.hold(head);
      throw error;
    });
  const showLog = async (batch: UnshownBatch, enrolment: EnrolReply): Promise<void> => {
    const receipt = signedHead(batch.receipt.treeHead, enrolment.centerKey);
    await compareOrHold(receipt);
    const given = batch.grants.flatMap((id) => parts.grants.jwsOf(id) ?? []);
    const { certificate } = certificatesOf(batch.header, identity.certificates) ?? enrolment;
    const shown = await evidenceFor(client, receipt, certificate, given);
    const checkpoint = openCheckpointBy(shown.checkpoint, enrolment.centerKey);
    if (typeof checkpoint === 'string') throw new Refusal('center-refused', `no checkpoint: ${checkpoint}`);
    const root = Sha256.parse(Buffer.from(checkpoint.root).toString('hex'));
    await compareOrHold({ text: shown.checkpoint, size: checkpoint.size, root, at: null });
    const { centerKey } = enrolment;
    const proven = verifyLogProof({ log: shown, centerKey, certificate, grants: given }, receipt);
    if (!proven.ok) parts.log.warn({ reason: proven.reason, detail: proven.detail }, 'the log does not show a batch');
    outbox.show(batch.number, proven.ok ? shown : undefined);
  };
  return async () => {
    const { enrolment } = identity;
    const newest = enrolment && (await client.newest());
    if (!newest) return;
    await compareOrHold(newest, true);
    for (const head of heads.held()) await compare(head, false);
    for (const batch of outbox.unshown()) await showLog(batch, enrolment);
  };
}

/** Writes a contradiction down, once, where the station writes what happens to itself. */
function contradicting({ heads, ledger, log, onChange }: LogWatchParts) {
  return (why: Why, first: SignedHead, second: SignedHead): void => {
    heads.drop(second);
    if (!heads.contradict(why, first, second)) return;
    const reason: Reason = why === 'time' ? 'log-time' : 'log-forked';
    ledger.append(null, [{ type: 'noted', reason }]);
    log.error({ why, first: first.size, second: second.size, root: second.root }, reason);
    onChange();
  };
}

/** Whether one is the beginning of the other. A center that says that it has no such tree has signed one that it does not have. */
async function goesOn(client: LogClient, first: SignedHead, second: SignedHead): Promise<boolean> {
  if (first.size === second.size) return first.root === second.root;
  const path = await client.consistency(first.size, second.size).catch((error: unknown) => {
    if (error instanceof Refusal && error.reason === 'log-shorter') return undefined;
    throw error;
  });
  return path !== undefined && verifyConsistency(treeOf(first), treeOf(second), path);
}

/** Only what both heads say themselves is held against whoever signed them. */
const isLater = (one: SignedHead, other: SignedHead, byMs = 0): boolean =>
  one.at !== null && other.at !== null && Date.parse(one.at) > Date.parse(other.at) + byMs;

const treeOf = ({ size, root }: SignedHead) => ({ size, root: Buffer.from(root, 'hex') });

async function evidenceFor(
  client: LogClient,
  receipt: SignedHead,
  certificate: string,
  grants: readonly string[],
): Promise<LogProof> {
  const entries = [certificateEntry(certificate), ...grants.map(grantEntry)];
  const leaves = entries.map((entry) => Buffer.from(sealEntry(entry).leaf).toString('hex'));
  const { inclusions, ...shown } = await client.evidence(receipt.size, leaves);
  const [first, ...others] = inclusions;
  if (!first) throw new Refusal('center-refused', 'the certificate is not shown');
  return { ...shown, certificate: first, grants: others };
}
