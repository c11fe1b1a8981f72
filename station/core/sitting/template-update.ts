import { templateRuleOf } from '../../../contract/words/exam.ts';
import { type Reason, Refusal } from '../../../contract/words/reasons.ts';
import type { Command } from './command.ts';
import type { JudgedCapture, SittingEvent } from './events.ts';
import type { Sitting } from './sitting.ts';

/**
 * Whether the face of this check-in may be compared with too from then on: the exam wants it, somebody laid down a card, made the
 * gestures, gave back the light and was known by the registered photos at the first look, and nothing spoke against them since.
 */
export function leavesNoDoubt({ exam, identifiedBy, identity, background }: Sitting): boolean {
  const { look, doubted } = background;
  const { outcome, challenge, light } = look?.capture ?? {};
  return (
    templateRuleOf(exam) !== undefined &&
    identifiedBy === 'card' &&
    identity?.how === 'verified' &&
    !doubted &&
    outcome === 'match' &&
    challenge?.passed === true &&
    light?.outcome === 'answered'
  );
}

/** What a proctor is told of whom only an added face knows; they are let in. */
export const doubtByAdded = ({ byAdded }: JudgedCapture): Reason | undefined =>
  byAdded ? 'template-added-only' : undefined;

/** Whoever was in doubt for a moment, or was let in by hand, leaves no face behind. @throws Refusal `not-allowed-now` */
export function addTemplate(
  sitting: Sitting,
  { kind: _, ...added }: Extract<Command, { kind: 'add-template' }>,
): SittingEvent[] {
  const { look } = sitting.background;
  if (!look || !leavesNoDoubt(sitting)) throw new Refusal('not-allowed-now', 'who this was may have been in doubt');
  return [{ type: 'template-added', ...added, look: look.line }];
}
