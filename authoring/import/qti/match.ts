import { passageOf } from '../markup/index.ts';
import { type ItemReading, refuse } from '../problems.ts';
import { readMatched } from '../question.ts';
import {
  type AskedItem,
  declarationOf,
  identifiersOf,
  limitOf,
  mayMove,
  type Refused,
  strangeIn,
  unread,
} from './asked.ts';
import { MOST_OPTIONS } from './key.ts';
import { identifierOf, scoringOf, valuesOf } from './scoring.ts';
import { elementsOf, type QtiNode, tagOf } from './tree.ts';

/** Two sets, of which one has just one of the other beside each of its members. */
type Sets = { readonly premises: readonly QtiNode[]; readonly options: readonly QtiNode[]; readonly turned: boolean };
type Pairs = Sets & { readonly key: readonly number[] };

/** Pairs, of which each premise has one, in either of the two sets. */
export function readMatch({ item, interactions: [interaction], stem, leftOut, find }: AskedItem): ItemReading {
  const sets = elementsOf(interaction).filter(({ name }) => name === 'simpleMatchSet');
  const strange = strangeIn(interaction, 'simpleMatchSet') ?? strangeInSets(sets);
  const [first, second, third] = sets.map(elementsOf);
  if (strange !== undefined || !first || !second || third) return unread(strange ?? tagOf(interaction));
  const declared = declarationOf(item, interaction);
  if (!declared.ok) return declared;
  const { cardinality = 'single', baseType } = declared.declaration.attributes;
  if (cardinality !== 'multiple' || baseType !== 'directedPair') return unread(`baseType="${baseType}"`);
  if (!identifiersOf([...first, ...second])) return refuse('options-unclear');
  if (Math.max(first.length, second.length) > MOST_OPTIONS) return refuse('item-refused');
  const pairs = pairsOf(valuesOf(declared.declaration), first, second);
  if (!pairs.ok) return pairs;
  const most = limitOf(interaction, 'maxAssociations');
  if (most && most.value > 0 && most.value < pairs.premises.length) return unread(most.said);
  const scored = scoredBy(item, declared.declaration, pairs);
  if (!scored.ok) return scored;
  return readMatched({
    ...{ stem, topic: '', key: pairs.key },
    premises: pairs.premises.map((premise) => passageOf(premise, find)),
    options: pairs.options.map((option) => passageOf(option, find)),
    ...(mayMove(interaction, pairs.options) ? {} : { fixedOrder: true }),
    leftOut: [...leftOut, ...scored.leftOut, ...limitsOf(pairs)],
  });
}

function strangeInSets(sets: readonly QtiNode[]): string | undefined {
  for (const set of sets) {
    const strange = strangeIn(set, 'simpleAssociableChoice');
    if (strange !== undefined) return strange;
    const grouped = elementsOf(set).find(({ attributes }) => attributes.matchGroup !== undefined);
    if (grouped) return 'matchGroup';
  }
  return undefined;
}

const nameOf = ({ attributes }: QtiNode): string => attributes.identifier?.trim() ?? '';
const isOnce = ({ attributes: { matchMax = '1' } }: QtiNode): boolean => matchMax === '1';

/** The set of which each member has one pair, and may have no other; the first, where it is both. */
function pairsOf(
  declared: readonly string[],
  first: readonly QtiNode[],
  second: readonly QtiNode[],
): ({ readonly ok: true } & Pairs) | Refused {
  if (declared.length === 0) return refuse('key-missing');
  const named = declared.map((pair) => pair.split(' '));
  const [left, right] = [first.map(nameOf), second.map(nameOf)];
  if (named.some(([a = '', b = '']) => !left.includes(a) || !right.includes(b))) return refuse('key-outside-options');
  const ways = [
    { premises: first, options: second, turned: false, of: named.map(([a = '', b = '']) => [a, b] as const) },
    { premises: second, options: first, turned: true, of: named.map(([a = '', b = '']) => [b, a] as const) },
  ];
  for (const { of, ...sets } of ways) {
    const by = new Map(of);
    if (!sets.premises.every(isOnce) || by.size < of.length || by.size !== sets.premises.length) continue;
    const names = sets.options.map(nameOf);
    return { ok: true, ...sets, key: sets.premises.map((premise) => names.indexOf(by.get(nameOf(premise)) ?? '')) };
  }
  return unread('matchMax');
}

/** What is declared has to be what is worth most: with another option beside a premise, or none, it is worth less. */
function scoredBy(
  item: QtiNode,
  declaration: QtiNode,
  { premises, options, turned, key }: Pairs,
): { readonly ok: true; readonly leftOut: readonly string[] } | Refused {
  const scoring = scoringOf(item, [declaration]);
  if (scoring.is === 'unread') return unread(scoring.construct);
  if (scoring.is === 'declared') return { ok: true, leftOut: [] };
  const worth = (chosen: readonly (number | undefined)[]): number => {
    const pairs = chosen.flatMap((at, n) => {
      const [premise, option] = [premises[n], at === undefined ? undefined : options[at]];
      if (!premise || !option) return [];
      return [turned ? `${nameOf(option)} ${nameOf(premise)}` : `${nameOf(premise)} ${nameOf(option)}`];
    });
    return Number(scoring.worth(new Map([[identifierOf(declaration), pairs]])).toFixed(6));
  };
  const full = worth(key);
  const without = key.map((_, n) => worth(key.with(n, -1)));
  const others = key.flatMap((right, n) => options.flatMap((_, at) => (at === right ? [] : [worth(key.with(n, at))])));
  if (!(full > worth([])) || [...without, ...others].some((less) => less >= full)) return unread(scoring.by);
  const even = new Set(without).size === 1 && new Set(others).size <= 1;
  return { ok: true, leftOut: even ? [] : [scoring.by] };
}

/** How often an option may be used is not kept: here it may be for each premise. */
const limitsOf = ({ premises, options }: Pairs): readonly string[] =>
  options.flatMap((option) => {
    const limit = limitOf(option, 'matchMax');
    return limit && limit.value > 0 && limit.value < premises.length ? [limit.said] : [];
  });
