import { z } from 'zod';
import { ComparedField, Verdict } from './entries.ts';
import {
  CandidateId,
  CommandId,
  ExamId,
  IncidentId,
  Instant,
  ProctorId,
  StationId,
  TenantId,
  UnlockWindowId,
} from './ids.ts';
import { ReasonCode } from './reasons.ts';

/** By whom what was opened with the terminal's own recovery code is done: nobody on a roster. */
export const RECOVERY_CODE = ProctorId.parse('pr_recovery-code');

/** Why, in words: from a list or typed. */
const Note = z.string().trim().min(2).max(200);
const maybeWhy = { note: Note.optional() };
const why = { note: Note };

const Compared = z
  .array(ComparedField)
  .min(2)
  .readonly()
  .refine((fields) => new Set(fields).size === fields.length, { error: 'two different fields' });

const [Unlock, Resume, Pause, Extend, HandIn, Terminate] = [
  z.object({ kind: z.literal('unlock'), ...maybeWhy }),
  z.object({ kind: z.literal('resume'), ...maybeWhy }),
  z.object({ kind: z.literal('pause'), ...maybeWhy }),
  /** More time for this candidate. */
  z.object({ kind: z.literal('extend'), minutes: z.int().min(1).max(240), ...why }),
  /** For a candidate who cannot do it. */
  z.object({ kind: z.literal('hand-in'), ...why }),
  z.object({ kind: z.literal('terminate'), ...why }),
] as const;

/** Everything a proctor may do at the station. Each is authorised by a PIN or a badge and written down with a name. */
export const ProctorAction = z.discriminatedUnion('kind', [
  Unlock,
  Resume,
  Pause,
  Extend,
  HandIn,
  Terminate,
  z.object({
    kind: z.literal('override'),
    ...why,
    /** What was compared with the document, by hand. */
    compared: Compared,
  }),
  /** To another station, with all answers and the time that is left. */
  z.object({ kind: z.literal('move'), to: StationId, ...why }),
  z.object({ kind: z.literal('send-away'), ...maybeWhy }),
  /** Whoever was just turned away (their seat is another one, their exam was moved, their card has doubts) sits here all the same. */
  z.object({
    kind: z.literal('seat-here'),
    ticket: z.int(),
    ...why,
    /** What was compared with the card, by hand: must be said where the card has doubts. */
    compared: Compared.optional(),
  }),
  /** Their exam, which was moved, goes to another station than the one that could not take it. */
  z.object({ kind: z.literal('send-on'), ticket: z.int(), to: StationId, ...why }),
  /** Ends the kiosk, where nobody sits: the only way out of a locked one. */
  z.object({ kind: z.literal('close-kiosk'), ...why }),
  z.object({ kind: z.literal('review'), incidentId: IncidentId, verdict: Verdict, ...why }),
]);
export type ProctorAction = z.infer<typeof ProctorAction>;

/** What a proctor may do from elsewhere: nothing for which somebody must have seen the candidate. */
export const RemoteAction = z.discriminatedUnion('kind', [Unlock, Resume, Pause, Extend, HandIn, Terminate]);
export type RemoteAction = z.infer<typeof RemoteAction>;

/** What a station is told to do by the center, a JWS of type `exam-station/command`; each is obeyed once, in its time. */
export const StationCommand = z
  .object({
    id: CommandId,
    stationId: StationId,
    /** Whose proctor it is; where nothing is said, of whose station it is. */
    tenantId: TenantId.optional(),
    /** Only where this exam is sat, */
    examId: ExamId,
    /** and by this candidate, if one is named. */
    candidateId: CandidateId.optional(),
    by: ProctorId,
    /** Who else agreed, where the exam asks for two. */
    second: ProctorId.optional(),
    action: RemoteAction,
    issuedAt: Instant,
    expiresAt: Instant,
  })
  .readonly();
export type StationCommand = z.infer<typeof StationCommand>;

/** Of a command, whatever it asks for: enough to answer one that this program does not know. */
export const CommandAddress = z.object({ id: CommandId, stationId: StationId });

/** What became of a command, in the words of the station that answers. */
export const CommandOutcome = z.union([z.literal('done'), ReasonCode]);
export type CommandOutcome = z.infer<typeof CommandOutcome>;

/** A time in which candidates unlock an exam with a code that a proctor tells the room. */
export const AssignedUnlockWindow = z
  .object({
    id: UnlockWindowId,
    examId: ExamId,
    /** argon2id, PHC string */
    codeHash: z.string().startsWith('$argon2id$'),
    opensAt: Instant,
    closesAt: Instant,
    /** Whose word it is. */
    by: ProctorId,
  })
  .readonly();
export type AssignedUnlockWindow = z.infer<typeof AssignedUnlockWindow>;

/** As it is typed. */
export const UnlockCode = z.string().regex(/^\d{6}$/);
