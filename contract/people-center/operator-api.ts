import { z } from 'zod';
import { Grant } from '../records/grants.ts';
import { Revocation, RevocationCause } from '../records/revocations.ts';
import { LedgerHead, ProctorRole } from '../station-center/center-api.ts';
import { AskedInstant } from '../words/asked-times.ts';
import { Audience, Media } from '../words/course.ts';
import { Exam, ExamMode } from '../words/exam.ts';
import { TypedIdNumber } from '../words/id-number.ts';
import {
  AccountId,
  CandidateId,
  CommandId,
  ExamId,
  GrantId,
  Instant,
  PageSessionId,
  ProctorId,
  Sha256,
  StationId,
  TenantId,
  TokenId,
  UnlockWindowId,
} from '../words/ids.ts';
import { Bank } from '../words/items.ts';
import { Localized } from '../words/localized.ts';
import { OwnDigits, ProctorNumber, TypedPin } from '../words/proctor-pins.ts';
import { CommandOutcome, RemoteAction } from '../words/proctoring.ts';
import { SeatLabel } from '../words/seat-label.ts';

/** What an operator may put into the center; the operator's token travels in the `Authorization: Bearer` header. */
export const operatorPaths = {
  /** Bytes as they are; the reply is a {@link PictureReply}. Before the exam that shows them. */
  pictures: '/v1/operator/pictures',
  exams: '/v1/operator/exams',
  /** GET `BankVersions`, POST an `ExamMove`, and below it, by id, GET a `BankVersion` (bank-versions.ts). */
  bankVersions: '/v1/operator/bank-versions',
  /** PUT a `PutCandidate`, the reply is a `PutCandidateReply`; GET a `CandidateList` (candidates.ts). */
  candidates: '/v1/operator/candidates',
  /** POST a `NumberCorrection` (candidates.ts): somebody on the roster was there under a wrong number. */
  candidateNumber: '/v1/operator/candidates/number',
  /** POST a `LeaveWish` (candidates.ts): somebody is taken off the roster. */
  leavings: '/v1/operator/candidates/leavings',
  /** POST a workbook or CSV, with a `RosterQuery`: the reply is a `RosterReport`; below it GET `/progress`: `RosterProgress`. */
  roster: '/v1/operator/roster',
  /** POST a `NamedPhoto` (candidates.ts): one of many files, which says itself whose it is. */
  rosterPhotos: '/v1/operator/roster/photos',
  /** GET `Memberships` (candidates.ts): who came when, and who left, and why. */
  memberships: '/v1/operator/candidates/memberships',
  /** What is registered for one of them: an `ArrangementWish` (candidates.ts). */
  arrangements: '/v1/operator/arrangements',
  /** PUT a {@link PutProctor}; and below it, by id, POST `/invitation` for another code, which takes the PIN away. */
  proctors: '/v1/operator/proctors',
  seats: '/v1/operator/seats',
  /** GET {@link ListedStations}, and below it, by id, DELETE with a {@link RevocationWish}: it is revoked, for good; POST `/key`: it changes its key. */
  stations: '/v1/operator/stations',
  codes: '/v1/operator/codes',
  packages: '/v1/operator/packages',
  /** An {@link Overview}. */
  overview: '/v1/operator/overview',
  sessions: '/v1/operator/sessions',
  /** And below it, by id, what became of one: a {@link CommandState}. */
  commands: '/v1/operator/commands',
  /** PUT a {@link FirmWish}: what this firm is called from now on. */
  firm: '/v1/operator/firm',
  /** POST a {@link TokenWish}, GET a {@link TokenList}, and below it, by id, DELETE to end one now. */
  tokens: '/v1/operator/tokens',
  /** GET an `AuditPage` by an `AuditWish`, and below it `/export`: an `AuditExport`. */
  audit: '/v1/operator/audit',
  /** POST a {@link GrantWish}, GET {@link GivenGrants}, and below it, by id, DELETE to end one now. */
  grants: '/v1/operator/grants',
  /** PUT a {@link PutExam} whose exam has a course, GET {@link ListedCourses}. */
  courses: '/v1/operator/courses',
  /** POST a {@link CourseWish}: who is to study, or no longer. */
  studies: '/v1/operator/studies',
  /** GET {@link ListedMedia}, and below it, by hash, PUT the bytes as they are. Before the course that shows them. */
  media: '/v1/operator/media',
  /** POST a {@link HomeWish}: a personal invitation to learn at home ({@link HomeInvitation}). GET {@link HomeAccessList}. */
  home: '/v1/operator/home',
  /** POST a {@link HomeWish}: whoever has this number is signed out, and no invitation of theirs works any more. */
  homeEnd: '/v1/operator/home/end',
  /** GET {@link Statements}: what was studied, as xAPI. */
  statements: '/v1/operator/statements',
  /** GET {@link SeenHeads}: lines of the ledgers of the firm's stations as they were seen. */
  heads: '/v1/operator/heads',
  /**
   * GET `Beginnings`: exams that began and came to no record, or began against what the center knew. POST a `ReleaseWish`. Both
   * are in `beginnings.ts`.
   */
  beginnings: '/v1/operator/beginnings',
  /**
   * GET `Disputes`: records that do not fit what the center knows, and what else stations sent that fits nothing. POST a
   * `SettleWish`: somebody decides on such a record. Both are in `disputes.ts`.
   */
  disputes: '/v1/operator/disputes',
  /** POST a `RevealWish`, the reply is a `RevealReply`: forms are drawn again by a series that a station reveals. */
  series: '/v1/operator/series',
  /**
   * GET a `CertificateList` by a `CertificateWish`; below it, by number, a `OneCertificate`, `/certificate.json` and
   * `/certificate.pdf`; POST `/revoke` a `CertificateRevocationWish`. These and those below are in `certificates.ts`.
   */
  certificates: '/v1/operator/certificates',
  /** GET `CertificateTerms`, PUT a `CertificateTerm`. */
  certificateTerms: '/v1/operator/certificate-terms',
} as const;
/** GET a `Bank`, with its keys. */
export const operatorBankPath = (id: string): string => `/v1/operator/banks/${encodeURIComponent(id)}`;
export const PutExam = z.object({ exam: Exam, bank: Bank });
export type PutExam = z.infer<typeof PutExam>;
export const PutProctor = z
  .object({
    id: ProctorId,
    name: z.string().min(1).max(100),
    /** Older programs name one; it is refused (`pin-by-proctor`): proctors set their own, with a {@link SetPinWish}. */
    pin: TypedPin.optional(),
    /** `null` takes away the card that stands in for the PIN; proctors register their own. */
    badge: TypedIdNumber.nullable().optional(),
    role: ProctorRole.optional(),
  })
  .readonly();
export type PutProctor = z.infer<typeof PutProctor>;

/** A one-time code for a proctor, told here and nowhere else. */
export const Invitation = z
  .object({ id: ProctorId, number: ProctorNumber, code: z.string(), expiresAt: Instant })
  .readonly();
export type Invitation = z.infer<typeof Invitation>;
/** What became of a {@link PutProctor}; whoever has no PIN yet is invited. */
export const PutProctorReply = z.object({ ok: z.literal(true), invitation: Invitation.optional() });
export type PutProctorReply = z.infer<typeof PutProctorReply>;

/** POST: what a proctor says to set their PIN. No token: the code is theirs alone. */
export const setPinPath = '/v1/pin';
export const SetPinWish = z
  .object({
    /** Their name or their number. */
    proctor: z.string().trim().min(1).max(100),
    code: z.string().min(8).max(40),
    /** Digits of their own choice, which they will type behind their number. */
    pin: OwnDigits,
    /** Number on a card that is to stand in for it. */
    badge: TypedIdNumber.optional(),
  })
  .readonly();
export type SetPinWish = z.infer<typeof SetPinWish>;
export const PinSet = z.object({ name: z.string(), number: ProctorNumber }).readonly();
export type PinSet = z.infer<typeof PinSet>;

export const FirmName = z.string().trim().min(1).max(100);
export const FirmWish = z.object({ name: FirmName }).readonly();
export type FirmWish = z.infer<typeof FirmWish>;
export const NamedFirm = z.object({ id: TenantId, name: z.string() }).readonly();
export type NamedFirm = z.infer<typeof NamedFirm>;

/** Another token of the firm: each person and each program has one of its own. */
export const TokenWish = z
  .object({ name: z.string().trim().min(1).max(100), expiresAt: AskedInstant.optional() })
  .readonly();
export type TokenWish = z.infer<typeof TokenWish>;
/** The token is told here and nowhere else. */
export const NewToken = z.object({ id: TokenId, token: z.string() }).readonly();
export type NewToken = z.infer<typeof NewToken>;
export const ListedToken = z
  .object({
    id: TokenId,
    name: z.string(),
    createdAt: Instant,
    expiresAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    /** Whoever logged in and made it: it works no longer than they keep the firm. A center from before says nothing of it. */
    madeBy: AccountId.nullish(),
  })
  .readonly();
export type ListedToken = z.infer<typeof ListedToken>;
export const TokenList = z.object({ tokens: z.array(ListedToken).readonly() });
export type TokenList = z.infer<typeof TokenList>;

/** Somebody who is signed in at the pages of the firm. */
const ListedPageSession = z
  .object({ id: PageSessionId, token: TokenId, address: z.string(), createdAt: Instant, expiresAt: Instant })
  .readonly();
export type ListedPageSession = z.infer<typeof ListedPageSession>;

/** Seats for everybody who has an exam and no seat yet, drawn at random in a room of so many rows and columns. */
export const SeatWish = z
  .object({
    examId: ExamId,
    rows: z.int().min(1).max(100),
    columns: z.int().min(1).max(100),
    /** For everybody: what was drawn before counts no more. */
    again: z.boolean().optional(),
  })
  .readonly();
export type SeatWish = z.infer<typeof SeatWish>;
export const DrawnSeats = z.object({
  /** How many were drawn now; the others were before. */
  drawn: z.int(),
  seats: z.array(z.object({ candidateId: CandidateId, name: z.string(), seat: SeatLabel }).readonly()).readonly(),
});
export type DrawnSeats = z.infer<typeof DrawnSeats>;

/** Of the proctor whose word it is: an operator's token alone speaks for nobody. */
const Whose = z.string().trim().min(1).max(100);

/** A code with which candidates unlock an exam, from when until when. */
export const UnlockWindowWish = z
  .object({ examId: ExamId, proctor: Whose.optional(), pin: TypedPin, opensAt: AskedInstant, closesAt: AskedInstant })
  .readonly()
  .refine(({ opensAt, closesAt }) => opensAt < closesAt, { error: 'it would never open' });
export type UnlockWindowWish = z.infer<typeof UnlockWindowWish>;
export const UnlockWindowReply = z.object({ id: UnlockWindowId, code: z.string() });
export type UnlockWindowReply = z.infer<typeof UnlockWindowReply>;

const ENDING = ['hand-in', 'terminate'] as const;

/** Something to be done at one station, or at every station where this exam is sat. */
export const CommandWish = z
  .object({
    examId: ExamId,
    stationId: StationId.optional(),
    /** Of the candidate it is for. */
    number: TypedIdNumber.optional(),
    /** Whose PIN it is: id, number or name. Without it, whose number the PIN begins with. */
    proctor: Whose.optional(),
    pin: TypedPin,
    /** Of another proctor, where the exam asks for two. */
    secondProctor: Whose.optional(),
    secondPin: TypedPin.optional(),
    action: RemoteAction,
    /** How long it may be obeyed. */
    seconds: z.int().min(10).max(3_600),
    /** What ends exams is for somebody, unless it is said that it is for everybody. */
    everybody: z.boolean().optional(),
  })
  .readonly()
  .refine(
    ({ action, stationId, number, everybody }) =>
      !ENDING.some((kind) => kind === action.kind) || stationId || number || everybody,
    { error: 'for whom? name a candidate or a station, or everybody' },
  );
export type CommandWish = z.infer<typeof CommandWish>;
export const CommandReply = z.object({
  commands: z.array(z.object({ id: CommandId, stationId: StationId, station: z.string() }).readonly()).readonly(),
});
export type CommandReply = z.infer<typeof CommandReply>;
/** No outcome yet: the station has not answered. */
export const CommandState = z.object({ outcome: CommandOutcome.nullable() });

/** That another firm may use stations of this one: a grant for each. */
export const GrantWish = z
  .object({
    /** The other firm. */
    tenantId: TenantId,
    stations: z.union([z.literal('all'), z.array(StationId).min(1).max(1_000).readonly()]),
    exams: Grant.unwrap().shape.exams,
    from: AskedInstant,
    until: AskedInstant,
  })
  .readonly()
  .refine(({ from, until }) => from < until, { error: 'it would never run' });
export type GrantWish = z.infer<typeof GrantWish>;
/** One for each station, in their order. */
export const GrantReply = z.object({ ids: z.array(GrantId).readonly() });

const Named = <I extends z.ZodType>(id: I) => z.object({ id, name: z.string() }).readonly();
export const ListedGrant = z
  .object({
    id: GrantId,
    station: Named(StationId),
    /** Whose station it is. */
    owner: Named(TenantId),
    /** Who may use it. */
    tenant: Named(TenantId),
    exams: Grant.unwrap().shape.exams,
    from: Instant,
    /** Or when its owner ended it, if that was sooner. */
    until: Instant,
    ended: z.boolean(),
  })
  .readonly();
export type ListedGrant = z.infer<typeof ListedGrant>;
/** Those a firm gave and those it was given. */
export const GivenGrants = z.object({ grants: z.array(ListedGrant).readonly() });
export type GivenGrants = z.infer<typeof GivenGrants>;

/** A note is for the firm alone; the cause is in the log. */
export const RevocationWish = z
  .object({ cause: RevocationCause, note: z.string().trim().max(500).optional() })
  .readonly();
export type RevocationWish = z.infer<typeof RevocationWish>;
/** JWS `exam-station/revocation`. */
export const RevocationReply = z.object({ revocation: z.string().max(4_096) });
export type RevocationReply = z.infer<typeof RevocationReply>;

export const RevokedStation = Revocation.unwrap()
  .pick({ at: true, cause: true })
  .extend({
    note: z.string(),
    /** How often something was signed with its key after that, and the first of those requests: JWS `exam-station/request`. */
    refused: z.int(),
    requests: z.array(z.string()).readonly(),
  })
  .readonly();
export type RevokedStation = z.infer<typeof RevokedStation>;
/** Which key a station has, how many it had before, and since when its operator wishes another. */
const ListedKey = z
  .object({ keyId: z.string(), since: Instant, former: z.int(), wished: Instant.optional() })
  .readonly();
export const ListedStation = Named(StationId)
  .unwrap()
  .extend({ key: ListedKey.optional(), revoked: RevokedStation.optional() })
  .readonly();
export type ListedStation = z.infer<typeof ListedStation>;
/** Every station that ever enrolled. */
export const ListedStations = z.object({ stations: z.array(ListedStation).readonly() });
export type ListedStations = z.infer<typeof ListedStations>;

/** An exam as one file for one station; the reply is the file. */
export const PackageWish = z
  .object({ stationId: StationId, examId: ExamId, notBefore: AskedInstant, notAfter: AskedInstant })
  .readonly()
  .refine(({ notBefore, notAfter }) => notBefore < notAfter, { error: 'it would never open' });
export type PackageWish = z.infer<typeof PackageWish>;
export const PictureReply = z.object({ hash: Sha256 });
/** How long it works: a day where nothing is said. */
export const CodeWish = z.object({ days: z.int().min(1).max(30).optional() }).readonly();
export const CodeReply = z.object({ code: z.string() });

/** Who is meant: all of the roster, whoever has these numbers, or whoever is named by these posts, sectors or categories. */
const Whom = z.discriminatedUnion('by', [
  z.object({ by: z.literal('all') }).readonly(),
  z.object({ by: z.literal('numbers'), numbers: z.array(TypedIdNumber).min(1).max(100_000).readonly() }).readonly(),
  z.object({ by: z.literal('audience'), audience: Audience }).readonly(),
]);
export type Whom = z.infer<typeof Whom>;
export const CourseWish = z
  .object({
    examId: ExamId,
    whom: Whom,
    /** They are to study it no longer; what they have studied stays. */
    end: z.boolean().optional(),
  })
  .readonly();
export type CourseWish = z.infer<typeof CourseWish>;
export const CourseReply = z.object({
  /** How many it was given to now, or taken from. */
  changed: z.int(),
  /** How many have it now. */
  assigned: z.int(),
  /** Numbers that are on nobody of the roster. */
  unknown: z.array(z.string()).readonly(),
});
export type CourseReply = z.infer<typeof CourseReply>;

/** How many people: those who are to study, who have any credited time, and who are through. */
export const Participation = z.object({ assigned: z.int(), begun: z.int(), completed: z.int() }).readonly();
export type Participation = z.infer<typeof Participation>;
/** How many of those who are to study have begun at home, and are through there. Nobody has seen it: it counts nowhere else. */
export const AtHome = z.object({ begun: z.int(), completed: z.int() }).readonly();
export type AtHome = z.infer<typeof AtHome>;
export const ListedCourse = z
  .object({
    examId: ExamId,
    title: Localized,
    lessons: z.int(),
    /** Of presence that it asks for. */
    seconds: z.int(),
    audience: Audience.optional(),
    putAt: Instant,
    people: Participation,
    /** Only of a course that may be studied there. */
    atHome: AtHome.optional(),
  })
  .readonly();
export type ListedCourse = z.infer<typeof ListedCourse>;
export const ListedCourses = z.object({
  courses: z.array(ListedCourse).readonly(),
  /** Of all courses together: begun has who began any of theirs, completed who is through with all of theirs. */
  people: Participation,
});
export type ListedCourses = z.infer<typeof ListedCourses>;
/** What there is to name in commands. */
export const Overview = z.object({
  /** What is sat. */
  exams: z.array(z.object({ id: ExamId, title: Localized, mode: ExamMode }).readonly()).readonly(),
  stations: z.array(z.object({ id: StationId, name: z.string() }).readonly()).readonly(),
  proctors: z
    .array(
      z
        .object({
          ...{ id: ProctorId, name: z.string(), role: ProctorRole, badge: z.boolean() },
          /** A center of before deals none. */
          number: ProctorNumber.nullable().optional(),
          /** Whether they have set a PIN. */
          pin: z.boolean().optional(),
        })
        .readonly(),
    )
    .readonly(),
  /** A center of before says nothing of it. */
  learning: ListedCourses.optional(),
});
export type Overview = z.infer<typeof Overview>;

/** Of whom: by the number, which stands in no address and no log. */
export const HomeWish = z.object({ number: TypedIdNumber }).readonly();
export type HomeWish = z.infer<typeof HomeWish>;
/** Works once, until then. */
export const HomeInvitation = z
  .object({ name: z.string(), path: z.string().startsWith('/home/'), expiresAt: Instant })
  .readonly();
export type HomeInvitation = z.infer<typeof HomeInvitation>;
export const HomeAccess = z
  .object({
    name: z.string(),
    number: z.string(),
    /** An invitation that nobody has used yet. */
    invitedUntil: Instant.optional(),
    /** On how many devices they are signed in. */
    devices: z.int(),
    /** When they were last there. */
    seenAt: Instant.optional(),
  })
  .readonly();
export type HomeAccess = z.infer<typeof HomeAccess>;
/** Whoever is invited or signed in. */
export const HomeAccessList = z.object({ people: z.array(HomeAccess).readonly() });
export type HomeAccessList = z.infer<typeof HomeAccessList>;

export const ListedMedia = z.object({ media: z.array(Media).readonly() });
export type ListedMedia = z.infer<typeof ListedMedia>;

/** Which statements, and what they may say. */
export const StatementsWish = z
  .object({
    /** Address under which accounts and courses are named: the center's, as its operators know it. */
    home: z.url({ protocol: /^https?$/ }).max(500),
    /** Whether people are named. Without it an account is all that is said of anybody. */
    names: z.enum(['true', 'false']).optional(),
    /** Those after this place in the center's log. */
    after: z.coerce.number().int().min(-1).max(Number.MAX_SAFE_INTEGER).optional(),
  })
  .readonly();
export type StatementsWish = z.infer<typeof StatementsWish>;
export const Statements = z.object({
  /** In the order in which they were logged; of one sitting, in the order in which they happened. */
  statements: z.array(z.record(z.string(), z.json())).readonly(),
  /** Where to go on; none where these were the last. */
  next: z.int().nullable(),
});
export type Statements = z.infer<typeof Statements>;

/** For `exam-station ledger --against`. `reported`: it was the last line at that time. */
export const SeenHeads = z.object({
  heads: z
    .array(z.object({ stationId: StationId, ...LedgerHead.unwrap().shape, reported: z.boolean(), seenAt: Instant }))
    .readonly(),
});
export type SeenHeads = z.infer<typeof SeenHeads>;
