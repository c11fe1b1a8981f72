import { compareDecimals, readDecimal } from '../decimal.ts';
import { type NumberKey, readNumberAnswers, takesBetween, takesNear } from '../number-answers.ts';
import { type RowReason, refuse, type Why } from '../problems.ts';
import { amountOf, rulesOf, scoreOf } from './qti1-scoring.ts';
import { elementsOf, type QtiNode, tagOf, wordsIn } from './tree.ts';

type Refused = { readonly ok: false; readonly reason: RowReason } & Why;

/** The bounds of what is right, both of them right, and the number that is named. As texts: no digit may be lost. */
type Bounds = { from?: string; to?: string; exact?: string; unread?: string };

/** What an item of QTI 1.2 that asks for a number calls right: one number, or a range around one. */
export function numberKeyOf(item: QtiNode, response: string): { readonly ok: true; readonly key: NumberKey } | Refused {
  const [processing, second] = elementsOf(item).filter(({ name }) => name === 'resprocessing');
  if (!processing) return refuse('key-missing');
  if (second) return refuse('construct-unread', { construct: tagOf(second) });
  const score = scoreOf(processing);
  // Blackboard gives no points for a number that is right: it says that it is.
  const right = rulesOf(processing, score.name).filter(({ sets, feedback }) =>
    sets.length > 0 ? sets.some((set) => (amountOf(set, score) ?? 1) > 0) : feedback.includes('correct'),
  );
  const [rule] = right;
  if (!rule) return refuse('key-missing');
  if (right.length > 1) return refuse('key-count');
  const bounds: Bounds = {};
  collect(rule.test, response, bounds);
  if (bounds.unread !== undefined) return refuse('construct-unread', { construct: bounds.unread });
  const key = keyWithin(bounds);
  return key ? { ok: true, key } : refuse('key-unreadable');
}

const BOUNDS: Readonly<Record<string, 'from' | 'to' | 'exact'>> = { vargte: 'from', varlte: 'to', varequal: 'exact' };

/**
 * A range is written beside the number in its middle, as one or the other: 36, or from 35.5 to 36.5. A bound that is itself wrong (vargt)
 * cannot be kept.
 */
function collect(test: QtiNode, response: string, bounds: Bounds): void {
  for (const part of elementsOf(test)) {
    const bound = BOUNDS[part.name];
    if (part.name === 'or' || part.name === 'and') collect(part, response, bounds);
    else if (!bound || part.attributes.respident !== response || bounds[bound] !== undefined)
      bounds.unread = tagOf(part);
    else bounds[bound] = wordsIn(part);
  }
}

function keyWithin({ from, to, exact }: Bounds): NumberKey | undefined {
  if ((from === undefined) !== (to === undefined)) return undefined;
  const takes = from !== undefined && to !== undefined ? takesBetween(from, to) : takesNear(exact ?? '', '0');
  if (typeof takes !== 'object') return undefined;
  const named = exact === undefined ? takes.value : readDecimal(exact);
  if (!named || compareDecimals(named, takes.value) !== 0) return undefined;
  const found = readNumberAnswers([{ worth: 100, takes }], '<varequal>');
  return found.ok ? found.key : undefined;
}
