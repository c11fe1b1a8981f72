/** What travels as a file that only one station can open, for whoever makes it and whoever opens it. Needs Node. */

export {
  type Opening,
  openPackage,
  PackageContent,
  type PackagePlan,
  sealPackage,
} from './exam-package.ts';
export { keyFrom } from './exchange.ts';
export {
  looksLikeRescue,
  openRescue,
  RescueContent,
  RescueManifest,
  sealRescue,
} from './rescue-file.ts';
