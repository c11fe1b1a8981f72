import { z } from 'zod';
import { Arrangements } from '../words/arrangements.ts';
import { DeviceState } from '../words/device-state.ts';
import { DecisionEntry, Verdict } from '../words/entries.ts';
import { Evidence } from '../words/evidence.ts';
import { ExamMode, Gesture } from '../words/exam.ts';
import { Host } from '../words/hosts.ts';
import { ExamId, IncidentId, Instant, SittingId } from '../words/ids.ts';
import { ScreenColour } from '../words/light.ts';
import { Localized } from '../words/localized.ts';
import { PracticeOffer } from '../words/practice.ts';
import { Readiness } from '../words/readiness.ts';
import { Reason, ReasonCode } from '../words/reasons.ts';
import { SeatLabel } from '../words/seat-label.ts';
import { TopicMarks } from '../words/topic-marks.ts';
import { Choice, CourseView } from './course-view.ts';
import { SetUp } from './provision.ts';

/** A candidate as a screen may show one: enough to say "that is me", not enough to copy. */
export const Who = z
  .object({
    name: z.string(),
    number: z.string(),
    visitor: z.boolean(),
    /** What is registered for whoever sits here, for the page to go by and a proctor to know. */
    arrangements: Arrangements.optional(),
  })
  .readonly();
export type Who = z.infer<typeof Who>;

export const ExamSummary = z
  .object({
    id: ExamId,
    title: Localized,
    mode: ExamMode,
    items: z.int(),
    fullMarks: z.number(),
    passMarks: z.number(),
    /** For this candidate: what is granted to them besides is in it. */
    durationSeconds: z.int(),
    /** What takes two proctors here. */
    twoProctors: z.array(z.string()).readonly().optional(),
  })
  .readonly();
export type ExamSummary = z.infer<typeof ExamSummary>;

/** The exam clock when the view was made; the page counts on from there by itself. */
export const Clock = z.object({ remainingMs: z.number(), running: z.boolean() }).readonly();
export type Clock = z.infer<typeof Clock>;

/** Whether the candidate agreed to the camera. Who did not agree, or was not asked, is not shown to themselves either. */
const Watched = z.boolean();

/** Active liveness: what to do now; no gesture means look straight ahead. */
const ChallengeStep = z
  .object({
    gesture: Gesture.optional(),
    at: z.int(),
    of: z.int(),
    /** How much of the gesture is made, in the measure of its `AMOUNTS`. */
    amount: z.number().optional(),
  })
  .readonly();
export type ChallengeStep = z.infer<typeof ChallengeStep>;

/** The colour that the whole screen has now, for the face to give back. */
const LightStep = z.object({ colour: ScreenColour, at: z.int(), of: z.int() }).readonly();
export type LightStep = z.infer<typeof LightStep>;

/** What was begun at another station and goes on here. */
export const ContinuedView = z.object({ answered: z.int(), remainingMs: z.number() }).readonly();
export type ContinuedView = z.infer<typeof ContinuedView>;

/** Somebody whose seat is another one, whose exam goes on at another station, or whose card says what the roster does not. */
export const TurnedAwayView = z
  .object({
    /** Tells one from the next. */
    ticket: z.int(),
    who: Who,
    why: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('other-seat'), seat: SeatLabel }),
      z.object({
        kind: z.literal('moved'),
        /** The station's name. */
        to: z.string(),
        /** Where it left from here, so that a proctor here can decide otherwise: whether the center has it by now,
         * or will never take it. */
        fromHere: z.enum(['waiting', 'delivered', 'refused']).optional(),
      }),
      z.object({ kind: z.literal('card') }),
    ]),
    /** What of their card a proctor must settle before they sit here, whatever they were turned away for. */
    doubts: z.array(Reason).readonly(),
  })
  .readonly();
export type TurnedAwayView = z.infer<typeof TurnedAwayView>;

/** What the screen shows, one case per screen. Says what is; how it looks is the page's business. */
export const Stage = z.discriminatedUnion('stage', [
  z.object({
    stage: z.literal('idle'),
    notice: Reason.optional(),
    /** What can be sat here today: formal exams and those of a gate. */
    exams: z.array(Localized).readonly().optional(),
    /** Whether somebody who is on no roster may practise here. */
    visitors: z.boolean().optional(),
    /** Whether an exam here takes an admission slip in place of the card. */
    slips: z.boolean().optional(),
    turnedAway: TurnedAwayView.optional(),
  }),
  z.object({
    stage: z.literal('choosing'),
    /** Tells one from the next. */
    ticket: z.int(),
    who: Who,
    choices: z.array(Choice).readonly(),
  }),
  z.object({
    stage: z.literal('consenting'),
    who: Who,
    exam: ExamSummary,
    continued: ContinuedView.optional(),
    /** So long a face of this check-in may be compared with; nothing where none is. */
    templateDays: z.int().optional(),
  }),
  z.object({
    stage: z.literal('capturing'),
    who: Who,
    purpose: z.enum(['check-in', 'enrolment']),
    attempt: z.int(),
    attempts: z.int(),
    /** Usable frames so far, 0..1. */
    progress: z.number(),
    advice: ReasonCode.optional(),
    challenge: ChallengeStep.optional(),
    light: LightStep.optional(),
    /** Why the look before found nobody; nothing is looked at while this is said. */
    failed: ReasonCode.optional(),
  }),
  z.object({
    stage: z.literal('refused'),
    who: Who,
    exam: ExamSummary,
    watched: Watched,
    reason: ReasonCode,
    /** Whether the candidate may go without a proctor. */
    mayLeave: z.boolean(),
  }),
  z.object({
    stage: z.literal('awaiting-unlock'),
    /** In practice. */
    practice: PracticeOffer.optional(),
    continued: ContinuedView.optional(),
    /** Whether the code of a session unlocks it. */
    byCode: z.boolean().optional(),
    who: Who,
    exam: ExamSummary,
    identity: z.enum(['verified', 'overridden']),
  }),
  z.object({
    stage: z.literal('in-progress'),
    sittingId: SittingId,
    who: Who,
    exam: ExamSummary,
    watched: Watched,
    clock: Clock,
    notice: Reason.optional(),
    learning: CourseView.optional(),
  }),
  z.object({
    stage: z.literal('paused'),
    sittingId: SittingId,
    who: Who,
    exam: ExamSummary,
    watched: Watched,
    clock: Clock,
    reason: ReasonCode,
    until: z.enum(['match', 'proctor']),
    learning: CourseView.optional(),
    advice: ReasonCode.optional(),
    challenge: ChallengeStep.optional(),
  }),
  z.object({
    stage: z.literal('result'),
    sittingId: SittingId,
    who: Who,
    exam: ExamSummary,
    marks: z.number(),
    passed: z.boolean(),
    /** At a gate: until when nobody is asked again. */
    passUntil: Instant.optional(),
    topics: z.array(TopicMarks).readonly(),
    cause: z.enum(['handed-in', 'time-up', 'proctor-decision']),
    /** Whether the center has proven that it logged the record. */
    receipt: z.enum(['waiting', 'verified']),
    /** What studying came to; `creditedMs` in this sitting. */
    learning: CourseView.unwrap().extend({ complete: z.boolean(), creditedMs: z.number() }).readonly().optional(),
    /** What the candidate takes along as a QR code, once there is a record: signed by this station, checked by anybody. */
    receiptCode: z.string().max(1_000).optional(),
    /** Time on the exam clock. */
    usedMs: z.number().min(0),
    /** How often the candidate may sit this exam again; nothing where nobody is counted. */
    attemptsLeft: z.int().min(0).optional(),
    submittedAt: Instant.optional(),
  }),
  z.object({ stage: z.literal('enrolling'), step: z.enum(['consent', 'failed']), notice: Reason.optional() }),
]);
export type Stage = z.infer<typeof Stage>;

export const Incident = z
  .object({
    id: IncidentId,
    reason: ReasonCode,
    at: Instant,
    paused: z.boolean(),
    evidence: Evidence.optional(),
    verdict: Verdict.optional(),
    /** Whether there is a picture of it, for a proctor to see. */
    pictured: z.boolean().optional(),
  })
  .readonly();
export type Incident = z.infer<typeof Incident>;

/** What a proctor did, as it is shown back. */
export const DecisionView = z
  .object({
    action: z.enum([...DecisionEntry.unwrap().shape.action.options, 'terminated']),
    /** Names. */
    by: z.string(),
    second: z.string().optional(),
    at: Instant,
    note: z.string().optional(),
    via: z.enum(['command', 'code']).optional(),
    compared: DecisionEntry.unwrap().shape.compared,
    minutes: z.number().optional(),
    verdict: Verdict.optional(),
    /** What the incident was, of which that was made. */
    about: ReasonCode.optional(),
  })
  .readonly();
export type DecisionView = z.infer<typeof DecisionView>;

/** The newest look of the face check, for whoever sets a station up. Nothing in it is of a person for longer than a frame. */
export const LookReport = z
  .object({
    lanes: z.int(),
    /** Milliseconds by stage. */
    costMs: z.record(z.string(), z.number()),
    faces: z.int(),
    reason: Reason.optional(),
    quality: z
      .array(
        z.object({ component: z.string(), value: z.number(), verdict: z.enum(['pass', 'warn', 'fail']) }).readonly(),
      )
      .readonly(),
  })
  .readonly();
export type LookReport = z.infer<typeof LookReport>;

export const StationView = z
  .object({
    station: z
      .object({
        name: z.string(),
        /** Where this is shown. */
        host: Host,
        tenant: z.string(),
        version: z.string(),
        /** Whether any proctor has a badge. */
        badges: z.boolean(),
      })
      .readonly(),
    devices: z.object({ camera: DeviceState, reader: DeviceState, faces: DeviceState, center: DeviceState }).readonly(),
    /** Records that wait for the center's receipt. */
    /** Whoever sits here would like a proctor to come. */
    called: z.boolean().optional(),
    waitingRecords: z.int(),
    /** Records that the center refused: they are kept, and tried again now and then. */
    refusedRecords: z.int(),
    incidents: z.array(Incident).readonly(),
    /** How long, in milliseconds from now, the next PIN, code of a session and administrator's PIN have to wait after wrong ones. */
    waits: z.object({ pinMs: z.number(), codeMs: z.number(), administratorMs: z.number() }).readonly(),
    /** What proctors did in this sitting, oldest first. */
    decisions: z.array(DecisionView).readonly(),
    current: Stage,
    /** Without its checks while somebody sits here: it is as of before that. */
    readiness: Readiness,
    /** Whether this terminal has to be set up on its screen, or can be. */
    setUp: SetUp.optional(),
    /** How much of a check is done, 0..1, while one is under way. */
    checking: z.number().optional(),
    /** While the page asked for it. */
    look: LookReport.optional(),
  })
  .readonly();
export type StationView = z.infer<typeof StationView>;
