/** Exams as one file, for whoever makes them (center) and whoever opens them (station). Needs Node. */

export {
  type Opening,
  openPackage,
  PackageContent,
  PackageManifest,
  type PackagePlan,
  sealPackage,
} from './exam-package.ts';
export { keyFrom } from './exchange.ts';
