import { mustBeSatOn } from '../../contract/words/hosts.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { rest } from '../watch/index.ts';
import type { Moving } from './parts.ts';

const CLAIM_WITHIN_MS = 2_000;

/**
 * Before an exam that came here goes on: the first station that says so to the center is the one where it does. With the
 * center away nobody can tell; then it goes on, and where that was twice, a proctor hears of it once the center is back.
 * @throws Refusal `rescue-used` where it goes on at another station, `host-not-allowed`
 */
export async function mustGoOnHere(parts: Pick<Moving, 'seat' | 'identity' | 'host' | 'claim'>): Promise<void> {
  const { seat, identity } = parts;
  if (!seat.current) return;
  const { continues, stage, exam, grant } = seat.current;
  if (!continues || stage !== 'awaiting-unlock') return;
  mustBeSatOn(exam, parts.host);
  // It says only that it is about to, which counts for a minute: what keeps it from going on must not keep the others.
  const asked = parts.claim(continues.sitting, grant).catch(() => undefined);
  const waiting = new AbortController();
  const begunBy = await Promise.race([asked, rest(CLAIM_WITHIN_MS, waiting.signal)]);
  waiting.abort();
  if (begunBy && begunBy !== identity.enrolment?.stationId) throw new Refusal('rescue-used', begunBy);
}
