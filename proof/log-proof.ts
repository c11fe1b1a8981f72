import { certificateEntry, grantEntry } from '../contract/log/entries.ts';
import type { ProofFile, TreeHead } from '../contract/records/batches.ts';
import type { Inclusion } from '../contract/records/log-proof.ts';
import type { CenterKeys } from './center-keys.ts';
import { verifyConsistency, verifyInclusion } from './merkle.ts';
import { type OpenCheckpoint, openCheckpointBy } from './transparency/checkpoint.ts';
import { cosignaturesOf } from './transparency/cosignature.ts';
import { sealEntry } from './transparency/log-entry.ts';
import { type NoteKey, readNote } from './transparency/signed-note.ts';
import { no, type Rejection, type Verified } from './verdict.ts';

type WithLog = Pick<Extract<ProofFile, { format: 'exam-station/proof@3' }>, 'log' | 'certificate' | 'grants'>;

/** The log that a proof file shows: what it is called, how long it was, and its checkpoint with the lines of whoever saw it. */
export type ShownLog = { readonly origin: string; readonly size: number; readonly checkpoint: string };

/** Is all that a batch rests on in one log: its receipt, the certificate, and each grant? */
export function verifyLogProof(
  { log, certificate, grants }: WithLog,
  head: Pick<TreeHead, 'size' | 'root'>,
  center: CenterKeys,
): Verified<{ log: ShownLog }> {
  const opened = openCheckpointBy(log.checkpoint, center);
  if (opened === 'revoked') return no('center-key-revoked', 'the checkpoint is signed by a key that was revoked');
  if (typeof opened === 'string')
    return no('log-invalid', `the checkpoint is not signed by the center key (${opened})`);
  if (!verifyConsistency({ size: head.size, root: bytes(head.root) }, opened, log.consistency.map(bytes)))
    return no('log-forked', `the log of ${opened.size} entries does not go on from the receipt's of ${head.size}`);
  if (!isIn(opened, certificateEntry(certificate), log.certificate))
    return no('not-logged', 'the station certificate is not in the log');
  const missing = grants.findIndex((grant, at) => !isIn(opened, grantEntry(grant), log.grants[at]));
  if (missing >= 0 || log.grants.length > grants.length) return no('not-logged', 'a grant is not in the log');
  return { ok: true, log: { origin: opened.origin, size: opened.size, checkpoint: log.checkpoint } };
}

function isIn(
  { size, root }: OpenCheckpoint,
  entry: Parameters<typeof sealEntry>[0],
  at: Inclusion | undefined,
): boolean {
  return at !== undefined && verifyInclusion(sealEntry(entry).leaf, at.index, size, at.path.map(bytes), root);
}

/** What whoever checks a file asks of others who watch the log. */
export type WitnessWish = { readonly least: number; readonly witnesses: readonly NoteKey[] };

/** Who of the named has seen the log that a file shows, and when. */
export type SeenBy = readonly { readonly witness: string; readonly at: string }[];

/**
 * Have as many of these witnesses seen this log as were asked for?
 * @param log none where the file shows none: then nobody has
 */
export function whoSaw(log: ShownLog | undefined, { least, witnesses }: WitnessWish): Verified<{ seenBy: SeenBy }> {
  const note = log && readNote(log.checkpoint);
  const said = note ? cosignaturesOf(note, witnesses) : [];
  if (said === 'bad') return no('log-invalid', 'a line of a named witness does not hold');
  const seenBy = said.map(({ witness, at }) => ({ witness: witness.name, at: at.toISOString() }));
  return seenBy.length >= least ? { ok: true, seenBy } : tooFew(seenBy, least, log);
}

const tooFew = (seenBy: SeenBy, least: number, log: ShownLog | undefined): Rejection =>
  no(
    'witnesses-missing',
    log
      ? `${seenBy.length} of the named witnesses have seen this log, ${least} are asked for`
      : 'the file shows no log',
  );

const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
