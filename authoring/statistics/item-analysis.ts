import { type Given, isBlankAnswer } from '../../contract/words/form.ts';
import type { ItemId, OptionId } from '../../contract/words/ids.ts';
import { isRight, type Key } from '../marking/index.ts';

/**
 * Classical item analysis of stored sittings, in the terms of the field (Crocker & Algina 1986; Ebel & Frisbie 1991). An
 * item is right or not. Candidates may have had different forms: what an item is held against is the part of the rest of
 * each candidate's own form that was right.
 */
export type Sitting = readonly Answered[];
export type Answered = Given & { readonly itemId: ItemId };
/** What an answer is held against, and what else could have been chosen. */
export type Known = Key & { readonly options: readonly OptionId[] };

export type Flag =
  /** Fewer than thirty answers: no figure of this item means anything yet. */
  | 'too-few'
  | 'too-easy'
  | 'too-hard'
  | 'low-discrimination'
  /** Who knows more gets it wrong more often: look at the key first. */
  | 'check-key'
  /** A wrong option that nobody takes. */
  | 'idle-option';

export type OptionUse = {
  readonly option: OptionId;
  readonly right: boolean;
  readonly chosen: number;
  /** Mean of the rest of the form among those who took it; nothing where nobody did. */
  readonly restMean: number | null;
};

export type ItemStatistics = {
  readonly itemId: ItemId;
  readonly n: number;
  /** Part of the candidates who had it right. */
  readonly p: number;
  /** Corrected item-rest point-biserial correlation; nothing where everybody answered alike. */
  readonly rpb: number | null;
  readonly blank: number;
  readonly options: readonly OptionUse[];
  readonly flags: readonly Flag[];
};

/** What the limits are, and whose: Ebel's rules of thumb for discrimination. */
const LIMITS = { fewest: 30, easy: 0.95, hard: 0.2, discrimination: 0.2 } as const;

/** @param keyOf options of an item and which are right; nothing where the bank has no such item */
export function analyseItems(
  sittings: readonly Sitting[],
  keyOf: (item: ItemId) => Known | undefined,
): readonly ItemStatistics[] {
  const seen = new Map<ItemId, Observed[]>();
  for (const sitting of sittings) {
    const known = sitting.flatMap((answer) => {
      const key = keyOf(answer.itemId);
      return key ? [{ ...answer, right: isRight(answer, key) }] : [];
    });
    const total = known.filter(({ right }) => right).length;
    for (const { itemId, right, ...given } of known) {
      // A form of one item has no rest.
      const rest = known.length > 1 ? (total - (right ? 1 : 0)) / (known.length - 1) : Number.NaN;
      const all = seen.get(itemId) ?? [];
      all.push({ given, score: right ? 1 : 0, rest });
      seen.set(itemId, all);
    }
  }
  return [...seen]
    .map(([itemId, observed]) => statisticsOf(itemId, observed, chosenOf(keyOf(itemId))))
    .toSorted((a, b) => b.n - a.n || (a.itemId < b.itemId ? -1 : 1));
}

/** Of pairs no option is right or wrong by itself. */
const chosenOf = (known: Known | undefined): Pick<Known, 'options' | 'key'> =>
  known && !known.premises ? known : { options: [], key: [] };

type Observed = { readonly given: Given; readonly score: 0 | 1; readonly rest: number };

function statisticsOf(
  itemId: ItemId,
  observed: readonly Observed[],
  { options, key }: Pick<Known, 'options' | 'key'>,
): ItemStatistics {
  const n = observed.length;
  const p = mean(observed.map(({ score }) => score));
  const withRest = observed.filter(({ rest }) => !Number.isNaN(rest));
  const rpb = correlation(
    withRest.map(({ score }) => score),
    withRest.map(({ rest }) => rest),
  );
  const uses = options.map((option): OptionUse => {
    const takes = ({ given }: Observed): boolean => given.chosen.includes(option);
    const rests = withRest.filter(takes).map(({ rest }) => rest);
    const restMean = rests.length > 0 ? mean(rests) : null;
    return { option, right: key.includes(option), chosen: observed.filter(takes).length, restMean };
  });
  const blank = observed.filter(({ given }) => isBlankAnswer(given)).length;
  return { itemId, n, p, rpb, blank, options: uses, flags: flagsOf(n, p, rpb, uses) };
}

function flagsOf(n: number, p: number, rpb: number | null, options: readonly OptionUse[]): readonly Flag[] {
  if (n < LIMITS.fewest) return ['too-few'];
  const flags: Flag[] = [];
  if (p > LIMITS.easy) flags.push('too-easy');
  if (p < LIMITS.hard) flags.push('too-hard');
  if (rpb !== null && rpb < 0) flags.push('check-key');
  else if (rpb !== null && rpb < LIMITS.discrimination) flags.push('low-discrimination');
  if (options.some(({ right, chosen }) => !right && chosen === 0)) flags.push('idle-option');
  return flags;
}

export type Reliability = {
  /** `kr-20` of candidates who all had the same items; `kr-20-mixed` where forms differ, from each form's own variances. */
  readonly coefficient: 'kr-20' | 'kr-20-mixed';
  readonly value: number;
  readonly candidates: number;
  readonly items: number;
};

/**
 * Kuder-Richardson formula 20, which for right and wrong is Cronbach's alpha: k/(k-1) (1 - sum p q / variance of totals),
 * population variances. Where forms differ, the sum is the mean over candidates of the p q of the items they had, and totals
 * are compared as they are: an estimate, for forms of one length.
 * @returns nothing for fewer than thirty candidates, forms of different lengths, or totals that are all the same
 */
export function reliabilityOf(
  sittings: readonly Sitting[],
  keyOf: (item: ItemId) => Known | undefined,
): Reliability | undefined {
  const scores = sittings.map((sitting) =>
    sitting.map((answer) => {
      const key = keyOf(answer.itemId);
      return [answer.itemId, key && isRight(answer, key) ? 1 : 0] as const;
    }),
  );
  const [items = 0] = scores.map((sitting) => sitting.length);
  if (scores.length < LIMITS.fewest || items < 2 || scores.some(({ length }) => length !== items)) return undefined;
  const p = new Map(
    [...Map.groupBy(scores.flat(), ([itemId]) => itemId)].map(([id, all]) => [id, mean(all.map(([, score]) => score))]),
  );
  const spread = mean(scores.map((sitting) => sitting.reduce((sum, [id]) => sum + pq(p.get(id) ?? 0), 0)));
  const variance = varianceOf(scores.map((sitting) => sitting.reduce((sum, [, score]) => sum + score, 0)));
  if (variance === 0) return undefined;
  const value = (items / (items - 1)) * (1 - spread / variance);
  return { coefficient: p.size === items ? 'kr-20' : 'kr-20-mixed', value, candidates: scores.length, items };
}

const pq = (p: number): number => p * (1 - p);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const varianceOf = (values: readonly number[]): number => {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
};

/** Pearson's; nothing where one of the two never changes or is no number. */
function correlation(xs: readonly number[], ys: readonly number[]): number | null {
  if (xs.length === 0) return null;
  const [mx, my] = [mean(xs), mean(ys)];
  const covariance = mean(xs.map((x, at) => (x - mx) * ((ys[at] as number) - my)));
  const scale = Math.sqrt(varianceOf(xs) * varianceOf(ys));
  return scale > 0 ? covariance / scale : null;
}
