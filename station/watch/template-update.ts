import { templateRuleOf } from '../../contract/words/exam.ts';
import type { SittingId } from '../../contract/words/ids.ts';
import { faceToAdd, type Observation } from '../../native/face/index.ts';
import { guestOf, leavesNoDoubt } from '../core/sitting/index.ts';
import { endOf, nameOfFace } from '../keep/roster/index.ts';
import type { Watching } from './parts.ts';

/**
 * Faces of check-ins that leave no doubt, which their people are compared with from then on. A face waits in memory until the
 * record of its sitting is written: what may still speak against it is known by then, and a power cut leaves nothing behind.
 */
export type TemplateUpdates = {
  /** @param looked at the check-in that has just found somebody, each of whom is the same */
  offer(looked: readonly Observation[]): void;
};

type Offered = { readonly sitting: SittingId; readonly vector: Float32Array; readonly similarity: number };

export function openTemplateUpdates(parts: Watching): TemplateUpdates {
  const { seat, roster, clock, thresholds, log } = parts;
  const { embedder } = thresholds;
  let offered: Offered | undefined;

  const add = ({ sitting: id, vector, similarity }: Offered): void => {
    const sitting = seat.taken();
    const rule = templateRuleOf(sitting.exam);
    if (!rule) return;
    const now = clock.wall();
    const face = { of: sitting.candidateId, sitting: id, model: embedder, vector };
    // The ledger first: nobody is compared with a face that it does not know of.
    const template = nameOfFace(vector);
    seat.execute({ kind: 'add-template', template, model: embedder, similarity, until: endOf(rule, now) });
    roster.of(guestOf(sitting)).addTemplate(face, rule, now);
    log.info({ candidate: sitting.candidateId }, 'a face of this check-in was added');
  };
  seat.onChange(() => {
    const sitting = seat.current;
    const waiting = offered;
    if (!waiting) return;
    const holds = sitting?.id === waiting.sitting && leavesNoDoubt(sitting);
    if (holds && sitting.stage !== 'recorded') return;
    offered = undefined;
    if (holds) add(waiting);
  });
  return {
    offer(looked) {
      offered = undefined;
      const sitting = seat.current;
      if (parts.recordedFeeds || !sitting || !leavesNoDoubt(sitting)) return;
      const photos = roster.of(guestOf(sitting)).template(sitting.candidateId, embedder);
      const face = photos && faceToAdd(looked, photos, thresholds);
      if (face) offered = { sitting: sitting.id, ...face };
    },
  };
}
