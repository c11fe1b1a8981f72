import { mustBeSatOn } from '../../contract/words/hosts.ts';
import { VISITOR_ID } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Sitting } from '../core/sitting/index.ts';
import { rest } from '../watch/index.ts';
import type { Moving } from './parts.ts';

/** Nobody waits longer than this for the center before an exam begins. */
const ASK_WITHIN_MS = 3_000;

/** Whether the center granted that it begins here, or could not be asked; nothing where nobody asks. */
export type Claimed = 'granted' | 'unasked' | undefined;

type Asking = Pick<Moving, 'seat' | 'identity' | 'host' | 'claim' | 'askToBegin' | 'log'>;

/**
 * Before an exam that counts begins here, or one that came here goes on: nobody sits at two stations at once, and the center
 * knows all of them. With the center away nobody can tell; then it begins, and is marked once the center has heard of both.
 * @throws Refusal `rescue-used` where it goes on at another station, `sits-elsewhere`, `no-attempt-left`, `host-not-allowed`
 */
export async function mustBeginHere(parts: Asking): Promise<Claimed> {
  const { current } = parts.seat;
  if (current?.stage !== 'awaiting-unlock' || current.exam.mode !== 'formal') return undefined;
  mustBeSatOn(current.exam, parts.host);
  return current.continues ? goesOn(parts, current.continues.sitting, current) : begins(parts, current);
}

/** It says only that it is about to, which counts for a minute: what keeps it from going on must not keep the others. */
async function goesOn(
  { identity, claim }: Asking,
  sitting: Sitting['id'],
  { grant }: Pick<Sitting, 'grant'>,
): Promise<Claimed> {
  const begunBy = await answered(claim(sitting, grant));
  if (begunBy && begunBy !== identity.enrolment?.stationId) throw new Refusal('rescue-used', begunBy);
  return begunBy ? 'granted' : 'unasked';
}

async function begins(parts: Asking, { id, candidateId, exam, grant }: Sitting): Promise<Claimed> {
  // Whom nobody has registered the center knows nothing of.
  if (candidateId.startsWith(VISITOR_ID)) return 'unasked';
  const asked = { sittingId: id, candidateId, examId: exam.id, state: 'asking' as const };
  const reply = await answered(parts.askToBegin(asked, grant));
  if (reply?.answer === 'sits-elsewhere') {
    parts.log.warn({ sitting: id, station: reply.station, since: reply.since }, 'they sit at another station');
    throw new Refusal('sits-elsewhere', `${reply.station} since ${reply.since}`);
  }
  if (reply?.answer === 'attempts-used') throw new Refusal('no-attempt-left', `${reply.used} of ${reply.of}`);
  return reply?.answer === 'granted' ? 'granted' : 'unasked';
}

/** What somebody answers in time. */
async function answered<T>(asked: Promise<T>): Promise<T | undefined> {
  const waiting = new AbortController();
  const answer = await Promise.race([asked.catch(() => undefined), rest(ASK_WITHIN_MS, waiting.signal)]);
  waiting.abort();
  return answer ?? undefined;
}
