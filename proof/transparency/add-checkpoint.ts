import type { Hash } from '../merkle.ts';
import { isSize } from './checkpoint.ts';
import { strictBase64 } from './signed-note.ts';

/** What `add-checkpoint` of c2sp.org/tlog-witness takes: the size the witness saw last, the proof from there, the checkpoint. */
export type AddCheckpoint = { readonly old: number; readonly path: readonly Hash[]; readonly checkpoint: string };

const MAX_PATH = 63;

export const writeAddCheckpoint = ({ old, path, checkpoint }: AddCheckpoint): string =>
  `old ${old}\n${path.map((hash) => `${Buffer.from(hash).toString('base64')}\n`).join('')}\n${checkpoint}`;

/** @returns nothing where it has another form */
export function readAddCheckpoint(body: string): AddCheckpoint | undefined {
  const cut = body.indexOf('\n\n');
  const [first = '', ...lines] = body.slice(0, Math.max(0, cut)).split('\n');
  const old = first.startsWith('old ') ? first.slice(4) : '';
  const path = lines.map(strictBase64);
  if (cut < 0 || !isSize(old) || path.length > MAX_PATH) return undefined;
  if (!path.every((hash): hash is Uint8Array => hash?.length === 32)) return undefined;
  return { old: Number(old), path, checkpoint: body.slice(cut + 2) };
}
