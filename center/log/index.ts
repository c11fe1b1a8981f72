/** The transparency log, and the key that its heads and all else that the center says are signed with. */
export { type Asked, type Asking, askWitness, keepAskingWitnesses } from './ask-witnesses.ts';
export { keyFiles, openCenterKey, readCenterKeys } from './center-key.ts';
export { issuingKeyEnds, servedKeys } from './center-keys.ts';
export { logIdentity, newestCheckpoint, newestHead } from './checkpoints.ts';
export { takeCosignatures } from './cosignatures.ts';
export { logEntries, mustBeLogged, readEntries } from './entries.ts';
export { issueKey, type KeyPlace, revokeKey, takeRootOffline } from './issue-key.ts';
export { openLogName } from './log-name.ts';
export { migrations } from './migrations.ts';
export { consistency, logEvidence, logProofOf, readTile } from './proofs.ts';
export { goOn, type LogState, logState, markRestored, mustGoOn, type SeenHead } from './restored.ts';
export { openLog, sizeOf as logSize } from './transparency-log.ts';
