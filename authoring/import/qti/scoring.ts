import type { Worth } from './key.ts';
import { OPERATORS, type Value } from './operators.ts';
import { allIn, childOf, elements, elementsOf, type QtiNode, tagOf, valuesIn, wordsIn } from './tree.ts';

/** How an item of QTI 2 or 3 gives points, as far as it says. */
export type Scoring =
  /** As the right response is declared. */
  | { readonly is: 'declared' }
  /** `by` is what gives the points, as the file calls it. */
  | { readonly is: 'worth'; readonly worth: Worth; readonly by: string }
  | { readonly is: 'unread'; readonly construct: string };

type State = { readonly outcomes: Map<string, Value>; readonly response: Value; isOver: boolean };
type Item = {
  readonly identifier: string;
  readonly declaration: QtiNode;
  readonly others: readonly string[];
  readonly defaults: ReadonlyMap<string, Value>;
};

/**
 * @param names of the options, in their order
 * @param declaration of the response
 */
export function scoringOf(item: QtiNode, declaration: QtiNode, names: readonly string[]): Scoring {
  const processing = childOf(item, 'responseProcessing');
  const rules = processing ? elementsOf(processing) : [];
  const mapping = childOf(declaration, 'mapping');
  if (!processing || rules.length === 0) return byTemplate(processing?.attributes.template, mapping, names);
  const known = knownOf(item, declaration);
  const construct = unreadIn(processing, known);
  if (construct !== undefined) return { is: 'unread', construct };
  const givesPoints = allIn(processing, 'setOutcomeValue').some(({ attributes }) => attributes.identifier === SCORE);
  if (!givesPoints) return { is: 'declared' };
  const by = allIn(processing, 'mapResponse').length > 0 && mapping ? entryOf(mapping) : tagOf(processing);
  return {
    is: 'worth',
    worth: (chosen) =>
      points(
        rules,
        known,
        chosen.map((at) => names[at] ?? ''),
      ),
    by,
  };
}

const SCORE = 'SCORE';

/** The templates that the specification has, by the end of their address. */
function byTemplate(template: string | undefined, mapping: QtiNode | undefined, names: readonly string[]): Scoring {
  const name = template?.replace(/^.*\//s, '').replace(/\.xml$/, '');
  const byMapping: Scoring = mapping
    ? {
        is: 'worth',
        worth: (chosen) =>
          mapped(
            mapping,
            chosen.map((at) => names[at] ?? ''),
          ),
        by: entryOf(mapping),
      }
    : { is: 'declared' };
  if (name === undefined || /^(map_response|CC2_map_response)$/.test(name)) return byMapping;
  if (/^(match_correct|CC2_match(_basic)?)$/.test(name)) return { is: 'declared' };
  return { is: 'unread', construct: `template="${template}"` };
}

const entryOf = (mapping: QtiNode): string => tagOf(childOf(mapping, 'mapEntry') ?? mapping);

function knownOf(item: QtiNode, declaration: QtiNode): Item {
  const outcomes = item.children.filter(({ name }) => name === 'outcomeDeclaration');
  const others = item.children.filter((child) => child.name === 'responseDeclaration' && child !== declaration);
  return {
    identifier: declaration.attributes.identifier ?? '',
    declaration,
    others: others.map(({ attributes }) => attributes.identifier ?? ''),
    defaults: new Map(outcomes.map((outcome) => [outcome.attributes.identifier ?? '', defaultOf(outcome)])),
  };
}

/** A number that nobody has set is 0. */
function defaultOf(outcome: QtiNode): Value {
  const { baseType } = outcome.attributes;
  const values = valuesIn(childOf(outcome, 'defaultValue')).map((value) => typed(value, baseType));
  return values.length === 0 && isNumber(baseType) ? [0] : values;
}

const isNumber = (baseType: string | undefined): boolean => baseType === 'float' || baseType === 'integer';

function typed(value: string, baseType: string | undefined): string | number | boolean {
  if (isNumber(baseType)) return Number(value);
  return baseType === 'boolean' ? value === 'true' || value === '1' : value;
}

const RULES = [
  ...['responseCondition', 'responseIf', 'responseElseIf', 'responseElse', 'setOutcomeValue'],
  ...['responseProcessingFragment', 'exitResponse'],
];

/** Of rules and expressions: they are gone through for every response that can be given. */
const MOST_STEPS = 1_000;

/** What of the rules is not understood, if anything. */
function unreadIn(processing: QtiNode, item: Item): string | undefined {
  const all = elements(processing);
  if (all.length > MOST_STEPS) return tagOf(processing);
  const unread = all.find((node) => !RULES.includes(node.name) && !isOperator(node, item));
  return unread && tagOf(unread);
}

function isOperator({ name, attributes }: QtiNode, item: Item): boolean {
  const { identifier = '', toleranceMode = 'exact' } = attributes;
  if (name === 'correct' || name === 'mapResponse') return identifier === item.identifier;
  if (name === 'variable')
    return identifier === item.identifier || item.defaults.has(identifier) || item.others.includes(identifier);
  return Object.hasOwn(OPERATORS, name) && (name !== 'equal' || toleranceMode === 'exact');
}

/** What the rules give for a response. */
function points(rules: readonly QtiNode[], item: Item, response: readonly string[]): number {
  const state: State = { outcomes: new Map(item.defaults), response, isOver: false };
  run(rules, item, state);
  const [score = 0] = state.outcomes.get(SCORE) ?? [];
  return typeof score === 'number' && !Number.isNaN(score) ? score : 0;
}

function run(rules: readonly QtiNode[], item: Item, state: State): void {
  for (const rule of rules) {
    if (state.isOver) return;
    if (rule.name === 'exitResponse') state.isOver = true;
    else if (rule.name === 'responseProcessingFragment') run(elementsOf(rule), item, state);
    else if (rule.name === 'setOutcomeValue') {
      const [expression] = elementsOf(rule);
      if (expression) state.outcomes.set(rule.attributes.identifier ?? '', valueIn(expression, item, state));
    } else {
      const branch = elementsOf(rule).find(
        ({ name, children }) =>
          name === 'responseElse' ||
          isTrue(
            children
              .filter((child) => child.name !== '')
              .slice(0, 1)
              .flatMap((test) => valueIn(test, item, state)),
          ),
      );
      if (branch) run(elementsOf(branch).slice(branch.name === 'responseElse' ? 0 : 1), item, state);
    }
  }
}

const isTrue = (value: Value): boolean => value[0] === true;

function valueIn(node: QtiNode, item: Item, state: State): Value {
  const { identifier = '', baseType } = node.attributes;
  if (node.name === 'variable')
    return identifier === item.identifier ? state.response : (state.outcomes.get(identifier) ?? []);
  if (node.name === 'correct') return valuesIn(childOf(item.declaration, 'correctResponse'));
  if (node.name === 'mapResponse') return [mappedBy(item.declaration, state.response)];
  if (node.name === 'baseValue') return [typed(wordsIn(node), baseType)];
  return OPERATORS[node.name]?.(elementsOf(node).map((operand) => valueIn(operand, item, state))) ?? [];
}

const mappedBy = (declaration: QtiNode, response: Value): number => {
  const mapping = childOf(declaration, 'mapping');
  return mapping ? mapped(mapping, response) : 0;
};

/** What a mapping gives for a response: the sum over what was chosen, within its bounds. */
function mapped(mapping: QtiNode, response: Value): number {
  const { defaultValue = '0', lowerBound, upperBound } = mapping.attributes;
  const entries = new Map(
    allIn(mapping, 'mapEntry').map(({ attributes }) => [
      attributes.mapKey?.trim() ?? '',
      Number(attributes.mappedValue),
    ]),
  );
  const sum = response.reduce<number>((total, chosen) => total + (entries.get(`${chosen}`) ?? Number(defaultValue)), 0);
  const least = lowerBound === undefined ? sum : Math.max(sum, Number(lowerBound));
  return upperBound === undefined ? least : Math.min(least, Number(upperBound));
}
