import { z } from 'zod';
import { SlipCode } from '../words/admission-slip.ts';
import { AskedInstant } from '../words/asked-times.ts';
import {
  CandidateId,
  ExamId,
  Instant,
  OrganisationId,
  ProctorId,
  Sha256,
  StationId,
  TenantId,
  TurnId,
} from '../words/ids.ts';
import { Localized } from '../words/localized.ts';
import { endpoint } from './endpoint.ts';
import { pageOf, paging } from './paging.ts';

/**
 * A turn (场次): an exam in one version of it, in a room, from when until when. `planned` is seen by whoever plans; `open` takes
 * people; `closed` takes nobody any more; `held` is over. What is open closes at its last moment to sign up, and what is open or
 * closed is held at its end, without anybody's doing.
 */
export const TURN_STATES = ['planned', 'open', 'closed', 'held', 'cancelled'] as const;
export const TurnState = z.enum(TURN_STATES);
export type TurnState = z.infer<typeof TurnState>;

/** Who may come. */
export const Eligibility = z.strictObject({
  /** Courses to have learned: so many minutes of each, or, at 0, all of it. */
  courses: z
    .array(z.strictObject({ examId: ExamId, minutes: z.int().min(0).max(60_000) }))
    .max(5)
    .readonly()
    .default([]),
  /** Exams to have passed before. */
  passed: z.array(ExamId).max(5).readonly().default([]),
  /** `any`: whoever has attempts left. `not-passed`: nobody who has passed it. `re-sit`: who failed it once, and only they. */
  again: z.enum(['any', 'not-passed', 're-sit']).default('not-passed'),
  /** Whoever passed comes again where their certificate ends within so many days. */
  renewDays: z.int().min(0).max(730).default(60),
});
export type Eligibility = z.infer<typeof Eligibility>;

/** Why somebody may not come. */
const OBSTACLES = [
  'left',
  'course-missing',
  'earlier-missing',
  'passed-already',
  'no-re-sit',
  'attempts-used',
  'elsewhere',
] as const;
export const Obstacle = z.enum(OBSTACLES);
export type Obstacle = z.infer<typeof Obstacle>;

/** Of how many people of a firm may come. */
const Quota = z.strictObject({ organisationId: OrganisationId, quota: z.int().min(1).max(100_000) });
const quotas = z.array(Quota).min(1).max(500).readonly();
const Note = z.string().trim().max(300);

const planned = {
  begins: Instant,
  ends: Instant,
  /** Nobody signs up any more. */
  signUpUntil: Instant,
  /** Of the room, at this turn. */
  seats: z.int().min(1).max(100_000),
  eligibility: Eligibility,
  quotas,
  /** Who watches, each with their firm; of a firm that names none, all of its proctors may. */
  proctors: z
    .array(z.strictObject({ tenantId: TenantId, proctorId: ProctorId }))
    .max(500)
    .readonly(),
  note: Note,
};

/** A turn as it is planned: what is left out has a sensible value. */
export const NewTurn = z.strictObject({
  organiserId: OrganisationId,
  roomId: OrganisationId,
  /** Whose exam it is; firms that come to the turn get it in this version. */
  examOf: OrganisationId,
  examId: ExamId,
  /** Its newest where none is named. */
  version: Sha256.optional(),
  begins: planned.begins,
  /** The time of the exam, and half an hour. */
  ends: planned.ends.optional(),
  /** A day before it begins, or the beginning. */
  signUpUntil: planned.signUpUntil.optional(),
  seats: planned.seats,
  eligibility: Eligibility.prefault({}),
  /** Whoever plans it for themselves has all seats. */
  quotas: quotas.optional(),
  proctors: planned.proctors.default([]),
  note: Note.default(''),
});
export type NewTurn = z.infer<typeof NewTurn>;

export const TurnChange = z.strictObject(planned).partial();
export type TurnChange = z.infer<typeof TurnChange>;

const Named = <I extends z.ZodType>(id: I) => z.object({ id, name: z.string() }).readonly();

export const Turn = z
  .object({
    id: TurnId,
    organiser: Named(OrganisationId),
    room: Named(OrganisationId),
    exam: z.object({ id: ExamId, tenantId: TenantId, title: Localized, version: Sha256 }).readonly(),
    begins: Instant,
    ends: Instant,
    signUpUntil: Instant,
    seats: z.int(),
    entered: z.int(),
    waiting: z.int(),
    eligibility: Eligibility,
    state: TurnState,
    note: z.string(),
  })
  .readonly();
export type Turn = z.infer<typeof Turn>;

/** How ready a station of the room is, by what it said last. */
const TurnStation = z
  .object({
    id: StationId,
    name: z.string(),
    status: z.string().nullable(),
    heardAt: Instant.nullable(),
    /** How many of the guests' firms may use it for this turn, of how many. */
    granted: z.int(),
    guests: z.int(),
  })
  .readonly();

export const TurnDetails = z
  .object({
    turn: Turn,
    firms: z
      .array(
        z
          .object({
            tenantId: TenantId,
            organisation: Named(OrganisationId),
            quota: z.int(),
            entered: z.int(),
            waiting: z.int(),
          })
          .readonly(),
      )
      .readonly(),
    proctors: z.array(z.object({ tenantId: TenantId, id: ProctorId, name: z.string() }).readonly()).readonly(),
    stations: z.array(TurnStation).readonly(),
    /** Versions of its exam, the newest first. */
    versions: z.array(z.object({ version: Sha256, putAt: Instant }).readonly()).readonly(),
    /** Which of them it had, since when, and by whom; the newest first. */
    moves: z.array(z.object({ version: Sha256, at: Instant, by: z.string() }).readonly()).readonly(),
    /** What whoever asks may do. */
    may: z.object({ plan: z.boolean(), signUp: z.array(TenantId).readonly(), see: z.boolean() }).readonly(),
  })
  .readonly();
export type TurnDetails = z.infer<typeof TurnDetails>;

export const TurnEntry = z
  .object({
    candidateId: CandidateId,
    tenantId: TenantId,
    firm: z.string(),
    name: z.string(),
    /** The last four of the number; whoever comes shows the card itself. */
    ending: z.string(),
    state: z.enum(['entered', 'waiting', 'cancelled']),
    /** Their place in the list, from 1, in the order in which they were signed up. */
    place: z.int(),
    at: Instant,
    /** Whether they said that they cannot come; their place stays theirs until the firm takes them off. */
    saidAbsent: z.boolean(),
    /** Why: for their own firm alone. */
    absence: z.string().nullable(),
  })
  .readonly();
export type TurnEntry = z.infer<typeof TurnEntry>;

/** The code of somebody's admission slip. */
const TurnSlip = z.object({ candidateId: CandidateId, tenantId: TenantId, code: SlipCode }).readonly();
export type TurnSlip = z.infer<typeof TurnSlip>;

/** Somebody of a firm, and whether they may come. */
export const Applicant = z
  .object({
    candidateId: CandidateId,
    name: z.string(),
    ending: z.string(),
    entry: z.enum(['entered', 'waiting']).nullable(),
    obstacles: z.array(Obstacle).readonly(),
  })
  .readonly();
export type Applicant = z.infer<typeof Applicant>;

const Outcome = z
  .object({
    candidateId: CandidateId,
    outcome: z.enum(['entered', 'waiting', 'refused']),
    obstacles: z.array(Obstacle).readonly(),
  })
  .readonly();
export type EntryOutcome = z.infer<typeof Outcome>;

/** How far somebody is on the day. `asking`: their station is about to begin. */
const AtBoard = z.enum(['awaited', 'asking', 'sitting', 'done']);
const BoardRow = z
  .object({
    tenantId: TenantId,
    candidateId: CandidateId,
    name: z.string(),
    ending: z.string(),
    firm: z.string(),
    stage: AtBoard,
    station: z.string().nullable(),
    stationId: StationId.nullable(),
    incidents: z.int(),
    passed: z.boolean().nullable(),
  })
  .readonly();
export const Board = z
  .object({
    at: Instant,
    turns: z
      .array(
        z
          .object({
            turn: Turn,
            counts: z
              .object({ awaited: z.int(), asking: z.int(), sitting: z.int(), done: z.int(), incidents: z.int() })
              .readonly(),
            rows: z.array(BoardRow).readonly(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type Board = z.infer<typeof Board>;

/** Whether stations of a room get the people of its coming turns, and how many days before. */
export const TurnRoom = z.strictObject({ byTurns: z.boolean(), days: z.int().min(0).max(60) });
export type TurnRoom = z.infer<typeof TurnRoom>;

/** An exam that a turn may be of. */
const TurnExam = z.object({ id: ExamId, title: Localized, seconds: z.int() }).readonly();

export const TurnWish = z.object({
  ...paging,
  from: AskedInstant,
  until: AskedInstant,
  room: OrganisationId.optional(),
  state: TurnState.optional(),
});
export type TurnWish = z.infer<typeof TurnWish>;

export const EntryWish = z.object({
  ...paging,
  state: z.enum(['entered', 'waiting', 'cancelled']).optional(),
  /** How a name or a number begins. */
  search: z.string().trim().max(100).optional(),
});
export type EntryWish = z.infer<typeof EntryWish>;

const Paging = z.object(paging);
export type Paging = z.infer<typeof Paging>;

const byId = z.object({ id: TurnId });
const byRoom = z.object({ id: OrganisationId });
const PLANNERS = ['bureau', 'firm', 'agency', 'room'] as const;
const ALL = ['bureau', 'inspector', 'firm', 'agency', 'room', 'proctor'] as const;
const OWN = ['firm', 'agency', 'room'] as const;

export const planningEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/v1/platform/turns',
    who: ALL,
    says: 'Turns that begin in a time, within reach: those one plans, watches, holds or sends people to.',
    query: TurnWish,
    reply: pageOf(Turn),
  }),
  exams: endpoint({
    method: 'GET',
    path: '/v1/platform/turn-exams/:id',
    who: PLANNERS,
    says: 'Exams of a firm, an agency or a room, of which a turn may be planned.',
    params: byRoom,
    reply: z.object({ exams: z.array(TurnExam).readonly() }).readonly(),
  }),
  plan: endpoint({
    method: 'POST',
    path: '/v1/platform/turns',
    who: PLANNERS,
    says: 'Plans a turn: a bureau for firms below it, others for themselves.',
    body: NewTurn,
    reply: Turn,
  }),
  read: endpoint({
    method: 'GET',
    path: '/v1/platform/turns/:id',
    who: ALL,
    says: 'A turn, with its firms, its stations and the versions of its exam.',
    params: byId,
    reply: TurnDetails,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/v1/platform/turns/:id',
    who: PLANNERS,
    says: 'Changes a turn that has not begun.',
    params: byId,
    body: TurnChange,
    reply: Turn,
  }),
  open: endpoint({
    method: 'POST',
    path: '/v1/platform/turns/:id/open',
    who: PLANNERS,
    says: 'Opens a turn: firms sign up, get the exam, and may use the stations of the room. Again: also those that came since.',
    params: byId,
    reply: Turn,
  }),
  close: endpoint({
    method: 'POST',
    path: '/v1/platform/turns/:id/close',
    who: PLANNERS,
    says: 'Closes a turn: nobody signs up any more.',
    params: byId,
    reply: Turn,
  }),
  cancel: endpoint({
    method: 'POST',
    path: '/v1/platform/turns/:id/cancel',
    who: PLANNERS,
    says: 'Cancels a turn that has not been held.',
    params: byId,
    body: z.strictObject({ note: Note.min(1) }),
    reply: Turn,
  }),
  move: endpoint({
    method: 'POST',
    path: '/v1/platform/turns/:id/version',
    who: PLANNERS,
    says: 'Moves a turn that has not begun to another version of its exam.',
    params: byId,
    body: z.strictObject({ version: Sha256 }),
    reply: Turn,
  }),
  entries: endpoint({
    method: 'GET',
    path: '/v1/platform/turns/:id/entries',
    who: ALL,
    says: 'Who comes: all of them for whoever keeps or watches the turn, its own people for a firm.',
    params: byId,
    query: EntryWish,
    reply: pageOf(TurnEntry),
  }),
  slips: endpoint({
    method: 'GET',
    path: '/v1/platform/turns/:id/slips',
    who: PLANNERS,
    says: 'Codes for the admission slips of those who come, as far as whoever asks sees them; none where the exam takes no slips.',
    params: byId,
    query: Paging,
    reply: pageOf(TurnSlip),
  }),
  applicants: endpoint({
    method: 'GET',
    path: '/v1/platform/turns/:id/applicants',
    who: OWN,
    says: 'People of the firm whose name or number begins so, and whether they may come.',
    params: byId,
    query: z.object({ search: z.string().trim().min(1).max(100) }),
    reply: z.object({ applicants: z.array(Applicant).readonly() }).readonly(),
  }),
  enter: endpoint({
    method: 'POST',
    path: '/v1/platform/turns/:id/entries',
    who: OWN,
    says: 'Signs people of the firm up, up to its quota and the seats; who comes after waits.',
    params: byId,
    body: z.strictObject({ candidateIds: z.array(CandidateId).min(1).max(1_000).readonly() }),
    reply: z.object({ outcomes: z.array(Outcome).readonly() }).readonly(),
  }),
  leave: endpoint({
    method: 'POST',
    path: '/v1/platform/turns/:id/entries/cancel',
    who: OWN,
    says: 'Takes somebody of the firm off the turn; the first of the firm who waits comes in their place.',
    params: byId,
    body: z.strictObject({ candidateId: CandidateId }),
    reply: z.object({ promoted: CandidateId.nullable() }).readonly(),
  }),
  board: endpoint({
    method: 'GET',
    path: '/v1/platform/turn-board',
    who: ALL,
    says: 'The turns of now: who is awaited, sits, is done, and what happened, by what stations report.',
    query: z.object({ room: OrganisationId.optional() }),
    reply: Board,
  }),
  room: endpoint({
    method: 'GET',
    path: '/v1/platform/turn-rooms/:id',
    who: PLANNERS,
    says: 'Whether the stations of a room get the people of its coming turns alone.',
    params: byRoom,
    reply: TurnRoom,
  }),
  putRoom: endpoint({
    method: 'PUT',
    path: '/v1/platform/turn-rooms/:id',
    who: PLANNERS,
    says: 'Says whether the stations of a room get the people of its coming turns alone, and how many days before.',
    params: byRoom,
    body: TurnRoom,
    reply: TurnRoom,
  }),
} as const;
