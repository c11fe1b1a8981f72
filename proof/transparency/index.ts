/** A log that others can watch: checkpoints, cosignatures and tiles as c2sp.org writes them, and what is logged besides records. */
export { readAddCheckpoint, writeAddCheckpoint } from './add-checkpoint.ts';
export {
  type Checkpoint,
  checkpointText,
  logKey,
  type OpenCheckpoint,
  openCheckpoint,
  openCheckpointBy,
  readCheckpoint,
  signCheckpoint,
} from './checkpoint.ts';
export { type Cosignature, cosign, cosignaturesOf, witnessKey } from './cosignature.ts';
export { type SealedEntry, sealEntry } from './log-entry.ts';
export {
  COSIGNATURE,
  ED25519,
  isNoteName,
  isOf,
  isSignedBy,
  type NoteKey,
  noteKey,
  readNote,
  readNoteKey,
  writeNote,
  writeNoteKey,
} from './signed-note.ts';
export { readTilePath, TILE_HEIGHT, TILE_WIDTH, tilePath } from './tiles.ts';
