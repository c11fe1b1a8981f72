import { ConsistencyReply, consistencyFor, logPaths } from '../../contract/log/log-api.ts';
import { answerBytes } from '../../contract/words/answer-bytes.ts';
import { verifyConsistency } from '../../proof/index.ts';
import {
  cosignaturesOf,
  type NoteKey,
  type OpenCheckpoint,
  openCheckpoint,
  writeAddCheckpoint,
} from '../../proof/transparency/index.ts';
import { admit, keepFork } from './admit.ts';
import type { Seen, WitnessFolder } from './witness-folder.ts';

/**
 * What a look at a log came to. `cosigned`: it has grown, or was seen for the first time; `same`: nothing is new; `behind`: it
 * shows an older tree, which is the beginning of what was seen; `forked`: what it shows does not fit what it showed before;
 * `unproven`: it did not show that it does; `silent`: nobody answered, or with no checkpoint of this log.
 */
export type Look =
  | { readonly found: 'cosigned'; readonly size: number; readonly posted: boolean }
  | { readonly found: 'same' | 'behind'; readonly size: number }
  | { readonly found: 'forked'; readonly why: string; readonly evidence: string }
  | { readonly found: 'unproven' | 'silent'; readonly why: string };

export type Watched = { readonly url: string; readonly key: NoteKey; readonly post: boolean };

const TIMEOUT_MS = 15_000;
const MAX_NOTE = 65_536;
const MAX_REPLY = 131_072;

/** Looks once at what a log shows now, and cosigns it where it goes on from what was seen before. */
export async function lookAt(folder: WitnessFolder, log: Watched, now = new Date()): Promise<Look> {
  try {
    return await look(folder, log, now);
  } catch (error) {
    return { found: 'silent', why: error instanceof Error ? error.message : String(error) };
  }
}

async function look(folder: WitnessFolder, log: Watched, now: Date): Promise<Look> {
  const checkpoint = await textAt(log, logPaths.checkpoint);
  const opened = openCheckpoint(checkpoint, log.key);
  if (typeof opened === 'string') return { found: 'silent', why: `no checkpoint of ${log.key.name}: ${opened}` };
  const last = folder.last(log.key.name);
  if (last && opened.size < last.size) return lookBack(folder, log, last, opened, now);
  const mine = cosignaturesOf(opened.note, [folder.key]);
  const known = last?.size === opened.size && Buffer.from(last.root).equals(opened.root);
  if (known && (mine.length > 0 || !log.post)) return { found: 'same', size: opened.size };
  const old = last?.size ?? 0;
  const path = old > 0 && old < opened.size ? await pathAt(log, old, opened.size) : [];
  if (path === 'silent') return UNPROVEN;
  const body = writeAddCheckpoint({ old, path: path === 'none' ? [] : path, checkpoint });
  const admitted = admit(folder, log.key, body, now);
  if (admitted.status === 200)
    return { found: 'cosigned', size: admitted.size, posted: log.post && (await post(log, admitted.note)) };
  if (admitted.status !== 422) return { found: 'unproven', why: `another look came between (${admitted.status})` };
  const { why } = admitted;
  // It is the log itself that gave this proof.
  return { found: 'forked', why, evidence: admitted.evidence ?? keepFork(folder, log.key, admitted, now) };
}

const UNPROVEN: Look = { found: 'unproven', why: 'the log gives no proof that it goes on from what it was' };

/** A smaller tree may be an old answer on the way; then it is the beginning of what was seen, and the log can prove it. */
async function lookBack(
  folder: WitnessFolder,
  log: Watched,
  last: Seen,
  checkpoint: OpenCheckpoint,
  now: Date,
): Promise<Look> {
  const { size } = checkpoint;
  const path = size === 0 ? [] : await pathAt(log, size, last.size);
  if (path === 'silent') return UNPROVEN;
  if (path !== 'none' && verifyConsistency(checkpoint, last, path)) return { found: 'behind', size };
  const why = `${last.size} entries were seen, and now it shows ${size}, which are not the beginning of those`;
  return { found: 'forked', why, evidence: keepFork(folder, log.key, { why, checkpoint }, now) };
}

/** `none`: the log itself says that it has no such trees. `silent`: no answer of it came. */
async function pathAt(log: Watched, from: number, to: number): Promise<readonly Uint8Array[] | 'none' | 'silent'> {
  const response = await fetch(new URL(consistencyFor(from, to), log.url), { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const said = await jsonIn(response);
  const reply = ConsistencyReply.safeParse(said);
  if (response.ok && reply.success) return reply.data.path.map((hex) => Buffer.from(hex, 'hex'));
  return (said as { readonly reason?: unknown } | undefined)?.reason === 'log-shorter' ? 'none' : 'silent';
}

async function textAt(log: Watched, path: string): Promise<string> {
  const response = await fetch(new URL(path, log.url), { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const bytes = await answerBytes(response, MAX_NOTE);
  if (!response.ok || !bytes) throw new Error(`${log.url} answered ${response.status}`);
  return Buffer.from(bytes).toString('utf8');
}

/** Whether the center took it; it does where its operator named this witness. */
async function post(log: Watched, note: string): Promise<boolean> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const sent = await fetch(new URL(logPaths.cosignatures, log.url), { method: 'POST', body: note, signal });
  const reply = (await jsonIn(sent)) as { readonly unknown?: unknown } | undefined;
  return sent.ok && reply?.unknown === 0;
}

/** Nothing where it is no JSON, or more than a log ever says at once. */
async function jsonIn(response: Response): Promise<unknown> {
  try {
    const bytes = await answerBytes(response, MAX_REPLY);
    return bytes && JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
