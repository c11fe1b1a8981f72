import { createReadStream, statSync } from 'node:fs';
import { z } from 'zod';
import { AuditExport } from '../contract/people-center/audit.ts';
import { BankVersion, BankVersions, type ExamMove } from '../contract/people-center/bank-versions.ts';
import { Beginnings, type ReleaseWish } from '../contract/people-center/beginnings.ts';
import {
  type ArrangementWish,
  CandidateList,
  type LeaveWish,
  type ListedCandidate,
  type Membership,
  Memberships,
  type NamedPhoto,
  NamedPhotoReply,
  type NumberCorrection,
  type PutCandidate,
  PutCandidateReply,
} from '../contract/people-center/candidates.ts';
import { Disputes, RevealReply, type RevealWish, type SettleWish } from '../contract/people-center/disputes.ts';
import {
  CodeReply,
  CommandReply,
  CommandState,
  type CommandWish,
  CourseReply,
  type CourseWish,
  DrawnSeats,
  type FirmWish,
  GivenGrants,
  GrantReply,
  type GrantWish,
  HomeAccessList,
  HomeInvitation,
  Invitation,
  ListedCourses,
  type ListedGrant,
  ListedMedia,
  ListedStations,
  NamedFirm,
  NewToken,
  Overview,
  operatorBankPath,
  operatorPaths,
  type PackageWish,
  PinSet,
  type PutExam,
  type PutProctor,
  PutProctorReply,
  RevocationReply,
  type RevocationWish,
  type SeatWish,
  SeenHeads,
  type SetPinWish,
  Statements,
  setPinPath,
  TokenList,
  type TokenWish,
  UnlockWindowReply,
  type UnlockWindowWish,
} from '../contract/people-center/operator-api.ts';
import { RosterProgress, RosterReport } from '../contract/people-center/roster-import.ts';
import { type ToldFile, type ToldReport, toldResultEndpoints } from '../contract/platform/told-results.ts';
import type {
  BankId,
  CandidateId,
  CommandId,
  GrantId,
  ProctorId,
  Sha256,
  StationId,
  TokenId,
} from '../contract/words/ids.ts';
import { Bank } from '../contract/words/items.ts';
import type { CommandOutcome } from '../contract/words/proctoring.ts';
import { ReasonCode, Refusal, refusalOf } from '../contract/words/reasons.ts';
import { lineTo } from './center-line.ts';

/** What an operator does in the center from the command line. */
export type Operator = {
  /** Pictures go before the exam that shows them. */
  putPicture(bytes: Uint8Array): Promise<void>;
  putExam(exam: PutExam): Promise<void>;
  bankVersions(): Promise<BankVersions['exams']>;
  /** A version whole, with the exams that drew from it. */
  bankVersion(id: BankId): Promise<BankVersion>;
  moveExam(move: ExamMove): Promise<void>;
  /** Exams, stations and proctors, by their ids. */
  overview(): Promise<Overview>;
  /** @returns under which id they are on the roster, and how many photos nobody looked at; a center of before says neither */
  putCandidate(
    candidate: PutCandidate,
  ): Promise<{ readonly id?: CandidateId | undefined; readonly notLookedAt?: number | undefined }>;
  /** Somebody on the roster was there under a wrong number. */
  correctNumber(wish: NumberCorrection): Promise<CandidateId>;
  listCandidates(): Promise<readonly ListedCandidate[]>;
  /** Takes somebody off the roster. */
  leave(wish: LeaveWish): Promise<void>;
  /** A roster as a workbook or CSV: looked at, or with a plan that was seen taken over. */
  importRoster(bytes: Uint8Array, apply?: Sha256): Promise<RosterReport>;
  rosterProgress(): Promise<RosterProgress>;
  /** A photo whose file says whose it is. */
  addNamedPhoto(photo: NamedPhoto): Promise<NamedPhotoReply>;
  /** Who came when, and who left, and why. */
  memberships(): Promise<readonly Membership[]>;
  /** In place of all that was registered for them before. */
  arrangeCandidate(wish: ArrangementWish): Promise<void>;
  /** With a code for whoever has no PIN yet. */
  putProctor(proctor: PutProctor): Promise<PutProctorReply>;
  /** Takes a PIN away, and makes a code for another. */
  inviteProctor(id: ProctorId): Promise<Invitation>;
  /** What the firm is called from now on. */
  renameFirm(wish: FirmWish): Promise<NamedFirm>;
  addToken(wish: TokenWish): Promise<NewToken>;
  listTokens(): Promise<TokenList['tokens']>;
  endToken(id: TokenId): Promise<void>;
  exportAudit(): Promise<AuditExport>;
  drawSeats(wish: SeatWish): Promise<DrawnSeats>;
  addSession(wish: UnlockWindowWish): Promise<UnlockWindowReply>;
  giveCommand(wish: CommandWish): Promise<CommandReply>;
  /** What became of a command; `null` where the station has not answered. */
  outcomeOf(id: CommandId): Promise<CommandOutcome | null>;
  /** An exam as one file for one station. */
  makePackage(wish: PackageWish): Promise<Uint8Array>;
  /** One for each station, in their order. */
  giveGrants(wish: GrantWish): Promise<readonly GrantId[]>;
  /** Those the firm gave and those it was given. */
  listGrants(): Promise<readonly ListedGrant[]>;
  /** Nothing begins under it any more. */
  endGrant(id: GrantId): Promise<void>;
  /** All that ever enrolled. */
  listStations(): Promise<ListedStations['stations']>;
  /** It changes its signing key, once it hears so and nobody sits there. */
  rotateStation(id: StationId): Promise<void>;
  /** For good. @returns the first revocation of it */
  revokeStation(id: StationId, wish: RevocationWish): Promise<RevocationReply>;
  /** What does not fit of what stations sent, and what was decided on it. */
  listDisputes(): Promise<Disputes>;
  settleDispute(wish: SettleWish): Promise<void>;
  /** Exams that began and came to no record. */
  listBeginnings(): Promise<Beginnings>;
  /** Such an exam holds nobody any more. */
  releaseBeginning(wish: ReleaseWish): Promise<void>;
  /** Forms of a series that a station has revealed are drawn again. */
  revealSeries(wish: RevealWish): Promise<RevealReply>;
  /** A bank that the center has, with its keys. */
  bank(id: BankId): Promise<Bank>;
  /** Films and documents that are there. */
  listMedia(): Promise<ListedMedia['media']>;
  /** They go before the course that shows them; read from the disk as they are sent. */
  putMedia(hash: Sha256, path: string): Promise<void>;
  putCourse(course: PutExam): Promise<void>;
  listCourses(): Promise<ListedCourses>;
  /** Gives a course to people, or takes it from them. */
  giveCourse(wish: CourseWish): Promise<CourseReply>;
  /** A personal invitation to learn at home: shown once, works once. */
  inviteHome(number: string): Promise<HomeInvitation>;
  /** Signs them out everywhere; no invitation of theirs works any more. */
  endHome(number: string): Promise<void>;
  /** Whoever is invited or signed in at home. */
  listHome(): Promise<HomeAccessList['people']>;
  /** What was studied, as xAPI: one part of it after the other. */
  statements(names: boolean, after: number | undefined): Promise<Statements>;
  /** A one-time code with which one station enrols. */
  newCode(days?: number): Promise<string>;
  /** Lines of the ledgers of the firm's stations, as the center saw them. */
  heads(): Promise<SeenHeads['heads']>;
};

const Problem = z.object({ reason: ReasonCode, detail: z.string().optional() });

/** What the center refused to whoever types commands, or that it did not answer them. */
export class CenterRefusal extends Refusal {}

/** @throws CenterRefusal `center-down`, or the reason the center gave */
export function openOperator(center: string, token: string): Operator {
  const line = lineTo(center);
  const authorization = `Bearer ${token}`;
  const send = async (
    path: string,
    body?: unknown,
    method = body === undefined ? 'GET' : 'POST',
  ): Promise<Response> => {
    const raw = body instanceof Uint8Array;
    const type = { 'content-type': raw ? 'application/octet-stream' : 'application/json' };
    const headers = { ...(body === undefined ? {} : type), authorization };
    return mustBeOk(line.ask(path, { method, headers, body: raw || body === undefined ? body : JSON.stringify(body) }));
  };
  const post = async (path: string, body: unknown): Promise<unknown> =>
    (await send(path, body)).json().catch(() => undefined);
  return {
    putPicture: async (bytes) => void (await post(operatorPaths.pictures, bytes)),
    bankVersions: async () => BankVersions.parse(await (await send(operatorPaths.bankVersions)).json()).exams,
    bankVersion: async (id) => BankVersion.parse(await (await send(`${operatorPaths.bankVersions}/${id}`)).json()),
    moveExam: async (move) => void (await post(operatorPaths.bankVersions, move)),
    putExam: async (exam) => void (await post(operatorPaths.exams, exam)),
    overview: async () => Overview.parse(await (await send(operatorPaths.overview)).json()),
    putCandidate: async (candidate) =>
      PutCandidateReply.partial().parse(await post(operatorPaths.candidates, candidate)),
    correctNumber: async (wish) => PutCandidateReply.parse(await post(operatorPaths.candidateNumber, wish)).id,
    listCandidates: async () => CandidateList.parse(await (await send(operatorPaths.candidates)).json()).candidates,
    leave: async (wish) => void (await post(operatorPaths.leavings, wish)),
    importRoster: async (bytes, apply) =>
      RosterReport.parse(await post(`${operatorPaths.roster}${apply ? `?apply=${apply}` : ''}`, bytes)),
    addNamedPhoto: async (photo) => NamedPhotoReply.parse(await post(operatorPaths.rosterPhotos, photo)),
    rosterProgress: async () => RosterProgress.parse(await (await send(`${operatorPaths.roster}/progress`)).json()),
    memberships: async () => Memberships.parse(await (await send(operatorPaths.memberships)).json()).memberships,
    arrangeCandidate: async (wish) => void (await post(operatorPaths.arrangements, wish)),
    putProctor: async (proctor) => PutProctorReply.parse(await post(operatorPaths.proctors, proctor)),
    inviteProctor: async (id) => Invitation.parse(await post(`${operatorPaths.proctors}/${id}/invitation`, {})),
    renameFirm: async (wish) => NamedFirm.parse(await (await send(operatorPaths.firm, wish, 'PUT')).json()),
    addToken: async (wish) => NewToken.parse(await post(operatorPaths.tokens, wish)),
    listTokens: async () => TokenList.parse(await (await send(operatorPaths.tokens)).json()).tokens,
    endToken: async (id) => void (await send(`${operatorPaths.tokens}/${id}`, undefined, 'DELETE')),
    exportAudit: async () => AuditExport.parse(await (await send(`${operatorPaths.audit}/export`)).json()),
    drawSeats: async (wish) => DrawnSeats.parse(await post(operatorPaths.seats, wish)),
    addSession: async (wish) => UnlockWindowReply.parse(await post(operatorPaths.sessions, wish)),
    giveCommand: async (wish) => CommandReply.parse(await post(operatorPaths.commands, wish)),
    outcomeOf: async (id) => CommandState.parse(await (await send(`${operatorPaths.commands}/${id}`)).json()).outcome,
    makePackage: async (wish) => new Uint8Array(await (await send(operatorPaths.packages, wish)).arrayBuffer()),
    giveGrants: async (wish) => GrantReply.parse(await post(operatorPaths.grants, wish)).ids,
    listGrants: async () => GivenGrants.parse(await (await send(operatorPaths.grants)).json()).grants,
    endGrant: async (id) => void (await send(`${operatorPaths.grants}/${id}`, undefined, 'DELETE')),
    listStations: async () => ListedStations.parse(await (await send(operatorPaths.stations)).json()).stations,
    rotateStation: async (id) => void (await post(`${operatorPaths.stations}/${id}/key`, {})),
    revokeStation: async (id, wish) =>
      RevocationReply.parse(await (await send(`${operatorPaths.stations}/${id}`, wish, 'DELETE')).json()),
    listDisputes: async () => Disputes.parse(await (await send(operatorPaths.disputes)).json()),
    listBeginnings: async () => Beginnings.parse(await (await send(operatorPaths.beginnings)).json()),
    releaseBeginning: async (wish) => void (await post(operatorPaths.beginnings, wish)),
    settleDispute: async (wish) => void (await post(operatorPaths.disputes, wish)),
    revealSeries: async (wish) => RevealReply.parse(await post(operatorPaths.series, wish)),
    bank: async (id) => Bank.parse(await (await send(operatorBankPath(id))).json()),
    listMedia: async () => ListedMedia.parse(await (await send(operatorPaths.media)).json()).media,
    putMedia: async (hash, path) => {
      const type = { 'content-type': 'application/octet-stream', 'content-length': statSync(path).size };
      const body = createReadStream(path);
      await mustBeOk(
        line.ask(`${operatorPaths.media}/${hash}`, { method: 'PUT', headers: { ...type, authorization }, body }),
      );
    },
    putCourse: async (course) => void (await send(operatorPaths.courses, course, 'PUT')),
    listCourses: async () => ListedCourses.parse(await (await send(operatorPaths.courses)).json()),
    giveCourse: async (wish) => CourseReply.parse(await post(operatorPaths.studies, wish)),
    inviteHome: async (number) => HomeInvitation.parse(await post(operatorPaths.home, { number })),
    endHome: async (number) => void (await post(operatorPaths.homeEnd, { number })),
    listHome: async () => HomeAccessList.parse(await (await send(operatorPaths.home)).json()).people,
    statements: async (names, after) => {
      const query = {
        home: center,
        ...(names ? { names: 'true' } : {}),
        ...(after === undefined ? {} : { after: `${after}` }),
      };
      return Statements.parse(await (await send(`${operatorPaths.statements}?${new URLSearchParams(query)}`)).json());
    },
    newCode: async (days) => CodeReply.parse(await post(operatorPaths.codes, days === undefined ? {} : { days })).code,
    heads: async () => SeenHeads.parse(await (await send(operatorPaths.heads)).json()).heads,
  };
}

/** What a proctor says at the center, without anybody's token. @throws CenterRefusal the reason the center gave */
export async function setPinAt(center: string, wish: SetPinWish): Promise<PinSet> {
  const headers = { 'content-type': 'application/json' };
  const asked = lineTo(center).ask(setPinPath, { method: 'POST', body: JSON.stringify(wish), headers });
  return PinSet.parse(await (await mustBeOk(asked)).json());
}

/** Results that a vendor tells of, with a token of the platform. @throws CenterRefusal the reason the center gave */
export async function tellResults(center: string, token: string, wish: ToldFile): Promise<ToldReport> {
  const { path, method, reply } = toldResultEndpoints.importFile;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const asked = lineTo(center).ask(path, { method, body: JSON.stringify(wish), headers });
  return reply.parse(await (await mustBeOk(asked)).json());
}

/** @throws CenterRefusal the reason the center gave, or why it was not asked */
async function mustBeOk(asked: Promise<Response>): Promise<Response> {
  const response = await asked.catch((error: unknown) => {
    const { reason, detail } = error instanceof Refusal ? error : new Refusal('center-down', String(error));
    throw new CenterRefusal(reason, detail);
  });
  if (response.ok) return response;
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  if (!problem.success) throw new CenterRefusal('center-refused', String(response.status));
  const { reason, detail } = refusalOf(problem.data.reason, problem.data.detail, 'center-refused');
  throw new CenterRefusal(reason, detail);
}
