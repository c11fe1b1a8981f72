import { templateRuleOf } from '../../contract/words/exam.ts';
import { judgeCapture, meanDirection, type Template, templateOf } from '../../native/face/index.ts';
import { guestOf, type JudgedCapture, type Sitting } from '../core/sitting/index.ts';
import type { Seen } from './camera/index.ts';
import type { Judging, Watching } from './parts.ts';

export type Comparison = (seen: Seen, sitting: Sitting) => JudgedCapture;

/**
 * Compares whom the camera verified with the enrolled template, and with the faces that were added to it where the exam wants
 * that. Whom a proctor let in is compared with whoever sat down
 * first: that decision has been made, what matters is that nobody takes over. Where there is nothing to compare with, or
 * the exam stands still, nobody becomes the reference: the outcome is `uncertain`.
 */
export function makeComparison({
  roster,
  clock,
  thresholds,
  calibration,
  models,
}: Judging & Pick<Watching, 'roster' | 'clock'>): Comparison {
  let seated: { readonly sitting: string; readonly template: Template } | undefined;
  const enrolledFor = (sitting: Sitting): Template | undefined => {
    const { candidateId, exam } = sitting;
    const people = roster.of(guestOf(sitting));
    const photos = people.template(candidateId, thresholds.embedder);
    const rule = templateRuleOf(exam);
    if (!photos || !rule) return photos;
    return { ...photos, added: people.addedTemplates(candidateId, thresholds.embedder, rule, clock.wall()) };
  };
  const referenceFor = (sitting: Sitting, first: Template): Template | undefined => {
    const { id, stage, identity } = sitting;
    if (identity?.how !== 'overridden') return enrolledFor(sitting);
    if (seated?.sitting === id) return seated.template;
    return stage === 'in-progress' ? first : undefined;
  };
  /** At check-in it is written down: a photo that is swapped afterwards is another one. */
  const photosFor = ({ stage, candidateId, ...rest }: Sitting) =>
    stage === 'capturing' ? { reference: roster.of(guestOf(rest)).reference(candidateId, thresholds.embedder) } : {};
  return ({ observations }, sitting) => {
    const looks = observations.flatMap(({ person }) => (person ? [person.embedding] : []));
    const first = templateOf(thresholds.embedder, [meanDirection(looks)]);
    const reference = referenceFor(sitting, first);
    const capture = { ...judgeCapture(observations, reference ?? first, thresholds), ...photosFor(sitting) };
    if (!reference && capture.similarity !== undefined) {
      const { similarity: _, ...rest } = capture;
      return { ...rest, outcome: capture.outcome === 'not-live' ? 'not-live' : 'uncertain', calibration, models };
    }
    if (reference === first && capture.outcome === 'match') seated = { sitting: sitting.id, template: first };
    return { ...capture, calibration, models };
  };
}
