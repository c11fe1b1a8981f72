import { z } from 'zod';
import { Sha256 } from '../words/ids.ts';
import { PackageSaid, PackageState, ScormUnit, ScormVersion } from '../words/scorm.ts';

/**
 * What page and player say to each other (`postMessage`). Whatever a package does it can do in the player's name as well: what
 * comes from there is what the package says, and no more.
 */
export const ToPlayer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('open'),
    hash: Sha256,
    version: ScormVersion,
    unit: ScormUnit,
    /** Of whoever studies: many packages greet people. */
    name: z.string().max(200),
    said: PackageSaid.optional(),
    state: PackageState.optional(),
  }),
  /** Nobody watches: films and sounds stand still. */
  z.object({ kind: z.literal('hold') }),
  /** The package is to end; what it says on its way out comes before `closed`. */
  z.object({ kind: z.literal('close') }),
]);
export type ToPlayer = z.infer<typeof ToPlayer>;

export const FromPlayer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({
    kind: z.literal('said'),
    said: PackageSaid,
    state: PackageState,
    /** It has ended itself, and says no more until it is opened again. */
    over: z.boolean(),
  }),
  z.object({ kind: z.literal('closed') }),
]);
export type FromPlayer = z.infer<typeof FromPlayer>;
