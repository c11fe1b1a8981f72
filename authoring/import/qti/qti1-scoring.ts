import type { Worth } from './key.ts';
import { allIn, childOf, elementsOf, type QtiNode, tagOf, wordsIn } from './tree.ts';

/** How an item of QTI 1.2 gives points for its one response. */
export type Qti1Scoring =
  | { readonly is: 'worth'; readonly worth: Worth }
  | { readonly is: 'unread'; readonly construct: string }
  /** Points are given for an option that is not there. */
  | { readonly is: 'outside' };

/** Of a condition, what points it gives and whether the ones after it are looked at. */
type Rule = {
  readonly test: QtiNode;
  readonly sets: readonly QtiNode[];
  readonly goesOn: boolean;
  /** Names of what is said to whoever answers so. */
  readonly feedback: readonly string[];
};
type Score = { readonly name: string; readonly start: number; readonly least?: number; readonly most?: number };

/**
 * @param response its name
 * @param names of the options, in their order
 */
export function qti1Scoring(item: QtiNode, response: string, names: readonly string[]): Qti1Scoring {
  const [processing, second] = elementsOf(item).filter(({ name }) => name === 'resprocessing');
  if (!processing) return { is: 'worth', worth: () => 0 };
  if (second) return { is: 'unread', construct: tagOf(second) };
  const score = scoreOf(processing);
  const rules = rulesOf(processing, score.name);
  const construct = unreadIn(processing, score);
  if (construct !== undefined) return { is: 'unread', construct };
  const takesSeveral = allIn(item, 'response_lid').some(({ attributes }) =>
    /^multiple$/i.test(attributes.rcardinality ?? ''),
  );
  if (takesSeveral && leavesOpen(processing)) return { is: 'unread', construct: '<respcondition> without continue' };
  const asked = rules
    .filter(({ sets }) => sets.length > 0)
    .flatMap(({ test }) => allIn(test, 'varequal').filter(({ attributes }) => attributes.respident === response));
  if (asked.some((equal) => !names.includes(wordsIn(equal)))) return { is: 'outside' };
  const worth: Worth = (chosen) =>
    points(
      rules,
      score,
      response,
      chosen.map((at) => names[at] ?? ''),
    );
  return { is: 'worth', worth };
}

/**
 * Whether points add up over conditions that do not say whether the next one is looked at. By the letter the first alone counts, and
 * one of several options would be all that is right; whoever adds means them all.
 */
const leavesOpen = (processing: QtiNode): boolean =>
  allIn(processing, 'respcondition')
    .filter((rule) => allIn(rule, 'setvar').some(({ attributes }) => /^(add|subtract)$/i.test(attributes.action ?? '')))
    .slice(0, -1)
    .some(({ attributes }) => attributes.continue === undefined);

/** The variable that holds the points: the first that is declared. */
export function scoreOf(processing: QtiNode): Score {
  const [decvar] = allIn(processing, 'decvar');
  const { varname = 'SCORE', defaultval, minvalue, maxvalue } = decvar?.attributes ?? {};
  const [least, most] = [number(minvalue), number(maxvalue)];
  return {
    name: varname,
    start: number(defaultval) ?? 0,
    ...(least === undefined ? {} : { least }),
    // Blackboard writes 0 where nobody has said how many points a question has.
    ...(most === undefined || most <= 0 ? {} : { most }),
  };
}

const number = (text: string | undefined): number | undefined =>
  text === undefined || text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text);

export const rulesOf = (processing: QtiNode, score: string): readonly Rule[] =>
  elementsOf(processing)
    .filter(({ name }) => name === 'respcondition')
    .map((rule) => ({
      test: childOf(rule, 'conditionvar') ?? rule,
      sets: elementsOf(rule).filter((set) => set.name === 'setvar' && variableOf(set, score) === score),
      feedback: elementsOf(rule).flatMap(({ attributes }) => attributes.linkrefid ?? []),
      goesOn: /^yes$/i.test(rule.attributes.continue ?? 'No'),
    }));

/** Blackboard calls the attribute otherwise. */
const variableOf = ({ attributes }: QtiNode, score: string): string =>
  attributes.varname ?? attributes.variablename ?? score;

const RULE_PARTS = ['conditionvar', 'setvar', 'displayfeedback'];
const TESTS = ['varequal', 'and', 'or', 'not', 'other', 'unanswered'];
const MOST_STEPS = 1_000;

function unreadIn(processing: QtiNode, score: Score): string | undefined {
  for (const part of elementsOf(processing)) {
    if (!['outcomes', 'respcondition', 'displayfeedback', 'qticomment'].includes(part.name)) return tagOf(part);
    const foreign = part.name === 'respcondition' && elementsOf(part).find(({ name }) => !RULE_PARTS.includes(name));
    if (foreign) return tagOf(foreign);
  }
  const rules = rulesOf(processing, score.name);
  if (allIn(processing, ...TESTS).length > MOST_STEPS) return tagOf(processing);
  for (const { test, sets } of rules) {
    const unread = allDown(test).find(({ name }) => !TESTS.includes(name));
    if (unread) return tagOf(unread);
    const amount = sets.find((set) => amountOf(set, score) === undefined);
    if (amount) return tagOf(amount);
  }
  return undefined;
}

const allDown = (node: QtiNode): readonly QtiNode[] => elementsOf(node).flatMap((child) => [child, ...allDown(child)]);

/** SCORE.max is what Blackboard gives for the right answer. */
export function amountOf(set: QtiNode, { most, least }: Score): number | undefined {
  const said = wordsIn(set);
  if (/\.max$/i.test(said)) return most ?? 1;
  return /\.min$/i.test(said) ? (least ?? 0) : number(said);
}

/** What the rules give for a response. */
function points(rules: readonly Rule[], score: Score, response: string, chosen: readonly string[]): number {
  let [total, held] = [score.start, false];
  for (const { test, sets, goesOn } of rules) {
    if (!elementsOf(test).every((part) => holds(part, response, chosen, held))) continue;
    held = true;
    for (const set of sets) total = changed(total, set.attributes.action, amountOf(set, score) ?? 0);
    if (!goesOn) break;
  }
  return Math.max(Math.min(total, score.most ?? total), score.least ?? -Infinity);
}

function holds(test: QtiNode, response: string, chosen: readonly string[], held: boolean): boolean {
  const each = (): readonly boolean[] => elementsOf(test).map((part) => holds(part, response, chosen, held));
  if (test.name === 'varequal') return test.attributes.respident === response && chosen.includes(wordsIn(test));
  if (test.name === 'unanswered') return chosen.length === 0;
  // Whatever no rule before it was about.
  if (test.name === 'other') return !held;
  if (test.name === 'or') return each().includes(true);
  return test.name === 'not' ? each().includes(false) : !each().includes(false);
}

function changed(total: number, action: string | undefined, amount: number): number {
  if (/^add$/i.test(action ?? 'Set')) return total + amount;
  if (/^subtract$/i.test(action ?? 'Set')) return total - amount;
  if (/^multiply$/i.test(action ?? 'Set')) return total * amount;
  return /^divide$/i.test(action ?? 'Set') ? total / amount : amount;
}
