import type { GapKey } from '../../../contract/words/items.ts';
import { refuse } from '../problems.ts';
import { type Refused, unread } from './asked.ts';
import { amountOf, rulesOf, scoreOf } from './qti1-scoring.ts';
import { allIn, elementsOf, type QtiNode, tagOf, wordsIn } from './tree.ts';

/** What is given for an answer to a response, in the order of the rules. */
type Given = { readonly response: string; readonly value: string; readonly amount: number; readonly cased: boolean };

/**
 * What rules give for single answers. Several answers of one condition are alternatives: nobody can give two.
 * @returns the first part of the rules that is something else
 */
function givenBy(item: QtiNode): readonly Given[] | Refused {
  const [processing, second] = elementsOf(item).filter(({ name }) => name === 'resprocessing');
  if (!processing) return refuse('key-missing');
  if (second) return unread(tagOf(second));
  const score = scoreOf(processing);
  const given: Given[] = [];
  for (const { test, sets } of rulesOf(processing, score.name)) {
    if (sets.length === 0) continue;
    const amount = sets.length === 1 ? amountOf(sets[0] as QtiNode, score) : undefined;
    const strange = allIn(test, 'and', 'not').concat(elementsOf(test).filter(({ name }) => !TESTS.has(name)))[0];
    if (strange) return unread(tagOf(strange));
    if (amount === undefined) return unread('<setvar>');
    for (const equal of allIn(test, 'varequal')) {
      const { respident: response = '', case: cased = 'No' } = equal.attributes;
      given.push({ response, value: wordsIn(equal), amount, cased: /^yes$/i.test(cased) });
    }
  }
  return given.filter(({ amount }) => amount !== 0);
}
const TESTS = new Set(['varequal', 'or', 'other', 'unanswered']);

/** The words that count, all of them as much; without a word about it capitals do not. */
export function wordsOf(item: QtiNode, response: string): { readonly ok: true; readonly key: GapKey } | Refused {
  const given = givenBy(item);
  if ('ok' in given) return given;
  const [first] = given;
  if (!first) return refuse('key-missing');
  if (given.some((one) => one.response !== response || one.amount !== first.amount || one.amount < 0))
    return unread('<setvar>');
  if (given.some(({ cased }) => cased !== first.cased)) return unread('<varequal case>');
  const accepted = given.map(({ value }) => value);
  return { ok: true, key: { accepted, ...(first.cased ? { caseCounts: true } : {}) } };
}

/** The one label that counts for each response, all of them as much. */
export function labelsOf(
  item: QtiNode,
  responses: readonly string[],
): { readonly ok: true; readonly right: readonly string[] } | Refused {
  const given = givenBy(item);
  if ('ok' in given) return given;
  if (given.length === 0) return refuse('key-missing');
  const by = new Map(given.map(({ response, value }) => [response, value]));
  const right = responses.flatMap((response) => by.get(response) ?? []);
  const alike = given.every(({ amount }) => amount > 0 && Math.abs(amount - (given[0]?.amount ?? 0)) <= 0.02);
  const isWhole = right.length === responses.length && given.length === responses.length;
  return isWhole && alike ? { ok: true, right } : unread('<respcondition>');
}
