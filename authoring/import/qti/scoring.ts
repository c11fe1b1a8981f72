import { OPERATORS, type Value } from './operators.ts';
import { allIn, childOf, elements, elementsOf, type QtiNode, tagOf, valuesIn, wordsIn } from './tree.ts';

/** How an item of QTI 2 or 3 gives points, as far as it says. */
export type Scoring =
  /** As the right response is declared. */
  | { readonly is: 'declared' }
  /** `by` is what gives the points, as the file calls it. */
  | { readonly is: 'worth'; readonly worth: Worth; readonly by: string }
  | { readonly is: 'unread'; readonly construct: string };

/** What was answered, by the identifier of each response. */
export type Responses = ReadonlyMap<string, readonly string[]>;
type Worth = (responses: Responses) => number;

type State = { readonly outcomes: Map<string, Value>; readonly responses: Responses; isOver: boolean };
type Item = {
  readonly declarations: ReadonlyMap<string, QtiNode>;
  readonly others: readonly string[];
  readonly defaults: ReadonlyMap<string, Value>;
};

/** @param declarations of the responses that are asked for */
export function scoringOf(item: QtiNode, declarations: readonly QtiNode[]): Scoring {
  const processing = childOf(item, 'responseProcessing');
  const rules = processing ? elementsOf(processing) : [];
  if (!processing || rules.length === 0) return byTemplate(processing?.attributes.template, declarations);
  const known = knownOf(item, declarations);
  const [mapping] = declarations.flatMap((one) => childOf(one, 'mapping') ?? []);
  const construct = unreadIn(processing, known);
  if (construct !== undefined) return { is: 'unread', construct };
  const givesPoints = allIn(processing, 'setOutcomeValue').some(({ attributes }) => attributes.identifier === SCORE);
  if (!givesPoints) return { is: 'declared' };
  const by = allIn(processing, 'mapResponse').length > 0 && mapping ? entryOf(mapping) : tagOf(processing);
  return { is: 'worth', worth: (responses) => points(rules, known, responses), by };
}

const SCORE = 'SCORE';

/** The templates that the specification has, by the end of their address: they are of one response. */
function byTemplate(template: string | undefined, declarations: readonly QtiNode[]): Scoring {
  const name = template?.replace(/^.*\//s, '').replace(/\.xml$/, '');
  const [declaration, second] = declarations;
  if (name !== undefined && second) return { is: 'unread', construct: `template="${template}"` };
  const isMapped = name === undefined || /^(map_response|CC2_map_response)$/.test(name);
  const mapping = declaration && childOf(declaration, 'mapping');
  if (isMapped && mapping && !second)
    return {
      is: 'worth',
      worth: (responses) => mappedBy(declaration, responses.get(identifierOf(declaration)) ?? []),
      by: entryOf(mapping),
    };
  if (isMapped || /^(match_correct|CC2_match(_basic)?)$/.test(name)) return { is: 'declared' };
  return { is: 'unread', construct: `template="${template}"` };
}

export const identifierOf = ({ attributes }: QtiNode): string => attributes.identifier ?? '';

const entryOf = (mapping: QtiNode): string => tagOf(childOf(mapping, 'mapEntry') ?? mapping);

function knownOf(item: QtiNode, declarations: readonly QtiNode[]): Item {
  const outcomes = item.children.filter(({ name }) => name === 'outcomeDeclaration');
  const others = item.children.filter((child) => child.name === 'responseDeclaration' && !declarations.includes(child));
  return {
    declarations: new Map(declarations.map((declaration) => [identifierOf(declaration), declaration])),
    others: others.map(identifierOf),
    defaults: new Map(outcomes.map((outcome) => [identifierOf(outcome), defaultOf(outcome)])),
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
  const isAsked = item.declarations.has(identifier);
  if (name === 'correct' || name === 'mapResponse') return isAsked;
  if (name === 'variable') return isAsked || item.defaults.has(identifier) || item.others.includes(identifier);
  return Object.hasOwn(OPERATORS, name) && (name !== 'equal' || toleranceMode === 'exact');
}

/** What the rules give for a response. */
function points(rules: readonly QtiNode[], item: Item, responses: Responses): number {
  const state: State = { outcomes: new Map(item.defaults), responses, isOver: false };
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
  const declaration = item.declarations.get(identifier);
  if (node.name === 'variable')
    return declaration ? (state.responses.get(identifier) ?? []) : (state.outcomes.get(identifier) ?? []);
  if (node.name === 'correct') return valuesOf(declaration);
  if (node.name === 'mapResponse') return [mappedBy(declaration, state.responses.get(identifier) ?? [])];
  if (node.name === 'baseValue') return [typed(wordsIn(node), baseType)];
  const operands = elementsOf(node).map((operand) => valueIn(operand, item, state));
  const isOrdered = node.name === 'match' && elementsOf(node).some((operand) => isInOrder(operand, item));
  return (isOrdered ? sameOrder(operands) : OPERATORS[node.name]?.(operands)) ?? [];
}

/** What is right, as it is declared; a pair is two names with one blank between them. */
export const valuesOf = (declaration: QtiNode | undefined): readonly string[] =>
  valuesIn(declaration && childOf(declaration, 'correctResponse')).map((value) =>
    isPaired(declaration) ? value.split(/\s+/).join(' ') : value,
  );

const isPaired = (declaration: QtiNode | undefined): boolean => /pair$/i.test(declaration?.attributes.baseType ?? '');

const isInOrder = ({ name, attributes: { identifier = '' } }: QtiNode, { declarations }: Item): boolean =>
  name === 'ordered' ||
  (/^(variable|correct)$/.test(name) && declarations.get(identifier)?.attributes.cardinality === 'ordered');

const sameOrder = ([one = [], other = []]: readonly Value[]): Value =>
  one.length === 0 || other.length === 0 ? [] : [one.map(String).join('\n') === other.map(String).join('\n')];

/** What a mapping gives for a response: the sum over what was answered, within its bounds. */
function mappedBy(declaration: QtiNode | undefined, response: Value): number {
  const mapping = declaration && childOf(declaration, 'mapping');
  if (!mapping) return 0;
  const { defaultValue = '0', lowerBound, upperBound } = mapping.attributes;
  const entries = entriesOf(declaration);
  const sum = response.reduce<number>((total, given) => {
    const entry = entries.find(({ key, caseCounts }) => isSame(`${given}`, key, caseCounts));
    return total + (entry?.worth ?? Number(defaultValue));
  }, 0);
  const least = lowerBound === undefined ? sum : Math.max(sum, Number(lowerBound));
  return upperBound === undefined ? least : Math.min(least, Number(upperBound));
}

export type MapEntry = {
  readonly key: string;
  readonly worth: number;
  /** Nothing where it is words, and editions of QTI differ in what it means that it is not said. */
  readonly caseCounts: boolean | undefined;
};

export function entriesOf(declaration: QtiNode): readonly MapEntry[] {
  const isWords = declaration.attributes.baseType === 'string';
  return allIn(declaration, 'mapEntry').map(({ written, attributes }) => {
    const { mapKey = '', mappedValue, caseSensitive } = attributes;
    const key = mapKey.trim();
    // In QTI 3 capitals do not count unless it is said; before, editions have it this way and that.
    const unsaid = written.startsWith('qti-') ? false : undefined;
    const said = caseSensitive === undefined ? unsaid : /^(true|1)$/.test(caseSensitive);
    return {
      key: isPaired(declaration) ? key.split(/\s+/).join(' ') : key,
      worth: Number(mappedValue),
      caseCounts: isWords ? said : true,
    };
  });
}

const isSame = (given: string, key: string, caseCounts = true): boolean =>
  caseCounts ? given === key : given.toLowerCase() === key.toLowerCase();
