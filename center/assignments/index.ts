/** What a station is told of its tenant: over the network, or as a package in a file. */
export { type AssignmentAnswer, assignmentFor } from './assignment.ts';
export { makePackage, packageContents } from './packages.ts';
