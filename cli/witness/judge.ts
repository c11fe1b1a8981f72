import { createHash } from 'node:crypto';
import { type Hash, type Head, verifyConsistency } from '../../proof/index.ts';
import { type OpenCheckpoint, readAddCheckpoint } from '../../proof/transparency/index.ts';
import { openCheckpointOf, type WatchedLog } from './watched-log.ts';

/**
 * What a witness makes of an `add-checkpoint` (c2sp.org/tlog-witness), by the numbers of the specification. `fork`: the log signed
 * two trees of which neither goes on from the other; `unproven`: so it may have, and did not prove that it has not.
 */
export type Judgement =
  | { readonly status: 200; readonly checkpoint: OpenCheckpoint }
  | { readonly status: 400 | 403 | 404; readonly why: string }
  | { readonly status: 409; readonly size: number }
  | {
      readonly status: 422;
      readonly why: string;
      readonly found: 'fork' | 'unproven';
      readonly checkpoint: OpenCheckpoint;
    };

const EMPTY = createHash('sha256').digest();

/** @param last what this witness saw last of the log; nothing where it never saw it */
export function judge(body: string, log: WatchedLog, last: Head | undefined): Judgement {
  const asked = readAddCheckpoint(body);
  if (!asked) return { status: 400, why: 'not in the form of add-checkpoint' };
  const opened = openCheckpointOf(asked.checkpoint, log);
  if (opened === 'unread') return { status: 400, why: 'no checkpoint' };
  if (opened === 'foreign') return { status: 404, why: 'another log than the one that is watched' };
  if (opened === 'unsigned') return { status: 403, why: 'not signed by the key of the log' };
  if (asked.old > opened.size) return { status: 400, why: 'old is more than the checkpoint' };
  const seen = last?.size ?? 0;
  if (asked.old !== seen) return { status: 409, size: seen };
  return goesOn(last, opened, asked.path);
}

function goesOn(last: Head | undefined, checkpoint: OpenCheckpoint, path: readonly Hash[]): Judgement {
  const no = (found: 'fork' | 'unproven', why: string): Judgement => ({ status: 422, why, found, checkpoint });
  if (checkpoint.size === 0 && !EMPTY.equals(checkpoint.root)) return no('fork', 'an empty log has another root');
  const first = last && last.size > 0 ? last : { size: 0, root: EMPTY };
  if (first.size === checkpoint.size && !Buffer.from(first.root).equals(checkpoint.root))
    return no('fork', 'two trees of one size');
  if (!verifyConsistency(first, checkpoint, path)) return no('unproven', 'the proof does not hold');
  return { status: 200, checkpoint };
}
