import { isOf, type NoteKey, type OpenCheckpoint, openCheckpoint } from '../../proof/transparency/index.ts';

/** A log by the first key that its operator published, and the further ones that it signs with under the same name. */
export type WatchedLog = NoteKey & { readonly others?: readonly NoteKey[] };

const keysOf = (log: WatchedLog): readonly NoteKey[] => [log, ...(log.others ?? [])];

/** A checkpoint that one of the keys of the log signed; else why it is none by the first. */
export function openCheckpointOf(text: string, log: WatchedLog): ReturnType<typeof openCheckpoint> {
  const opened = keysOf(log).map((key) => openCheckpoint(text, key));
  return opened.find((one) => typeof one !== 'string') ?? openCheckpoint(text, log);
}

/** Those of the log itself: whoever brings a checkpoint may have put any others below it. */
export const linesOfLog = ({ signatures }: OpenCheckpoint['note'], log: WatchedLog): readonly string[] =>
  signatures.filter((one) => keysOf(log).some((key) => isOf(one, key))).map(({ line }) => line);

/** @param keys of one name */
export function watchedLog([first, ...others]: readonly NoteKey[]): WatchedLog {
  if (!first) throw new Error('a log is known by a key');
  return others.length > 0 ? { ...first, others } : first;
}
