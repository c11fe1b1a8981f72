import type { GapKey } from '../../../contract/words/items.ts';
import { type ItemReading, refuse } from '../problems.ts';
import { readGapped } from '../question.ts';
import { type AskedItem, declarationOf, type Refused, unread } from './asked.ts';
import {
  entriesOf,
  identifierOf,
  type MapEntry,
  type Responses,
  type Scoring,
  scoringOf,
  valuesOf,
} from './scoring.ts';
import { allIn, childOf, type QtiNode, tagOf, wordsIn } from './tree.ts';

/** Words that are typed into gaps, where it is said which count, and whether capitals do. */
export function readTextEntry({ item, interactions, stem, leftOut }: AskedItem): ItemReading {
  const declarations: QtiNode[] = [];
  for (const interaction of interactions) {
    const declared = declarationOf(item, interaction);
    if (!declared.ok) return declared;
    const { cardinality = 'single', baseType } = declared.declaration.attributes;
    if (cardinality !== 'single' || baseType !== 'string')
      return refuse('kind-unknown', { construct: `${tagOf(interaction)} baseType="${baseType}"` });
    const strange = ['patternMask', 'stringIdentifier'].find((name) => interaction.attributes[name] !== undefined);
    if (strange ?? declarations.includes(declared.declaration)) return unread(strange ?? tagOf(interaction));
    declarations.push(declared.declaration);
  }
  const keys = keysOf(item, declarations);
  if (!keys.ok) return keys;
  const hints = interactions.flatMap(({ attributes }) => (attributes.placeholderText ? ['placeholderText'] : []));
  return readGapped({ stem, topic: '', leftOut: [...leftOut, ...hints, ...keys.leftOut] }, keys.gaps);
}

type Keys = { readonly ok: true; readonly gaps: readonly GapKey[]; readonly leftOut: readonly string[] };

/** Nobody types this. */
const NONSENSE = '\u{E000}';

function keysOf(item: QtiNode, declarations: readonly QtiNode[]): Keys | Refused {
  const scoring = scoringOf(item, declarations);
  if (scoring.is === 'unread') return unread(scoring.construct);
  const unsaid = declarations
    .flatMap(entriesOf)
    .some(({ key, caseCounts }) => caseCounts === undefined && hasCase(key));
  if (unsaid) return unread('<mapEntry> without caseSensitive');
  const [doubled] = declarations.filter(saysTwice).flatMap((one) => allIn(one, 'mapEntry'));
  if (doubled) return unread(tagOf(doubled));
  const right = declarations.map(rightIn);
  if (right.includes(undefined)) return refuse('key-missing');
  const all = right.map((text) => text ?? '');
  const worth = worthOf(scoring, declarations);
  const full = worth(all);
  const without = all.map((_, at) => worth(all.with(at, NONSENSE)));
  const by = scoring.is === 'worth' ? scoring.by : tagOf({ written: 'responseProcessing' });
  if (!(full > worth(all.map(() => NONSENSE))) || without.some((less) => less >= full)) return unread(by);
  const gaps: GapKey[] = [];
  for (const [at, declaration] of declarations.entries()) {
    const found = gapOf(candidatesFor(item, declaration), (text) => worth(all.with(at, text)), {
      full,
      none: without[at] ?? 0,
    });
    if (!found) return unread(by);
    gaps.push(found);
  }
  if (!areIndependent(gaps, worth, full)) return unread(by);
  return { ok: true, gaps, leftOut: new Set(without).size > 1 ? [by] : [] };
}

/** Whether capitals do not count, and words that differ in them alone are worth different amounts. */
function saysTwice(declaration: QtiNode): boolean {
  const entries = entriesOf(declaration);
  const isDoubled = ({ key, worth }: MapEntry): boolean =>
    entries.some((other) => other.worth !== worth && other.key.toLowerCase() === key.toLowerCase());
  return entries.some((entry) => entry.caseCounts === false && isDoubled(entry));
}

/** What is declared, or else what is worth most by itself. */
function rightIn(declaration: QtiNode): string | undefined {
  const [declared, second] = valuesOf(declaration);
  if (declared !== undefined) return second === undefined ? declared : undefined;
  const [best] = entriesOf(declaration).toSorted((a, b) => b.worth - a.worth);
  return best && best.worth > 0 ? best.key : undefined;
}

const worthOf =
  (scoring: Exclude<Scoring, { is: 'unread' }>, declarations: readonly QtiNode[]) =>
  (texts: readonly string[]): number => {
    if (scoring.is === 'declared')
      return Number(declarations.every((declaration, at) => texts[at] === valuesOf(declaration)[0]));
    const responses: Responses = new Map(
      declarations.map((declaration, at) => [identifierOf(declaration), [texts[at] ?? '']]),
    );
    return Number(scoring.worth(responses).toFixed(6));
  };

/** Every text that an item speaks of. */
function candidatesFor(item: QtiNode, declaration: QtiNode): readonly string[] {
  const processing = childOf(item, 'responseProcessing');
  const compared = processing ? allIn(processing, 'baseValue') : [];
  const texts = compared.filter(({ attributes }) => attributes.baseType === 'string').map(wordsIn);
  return [...new Set([...valuesOf(declaration), ...entriesOf(declaration).map(({ key }) => key), ...texts])];
}

/** The texts that are worth all of it; nothing where one is worth a part, or where capitals count of some only. */
function gapOf(
  candidates: readonly string[],
  worth: (text: string) => number,
  { full, none }: { readonly full: number; readonly none: number },
): GapKey | undefined {
  const worths = candidates.map(worth);
  if (worths.some((one) => one !== full && one !== none)) return undefined;
  const accepted = candidates.filter((_, at) => worths[at] === full);
  const cased = accepted.filter(hasCase);
  const lenient = cased.filter((text) => [text.toLowerCase(), text.toUpperCase()].every((one) => worth(one) === full));
  if (lenient.length > 0 && lenient.length < cased.length) return undefined;
  return { accepted, ...(cased.length > lenient.length ? { caseCounts: true } : {}) };
}

const hasCase = (text: string): boolean => text.toLowerCase() !== text.toUpperCase();

/** More ways to say all of it are not gone through. */
const MOST_WAYS = 1_000;

/** Whether what counts in one gap counts whatever of it stands in the others. */
function areIndependent(gaps: readonly GapKey[], worth: (texts: readonly string[]) => number, full: number): boolean {
  let ways: readonly (readonly string[])[] = [[]];
  for (const { accepted } of gaps) {
    ways = ways.flatMap((way) => accepted.map((text) => [...way, text]));
    if (ways.length > MOST_WAYS) return false;
  }
  return ways.every((way) => worth(way) === full);
}
