import { answerBytes } from '../../contract/words/answer-bytes.ts';
import { cosignaturesOf, readNote, writeAddCheckpoint } from '../../proof/transparency/index.ts';
import type { Center, Witness } from '../base/index.ts';
import { checkpointOf } from './checkpoints.ts';
import { keepCosignatures, lastSeenBy } from './cosignatures.ts';
import { consistencyHashes } from './proofs.ts';
import { sizeOf } from './transparency-log.ts';

export type Asking = { stop(): Promise<void> };

/** What became of asking one witness, for the log of the program. */
export type Asked = {
  readonly witness: string;
  readonly said: 'cosigned' | 'refused' | 'silent';
  readonly detail: string;
};

const TIMEOUT_MS = 10_000;
/** A witness answers in a few lines. */
const MAX_ANSWER = 16_384;

/** Brings new checkpoints to witnesses that have an address, as long as it is not stopped. */
export function keepAskingWitnesses(center: Center, everyMs: number, onAsked: (asked: Asked) => void): Asking {
  const reachable = center.witnesses.filter(({ url }) => url !== undefined);
  let [timer, running]: [NodeJS.Timeout | undefined, Promise<void>] = [undefined, Promise.resolve()];
  const turn = async (): Promise<void> => {
    for (const witness of reachable) {
      const asked = await askWitness(center, witness).catch(
        (error: unknown): Asked => ({ witness: witness.key.name, said: 'silent', detail: String(error) }),
      );
      if (asked) onAsked(asked);
    }
  };
  let stopped = false;
  const wind = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = turn().then(wind);
    }, everyMs);
    timer.unref();
  };
  if (reachable.length > 0) wind();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Nothing where it has seen all there is. */
export async function askWitness(center: Center, { key, url }: Witness): Promise<Asked | undefined> {
  const { db } = center;
  const [size, seen] = [await sizeOf(db), await lastSeenBy(db, key)];
  if (size === 0 || size === seen) return undefined;
  const checkpoint = await checkpointOf(center, size);
  const send = async (old: number): Promise<Response> => {
    const path = await consistencyHashes(db, old, size);
    const body = writeAddCheckpoint({ old, path, checkpoint });
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return fetch(new URL('add-checkpoint', url?.endsWith('/') ? url : `${url}/`), { method: 'POST', body, signal });
  };
  const first = await send(seen);
  // What it saw last it says itself, where this is not it.
  const conflict = first.status === 409 ? Number((await textIn(first)).slice(0, 20)) : Number.NaN;
  const answer = Number.isSafeInteger(conflict) && conflict >= 0 && conflict <= size ? await send(conflict) : first;
  if (!answer.ok) return { witness: key.name, said: 'refused', detail: whyNot(answer.status, conflict, size) };
  const lines = await textIn(answer);
  const note = readNote(`${checkpoint}${lines}`);
  const said = note ? cosignaturesOf(note, [key]) : 'bad';
  if (said === 'bad' || said.length === 0)
    return { witness: key.name, said: 'refused', detail: 'no cosignature of it' };
  await keepCosignatures(db, size, said);
  return { witness: key.name, said: 'cosigned', detail: `${size} entries` };
}

const whyNot = (status: number, seen: number, size: number): string =>
  seen > size ? `it has seen ${seen} entries of this log, which has ${size}` : `it answered ${status}`;

/** @throws Error where it goes on and on */
async function textIn(answer: Response): Promise<string> {
  const bytes = await answerBytes(answer, MAX_ANSWER);
  if (!bytes) throw new Error(`it answers with more than ${MAX_ANSWER} bytes`);
  return Buffer.from(bytes).toString('utf8');
}
