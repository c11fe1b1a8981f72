import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { Receipt, type StationCertificate } from '../../contract/records/batches.ts';
import type { Grant } from '../../contract/records/grants.ts';
import {
  type Assignment,
  AUTH_SCHEME,
  type Beginning,
  BeginningReply,
  type Claim,
  ClaimReply,
  type CommandReport,
  EnrolReply,
  type EnrolRequest,
  type EvidenceAnswer,
  Mail,
  type PutRescue,
  paths,
  type RequestStatement,
  StationGrants,
  type StationReport,
  StationReportReply,
  TimeReply,
  under,
} from '../../contract/station-center/center-api.ts';
import type {
  CommandId,
  EvidenceWishId,
  GrantId,
  Instant,
  Sha256,
  SittingId,
  StationId,
} from '../../contract/words/ids.ts';
import { Bank } from '../../contract/words/items.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import type { CommandOutcome } from '../../contract/words/proctoring.ts';
import { Busy, type Reason, ReasonCode, Refusal, refusalOf } from '../../contract/words/reasons.ts';
import { type CenterLine, keysServedOn, openCenterLine, whoAnswersOn } from '../../proof/center-line/index.ts';
import {
  batchText,
  type CenterKeys,
  joinKeys,
  keyId,
  keysNow,
  listOfKeys,
  makeBank,
  type OutgoingBatch,
  openCenterKeys,
  proveKey,
  rootOfKeys,
  type Signer,
  sha256,
  signRotation,
  verifyCertificate,
  verifyReceipt,
  verifyTime,
} from '../../proof/index.ts';
import type { Clock } from '../core/clock/index.ts';
import type { CenterTime } from '../keep/center-time/index.ts';
import { mustNotBeRevoked, type StationIdentity } from '../keep/identity/index.ts';
import type { Departure } from '../keep/moves/index.ts';
import { bytesIn, jsonIn, MOST_FILE_BYTES } from './answer.ts';
import { openAssignments } from './assignments.ts';
import { fetchMedia, type Transfer } from './media/fetch-media.ts';

type EnrolWish = Pick<EnrolRequest, 'code' | 'name'> & { readonly centerKey?: PublicKey };

/** The center over HTTP. Every answer is checked against the center's key; every failure is a Refusal with a reason. */
export type CenterClient = {
  /** Settles where the center has this key. @throws Refusal `center-other` where whoever answers has another, or none */
  mustBe(key: PublicKey): Promise<void>;
  /** @param wish with the key of the center, where it was given: what is signed then holds for no other */
  enrol(wish: EnrolWish): Promise<EnrolReply>;
  /** Hears what the root of the center says of its keys by now; it says nothing at a center of before. */
  hearOfKeys(): Promise<void>;
  /**
   * Has the center vouch for the next key in place of the present one. The same two keys get the same answer again.
   * @returns what there is to keep in place of the enrolment
   * @throws Refusal `method-unknown` where the center is older; `station-key-old` where somebody else has changed the key
   */
  changeKey(next: Signer): Promise<EnrolReply>;
  /** Grants of this station that are not over, as they were signed; nothing where the center knows of no such thing. */
  grants(): Promise<readonly string[] | undefined>;
  /** What follows is of whose station it is; with a grant, of the firm that has it. */
  assignment(grant?: Grant): Promise<Assignment>;
  bank(id: string, grant?: GrantId): Promise<Bank>;
  photo(hash: string, grant?: GrantId): Promise<Uint8Array>;
  picture(hash: string, grant?: GrantId): Promise<Uint8Array>;
  /** A film or a document, from a byte on, as it comes: whoever takes it over checks its hash. */
  media(hash: string, from: number, under: { grant?: GrantId | undefined; signal: AbortSignal }): Promise<Transfer>;
  send(batch: OutgoingBatch): Promise<Receipt>;
  /** What waits for this station. */
  mail(grant?: GrantId): Promise<Mail>;
  rescue(hash: string, grant?: GrantId): Promise<Uint8Array>;
  sendRescue(departure: Departure): Promise<void>;
  /**
   * Says that a sitting which was moved goes on here, or is about to.
   * @returns the station that said so first
   */
  claim(sitting: SittingId, begun: boolean, grant?: GrantId): Promise<StationId>;
  /** Says that an exam that counts is about to begin here, has begun, or is over. @throws Refusal `method-unknown` where the center is older */
  begins(beginning: Beginning, grant?: GrantId): Promise<BeginningReply>;
  report(id: CommandId, outcome: CommandOutcome, grant?: GrantId): Promise<void>;
  /** Says what becomes of a wish for pictures. @throws Refusal `evidence-unknown` where the center wants nothing of it any more */
  answerEvidence(id: EvidenceWishId, answer: EvidenceAnswer): Promise<void>;
  /** @returns lines of the ledger that the center wants to hear with the next report */
  tellReadiness(report: StationReport): Promise<readonly number[]>;
  /** What time it is at the center, as it signed it for this question. @throws Refusal `method-unknown` where it is older */
  time(nonce: Sha256): Promise<{ readonly at: Instant; readonly token: string }>;
  /** How far this station's clock is ahead of the center's, by its newest answer; nothing before the first. */
  readonly clockAheadMs: number | undefined;
};

const TIMEOUT_MS = 15_000;
/** A large roster of a busy center takes its time. */
const ASSIGNMENT_MS = 30_000;
const MOST_PROBLEM_BYTES = 65_536;
const AWAY: readonly string[] = ['database-away', 'database-busy', 'objects-away'] satisfies readonly Reason[];
/** A day is longer than any center is busy. */
const Problem = z.object({
  reason: ReasonCode,
  detail: z.string().optional(),
  seconds: z.number().min(0).max(86_400).optional().catch(undefined),
});

/**
 * @param at where it is: an address is that of a center whose key enrolled this station, and no plain one of another machine
 * @param centerTime sees the times that the center signed, of whatever it said
 * @throws Refusal `center-down` where it cannot be reached, or the reason the center gave
 */
export function openCenterClient(
  at: string | CenterLine,
  identity: StationIdentity,
  clock: Clock,
  centerTime?: Pick<CenterTime, 'seen'>,
): CenterClient {
  const line = typeof at === 'string' ? openCenterLine(at, { key: () => identity.centerKeys }) : at;
  let clockAheadMs: number | undefined;
  /** Every answer is dated, also the one that says that the clock is wrong. */
  const compareClocks = (date: string | null): void => {
    const theirs = Date.parse(date ?? '');
    if (Number.isFinite(theirs)) clockAheadMs = Date.parse(clock.wall()) - theirs;
  };
  type More = { readonly headers?: Readonly<Record<string, string>>; readonly signal?: AbortSignal; withinMs?: number };
  const request = async (method: 'GET' | 'POST', path: string, body = '', more: More = {}): Promise<Response> => {
    // It takes nothing from this station any more, and each request more is one that somebody has to explain.
    mustNotBeRevoked(identity);
    const response = await line.ask(path, {
      method,
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...more.headers,
        ...authorisation(method, path, body),
      },
      signal: more.signal ?? AbortSignal.timeout(more.withinMs ?? TIMEOUT_MS),
      ...(body ? { body } : {}),
      asItComes: more.signal !== undefined,
    });
    compareClocks(response.headers.get('date'));
    if (response.ok || (response.status === 304 && more.headers?.['if-none-match'])) return response;
    const problem = Problem.safeParse(await jsonIn(response, MOST_PROBLEM_BYTES).catch(() => undefined));
    if (problem.data?.reason === 'center-busy') throw new Busy(problem.data.seconds ?? 0);
    if (problem.data?.reason === 'station-revoked') throw whetherRevoked(identity, problem.data.detail);
    // It can do nothing just now: that is as if nobody answered, and is tried again.
    if (AWAY.includes(problem.data?.reason ?? '')) throw new Refusal('center-down', problem.data?.reason);
    throw problem.success
      ? refusalOf(problem.data.reason, problem.data.detail, 'center-refused')
      : new Refusal('center-refused', String(response.status));
  };
  const authorisation = (method: string, path: string, body: string): Record<string, string> => {
    const stationId = identity.enrolment?.stationId;
    if (!stationId) return {};
    const statement: RequestStatement = { stationId, method, path, bodyHash: sha256(body), at: clock.wall() };
    return { authorization: `${AUTH_SCHEME} ${identity.signer.sign('exam-station/request', statement)}` };
  };
  const center = (): CenterKeys => {
    const { centerKeys } = identity;
    if (!centerKeys) throw new Refusal('unauthorised', 'this station is not enrolled');
    return centerKeys;
  };
  /**
   * Whether the center vouches for this key of this station, with a key that the root may have given it since it was last heard.
   * @throws Refusal `signature-invalid`
   */
  const mustBeFor = async (
    { stationId, tenantId, certificate }: Pick<EnrolReply, 'stationId' | 'tenantId' | 'certificate'>,
    publicKey: PublicKey,
    known: CenterKeys,
  ): Promise<void> => {
    const byKnown = verifyCertificate(certificate, known);
    const more = async () => joinKeys(listOfKeys(known), await keysServedOn(line.ask));
    const vouched = byKnown.ok
      ? byKnown
      : verifyCertificate(certificate, openCenterKeys(rootOfKeys(known), await more()));
    if (!vouched.ok || !isDeepStrictEqual(pick(vouched.certificate), { stationId, tenantId, publicKey }))
      throw new Refusal('signature-invalid', 'the certificate is not for this station');
  };
  /** For what has no date in it, or is answered here and now. */
  const centerNow = (): CenterKeys => keysNow(center(), clock.wall());

  const assignments = openAssignments({
    ask: (path, headers) => request('GET', path, '', { headers, withinMs: ASSIGNMENT_MS }),
    ...{ identity, centerNow },
  });

  /** What a path is said to hold, if it holds it. */
  const bytesAt = async (path: string, hash: string): Promise<Uint8Array> => {
    const response = await request('GET', path);
    const bytes = await bytesIn(response, MOST_FILE_BYTES);
    if (sha256(bytes) !== hash) throw new Refusal('hash-mismatch', path);
    return bytes;
  };

  return {
    async mustBe(key) {
      const theirs = (await whoAnswersOn(line.ask)).key;
      if (theirs !== key) throw new Refusal('center-other', `it has the key ${keyId(theirs)}`);
    },
    async enrol({ centerKey: pinned, ...wish }) {
      const proof = proveKey(identity.signer, wish.code, pinned);
      const body = JSON.stringify({ ...wish, publicKey: identity.signer.publicKey, proof });
      const reply = await parsed(EnrolReply, await request('POST', paths.enrol, body));
      await mustBeFor(reply, identity.signer.publicKey, reply.centerKey);
      return reply;
    },
    hearOfKeys: async () => identity.hearOfKeys(await keysServedOn(line.ask)),
    async changeKey(next) {
      const { enrolment } = identity;
      if (!enrolment) throw new Refusal('unauthorised', 'this station is not enrolled');
      const says = { stationId: enrolment.stationId, centerKey: enrolment.centerKey, at: clock.wall() };
      const body = signRotation({ former: identity.signer, next }, says);
      const { certificate } = await parsed(EnrolReply, await request('POST', paths.rotation, JSON.stringify(body)));
      await mustBeFor({ ...enrolment, certificate }, next.publicKey, center());
      return { ...enrolment, certificate };
    },
    async grants() {
      try {
        return (await parsed(StationGrants, await request('GET', paths.grants))).grants;
      } catch (error) {
        if (error instanceof Refusal && error.reason === 'method-unknown') return undefined;
        throw error;
      }
    },
    async assignment(grant) {
      const told = await assignments(grant);
      centerTime?.seen(told.issuedAt);
      return told;
    },
    async bank(id, grant) {
      const bank = await parsed(Bank, await request('GET', under(paths.bank(id), grant)));
      // The signed assignment names the id, and the id is made of the items: so they are the ones meant.
      if (makeBank(bank.title, bank.items).id !== id) throw new Refusal('hash-mismatch', 'bank');
      return bank;
    },
    photo: (hash, grant) => bytesAt(under(paths.photo(hash), grant), hash),
    picture: (hash, grant) => bytesAt(under(paths.picture(hash), grant), hash),
    async media(hash, from, { grant, signal }) {
      const path = under(paths.media(hash), grant);
      const ask = (at: number) =>
        fetchMedia(at, signal, (headers, signal) => request('GET', path, '', { headers, signal }));
      try {
        return await ask(from);
      } catch (error) {
        // What is here already may be all of it, or more: then it is fetched anew.
        if (from > 0 && error instanceof Refusal && error.reason !== 'center-down') return ask(0);
        throw error;
      }
    },
    async send(batch) {
      const receipt = await parsed(Receipt, await request('POST', paths.batches, batchText(batch)));
      const checked = verifyReceipt(receipt, batch, center());
      if (!checked.ok) throw new Refusal(checked.reason, checked.detail);
      centerTime?.seen(checked.treeHead.at);
      return receipt;
    },
    mail: async (grant) => parsed(Mail, await request('GET', under(paths.mail, grant))),
    rescue: (hash, grant) => bytesAt(under(paths.rescue(hash), grant), hash),
    async sendRescue({ sitting, to, candidate, exam, file, grant }) {
      const who = { sittingId: sitting, candidateId: candidate, examId: exam };
      const body: PutRescue = { to, ...who, file: Buffer.from(file).toString('base64') };
      await request('POST', under(paths.rescues, grant), JSON.stringify(body));
    },
    async claim(sittingId, begun, grant) {
      const body: Claim = { sittingId, begun };
      const reply = await parsed(ClaimReply, await request('POST', under(paths.claims, grant), JSON.stringify(body)));
      return reply.begunBy;
    },
    begins: async (beginning, grant) =>
      parsed(BeginningReply, await request('POST', under(paths.beginnings, grant), JSON.stringify(beginning))),
    async report(id, outcome, grant) {
      const body: CommandReport = { outcome };
      await request('POST', under(paths.outcome(id), grant), JSON.stringify(body));
    },
    async answerEvidence(id, answer) {
      await request('POST', paths.evidence(id), JSON.stringify(answer));
    },
    async tellReadiness(report) {
      const reply = await parsed(StationReportReply, await request('POST', paths.readiness, JSON.stringify(report)));
      return reply.lines ?? [];
    },
    async time(nonce) {
      const { token } = await parsed(TimeReply, await request('POST', paths.time, JSON.stringify({ nonce })));
      const stationId = identity.enrolment?.stationId;
      const at = stationId && verifyTime(token, { nonce, stationId }, centerNow());
      if (!at) throw new Refusal('signature-invalid', 'the time is not signed by the center');
      return { at, token };
    },
    get clockAheadMs() {
      return clockAheadMs;
    },
  };
}

/** Whoever is on the line can say so, too: it is believed where the center has signed it. */
function whetherRevoked({ revoked }: StationIdentity, jws = ''): Refusal {
  return revoked.hear(jws)
    ? new Refusal('station-revoked')
    : new Refusal('center-refused', 'it says that this station is revoked, and does not prove it');
}

const pick = ({ stationId, tenantId, publicKey }: StationCertificate) => ({ stationId, tenantId, publicKey });

async function parsed<S extends z.ZodType>(schema: S, response: Response): Promise<z.output<S>> {
  return understood(schema, await jsonIn(response));
}

function understood<S extends z.ZodType>(schema: S, answer: unknown): z.output<S> {
  const result = schema.safeParse(answer);
  if (!result.success) throw new Refusal('center-refused', 'the answer has another form than agreed');
  return result.data;
}
