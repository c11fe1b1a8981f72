import { z } from 'zod';
import { Sha256 } from '../words/ids.ts';
import { Localized } from '../words/localized.ts';

/** A whole roster as a workbook or CSV: looked at row by row, and then taken over. */

/** What keeps a row from being taken. */
const ROW_PROBLEMS = [
  'name-missing',
  'name-other',
  'number-missing',
  'number-malformed',
  'number-checksum',
  'number-kind-unclear',
  'document-unknown',
  'number-figure',
  'number-repeated',
  'exam-missing',
  'exam-unknown',
  'minutes-unclear',
  'action-unclear',
  'day-unclear',
  'day-to-come',
  'reason-missing',
  'text-long',
  'not-on-roster',
] as const;
export const RowProblem = z.enum(ROW_PROBLEMS);
export type RowProblem = z.infer<typeof RowProblem>;

/** What becomes of a row. `same`: there is nothing to change. `return`: they had left. */
export const RowOutcome = z.enum(['add', 'change', 'return', 'leave', 'same', 'refused']);
export type RowOutcome = z.infer<typeof RowOutcome>;

export const RosterRow = z
  .object({
    /** As Excel shows it. */
    row: z.int(),
    name: z.string(),
    /** All but its beginning and its end are hidden. */
    number: z.string(),
    outcome: RowOutcome,
    problem: RowProblem.optional(),
    /** The same in words, and what to do about it. */
    words: Localized.optional(),
  })
  .readonly();
export type RosterRow = z.infer<typeof RosterRow>;

/** POST the file; with `apply`, those rows that are right are taken over, all or none of them. */
export const RosterQuery = z
  .object({
    /** The {@link RosterReport.plan} that somebody has seen. Where the roster has changed since, nothing is done (`roster-changed`). */
    apply: Sha256.optional(),
  })
  .readonly();

export const RosterReport = z
  .object({
    /** What would be done, as a hash. */
    plan: Sha256,
    applied: z.boolean(),
    counts: z.record(RowOutcome, z.int()),
    /** Headings that say nothing here: their columns are kept nowhere. */
    ignored: z.array(z.string()).readonly(),
    rows: z.array(RosterRow).readonly(),
  })
  .readonly();
export type RosterReport = z.infer<typeof RosterReport>;

/** How far the file is that this firm is sending; nothing where it sends none. */
export const RosterProgress = z.object({ done: z.int(), of: z.int() }).partial().readonly();
export type RosterProgress = z.infer<typeof RosterProgress>;

/** A roster has no more rows. */
export const MOST_ROSTER_ROWS = 20_000;
