import { z } from 'zod';
import { DisplaysSeen } from '../page/provision.ts';
import { AroundKiosk } from '../words/exam.ts';
import { Host } from '../words/hosts.ts';
import { Checks } from '../words/readiness.ts';
import { Reason } from '../words/reasons.ts';
import { having, SETTINGS, schemasOf } from './settings.ts';

/** How much is said of what was seen or did not hold. */
const MOST_LETTERS = 200;
const InShort = z.string().max(MOST_LETTERS);
/** As much of a text as may be said: what other programs call themselves and report has any length. */
export const inShort = (text: string): z.infer<typeof InShort> => text.slice(0, MOST_LETTERS);

/** What the shell saw. */
export const Observation = z
  .object({
    reason: AroundKiosk,
    /** Which program, display or device, by its own name; nothing where there is none. */
    what: InShort,
    lastedMs: z.int().min(0),
  })
  .readonly();
export type Observation = z.infer<typeof Observation>;

/**
 * What the kiosk shell and the station process say to each other, over the pipe of `kiosk-wire.ts`. They share a machine
 * and a package, not a process: either may be the one that is broken, so both validate.
 *
 * The shell says `start` once and `stop` when it closes; it asks `alive` now and then, and hears the same number back.
 */
export const ShellMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    /** Whether the window is locked. */
    host: Host.extract(['kiosk', 'kiosk-unlocked']),
    ...schemasOf(having('start')),
    // Where everything is kept: nobody else says it to the kiosk's station. Of its center nothing is said where nobody has
    // provisioned this terminal yet.
    data: SETTINGS.data.is,
  }),
  z.object({ kind: z.literal('alive'), turn: z.int().min(0) }),
  /** Something happened around the kiosk while somebody sits an exam. */
  z.object({ kind: z.literal('observed'), observation: Observation }),
  /** What of the lockdown does not hold: nothing where all does. */
  z.object({ kind: z.literal('lockdown'), failed: z.array(InShort).readonly() }),
  /** What only the shell can see: displays, what is locked, what an earlier run left behind. All of it, each time. */
  z.object({ kind: z.literal('readiness'), checks: Checks }),
  /** What is plugged in, for whoever sets this terminal up. */
  z.object({ kind: z.literal('displays'), displays: DisplaysSeen }),
  z.object({ kind: z.literal('stop') }),
]);
export type ShellMessage = z.infer<typeof ShellMessage>;
export type StartMessage = Extract<ShellMessage, { kind: 'start' }>;

export const StationMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('alive'), turn: z.int().min(0) }),
  /** Whether somebody sits an exam: the shell looks around itself while they do. */
  z.object({ kind: z.literal('sitting'), running: z.boolean() }),
  /** Whether a result is on the screen: of nothing else the shell prints a slip. */
  z.object({ kind: z.literal('result'), shown: z.boolean() }),
  /** A proctor closes the kiosk. */
  z.object({ kind: z.literal('leave') }),
  /** It cannot run here at all, and ends. What it can run without (models, reader, center) is in the view instead. */
  z.object({ kind: z.literal('failed'), reason: Reason, detail: z.string() }),
]);
export type StationMessage = z.infer<typeof StationMessage>;
