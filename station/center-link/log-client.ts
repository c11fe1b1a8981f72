import { z } from 'zod';
import {
  ConsistencyReply,
  consistencyFor,
  evidenceFor,
  LogEvidence,
  logPaths,
  NewestHead,
} from '../../contract/log/log-api.ts';
import { TreeHead } from '../../contract/records/batches.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { ReasonCode, Refusal, refusalOf } from '../../contract/words/reasons.ts';
import { type CenterLine, openCenterLine } from '../../proof/center-line/index.ts';
import { verifyJws } from '../../proof/index.ts';
import type { SignedHead } from '../keep/log-heads/index.ts';
import { jsonIn } from './answer.ts';

/**
 * The center's log over HTTP, asked as anybody would: a center that is not told who asks has a harder time showing each another
 * one. What it signs is checked; what it shows, whoever asks has to check.
 */
export type LogClient = {
  /** As it is now; nothing where the center shows no log, or an empty one. */
  newest(): Promise<SignedHead | undefined>;
  /** @throws Refusal `log-shorter` where the center has no such trees */
  consistency(from: number, to: number): Promise<readonly Uint8Array[]>;
  evidence(size: number, leaves: readonly string[]): Promise<LogEvidence>;
};

const TIMEOUT_MS = 15_000;
/** A proof file may show the grants of ten thousand records, each with its path. */
const MOST_BYTES = 64_000_000;
const Problem = z.object({ reason: ReasonCode, detail: z.string().optional() });

/**
 * Every failure is a Refusal: `center-down`, `center-refused`, or what the center says.
 * @param at its address, or a line of its own: on one that somebody else uses, the center knows who asks
 */
export function openLogClient(at: string | CenterLine, centerKey: () => PublicKey): LogClient {
  const line = typeof at === 'string' ? openCenterLine(at, { key: centerKey }) : at;
  const ask = async <S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> => {
    const response = await line.ask(path, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const said = await jsonIn(response, MOST_BYTES);
    if (!response.ok) throw refused(response.status, said);
    const parsed = schema.safeParse(said);
    if (!parsed.success) throw new Refusal('center-refused', 'the answer has another form than agreed');
    return parsed.data;
  };
  return {
    async newest() {
      try {
        return signedHead((await ask(logPaths.head, NewestHead)).treeHead, centerKey());
      } catch (error) {
        if (error instanceof Refusal && ['method-unknown', 'log-empty'].includes(error.reason)) return undefined;
        throw error;
      }
    },
    consistency: async (from, to) =>
      (await ask(consistencyFor(from, to), ConsistencyReply)).path.map((hex) => Buffer.from(hex, 'hex')),
    evidence: (size, leaves) => ask(evidenceFor(size, leaves), LogEvidence),
  };
}

function refused(status: number, said: unknown): Refusal {
  const problem = Problem.safeParse(said);
  return problem.success
    ? refusalOf(problem.data.reason, problem.data.detail, 'center-refused')
    : new Refusal('center-refused', String(status));
}

/** @throws Refusal `signature-invalid` where the center did not sign it */
export function signedHead(text: string, centerKey: PublicKey): SignedHead {
  const head = TreeHead.safeParse(verifyJws(text, 'exam-station/tree-head', centerKey));
  if (!head.success) throw new Refusal('signature-invalid', 'the tree head is not signed by the center');
  return { text, ...head.data };
}
