import type { Comparisons } from '../../cli/face-eval/comparisons.ts';
import { figuresOf } from '../../cli/face-eval/figures.ts';
import type { Calibration } from '../../native/face/index.ts';

/** How well people are told apart, and which scores of the network as it ships are now on the other side of a threshold. */
export function decided(
  shipped: Comparisons,
  lower: Comparisons,
  { accept, refuseBelow }: Pick<Calibration, 'accept' | 'refuseBelow'>,
) {
  const thresholds = [
    { name: 'accept', threshold: accept },
    { name: 'refuseBelow', threshold: refuseBelow },
  ] as const;
  const { genuine, impostor, eer, points, atThresholds } = figuresOf(lower, thresholds);
  const moved = ({ threshold }: { readonly threshold: number }) => ({
    onePerson: crossed(shipped.genuine.scores, lower.genuine.scores, threshold),
    strangers: crossed(shipped.impostor.scores, lower.impostor.scores, threshold),
  });
  return {
    ...{ genuine, impostor, eer },
    points: points.filter(({ targetFmr }) => targetFmr <= 1e-3),
    atThresholds: atThresholds.map((rates) => ({ ...rates, moved: moved(rates) })),
    strangersMost: lower.impostor.scores.reduce((most, score) => Math.max(most, score), -1),
  };
}

/** Both are scores of the same pairs in the same order. */
function crossed(before: readonly number[], after: readonly number[], threshold: number) {
  const above = (score: number | undefined): boolean => score !== undefined && score >= threshold;
  const fell = before.filter((score, i) => above(score) && !above(after[i])).length;
  const rose = before.filter((score, i) => !above(score) && above(after[i])).length;
  return { fell, rose };
}
