import { z } from 'zod';
import { PublicKey } from './proof/jws.ts';
import { SeatLabel } from './seat-label.ts';

/**
 * What the kiosk shell and the station process say to each other. They share a machine and a package, not a process:
 * either may be the one that is broken, so both validate.
 *
 * The shell says `start` once, `page` with one port each time the window's page connects, and `stop` when it closes. A
 * page that comes later takes the place of the one before: there is one window.
 */
export const ShellMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    /** Folder that holds everything the station keeps. */
    data: z.string().min(1),
    centerUrl: z.url({ protocol: /^https?$/ }),
    enrolmentCode: z.string().min(1).optional(),
    /** The center's published key, to know it by when enrolling. */
    centerKey: PublicKey.optional(),
    name: z.string().min(1).max(100).optional(),
    /** The only cameras it takes; any where this is missing. */
    cameras: z.array(z.string()).optional(),
    /** Where it stands in its room. */
    seat: SeatLabel.optional(),
    relay: z.string().min(1).optional(),
    /** Never in an environment or on a command line: other programs can read those. Without it, a key file. */
    vaultKey: z.custom<Uint8Array>((key) => key instanceof Uint8Array && key.length === 32).optional(),
  }),
  z.object({ kind: z.literal('page') }),
  z.object({ kind: z.literal('stop') }),
]);
export type ShellMessage = z.infer<typeof ShellMessage>;
export type StartMessage = Extract<ShellMessage, { kind: 'start' }>;

export const StationMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  /** It cannot run here at all, and ends. What it can run without (models, reader, center) is in the view instead. */
  z.object({ kind: z.literal('failed'), detail: z.string() }),
]);
export type StationMessage = z.infer<typeof StationMessage>;
