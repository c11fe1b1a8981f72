import { passageOf } from '../markup/index.ts';
import { type ItemReading, refuse } from '../problems.ts';
import { readOrdered } from '../question.ts';
import { type AskedItem, declarationOf, identifiersOf, limitOf, strangeIn, unread } from './asked.ts';
import { optionsOf } from './choice.ts';
import { MOST_OPTIONS } from './key.ts';
import { identifierOf, scoringOf, valuesOf } from './scoring.ts';
import { tagOf } from './tree.ts';

/** Options that are put into an order, all of them. Where they stand at first does not matter: here they are always shuffled. */
export function readOrder({ item, interactions: [interaction], stem, leftOut, find }: AskedItem): ItemReading {
  const strange = strangeIn(interaction, 'simpleChoice');
  if (strange !== undefined) return unread(strange);
  const declared = declarationOf(item, interaction);
  if (!declared.ok) return declared;
  const { declaration } = declared;
  const { cardinality = 'single' } = declaration.attributes;
  if (cardinality !== 'ordered') return unread(`cardinality="${cardinality}"`);
  const options = optionsOf(interaction);
  const names = identifiersOf(options);
  if (!names) return refuse('options-unclear');
  if (names.length > MOST_OPTIONS) return refuse('item-refused');
  const limit = ['maxChoices', 'minChoices']
    .map((name) => limitOf(interaction, name))
    .find(
      (one) => one && one.value > 0 && one.value !== names.length && !(one.said.startsWith('min') && one.value === 1),
    );
  if (limit) return unread(limit.said);
  const right = valuesOf(declaration);
  if (right.length === 0) return refuse('key-missing');
  if (right.some((name) => !names.includes(name))) return refuse('key-outside-options');
  if (new Set(right).size < names.length || right.length > names.length) return unread('<correctResponse>');
  const scoring = scoringOf(item, [declaration]);
  if (scoring.is === 'unread') return unread(scoring.construct);
  const worth = (order: readonly string[]): number =>
    scoring.is === 'worth' ? scoring.worth(new Map([[identifierOf(declaration), order]])) : Number(order === right);
  const [full, others] = [worth(right), moved(right).map(worth)];
  if (!(full > worth([])) || others.some((other) => other >= full)) return unread(byOf(scoring));
  const inParts = others.some((other) => other > worth([]));
  return readOrdered({
    ...{ stem, topic: '' },
    options: right.flatMap((name) => {
      const option = options[names.indexOf(name)];
      return option ? [{ text: passageOf(option, find), right: true }] : [];
    }),
    leftOut: [...leftOut, ...(inParts ? [byOf(scoring)] : [])],
  });
}

const byOf = (scoring: ReturnType<typeof scoringOf>): string =>
  scoring.is === 'worth' ? scoring.by : tagOf({ written: 'responseProcessing' });

/** An order with each two of its options changed for each other, and with each moved to each other place. */
function moved(order: readonly string[]): readonly (readonly string[])[] {
  const places = order.map((_, at) => at);
  const pairs = places.flatMap((a) => places.filter((b) => b !== a).map((b) => [a, b] as const));
  const others = pairs.flatMap(([a, b]) => [
    order.map((one, at) => (at === a ? (order[b] ?? one) : at === b ? (order[a] ?? one) : one)),
    order.toSpliced(a, 1).toSpliced(b, 0, order[a] ?? ''),
  ]);
  return [...new Map(others.map((other) => [other.join('\n'), other])).values()];
}
