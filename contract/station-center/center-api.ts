import { z } from 'zod';
import { MOST_EVIDENCE_BYTES, MOST_PICTURES } from '../records/evidence.ts';
import { ExtraMinutes, OtherArrangements } from '../words/arrangements.ts';
import { Exam } from '../words/exam.ts';
import {
  CandidateId,
  ExamId,
  GrantId,
  Instant,
  ProctorId,
  Sha256,
  SittingId,
  StationId,
  TenantId,
  TurnId,
} from '../words/ids.ts';
import { PublicKey } from '../words/keys.ts';
import { CourseProgress } from '../words/learning.ts';
import { PictureOf } from '../words/picture-of.ts';
import { ProctorNumber } from '../words/proctor-pins.ts';
import { AssignedUnlockWindow, CommandOutcome } from '../words/proctoring.ts';
import { Readiness } from '../words/readiness.ts';
import { ReasonCode } from '../words/reasons.ts';
import { SeatLabel } from '../words/seat-label.ts';

/**
 * Station <-> center over HTTP, JSON both ways. After enrolment every request carries
 * `Authorization: ExamStation <JWS exam-station/request>` over a {@link RequestStatement}.
 */
export const paths = {
  health: '/v1/health',
  enrol: '/v1/stations',
  /** That a station signs with another key: a {@link RotationRequest}. An older center has no such thing. */
  rotation: '/v1/stations/key',
  assignment: '/v1/assignment',
  /** Grants of the station that asks which are not over: a {@link StationGrants}. */
  grants: '/v1/grants',
  bank: (id: string) => `/v1/banks/${encodeURIComponent(id)}`,
  picture: (hash: string) => `/v1/pictures/${encodeURIComponent(hash)}`,
  photo: (hash: string) => `/v1/photos/${encodeURIComponent(hash)}`,
  /** Bytes of a film or a document of a course; a part of them where `Range` asks for one. */
  media: (hash: string) => `/v1/media/${encodeURIComponent(hash)}`,
  batches: '/v1/batches',
  /** What waits for the station that asks: a {@link Mail}. */
  mail: '/v1/mail',
  /** A {@link PutRescue}. */
  rescues: '/v1/rescues',
  /** Bytes of a rescue file, by hash. */
  rescue: (hash: string) => `/v1/rescues/${encodeURIComponent(hash)}`,
  /** That a sitting which was moved goes on at the station that asks: a {@link Claim}. */
  claims: '/v1/claims',
  /** That somebody begins an exam at the station that asks: a {@link Beginning}. An older center has no such thing. */
  beginnings: '/v1/beginnings',
  /** What became of a command: a {@link CommandReport}. */
  outcome: (id: string) => `/v1/outcomes/${encodeURIComponent(id)}`,
  /** What becomes of a wish for pictures: an {@link EvidenceAnswer}. */
  evidence: (id: string) => `/v1/evidence/${encodeURIComponent(id)}`,
  /** How ready the station that asks is: a {@link StationReport}. The newest one counts. */
  readiness: '/v1/readiness',
  /** What time it is, for a question: a {@link TimeQuestion}. */
  time: '/v1/time',
} as const;

/** The same for the firm that has this grant, of whom the station then sees what the grant covers; its own without one. */
export const under = (path: string, grant: GrantId | undefined): string => (grant ? `${path}?grant=${grant}` : path);

/** JWS `exam-station/grant`, newest first. */
export const StationGrants = z.object({ grants: z.array(z.string().max(16_384)).max(10_000).readonly() });
export type StationGrants = z.infer<typeof StationGrants>;

/** What the center knows of an exam that was moved: while it is not over, whoever sat it begins nowhere anew. */
export const KnownMove = z
  .object({
    sittingId: SittingId,
    candidateId: CandidateId,
    examId: ExamId,
    to: StationId,
    /** Where it goes on, or went on; nowhere else then. */
    begunBy: StationId.optional(),
    /** Whether a record has ended it, or the operator has released whoever sat it. */
    over: z.boolean(),
    /** It went on at two stations that could not hear of each other. */
    twice: z.boolean().optional(),
  })
  .readonly();
export type KnownMove = z.infer<typeof KnownMove>;

export const Mail = z.object({
  /** Rescue files for this station, oldest first. */
  rescues: z.array(Sha256).readonly(),
  /** JWS `exam-station/command`, oldest first. */
  commands: z.array(z.string().max(16_384)).readonly(),
  /** Exams of the firm that were moved in the last day. */
  moves: z.array(KnownMove).readonly(),
  /** Each an `EvidenceMail`, of whichever firm the sitting is; none from a center of before. */
  evidence: z.array(z.unknown()).max(10_000).readonly().optional(),
  /** The center's time: a station's clock may be minutes off. */
  at: Instant,
});
export type Mail = z.infer<typeof Mail>;

/** A sitting that goes on at another station. */
export const PutRescue = z.object({
  to: StationId,
  sittingId: SittingId,
  candidateId: CandidateId,
  examId: ExamId,
  file: z.base64().max(24_000_000),
});
export type PutRescue = z.infer<typeof PutRescue>;

/** Where `begun` is false, it is only about to: that counts for a minute. */
export const Claim = z.object({ sittingId: SittingId, begun: z.boolean().optional() });
export type Claim = z.infer<typeof Claim>;
/** The station that said so first: there it goes on. */
export const ClaimReply = z.object({ begunBy: StationId });
export type ClaimReply = z.infer<typeof ClaimReply>;

/**
 * `asking`: about to begin, which holds for a minute. `begun`: it has, whatever the center makes of that; said again while it
 * runs. `over`: it was handed in, or has left.
 */
export const Beginning = z.object({
  sittingId: SittingId,
  candidateId: CandidateId,
  examId: ExamId,
  state: z.enum(['asking', 'begun', 'over']),
});
export type Beginning = z.infer<typeof Beginning>;

export const BeginningReply = z.discriminatedUnion('answer', [
  /** @property at when the center counted it, by its own clock */
  z.object({ answer: z.literal('granted'), at: Instant }).readonly(),
  /** Somebody sits at another station already, called so, since then. */
  z
    .object({ answer: z.literal('sits-elsewhere'), at: Instant, station: z.string().max(200), since: Instant })
    .readonly(),
  z.object({ answer: z.literal('attempts-used'), at: Instant, used: z.int(), of: z.int() }).readonly(),
  /** The center takes no more of this station's word for now: as where it cannot be asked. */
  z.object({ answer: z.literal('unheard'), at: Instant }).readonly(),
]);
export type BeginningReply = z.infer<typeof BeginningReply>;

/**
 * `refused`: nothing of it is done. `list`: which pictures there are, before the first of them comes. `picture`: one, sealed to the
 * key that the wish names; the first that came is kept. `erased`: one whose time is over.
 */
export const EvidenceAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('refused'), reason: ReasonCode }),
  z.object({
    kind: z.literal('list'),
    pictures: z
      .array(z.object({ of: PictureOf, picture: Sha256 }).readonly())
      .max(MOST_PICTURES)
      .readonly(),
  }),
  z.object({ kind: z.literal('picture'), of: PictureOf, file: z.base64().max(MOST_EVIDENCE_BYTES * 1.4) }),
  z.object({ kind: z.literal('erased'), of: PictureOf }),
]);
export type EvidenceAnswer = z.infer<typeof EvidenceAnswer>;

export const CommandReport = z.object({ outcome: CommandOutcome });
export type CommandReport = z.infer<typeof CommandReport>;

/** A photo of the roster that faces cannot be compared with, and all that is wrong with it. */
export const RefusedPhoto = z
  .object({ candidateId: CandidateId, photo: Sha256, reasons: z.array(ReasonCode).min(1).max(20).readonly() })
  .readonly();
export type RefusedPhoto = z.infer<typeof RefusedPhoto>;

/** As many as one report may name: whoever mends the first hears of the next. */
export const MAX_REFUSED_PHOTOS = 1_000;

/** A line of a station's ledger by its hash, and thereby all before it. */
export const LedgerHead = z.object({ sequence: z.int().min(0), head: Sha256 }).readonly();
export type LedgerHead = z.infer<typeof LedgerHead>;

/** As many lines as a center asks of one station at a time. */
export const MAX_ASKED_LINES = 16;

/** The last line of a station's ledger, and the lines that the center asked for, as they stand there now. */
export const LedgerReport = LedgerHead.unwrap()
  .extend({ asked: z.array(LedgerHead).max(MAX_ASKED_LINES).readonly().optional() })
  .readonly();
export type LedgerReport = z.infer<typeof LedgerReport>;

const RefusedPhotos = z.array(RefusedPhoto).max(MAX_REFUSED_PHOTOS).readonly();
/** That a program resolves keys which the root of the center gave it: one word of what a station says it `knows`. */
export const KNOWS_CENTER_KEYS = 'center-keys';
/** That it seals pictures for inspectors. */
export const KNOWS_EVIDENCE = 'evidence';

/** Those of a firm that uses the station by a grant. */
const GuestPhotos = z.object({ grant: GrantId, refusedPhotos: RefusedPhotos }).readonly();

/**
 * How ready a station is, and which photos somebody should take again: of the firm it belongs to, and of each firm that uses it
 * now, with none where none are left.
 */
export const StationReport = Readiness.unwrap()
  .extend({
    refusedPhotos: RefusedPhotos.optional(),
    guests: z.array(GuestPhotos).max(1_000).readonly().optional(),
    ledger: LedgerReport.optional(),
    /** What its program can that those of before could not. */
    knows: z.array(z.string().max(40)).max(100).readonly().optional(),
  })
  .readonly();
export type StationReport = z.infer<typeof StationReport>;

/** Which lines of its ledger the station is to say with its next report: those that the center has seen. */
export const StationReportReply = z.object({
  ok: z.literal(true),
  lines: z.array(z.int().min(1)).max(MAX_ASKED_LINES).readonly().optional(),
});
export type StationReportReply = z.infer<typeof StationReportReply>;

/** Anything that nobody asked with before. */
export const TimeQuestion = z.object({ nonce: Sha256 });
export type TimeQuestion = z.infer<typeof TimeQuestion>;
/** JWS `exam-station/time`. */
export const TimeReply = z.object({ token: z.string().max(4_096) });
export type TimeReply = z.infer<typeof TimeReply>;

export const AUTH_SCHEME = 'ExamStation';

export const RequestStatement = z
  .object({
    stationId: StationId,
    method: z.string(),
    /** The request target as sent, query included. */ path: z.string(),
    bodyHash: Sha256,
    at: Instant,
  })
  .readonly();
export type RequestStatement = z.infer<typeof RequestStatement>;

/** What somebody picks who wants to know a center by its key: 32 random bytes. */
export const Challenge = z.base64url().length(43);
export const healthFor = (challenge: string): string => `${paths.health}?challenge=${challenge}`;

/** What a center signs of a challenge, so that a station knows whom it tells its code. JWS `exam-station/center`. */
export const CenterStatement = z.object({
  challenge: Challenge,
  /** SHA-256 of the certificates (DER) that the center itself shows at its TLS port; nothing where it has none, or is older. */
  certificates: z.array(Sha256).max(8).readonly().optional(),
});
export type CenterStatement = z.infer<typeof CenterStatement>;

export const Health = z.object({
  ok: z.literal(true),
  version: z.string(),
  /** Its root, which is published. */
  centerKey: PublicKey,
  /** When the key that it signs with ends, or ended, where somebody has to bring the root for another one. */
  issuingKeyEnds: Instant.optional(),
  /** Where a challenge was given. */
  proof: z.string().max(4_096).optional(),
});
export type Health = z.infer<typeof Health>;

/** That whoever has this key enrols it with this code: nobody else's key, and at no other center where its key was given. */
export const EnrolmentStatement = z
  .strictObject({ codeHash: Sha256, publicKey: PublicKey, centerKey: PublicKey.optional() })
  .readonly();
export type EnrolmentStatement = z.infer<typeof EnrolmentStatement>;

export const EnrolRequest = z.object({
  code: z.string().trim().min(6).max(64),
  publicKey: PublicKey,
  name: z.string().min(1).max(100),
  /** JWS `exam-station/enrolment` by that very key, over an {@link EnrolmentStatement}. Stations of before sent none. */
  proof: z.string().max(4_096).optional(),
});
export type EnrolRequest = z.infer<typeof EnrolRequest>;

export const EnrolReply = z.object({
  stationId: StationId,
  tenantId: TenantId,
  certificate: z.string(),
  centerKey: PublicKey,
});
export type EnrolReply = z.infer<typeof EnrolReply>;

/** That a station signs with the key `to` from now on, and with `from` nothing more. */
export const RotationStatement = z
  .strictObject({
    format: z.literal('exam-station/rotation@1'),
    stationId: StationId,
    from: PublicKey,
    to: PublicKey,
    /** Of the center that it is for. */
    centerKey: PublicKey,
    at: Instant,
  })
  .readonly();
export type RotationStatement = z.infer<typeof RotationStatement>;

/** One {@link RotationStatement}, as two JWS `exam-station/rotation`. Answered as an enrolment is, with the new certificate. */
export const RotationRequest = z.object({
  /** By the key that ends: that this station wishes it. */
  byFormer: z.string().max(4_096),
  /** By the key that begins: that whoever wishes it has that key. */
  byNext: z.string().max(4_096),
});
export type RotationRequest = z.infer<typeof RotationRequest>;

/** Each is compared with at every look, and each is one more chance for a stranger. */
export const MAX_PHOTOS = 5;

export const AssignedCandidate = z
  .object({
    id: CandidateId,
    name: z.string().min(1).max(100),
    /** An `IdNumber`: 18 digits and letters, or another document's. */
    number: z.string().min(1).max(60),
    /** Reference photos: a second one, with glasses or years later, tells a person better than one. */
    photos: z.array(Sha256).max(MAX_PHOTOS).readonly(),
    examId: ExamId,
    attemptsUsed: z.int().min(0),
    /** Where this candidate sits, where seats were drawn. */
    seat: SeatLabel.optional(),
    /** More time than the exam gives: for who reads slowly, or cannot use a screen as others do. */
    extraMinutes: ExtraMinutes.optional(),
    /** What else is registered for them. */
    arrangements: OtherArrangements.optional(),
    /** Turns of this room that they are signed up for and that are not over. A slip of another turn admits nobody here. */
    turns: z.array(TurnId).max(50).readonly().optional(),
    /** What they are to study besides: exams of the mode `learning`. */
    courses: z.array(ExamId).max(200).readonly().optional(),
    /** How far they have come with that, by the records that the center has. */
    progress: z.array(CourseProgress).max(200).readonly().optional(),
  })
  .readonly();
export type AssignedCandidate = z.infer<typeof AssignedCandidate>;

/** A chief lifts what wrong PINs locked. */
export const ProctorRole = z.enum(['proctor', 'chief', 'administrator']);
export type ProctorRole = z.infer<typeof ProctorRole>;

export const AssignedProctor = z
  .object({
    id: ProctorId,
    name: z.string(),
    /** argon2id, PHC string */
    pinHash: z.string().startsWith('$argon2id$'),
    /** argon2id of the number on the card that stands in for the PIN, where one does. */
    badgeHash: z.string().startsWith('$argon2id$').optional(),
    /** A few bits of that number: which cards it cannot be (`badgeTagOf`). */
    badgeTag: z.int().min(0).max(255).optional(),
    /** What their PIN begins with; none of a PIN from before there were numbers. */
    number: ProctorNumber.optional(),
    /** Where nothing is said: proctor. */
    role: ProctorRole.optional(),
  })
  .readonly();
export type AssignedProctor = z.infer<typeof AssignedProctor>;

/** Another station that the firm may use: where a sitting may be moved to. */
export const AssignedStation = z.object({ id: StationId, name: z.string(), publicKey: PublicKey }).readonly();
export type AssignedStation = z.infer<typeof AssignedStation>;

/**
 * Those of a list that this program can read. What a newer center says of one exam or one proctor must keep the others from
 * nobody; the one itself is not there, so that nobody sits or decides by half of what was meant.
 */
const readable = <S extends z.ZodType>(each: S) =>
  z
    .array(z.unknown())
    .transform((all) => all.map((one) => each.safeParse(one)).flatMap(({ success, data }) => (success ? [data] : [])))
    .readonly();

/** All a station needs to run without the center. */
export const Assignment = z
  .object({
    tenant: z.object({ id: TenantId, name: z.string() }).readonly(),
    issuedAt: Instant,
    exams: readable(Exam),
    /** The exam a visitor may try; none where the tenant allows no visitors. */
    visitorExamId: ExamId.nullable(),
    candidates: readable(AssignedCandidate),
    /**
     * Candidates by the numbers of documents that stations before 2026-12 cannot read: those would refuse the whole assignment for
     * one of them, and see none of these.
     */
    otherDocuments: readable(AssignedCandidate).optional(),
    proctors: readable(AssignedProctor),
    stations: z.array(AssignedStation).readonly().optional(),
    sessions: z.array(AssignedUnlockWindow).readonly().optional(),
    /** The station changes its key where that was certified before this moment. Only of whose station it is. */
    freshKeySince: Instant.optional(),
  })
  .readonly();
export type Assignment = z.infer<typeof Assignment>;

/** Everybody on it, by whatever document. */
export const everybodyOn = ({ candidates, otherDocuments = [] }: Assignment): readonly AssignedCandidate[] => [
  ...candidates,
  ...otherDocuments,
];

/**
 * An {@link Assignment} as text, and a JWS `exam-station/assignment` over an {@link AssignmentStatement}. The hash is of the
 * text as it is: a station that does not know a new field yet can still tell that nothing was changed.
 */
export const SignedAssignment = z.object({ assignment: z.string(), signature: z.string() });
export type SignedAssignment = z.infer<typeof SignedAssignment>;
/** Of a text, or, with `unchangedAt`, of a revision (`proof/assignment-revision.ts`) that is what there is to say at that moment. */
export const AssignmentStatement = z.object({ hash: Sha256, stationId: StationId, unchangedAt: Instant.optional() });
export type AssignmentStatement = z.infer<typeof AssignmentStatement>;
/**
 * Header of a 304 to a station that named the revision it has (`If-None-Match`): JWS `exam-station/assignment` over an
 * {@link AssignmentStatement} with `unchangedAt`. A center of before, or a station of before, knows of no revisions: all of it is
 * sent.
 */
export const UNCHANGED = 'exam-unchanged';
