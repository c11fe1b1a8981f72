import { z } from 'zod';
import { CaptureOutcome } from '../words/exam.ts';
import { Typed } from '../words/form.ts';
import { type Host, Hosts } from '../words/hosts.ts';
import {
  BankId,
  CandidateId,
  CommandId,
  ExamId,
  IncidentId,
  Instant,
  ItemId,
  OptionId,
  ProctorId,
  SessionId,
  Sha256,
  SittingId,
  StationId,
  TenantId,
} from '../words/ids.ts';
import { Localized } from '../words/localized.ts';
import { Reason } from '../words/reasons.ts';

/** How the station learnt who came: a card on the reader, a number typed by hand, or a visitor who enrolled there. */
export const IdentifiedBy = z.enum(['card', 'typed', 'enrolled']);
export type IdentifiedBy = z.infer<typeof IdentifiedBy>;

/** How sure the station was of who sat down, and who said so. */
export const Identity = z
  .discriminatedUnion('how', [
    z.object({ how: z.literal('verified'), similarity: z.number(), live: z.number(), calibration: z.string() }),
    z.object({ how: z.literal('overridden'), by: ProctorId, note: z.string(), reason: Reason }),
  ])
  .readonly();
export type Identity = z.infer<typeof Identity>;

export const IncidentEntry = z
  .object({ id: IncidentId, reason: Reason, outcome: CaptureOutcome.optional(), at: Instant, paused: z.boolean() })
  .readonly();
export type IncidentEntry = z.infer<typeof IncidentEntry>;

/** What of a document a proctor held against the person: at least two. */
export const ComparedField = z.enum(['photo', 'name', 'number', 'birth-date']);
export type ComparedField = z.infer<typeof ComparedField>;
export const COMPARED_FIELDS = ComparedField.options;

/** What a proctor made of an incident: something happened, or nothing did. */
export const Verdict = z.enum(['confirmed', 'dismissed']);
export type Verdict = z.infer<typeof Verdict>;

/** What proctors did from the first records on, and what since. */
const [FIRST_ACTIONS, LATER_ACTIONS, LATEST_ACTIONS] = [
  ['overridden', 'unlocked', 'paused', 'resumed', 'submitted', 'closed'],
  ['extended', 'reviewed'],
  ['moved', 'seated'],
] as const;

/** How a proctor's word came, where nobody stood at the station: by a command from the center, by a session's code. */
export const Via = z.union([CommandId, SessionId]);
export type Via = z.infer<typeof Via>;

/** What a proctor did, why, and who it was; who else agreed, where the exam asks for two. */
export const DecisionEntry = z
  .object({
    action: z.enum([...FIRST_ACTIONS, ...LATER_ACTIONS, ...LATEST_ACTIONS]),
    by: ProctorId,
    at: Instant,
    note: z.string().optional(),
    second: ProctorId.optional(),
    via: Via.optional(),
    /** Of `overridden`: what of the document agreed with the person. */
    compared: z.array(ComparedField).readonly().optional(),
    /** Of `extended`: how much time was given. */
    ms: z.int().min(1).optional(),
    /** Of `reviewed`: what was made of which incident. */
    incidentId: IncidentId.optional(),
    verdict: Verdict.optional(),
  })
  .readonly();
export type DecisionEntry = z.infer<typeof DecisionEntry>;

/** Where a sitting began that went on at another station: the station, its name there, and the last line of the ledger there. */
export const Origin = z
  .strictObject({
    stationId: StationId,
    sittingId: SittingId,
    /** What the first sitting was called, where it was moved more than once. */
    root: SittingId,
    ledger: z.strictObject({ sequence: z.int().min(1), head: Sha256 }).readonly(),
  })
  .readonly();
export type Origin = z.infer<typeof Origin>;

/** From the oldest to the newest: one that is later in this list can say more. */
export const RECORD_FORMATS = [
  'exam-station/record@1',
  'exam-station/record@2',
  'exam-station/record@3',
  'exam-station/record@4',
  'exam-station/record@5',
  'exam-station/record@6',
] as const;
type RecordFormat = (typeof RECORD_FORMATS)[number];

/**
 * The oldest format that can say all this, so that whoever knows only that one can read it: `@2` has answers that are numbers,
 * `@3` decisions of two proctors, more time, and that incidents were judged, `@4` sittings that began at another station, and
 * words of proctors that came from elsewhere, `@5` what a decision was about: fields compared, time given, which incident,
 * `@6` where it was shown.
 */
export function recordFormatFor(record: {
  readonly answers: readonly { readonly typed?: string | undefined }[];
  readonly decisions: readonly DecisionEntry[];
  readonly continues?: Origin | undefined;
  readonly hosts?: readonly Host[] | undefined;
}): RecordFormat {
  if (record.hosts) return 'exam-station/record@6';
  const detailed = ({ compared, ms, verdict }: DecisionEntry): boolean => (compared ?? ms ?? verdict) !== undefined;
  if (record.decisions.some(detailed)) return 'exam-station/record@5';
  const latest = ({ action, via }: DecisionEntry): boolean =>
    via !== undefined || LATEST_ACTIONS.some((one) => one === action);
  if (record.continues || record.decisions.some(latest)) return 'exam-station/record@4';
  const later = ({ action, second }: DecisionEntry): boolean =>
    second !== undefined || LATER_ACTIONS.some((one) => one === action);
  if (record.decisions.some(later)) return 'exam-station/record@3';
  return record.answers.some(({ typed }) => typed !== undefined) ? 'exam-station/record@2' : 'exam-station/record@1';
}

/** By place, not by name: as text, `@10` comes before `@2`. */
const placeOf = (format: RecordFormat): number => RECORD_FORMATS.indexOf(format);

/** One sitting's result: what a station signs, a center stores and an inspector reads years later. */
export const ExamRecord = z
  .strictObject({
    format: z.enum(RECORD_FORMATS),
    stationId: StationId,
    tenantId: TenantId,
    sittingId: SittingId,
    candidateId: CandidateId,
    exam: z.strictObject({ id: ExamId, title: Localized, mode: z.enum(['formal', 'mock', 'gate']) }).readonly(),
    form: z
      .strictObject({ bankId: BankId, bankHash: Sha256, blueprintHash: Sha256, seed: z.string(), formHash: Sha256 })
      .readonly(),
    identifiedBy: IdentifiedBy,
    identity: Identity,
    startedAt: Instant,
    submittedAt: Instant,
    cause: z.enum(['handed-in', 'time-up', 'proctor-decision']),
    /** Time on the exam clock; pauses and outages are not in it. */
    activeMs: z.int().min(0),
    marks: z.number(),
    fullMarks: z.number(),
    passMarks: z.number(),
    passed: z.boolean(),
    answers: z
      .array(
        z
          .strictObject({
            itemId: ItemId,
            chosen: z.array(OptionId).readonly(),
            typed: Typed.optional(),
            marks: z.number(),
          })
          .readonly(),
      )
      .readonly(),
    incidents: z.array(IncidentEntry).readonly(),
    decisions: z.array(DecisionEntry).readonly(),
    continues: Origin.optional(),
    /** Everywhere it was shown, in the order it was; absent where that was not written down from its beginning on. */
    hosts: Hosts.optional(),
    /** Ties the record to everything the station wrote down before it. */
    ledger: z.strictObject({ sequence: z.int().min(1), head: Sha256 }).readonly(),
  })
  .readonly()
  .refine((record) => placeOf(record.format) >= placeOf(recordFormatFor(record)), {
    error: 'it says what its format does not have',
  });
export type ExamRecord = z.infer<typeof ExamRecord>;
