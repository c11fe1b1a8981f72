/** A single value, several, or NULL, which has none. */
export type Value = readonly (string | number | boolean)[];

type Operator = (operands: readonly Value[]) => Value;

/** NULL where an operand is. */
const onNumbers =
  (apply: (numbers: readonly number[]) => number | boolean): Operator =>
  (operands) =>
    operands.some((operand) => operand.length === 0) ? [] : [apply(operands.flat().map(Number))];

const sameValues = (one: Value = [], other: Value = []): Value =>
  one.length === 0 || other.length === 0
    ? []
    : [one.map(String).toSorted().join('\n') === other.map(String).toSorted().join('\n')];

/** `yes` decides it alone; without it, whatever is NULL leaves it open. */
const decidedBy =
  (yes: boolean): Operator =>
  (operands) => {
    const values = operands.map(([value]) => value);
    if (values.includes(yes)) return [yes];
    return values.includes(undefined) ? [] : [!yes];
  };

const holds = (container: Value = [], part: Value = []): Value =>
  container.length === 0 || part.length === 0
    ? []
    : [part.every((value) => container.map(String).includes(`${value}`))];

/** What an expression may be made of, besides variables and constants. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  baseValue: () => [],
  null: () => [],
  isNull: ([value = []]) => [value.length === 0],
  not: ([operand = []]) => operand.map((value) => value !== true),
  and: decidedBy(false),
  or: decidedBy(true),
  match: ([one, other]) => sameValues(one, other),
  member: ([part, container]) => holds(container, part),
  contains: ([container, part]) => holds(container, part),
  multiple: (operands) => operands.flat(),
  ordered: (operands) => operands.flat(),
  containerSize: ([container = []]) => [container.length],
  sum: onNumbers((numbers) => numbers.reduce((total, number) => total + number, 0)),
  product: onNumbers((numbers) => numbers.reduce((total, number) => total * number, 1)),
  subtract: onNumbers(([a = 0, b = 0]) => a - b),
  divide: onNumbers(([a = 0, b = 0]) => a / b),
  min: onNumbers((numbers) => Math.min(...numbers)),
  max: onNumbers((numbers) => Math.max(...numbers)),
  equal: onNumbers(([a, b]) => a === b),
  gt: onNumbers(([a = 0, b = 0]) => a > b),
  lt: onNumbers(([a = 0, b = 0]) => a < b),
  gte: onNumbers(([a = 0, b = 0]) => a >= b),
  lte: onNumbers(([a = 0, b = 0]) => a <= b),
};
