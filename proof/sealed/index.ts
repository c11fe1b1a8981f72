/** What travels as a file that only one station can open, for whoever makes it and whoever opens it. Needs Node. */

export {
  type Opening,
  openPackage,
  PackageContent,
  PackageManifest,
  type PackagePlan,
  sealPackage,
} from './exam-package.ts';
export { keyFrom } from './exchange.ts';
export {
  LedgerLine,
  looksLikeRescue,
  MOST_RESCUE_BYTES,
  type Origin,
  openRescue,
  RescueContent,
  RescueManifest,
  type RescueOpening,
  type RescuePlan,
  sealRescue,
} from './rescue-file.ts';
