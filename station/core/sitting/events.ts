import { z } from 'zod';
import {
  ComparedField,
  DecisionEntry,
  IdentifiedBy,
  IncidentEntry,
  Verdict,
  Via,
} from '../../../contract/records/index.ts';
import { Arrangements } from '../../../contract/words/arrangements.ts';
import { Evidence } from '../../../contract/words/evidence.ts';
import { CaptureOutcome, Exam, Gesture } from '../../../contract/words/exam.ts';
import { GIVEN, Given } from '../../../contract/words/form.ts';
import { Host, Hosts } from '../../../contract/words/hosts.ts';
import {
  AccountId,
  ActId,
  BankId,
  CandidateId,
  EvidenceWishId,
  GrantId,
  IncidentId,
  Instant,
  ItemId,
  LessonId,
  OptionId,
  PackageOpeningId,
  ProctorId,
  Sha256,
  SittingId,
  StationId,
  TenantId,
} from '../../../contract/words/ids.ts';
import { ExchangeKey } from '../../../contract/words/keys.ts';
import { LessonProgress } from '../../../contract/words/learning.ts';
import { LightAnswer } from '../../../contract/words/light.ts';
import { Locale } from '../../../contract/words/localized.ts';
import { PictureOf } from '../../../contract/words/picture-of.ts';
import { ReasonCode } from '../../../contract/words/reasons.ts';
import { PackageSaid } from '../../../contract/words/scorm.ts';

const DrawnItem = z.object({ itemId: ItemId, options: z.array(OptionId).readonly(), marks: z.number() }).readonly();

const DrawnForm = z
  .object({
    bankId: BankId,
    bankHash: Sha256,
    blueprintHash: Sha256,
    seed: z.string(),
    /** How it was drawn. */
    method: z.string().optional(),
    /** What the candidate had seen lately, and what the form was drawn without. */
    withheld: z.array(ItemId).readonly().optional(),
    /** The only items it was drawn from, in practice of what went wrong. */
    within: z.array(ItemId).readonly().optional(),
    formHash: Sha256,
    items: z.array(DrawnItem).readonly(),
  })
  .readonly();

/** What a capture found, as it is written down: scores and ids of what judged them, no picture and no template. */
export const JudgedCapture = z
  .object({
    outcome: CaptureOutcome,
    reason: ReasonCode.optional(),
    similarity: z.number().optional(),
    live: z.number().optional(),
    frames: z.int(),
    usable: z.int(),
    calibration: z.string(),
    /** Id of the model manifest. */
    models: z.string().optional(),
    /** At check-in: the registered photos that were compared with. */
    reference: z.array(Sha256).readonly().optional(),
    /** Only a face that was added made it a match: which, and how alike the registered photos are, which leave it open. */
    byAdded: z.object({ template: Sha256, enrolled: z.number() }).readonly().optional(),
    /** The gestures that were asked for, where active liveness was. */
    challenge: z
      .object({ gestures: z.array(Gesture).readonly(), passed: z.boolean() })
      .readonly()
      .optional(),
    /** Whether the face answered the light of the screen, where that was asked. */
    light: LightAnswer.optional(),
  })
  .readonly();
export type JudgedCapture = z.infer<typeof JudgedCapture>;

export const SubmitCause = z.enum(['handed-in', 'time-up', 'proctor-decision']);
export type SubmitCause = z.infer<typeof SubmitCause>;

/** That the wall clock was set by so much. */
export const Jump = z.object({ at: Instant, ms: z.int() }).readonly();
export type Jump = z.infer<typeof Jump>;

/** A sitting of another station that goes on here, with all it had come to there. */
export const Continued = z
  .object({
    from: StationId,
    sitting: SittingId,
    /** What the first of them was called, where it was moved more than once. */
    root: SittingId,
    /** The last line of the ledger there that is about it. */
    ledger: z.object({ sequence: z.int(), head: Sha256 }).readonly(),
    startedAt: Instant,
    form: DrawnForm,
    durationMs: z.int(),
    extraMs: z.int(),
    /** Exam time used there. */
    activeMs: z.number().min(0),
    answers: z
      .array(
        z
          .object({
            itemId: ItemId,
            ...GIVEN,
            revision: z.int(),
          })
          .readonly(),
      )
      .readonly(),
    flags: z.array(ItemId).readonly(),
    incidents: z.array(IncidentEntry).readonly(),
    verdicts: z.array(z.object({ incidentId: IncidentId, verdict: Verdict }).readonly()).readonly(),
    decisions: z.array(DecisionEntry).readonly(),
    /** Where it was shown until then, where that is known. */
    hosts: Hosts.optional(),
    /** How often the clock was set there, and the station started, where that is known. */
    jumps: z.array(Jump).readonly().optional(),
    boots: z.int().min(0).optional(),
  })
  .readonly();
export type Continued = z.infer<typeof Continued>;

/** What of a course was done in sittings before: presence, and what was answered rightly. */
export const Before = z
  .object({
    lessons: z.array(LessonProgress).readonly(),
    answers: z.array(Given.unwrap().extend({ itemId: ItemId }).readonly()).readonly(),
  })
  .readonly();
export type Before = z.infer<typeof Before>;

/** By whom, why in words, and who else agreed where the exam asks for two. */
const proctored = {
  by: ProctorId,
  note: z.string().optional(),
  second: ProctorId.optional(),
  via: Via.optional(),
  /** Of what was asked for: asked again, it is done already. */
  act: ActId.optional(),
};
/** A kind of document, also one that only a later program knows. */
const Word = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
const maybeProctored = { ...proctored, by: ProctorId.optional() };

/**
 * Everything that can happen in a sitting. The ledger keeps these for good: a field is never removed or given another
 * meaning, a new one is optional. Reasons are read as open codes, so that what an older or a newer program called something
 * replays; a word that this one does not have cannot be written.
 */
export const SittingEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('opened'),
    tenantId: TenantId,
    candidateId: CandidateId,
    /** As it was when the candidate sat down: what the center changes later is for others. */
    exam: Exam,
    identifiedBy: IdentifiedBy,
    /** Of which document the number is by which they are on the roster. */
    document: Word.optional(),
    /** What their card said that the roster does not, and a proctor let pass. */
    doubts: z
      .array(z.object({ id: IncidentId, reason: ReasonCode }).readonly())
      .readonly()
      .optional(),
    /** By which their firm may use this station; none where it is the firm's own. */
    grant: GrantId.optional(),
    continues: Continued.optional(),
    /** What was registered for the candidate when they sat down: what the center changes later is for the next time. */
    arrangements: Arrangements.optional(),
    before: Before.optional(),
    /** Who let them sit who had been turned away (another seat was drawn for them, their card had doubts), and why. */
    seated: z
      .object({ ...proctored, note: z.string(), compared: z.array(ComparedField).readonly().optional() })
      .readonly()
      .optional(),
  }),
  z.object({ type: z.literal('consent-given'), locale: Locale }),
  z.object({ type: z.literal('consent-declined'), locale: Locale }),
  z.object({ type: z.literal('captured'), purpose: z.enum(['check-in', 're-capture']), capture: JudgedCapture }),
  z.object({ type: z.literal('verified') }),
  z.object({ type: z.literal('refused'), reason: ReasonCode }),
  z.object({
    type: z.literal('overridden'),
    ...proctored,
    note: z.string(),
    reason: ReasonCode,
    /** What of the document agreed with the person. */
    compared: z.array(ComparedField).readonly().optional(),
  }),
  z.object({
    type: z.literal('unlocked'),
    by: z.union([ProctorId, z.literal('candidate')]),
    note: z.string().optional(),
    via: Via.optional(),
    act: ActId.optional(),
    durationMs: z.int(),
    form: DrawnForm,
    /** Where it is shown. */
    host: Host.optional(),
    /** In practice of a part: the exam as it was cut to that part. */
    exam: Exam.optional(),
    /** The newest time signed by the center that was seen before it; `null` where there was none. */
    lower: Instant.nullable().optional(),
    /** How the wall clock was set since the center was heard last. */
    jumps: z.array(Jump).readonly().optional(),
    /** Whether the center granted that it begins here, or could not be asked. */
    claim: z.enum(['granted', 'unasked']).optional(),
  }),
  z.object({
    type: z.literal('answered'),
    itemId: ItemId,
    ...GIVEN,
    revision: z.int(),
  }),
  /** In practice: the candidate was told what is right. */
  z.object({ type: z.literal('checked'), itemId: ItemId }),
  /** That a lesson was on the screen, as the page says; what of it is believed follows from what the camera saw. */
  z.object({ type: z.literal('studied'), lessonId: LessonId, ms: z.int().min(0), position: z.number().min(0) }),
  /** That a package says how far it is. What it keeps for the next time is not here: that may say anything of anybody. */
  z.object({
    type: z.literal('package-said'),
    lessonId: LessonId,
    /** In which opening of it. Nothing where that was not written down yet. */
    opening: PackageOpeningId.optional(),
    said: PackageSaid,
  }),
  z.object({ type: z.literal('flagged'), itemId: ItemId, flagged: z.boolean() }),
  /** Seen, and by the exam's policy nobody's business: only written down. */
  z.object({ type: z.literal('noted'), reason: ReasonCode, evidence: Evidence.optional() }),
  z.object({
    type: z.literal('incident'),
    id: IncidentId,
    reason: ReasonCode,
    outcome: CaptureOutcome.optional(),
    paused: z.boolean(),
    /** What a proctor can judge it by: how long it lasted, what the pictures showed. */
    evidence: Evidence.optional(),
  }),
  z.object({
    type: z.literal('paused'),
    reason: ReasonCode,
    until: z.enum(['match', 'proctor']),
    ...maybeProctored,
    /** How long the exam had run on, after its last event, when the power went. */
    ranOnMs: z.int().min(0).optional(),
  }),
  z.object({ type: z.literal('resumed'), ...proctored, by: z.union([ProctorId, z.literal('match')]) }),
  z.object({ type: z.literal('extended'), ms: z.int().min(1), ...proctored }),
  /** Taken up after a restart, it is shown on another host than before. */
  z.object({ type: z.literal('hosted'), host: Host }),
  /** The sitting goes on at another station; here it is over. */
  z.object({ type: z.literal('moved'), to: StationId, ...proctored, note: z.string() }),
  z.object({ type: z.literal('reviewed'), incidentId: IncidentId, verdict: Verdict, ...proctored }),
  z.object({ type: z.literal('submitted'), cause: SubmitCause, ...maybeProctored }),
  /** A picture of this moment is kept, sealed, apart from the ledger. */
  z.object({ type: z.literal('kept'), of: PictureOf, picture: Sha256 }),
  /** Pictures that are gone: their time was over, or somebody asked. */
  z.object({ type: z.literal('erased'), pictures: z.array(Sha256).readonly(), why: z.enum(['expired', 'asked']) }),
  /**
   * An inspector asked for pictures of this sitting by way of the center: these go out, sealed to that key and to no other. Written
   * before any of them does.
   */
  z.object({
    type: z.literal('evidence-asked'),
    wish: EvidenceWishId,
    /** SHA-256 of what the center signed. */
    hash: Sha256,
    key: ExchangeKey,
    inspector: z.object({ accountId: AccountId, name: z.string() }).readonly(),
    reason: z.string(),
    pictures: z.array(Sha256).readonly(),
  }),
  z.object({ type: z.literal('graded'), marks: z.number(), passed: z.boolean() }),
  z.object({ type: z.literal('recorded'), recordHash: Sha256 }),
  /**
   * A face of this check-in is compared with too, at this station and until then: which, of the network that made it, of the look
   * on which line, and how alike it is to the registered photos. The face itself lies sealed, apart from the ledger.
   */
  z.object({
    type: z.literal('template-added'),
    template: Sha256,
    model: z.string(),
    look: z.int().min(1),
    similarity: z.number(),
    until: Instant,
  }),
  /** The wall clock was set by so much; also of the station itself, where nobody sits. */
  z.object({ type: z.literal('clock-set'), ms: z.int() }),
  /** What time the center says it is: a JWS `exam-station/time` for this sitting. */
  z.object({ type: z.literal('time-told'), token: z.string() }),
  /** Of the station itself: somebody's card says what the roster does not, and nobody sat down. */
  z.object({
    type: z.literal('turned-away'),
    tenantId: TenantId,
    candidateId: CandidateId,
    identifiedBy: IdentifiedBy,
    document: Word.optional(),
    reasons: z.array(ReasonCode).readonly(),
  }),
  z.object({ type: z.literal('look-again') }),
  z.object({ type: z.literal('closed'), reason: ReasonCode, ...maybeProctored }),
]);
export type SittingEvent = z.infer<typeof SittingEvent>;
