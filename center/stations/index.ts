/** Stations: how they are enrolled and known again, and how ready they say they are. */
export { type Authenticated, authenticate } from './authenticate.ts';
export { addEnrolmentCode, enrol } from './enrol.ts';
export { type Finding, findingsOfRecords } from './findings.ts';
export { endGrant, giveGrants, listGrants } from './granting.ts';
export {
  actingUnder,
  type Errand,
  firmsGiven,
  grantsFor,
  grantTexts,
  type HeldGrant,
  heldGrants,
  mayHold,
} from './grants.ts';
export { mustBePresentKey, type StationKey, stationKeys, whichSigned } from './keys.ts';
export { keepLedger, type SeenHead, seenHeads } from './ledger-heads.ts';
export { listEveryStation, revokedStations } from './list-revoked.ts';
export { logIssued } from './logged.ts';
export { migrations } from './migrations.ts';
export {
  countStations,
  type HeardStation,
  heardStations,
  keepReadiness,
  type SaidPhoto,
  saidPhotos,
  stationKnows,
  stationsWithout,
} from './readiness.ts';
export { doubtRecords } from './record-doubts.ts';
export { type Ending, revokeStation } from './revoke.ts';
export { mustNotBeRevoked } from './revoked.ts';
export { freshKeySince, rotateKey, wishFreshKey } from './rotate.ts';
export {
  listStations,
  namesOfStations,
  type Station,
  stationNames,
  stationOfTenant,
  stationUsedBy,
  usableStations,
} from './stations.ts';
export { tellTime } from './time.ts';
