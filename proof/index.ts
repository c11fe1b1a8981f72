/** What a proof is made of, for whoever signs (station, center) and whoever checks. Needs Node; the page never loads it. */

export { slipCode, verifySlip } from './admission-slip.ts';
export { assignmentRevision } from './assignment-revision.ts';
export { againstLog, auditHeadAfter, goesOnFrom, verifyAuditExport } from './audit.ts';
export { bankFromFile, makeBank, makeItem, picturesFromFile } from './bank.ts';
export { canonicalJson } from './canonical.ts';
export {
  type CenterKeySet,
  type CenterKeys,
  everyKey,
  isGood,
  joinKeys,
  keysNow,
  listOfKeys,
  NO_KEYS,
  openCenterKeys,
  rootOfKeys,
  signedByCenter,
} from './center-keys.ts';
export { verifyCorrection } from './corrections.ts';
export { hashEnrolmentCode, proveKey, provesKey } from './enrolment.ts';
export { certificatesOf } from './former-keys.ts';
export { grantsNamedIn, verifyGrant } from './grants.ts';
export { hashOf, sha256 } from './hash.ts';
export { generateSigningKey, type JwsType, keyId, openSigner, type Signer, verifyJws } from './jws.ts';
export { type SeenBy, verifyLogProof, type WitnessWish, whoSaw } from './log-proof.ts';
export {
  consistencyPath,
  consistencyRanges,
  type Hash,
  type Head,
  headOfLeaves,
  inclusionPath,
  inclusionRanges,
  leafHash,
  type Node,
  type NodeAt,
  nodesOnAppend,
  type Place,
  placesOf,
  type Range,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';
export { verifyPersonFile } from './person-file.ts';
export { findRecordOf, type ProvenReceipt, verifyReceiptInProof } from './receipt/in-proof.ts';
export {
  openReceiptCode,
  receiptCode,
  receiptOf,
  verifyReceiptCode,
} from './receipt/result-receipt.ts';
export { verifyRevocation } from './revocation.ts';
export { provesRotation, rotationIn, signRotation } from './rotation.ts';
export {
  batchId,
  batchText,
  type Canonical,
  type OutgoingBatch,
  proofFileText,
  rootOfRecords,
  type SealedBatch,
  type SealedRecord,
  sealBatch,
  sealedText,
  sealRecord,
} from './sealed-record.ts';
export { saysClockWasSet, timeDoubts, timeNonce, verifyTime } from './time.ts';
export { openUpdate, type UpdatePlan, writeUpdate } from './update-file.ts';
export {
  type ProofSummary,
  type Verdict,
  verifyBatch,
  verifyCertificate,
  verifyProofFile,
  verifyReceipt,
} from './verify.ts';
export { type CheckedFile, verifyProofFiles } from './verify-together.ts';
export { isWeakKey } from './weak-key.ts';
