import { z } from 'zod';
import { CaptureOutcome } from './exam.ts';
import { CommandId, IncidentId, Instant, ProctorId, Sha256, SittingId, StationId, UnlockWindowId } from './ids.ts';
import { ReasonCode } from './reasons.ts';

/** How the station learnt who came: a card on the reader, a number typed by hand, an admission slip, or a visitor who enrolled there. */
export const IdentifiedBy = z.enum(['card', 'typed', 'slip', 'enrolled']);
export type IdentifiedBy = z.infer<typeof IdentifiedBy>;

/** How sure the station was of who sat down, and who said so. */
export const Identity = z
  .discriminatedUnion('how', [
    z.object({ how: z.literal('verified'), similarity: z.number(), live: z.number(), calibration: z.string() }),
    z.object({ how: z.literal('overridden'), by: ProctorId, note: z.string(), reason: ReasonCode }),
  ])
  .readonly();
export type Identity = z.infer<typeof Identity>;

export const IncidentEntry = z
  .object({ id: IncidentId, reason: ReasonCode, outcome: CaptureOutcome.optional(), at: Instant, paused: z.boolean() })
  .readonly();
export type IncidentEntry = z.infer<typeof IncidentEntry>;

/** What of a document a proctor held against the person: at least two. */
export const ComparedField = z.enum(['photo', 'name', 'number', 'birth-date']);
export type ComparedField = z.infer<typeof ComparedField>;
export const COMPARED_FIELDS = ComparedField.options;

/** What a proctor made of an incident: something happened, or nothing did. */
export const Verdict = z.enum(['confirmed', 'dismissed']);
export type Verdict = z.infer<typeof Verdict>;

const ACTIONS = [
  ...(['overridden', 'unlocked', 'paused', 'resumed', 'submitted', 'closed'] as const),
  ...(['extended', 'reviewed', 'moved', 'seated'] as const),
] as const;

/** How a proctor's word came, where nobody stood at the station: by a command from the center, by a session's code. */
export const Via = z.union([CommandId, UnlockWindowId]);
export type Via = z.infer<typeof Via>;

/** What a proctor did, why, and who it was; who else agreed, where the exam asks for two. */
export const DecisionEntry = z
  .object({
    action: z.enum(ACTIONS),
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
