/** Packages of courses (SCORM), read out of their zip by entry: never unpacked to a disk. */
export { type OpenPackage, openPackage, PACKAGE_LIMITS, type PackageReason, PackageTrouble } from './open-package.ts';
export { openPackageHost, type PackageHost } from './package-host.ts';
