import { evidenceDaysOf } from '../../contract/words/exam.ts';
import { type IncidentId, instant } from '../../contract/words/ids.ts';
import type { PictureOf } from '../../contract/words/picture-of.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Sitting } from '../core/sitting/index.ts';
import { toJpeg } from '../keep/evidence/index.ts';
import type { KeepingEvidence } from './parts.ts';

/** An older picture shows another moment. */
const FRESH_MS = 3_000;
const DAY_MS = 86_400_000;

/**
 * Keeps a picture of how check-in ended and of every incident, of whoever agreed to be looked at. Called after every change;
 * encoding and sealing come later, so nobody waits for them, and what they are of is in the ledger by then.
 */
export function keepEvidence(parts: KeepingEvidence): () => void {
  const { seat, camera, evidence, log } = parts;
  const tried = new Set<string>();

  const keep = async (sitting: Sitting, of: PictureOf): Promise<void> => {
    const { newest } = camera;
    if (!newest || performance.now() - newest.at > FRESH_MS) return;
    const jpeg = await toJpeg(newest.picture);
    const until = instant(new Date(Date.parse(parts.clock.wall()) + evidenceDaysOf(sitting.exam) * DAY_MS));
    const picture = evidence.put({ tenantId: sitting.tenantId, sitting: sitting.id, jpeg, until });
    if (!picture) return log.warn({ reason: 'evidence-full' }, 'no space for pictures');
    try {
      if (seat.current?.id !== sitting.id) throw new Refusal('not-allowed-now', 'the sitting is over');
      seat.execute({ kind: 'keep', of, picture });
    } catch (error) {
      // What the ledger does not know of is not kept; an earlier moment may have looked the same.
      const known = seat.current?.id === sitting.id ? seat.current : sitting;
      if (![...known.pictures.values()].includes(picture)) evidence.erase(sitting.id, [picture]);
      throw error;
    }
  };
  return () => {
    const sitting = seat.current;
    if (sitting?.consent !== true) return;
    for (const of of momentsOf(sitting)) {
      const key = `${sitting.id} ${of}`;
      if (tried.has(key) || sitting.pictures.has(of)) continue;
      tried.add(key);
      keep(sitting, of).catch((error) => log.warn({ error: String(error) }, 'evidence'));
    }
  };
}

function momentsOf({ stage, incidents }: Sitting): readonly PictureOf[] {
  const ended = stage === 'awaiting-unlock' || stage === 'refused';
  return [...(ended ? ['check-in' as const] : []), ...incidents.map(({ id }) => id)];
}

/** @throws Refusal `not-allowed-now`, `picture-missing` where none was kept, or its time is over */
export function pictureOfIncident(
  { seat, evidence }: Pick<KeepingEvidence, 'seat' | 'evidence'>,
  incident: IncidentId,
): Uint8Array {
  if (!seat.current) throw new Refusal('not-allowed-now', 'nobody sits here');
  const picture = seat.current.pictures.get(incident);
  const jpeg = picture && evidence.get(seat.current.tenantId, seat.current.id, picture);
  if (!jpeg) throw new Refusal('picture-missing', incident);
  return jpeg;
}
