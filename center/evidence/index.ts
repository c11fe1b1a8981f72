/** Pictures of sittings that inspectors asked for: their keys, their wishes, and what stations sealed for them. */
export { askForEvidence } from './asking.ts';
export { forgetEvidence } from './forgetting.ts';
export { listKeys, registerKey } from './keys.ts';
export { migrations } from './migrations.ts';
export { eraseOldEvidence, evidenceOfResult, sealedPicture } from './reading.ts';
export { evidenceFor, takeEvidence } from './sending.ts';
