import { z } from 'zod';
import { Instant } from './ids.ts';
import { ReasonCode } from './reasons.ts';

/**
 * What can be said of a station before anybody sits down: WARNING runs with less (a proctor checks by hand), NOT READY
 * examines nobody. One form for the command line, the start, the station's own screen and the center.
 */
const CHECK_STATUSES = ['READY', 'WARNING', 'NOT READY'] as const;
export const CheckStatus = z.enum(CHECK_STATUSES);
export type CheckStatus = z.infer<typeof CheckStatus>;

/** In both languages: who made it need not know who reads it. */
export const Words = z.object({ zh: z.string().min(1).max(600), en: z.string().min(1).max(600) }).readonly();
export type Words = z.infer<typeof Words>;

export const Check = z
  .object({
    name: z.string().regex(/^[a-z][a-z-]{0,39}$/),
    status: CheckStatus,
    found: Words,
    expected: Words,
    /** What to do; nothing where it is READY. */
    advice: Words.optional(),
    /** What is no code at all says no more than none. */
    reason: ReasonCode.optional().catch(undefined),
  })
  .readonly();
export type Check = z.infer<typeof Check>;

export const Checks = z.array(Check).max(60).readonly();

export const Readiness = z.object({ status: CheckStatus, at: Instant, checks: Checks }).readonly();
export type Readiness = z.infer<typeof Readiness>;

/** The worst of all; of none, nothing is wrong. */
export const overall = (checks: readonly Check[]): CheckStatus =>
  CHECK_STATUSES.findLast((status) => checks.some((check) => check.status === status)) ?? 'READY';

/** What is to be mended stands before what is not. */
export const worstFirst = (checks: readonly Check[]): readonly Check[] =>
  checks.toSorted((p, q) => CHECK_STATUSES.indexOf(q.status) - CHECK_STATUSES.indexOf(p.status));

/** Checks by name as the catalogue calls them. A shell or a newer station may say more. */
const CHECK_NAMES = [
  ...([
    'provisioned',
    'line',
    'enrolment',
    'exams',
    'vault-key',
    'recovery-code',
    'pins',
    'database',
    'ledger',
    'disk',
    'clock',
    'center',
    'results',
    'log',
  ] as const),
  ...(['camera', 'reader', 'models', 'thresholds', 'face-speed'] as const),
  ...(['kiosk', 'displays', 'lockdown', 'leftovers', 'electron', 'versions'] as const),
  // Of the command line only.
  ...(['screen', 'model-folder', 'data-folder', 'running'] as const),
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];
/** What a newer station calls something has no name here. */
export const isCheckName = (name: string): name is CheckName => CHECK_NAMES.some((known) => known === name);
