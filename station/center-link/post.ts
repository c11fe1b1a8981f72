import type { Logger } from 'pino';
import type { Grant } from '../../contract/records/grants.ts';
import type { StationReport } from '../../contract/station-center/center-api.ts';
import type { GrantId, Instant, Sha256 } from '../../contract/words/ids.ts';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import type { Ledger, LedgerEvent } from '../core/ledger/index.ts';
import type { Commands } from '../keep/commands/index.ts';
import type { Arrivals, Claims, Departures, HeardMove } from '../keep/moves/index.ts';
import type { CenterClient } from './center-client.ts';
import type { EvidencePost } from './evidence-post.ts';
import { openTellingBeginnings, type TellingBeginnings } from './tell-beginnings.ts';

/** What proctors want of stations: sittings that move, commands from elsewhere, and what became of them. */
export type Post = {
  /** Exchanges once. @throws Refusal the first trouble; what it kept from being said or fetched is tried again */
  exchange(): Promise<void>;
};

export type PostParts = Omit<TellingBeginnings, 'client'> & {
  readonly client: Pick<
    CenterClient,
    'mail' | 'rescue' | 'sendRescue' | 'claim' | 'begins' | 'report' | 'tellReadiness'
  >;
  readonly arrivals: Arrivals;
  readonly departures: Departures;
  readonly claims: Claims;
  readonly commands: Commands;
  /** Where it is kept which exams go on at which station. */
  readonly knownMoves: { list: readonly HeardMove[] };
  /** Under which there is something to hear, besides what is for whose station it is. */
  readonly heardUnder: () => readonly Pick<Grant, 'id' | 'tenantId'>[];
  readonly readiness: () => StationReport;
  /** Pictures that inspectors ask for. */
  readonly evidencePost: EvidencePost;
  /** The center keeps what its last line was, and asks for lines that it has seen. */
  readonly ledger: Pick<Ledger<LedgerEvent>, 'head' | 'hashAt'>;
  /** Does what a command says. Never throws. @param at the center's time */
  readonly obey: (command: string, at: Instant, grant?: GrantId) => Promise<void>;
  readonly log: Logger;
};

/** What will not be otherwise in this run however often it is tried. Everything else (a proxy, a restart, a cut line) may be. */
const FINAL: readonly Reason[] = [
  ...(['station-unknown', 'bad-message', 'method-unknown', 'grant-missing'] as const),
  ...(['rescue-invalid', 'rescue-foreign', 'rescue-used', 'signature-invalid'] as const),
];
/** That an exam began is told once: whoever is not on the roster then, or of which exam, is not told again. */
const FINAL_OF_BEGINNINGS: readonly Reason[] = [...FINAL, 'not-on-roster', 'no-exam'];
/** A wish that the center has forgotten is nobody's any more. */
const FINAL_OF_EVIDENCE: readonly Reason[] = [...FINAL, 'evidence-unknown'];

/** Whoever watches the room sees by this that a station is still there. */
const TELL_EVERY_MS = 60_000;

export function openPost(parts: PostParts): Post {
  const { client, arrivals, departures, claims, commands, knownMoves, heardUnder, obey, evidencePost, log } = parts;
  const telling = openTellingBeginnings(parts);
  /** Rescues of which nothing could be made in this run. */
  const passedOver = new Set<Sha256>();
  let trouble: Refusal | undefined;

  /** One thing that goes wrong keeps the others from nothing, unless nobody answers. */
  const attempt = async (work: () => Promise<void> | void, giveUp: () => void, final = FINAL): Promise<void> => {
    if (trouble?.reason === 'center-down') return;
    try {
      await work();
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal('internal', String(error));
      if (!final.includes(refusal.reason)) {
        trouble ??= refusal;
        return;
      }
      log.warn({ reason: refusal.reason, detail: refusal.detail }, 'post');
      giveUp();
    }
  };
  /** Of one firm: whose station it is, or one that uses it by a grant. */
  const fetchFor = async (grant?: Pick<Grant, 'id' | 'tenantId'>): Promise<void> => {
    const { rescues, commands: told, moves, evidence = [], at } = await client.mail(grant?.id);
    const others = knownMoves.list.filter(({ guest }) => guest !== grant?.tenantId);
    knownMoves.list = [...others, ...moves.map((move) => (grant ? { ...move, guest: grant.tenantId } : move))];
    // First what came: whoever is to be unlocked goes on with that.
    for (const hash of rescues) {
      if (arrivals.has(hash) || arrivals.isRefused(hash) || passedOver.has(hash)) continue;
      const take = async () => {
        const { continues } = arrivals.take(await client.rescue(hash, grant?.id), 'delivered');
        log.info({ from: continues.from, sitting: continues.sitting }, 'an exam goes on here');
      };
      await attempt(take, () => void passedOver.add(hash));
    }
    for (const command of told) await obey(command, at, grant?.id);
    // Of all firms in the mail of whose station it is: their grants may be over.
    await evidencePost.hear(evidence, at);
  };
  const fetchMail = async (): Promise<void> => {
    await fetchFor();
    for (const grant of heardUnder())
      await attempt(
        () => fetchFor(grant),
        () => undefined,
      );
  };
  const sendRescues = async (): Promise<void> => {
    for (const departure of departures.unsent())
      await attempt(
        async () => {
          await client.sendRescue(departure);
          departures.sent(departure);
        },
        () => departures.givenUp(departure),
      );
  };
  const claimSittings = async (): Promise<void> => {
    for (const { sitting, grant } of claims.untold())
      await attempt(
        async () => {
          await client.claim(sitting, true, grant);
          claims.told(sitting);
        },
        () => claims.told(sitting),
      );
  };
  const sendEvidence = async (): Promise<void> => {
    for (const { tell, giveUp } of evidencePost.errands()) await attempt(tell, giveUp, FINAL_OF_EVIDENCE);
  };
  const tellBeginnings = async (): Promise<void> => {
    for (const { tell, giveUp } of telling.errands()) await attempt(tell, giveUp, FINAL_OF_BEGINNINGS);
    await attempt(telling.again, () => undefined, FINAL_OF_BEGINNINGS);
  };
  const report = async (): Promise<void> => {
    for (const { id, outcome, grant } of commands.untold())
      await attempt(
        async () => {
          await client.report(id, outcome, grant);
          commands.told(id);
        },
        () => commands.told(id),
      );
  };
  let asked: readonly number[] = [];
  let told = { as: '', at: Number.NEGATIVE_INFINITY };
  const tellReadiness = async (): Promise<void> => {
    const readiness = parts.readiness();
    const refused = [readiness, ...(readiness.guests ?? [])].flatMap(({ refusedPhotos = [] }) => refusedPhotos);
    const photos = refused.map(({ candidateId, photo }) => `${candidateId} ${photo}`);
    const as = [...readiness.checks.map(({ name, status }) => `${name} ${status}`), ...photos].join();
    if (as === told.as && performance.now() - told.at < TELL_EVERY_MS) return;
    asked = await client.tellReadiness({ ...readiness, ...ledgerReport(parts.ledger, asked) });
    told = { as, at: performance.now() };
  };
  return {
    async exchange() {
      trouble = undefined;
      for (const errand of [claimSittings, tellBeginnings, sendRescues, fetchMail, report, sendEvidence, tellReadiness])
        await attempt(errand, () => undefined);
      if (trouble) throw trouble;
    },
  };
}

function ledgerReport(ledger: PostParts['ledger'], asked: readonly number[]): Pick<StationReport, 'ledger'> {
  const { sequence, hash } = ledger.head();
  const known = asked.flatMap((line) => {
    const head = ledger.hashAt(line);
    return head ? [{ sequence: line, head }] : [];
  });
  return { ledger: { sequence, head: hash, asked: known } };
}
