import { ConsistencyReply, consistencyFor, logPaths } from '../../contract/log/log-api.ts';
import type { CenterLine } from '../../proof/center-line/index.ts';
import { verifyConsistency } from '../../proof/index.ts';
import {
  cosignaturesOf,
  type NoteKey,
  type OpenCheckpoint,
  openCheckpoint,
  writeAddCheckpoint,
} from '../../proof/transparency/index.ts';
import { bytesIn, jsonIn } from '../../station/center-link/index.ts';
import { lineTo } from '../center-line.ts';
import { admit } from './admit.ts';
import type { Seen, WitnessFolder } from './witness-folder.ts';

/**
 * What a look at a log came to. `cosigned`: it has grown, or was seen for the first time; `same`: nothing is new; `behind`: it
 * shows an older tree, which is the beginning of what was seen; `forked`: two checkpoints that it signed contradict each other;
 * `unproven`: nothing that was answered shows that it fits what was seen before. Whoever is on the line can answer that, too, so it
 * is evidence of nothing; `silent`: nobody answered, or with no checkpoint of this log.
 */
export type Look =
  | { readonly found: 'cosigned'; readonly size: number; readonly posted: boolean }
  | { readonly found: 'same' | 'behind'; readonly size: number }
  | { readonly found: 'forked'; readonly why: string; readonly evidence: string }
  | { readonly found: 'unproven' | 'silent'; readonly why: string };

export type Watched = { readonly url: string; readonly key: NoteKey; readonly post: boolean };
/** With the line to it, for one look. The key of a log is that of its center. */
type Log = Watched & { readonly line: CenterLine };

const TIMEOUT_MS = 15_000;
const MAX_NOTE = 65_536;
/** A path of 63 hashes in hexadecimal, or what became of a line. */
const MAX_REPLY = 65_536;

/** Looks once at what a log shows now, and cosigns it where it goes on from what was seen before. */
export async function lookAt(folder: WitnessFolder, watched: Watched, now = new Date()): Promise<Look> {
  try {
    return await look(folder, { ...watched, line: lineTo(watched.url, watched.key.publicKey) }, now);
  } catch (error) {
    return { found: 'silent', why: error instanceof Error ? error.message : String(error) };
  }
}

async function look(folder: WitnessFolder, log: Log, now: Date): Promise<Look> {
  const checkpoint = await textAt(log, logPaths.checkpoint);
  const opened = openCheckpoint(checkpoint, log.key);
  if (typeof opened === 'string') return { found: 'silent', why: `no checkpoint of ${log.key.name}: ${opened}` };
  const last = folder.last(log.key.name);
  if (last && opened.size < last.size) return lookBack(log, last, opened);
  const mine = cosignaturesOf(opened.note, [folder.key]);
  const known = last?.size === opened.size && Buffer.from(last.root).equals(opened.root);
  if (known && (mine.length > 0 || !log.post)) return { found: 'same', size: opened.size };
  const old = last?.size ?? 0;
  const path = old > 0 && old < opened.size ? await pathAt(log, old, opened.size) : [];
  if (!path) return unproven(old, opened.size);
  const body = writeAddCheckpoint({ old, path, checkpoint });
  const admitted = admit(folder, log.key, body, now);
  if (admitted.status === 200)
    return { found: 'cosigned', size: admitted.size, posted: log.post && (await post(log, admitted.note)) };
  if (admitted.status !== 422) return { found: 'silent', why: `another look came between (${admitted.status})` };
  const { why, evidence } = admitted;
  return evidence ? { found: 'forked', why, evidence } : unproven(old, opened.size);
}

const unproven = (seen: number, shown: number): Look => ({
  found: 'unproven',
  why: `${seen} entries were seen, and no proof came that the ${shown} that it shows now fit those`,
});

/** A smaller tree may be an old answer on the way; then it is the beginning of what was seen, and the log can prove it. */
async function lookBack(log: Log, last: Seen, checkpoint: OpenCheckpoint): Promise<Look> {
  const { size } = checkpoint;
  const path = size === 0 ? [] : await pathAt(log, size, last.size);
  if (path && verifyConsistency(checkpoint, last, path)) return { found: 'behind', size };
  return unproven(last.size, size);
}

/** Nothing where no such path was answered. */
async function pathAt(log: Log, from: number, to: number): Promise<readonly Uint8Array[] | undefined> {
  const response = await log.line.ask(consistencyFor(from, to), { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const reply = ConsistencyReply.safeParse(await jsonIn(response, MAX_REPLY).catch(() => undefined));
  return response.ok && reply.success ? reply.data.path.map((hex) => Buffer.from(hex, 'hex')) : undefined;
}

async function textAt(log: Log, path: string): Promise<string> {
  const response = await log.line.ask(path, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${log.url} answered ${response.status}`);
  return Buffer.from(await bytesIn(response, MAX_NOTE)).toString('utf8');
}

/** Whether the center took it; it does where its operator named this witness. */
async function post(log: Log, note: string): Promise<boolean> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const sent = await log.line.ask(logPaths.cosignatures, { method: 'POST', body: note, signal });
  const reply = (await jsonIn(sent, MAX_REPLY).catch(() => undefined)) as { readonly unknown?: unknown } | undefined;
  return sent.ok && reply?.unknown === 0;
}
