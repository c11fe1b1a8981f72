import { z } from 'zod';
import { SlipCode } from '../words/admission-slip.ts';
import { Course } from '../words/course.ts';
import { Feedback, Form, GIVEN, Mistake } from '../words/form.ts';
import { DOCUMENT_KINDS, LONGEST_ID_NUMBER } from '../words/id-number.ts';
import {
  ActId,
  DeskId,
  ExamId,
  IncidentId,
  ItemId,
  LessonId,
  PackageOpeningId,
  Sha256,
  StationId,
} from '../words/ids.ts';
import { Locale } from '../words/localized.ts';
import { PracticeChoice } from '../words/practice.ts';
import { ProctorAction, UnlockCode } from '../words/proctoring.ts';
import { PackageSaid, PackageState } from '../words/scorm.ts';
import { DeskAbout, Dossier, OpenedDesk, SeenFace } from './proctor-desk.ts';
import { CenterTest, ProvisionReply, ProvisionWish, SetUpSeen } from './provision.ts';
import { StationView } from './view.ts';

/** Digits, what a badge gave for a minute, or the recovery code of this station. */
const Pin = z.string().regex(/^(\d{4,12}|[0-9A-Za-z][0-9A-Za-z -]{18,40})$/);
const nothing = z.object({});
const atDesk = z.object({ desk: DeskId });

/**
 * What the page may ask of the station. One map types both ends and validates on arrival: `params` at the station,
 * `result` at the page.
 */
export const methods = {
  'camera.report': {
    params: z.object({
      state: z.enum(['live', 'missing', 'denied', 'busy', 'lost']),
      label: z.string().max(200).optional(),
      /** Of the device, as the browser made it up: two of one name have two. */
      device: z.string().max(200).optional(),
    }),
    result: nothing,
  },
  /** Where no document is named, the number's form must tell it. */
  'identify.typed': {
    params: z.object({ number: z.string().max(LONGEST_ID_NUMBER), document: z.enum(DOCUMENT_KINDS).optional() }),
    result: nothing,
  },
  /** What the camera read off an admission slip. */
  'identify.slip': { params: z.object({ code: SlipCode }), result: nothing },
  'enrol.begin': { params: nothing, result: nothing },
  'enrol.consent': { params: z.object({ given: z.boolean(), locale: Locale }), result: nothing },
  /** Whoever has several things to do here takes one of them. */
  choose: { params: z.object({ ticket: z.int(), examId: ExamId }), result: nothing },
  consent: { params: z.object({ given: z.boolean(), locale: Locale }), result: nothing },
  /** Starts a practice exam; formal ones wait for a proctor. */
  begin: { params: z.object({ practice: PracticeChoice.optional() }), result: nothing },
  /** A formal one starts with the code of its session, too. */
  'unlock.code': { params: z.object({ code: UnlockCode }), result: nothing },
  /** Before practice: the candidate's book of mistakes. */
  'mistake-book': { params: nothing, result: z.object({ mistakes: z.array(Mistake).readonly() }) },
  /** A proctor says who they are. What is done next goes by the desk that this opens, and asks for no PIN again. */
  'proctor.open': { params: z.object({ pin: Pin, about: DeskAbout.default('seat') }), result: OpenedDesk },
  /** What a proctor may know of whoever is here, as it is now. */
  'proctor.dossier': { params: atDesk, result: Dossier },
  /** The proctor is still there: the desk stays open. */
  'proctor.touch': { params: atDesk, result: nothing },
  'proctor.close': { params: atDesk, result: nothing },
  'proctor.act': {
    params: z.object({
      desk: DeskId,
      /** Another proctor's PIN, where the exam asks for two. */
      second: Pin.optional(),
      action: ProctorAction,
      /** The same where it is asked again, because no answer came: then nothing is done twice. */
      act: ActId.optional(),
    }),
    result: nothing,
  },
  /** Waits for a proctor's badge on the reader. What it gives stands in for the PIN, once, for a minute. */
  'proctor.badge': { params: nothing, result: z.object({ pin: Pin }) },
  /** Waits no longer. */
  'proctor.badge-stop': { params: nothing, result: nothing },
  /** The stations of this firm that a sitting may be moved to. */
  stations: {
    params: nothing,
    result: z.object({ stations: z.array(z.object({ id: StationId, name: z.string() }).readonly()).readonly() }),
  },
  /** What an incident looked like: for a proctor's eyes only. */
  'proctor.picture': {
    params: z.object({ desk: DeskId, incidentId: IncidentId }),
    result: z.object({ base64: z.base64() }),
  },
  /** The registered photos of whoever is here, as far as this station has them. */
  'proctor.photos': { params: atDesk, result: z.object({ base64: z.array(z.base64()).readonly() }) },
  /** What the last look at whoever is here showed. */
  'proctor.look': { params: atDesk, result: z.object({ faces: z.array(SeenFace).readonly() }) },
  /** The candidate would like a proctor to come, or needs none any more. */
  'call-proctor': { params: z.object({ called: z.boolean() }), result: nothing },
  form: { params: nothing, result: Form },
  /** The course that is studied, and which of its files and pictures are here by now: `/media/HASH`. */
  course: { params: nothing, result: z.object({ course: Course, here: z.array(Sha256).readonly() }) },
  /**
   * A lesson was on the screen for so long since the last report, and stands there now: every few seconds, and whenever it
   * stops. What comes back is where it stands by the station: a film that was wound on too far goes back there.
   */
  'lesson.report': {
    params: z.object({
      lessonId: LessonId,
      seconds: z.number().min(0).max(600),
      position: z.number().min(0).max(100_000),
    }),
    result: z.object({ position: z.number(), farthest: z.number() }),
  },
  /** What a package of the course left here when it was open last. */
  'package.resume': { params: z.object({ lessonId: LessonId }), result: z.object({ state: PackageState.optional() }) },
  /**
   * What a package says of itself, and what it wants to find again: whenever that changes. It counts no time. Comes only once
   * both are on disk.
   */
  'package.report': {
    params: z.object({ lessonId: LessonId, opening: PackageOpeningId, said: PackageSaid, state: PackageState }),
    result: nothing,
  },
  /** What an item of the form shows. */
  picture: { params: z.object({ hash: Sha256 }), result: z.object({ base64: z.base64() }) },
  answer: {
    params: z.object({
      itemId: ItemId,
      ...GIVEN,
      revision: z.int().min(1),
    }),
    /** Comes only once the answer is on disk. */
    result: z.object({ itemId: ItemId, revision: z.int() }),
  },
  /** In practice: what is right, once there is an answer. */
  check: { params: z.object({ itemId: ItemId }), result: Feedback },
  /** After practice: what was not right. */
  mistakes: { params: nothing, result: z.object({ mistakes: z.array(Mistake).readonly() }) },
  flag: { params: z.object({ itemId: ItemId, flagged: z.boolean() }), result: nothing },
  'hand-in': { params: nothing, result: nothing },
  leave: { params: nothing, result: nothing },
  /** Somebody still looks at their result: it goes later. Says when. */
  stay: { params: nothing, result: z.object({ leavesInMs: z.number().min(0) }) },
  /** Measures anew what the station stands on; how far it is stands in the view. Never while somebody sits an exam. */
  'readiness.check': { params: nothing, result: nothing },
  /** Opens the settings of this terminal: to anybody while it is new, then to its administrator. */
  'provision.enter': { params: z.object({ pin: Pin.optional() }), result: SetUpSeen },
  'provision.test': {
    params: z.object({
      pass: z.string().max(64),
      center: z.url({ protocol: /^https?$/ }).max(400),
      centerKey: z.string().max(100),
    }),
    result: CenterTest,
  },
  /** Writes the settings down, where nothing is wrong with them; the station then starts again by itself. */
  provision: { params: z.object({ pass: z.string().max(64), wish: ProvisionWish }), result: ProvisionReply },
  /** Shows or hides what the face check sees and costs. */
  overlay: { params: z.object({ shown: z.boolean() }), result: nothing },
} as const;
export type Methods = typeof methods;

/** What the station tells the page unasked. */
export const pushes = {
  view: StationView,
  /** Send the newest camera frame, once, with this ticket. */
  'frame-wanted': z.object({ ticket: z.int().min(0) }),
} as const;
export type Pushes = typeof pushes;
