import {
  cosign,
  isOf,
  type NoteKey,
  type OpenCheckpoint,
  writeNote,
  writeNoteKey,
} from '../../proof/transparency/index.ts';
import { type Judgement, judge } from './judge.ts';
import type { WitnessFolder } from './witness-folder.ts';

/** What became of a checkpoint that somebody brought: cosigned, or refused, and with what it is evidence for where it is. */
export type Admitted =
  | { readonly status: 200; readonly size: number; readonly line: string; readonly note: string }
  | (Exclude<Judgement, { status: 200 }> & { readonly evidence?: string });

/**
 * Cosigns a checkpoint that goes on from what was seen before. It is on disk before the line is given out, and nobody comes
 * between the look and the keeping, in this process or in another.
 */
export function admit(folder: WitnessFolder, log: NoteKey, body: string, now: Date): Admitted {
  return folder.exclusively((keep): Admitted => {
    const last = folder.last(log.name);
    const judged = judge(body, log, last);
    if (judged.status === 200) {
      const { origin, size, root, note } = judged.checkpoint;
      const line = cosign(note.text, folder.key.name, folder.signer, now);
      const kept = writeNote(note.text, [...linesOf(note, log), line]);
      keep(origin, { size, root, note: kept });
      return { status: 200, size, line, note: kept };
    }
    // Anybody may bring a proof that does not hold; only the log can have signed two trees.
    if (judged.status !== 422 || judged.found !== 'fork') return judged;
    return { ...judged, evidence: keepFork(folder, log, judged, now) };
  });
}

type Found = { readonly why: string; readonly checkpoint: OpenCheckpoint };

/** Keeps what the log signed last and what it signed before, as evidence. @returns the file */
function keepFork(folder: WitnessFolder, log: NoteKey, { why, checkpoint }: Found, now: Date): string {
  const second = writeNote(checkpoint.note.text, linesOf(checkpoint.note, log));
  const about = { origin: log.name, logKey: writeNoteKey(log), found: why, at: now.toISOString() };
  return folder.keepEvidence({ ...about, first: folder.last(log.name)?.note ?? '', second });
}

/** Those of the log itself: whoever brings a checkpoint may have put any others below it. */
const linesOf = ({ signatures }: OpenCheckpoint['note'], log: NoteKey): readonly string[] =>
  signatures.filter((one) => isOf(one, log)).map(({ line }) => line);
