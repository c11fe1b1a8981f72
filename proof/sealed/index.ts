/** What travels as a file that only its recipient can open, a station or an inspector, for whoever makes it and whoever opens it. Needs Node. */

export { readEvidence, sealEvidence } from './evidence-file.ts';
export {
  type Opening,
  openPackage,
  PackageContent,
  type PackagePlan,
  sealPackage,
} from './exam-package.ts';
export { inspectorKeyOf, isWeakExchangeKey, keyFrom, newInspectorKey } from './exchange.ts';
export {
  looksLikeRescue,
  openRescue,
  RescueContent,
  RescueManifest,
  sealRescue,
} from './rescue-file.ts';
