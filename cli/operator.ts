import { z } from 'zod';
import {
  type ArrangementWish,
  CandidateList,
  CodeReply,
  CommandReply,
  CommandState,
  type CommandWish,
  DrawnSeats,
  GivenGrants,
  GrantReply,
  type GrantWish,
  type ListedCandidate,
  type ListedGrant,
  Overview,
  operatorPaths,
  type PackageWish,
  type PutCandidate,
  type PutExam,
  type PutProctor,
  type SeatWish,
  UnlockWindowReply,
  type UnlockWindowWish,
} from '../contract/people-center/operator-api.ts';
import type { CommandId, GrantId } from '../contract/words/ids.ts';
import type { CommandOutcome } from '../contract/words/proctoring.ts';
import { ReasonCode, Refusal, refusalOf } from '../contract/words/reasons.ts';

/** What an operator does in the center from the command line. */
export type Operator = {
  /** Pictures go before the exam that shows them. */
  putPicture(bytes: Uint8Array): Promise<void>;
  putExam(exam: PutExam): Promise<void>;
  /** Exams, stations and proctors, by their ids. */
  overview(): Promise<Overview>;
  putCandidate(candidate: PutCandidate): Promise<void>;
  listCandidates(): Promise<readonly ListedCandidate[]>;
  /** In place of all that was registered for them before. */
  arrangeCandidate(wish: ArrangementWish): Promise<void>;
  putProctor(proctor: PutProctor): Promise<void>;
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
  /** A one-time code with which one station enrols. */
  newCode(): Promise<string>;
};

const Problem = z.object({ reason: ReasonCode, detail: z.string().optional() });

/** What the center refused to whoever types commands, or that it did not answer them. */
export class CenterRefusal extends Refusal {}

/** @throws CenterRefusal `center-down`, or the reason the center gave */
export function openOperator(center: string, token: string): Operator {
  const send = async (
    path: string,
    body?: unknown,
    method = body === undefined ? 'GET' : 'POST',
  ): Promise<Response> => {
    const raw = body instanceof Uint8Array;
    const type = { 'content-type': raw ? 'application/octet-stream' : 'application/json' };
    const response = await fetch(new URL(path, center), {
      method,
      ...(body === undefined ? {} : { body: raw ? Buffer.from(body) : JSON.stringify(body) }),
      headers: { ...(body === undefined ? {} : type), authorization: `Bearer ${token}` },
    }).catch((error) => {
      throw new CenterRefusal('center-down', String(error));
    });
    if (response.ok) return response;
    const problem = Problem.safeParse(await response.json().catch(() => undefined));
    if (!problem.success) throw new CenterRefusal('center-refused', String(response.status));
    const { reason, detail } = refusalOf(problem.data.reason, problem.data.detail, 'center-refused');
    throw new CenterRefusal(reason, detail);
  };
  const post = async (path: string, body: unknown): Promise<unknown> =>
    (await send(path, body)).json().catch(() => undefined);
  return {
    putPicture: async (bytes) => void (await post(operatorPaths.pictures, bytes)),
    putExam: async (exam) => void (await post(operatorPaths.exams, exam)),
    overview: async () => Overview.parse(await (await send(operatorPaths.overview)).json()),
    putCandidate: async (candidate) => void (await post(operatorPaths.candidates, candidate)),
    listCandidates: async () => CandidateList.parse(await (await send(operatorPaths.candidates)).json()).candidates,
    arrangeCandidate: async (wish) => void (await post(operatorPaths.arrangements, wish)),
    putProctor: async (proctor) => void (await post(operatorPaths.proctors, proctor)),
    drawSeats: async (wish) => DrawnSeats.parse(await post(operatorPaths.seats, wish)),
    addSession: async (wish) => UnlockWindowReply.parse(await post(operatorPaths.sessions, wish)),
    giveCommand: async (wish) => CommandReply.parse(await post(operatorPaths.commands, wish)),
    outcomeOf: async (id) => CommandState.parse(await (await send(`${operatorPaths.commands}/${id}`)).json()).outcome,
    makePackage: async (wish) => new Uint8Array(await (await send(operatorPaths.packages, wish)).arrayBuffer()),
    giveGrants: async (wish) => GrantReply.parse(await post(operatorPaths.grants, wish)).ids,
    listGrants: async () => GivenGrants.parse(await (await send(operatorPaths.grants)).json()).grants,
    endGrant: async (id) => void (await send(`${operatorPaths.grants}/${id}`, undefined, 'DELETE')),
    newCode: async () => CodeReply.parse(await post(operatorPaths.codes, {})).code,
  };
}
