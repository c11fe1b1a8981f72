import type { Given } from '../../contract/words/form.ts';
import type { Item } from '../../contract/words/items.ts';

type Asked = Pick<Item, 'kind' | 'options' | 'number' | 'gaps' | 'premises'>;

/** Whether a page could have sent this answer for this item: it names what is there, and has a place for each thing asked. */
export function isPossible(
  { chosen, typed, gaps, pairs }: Given,
  { kind, options, number, gaps: keys, premises }: Asked,
): boolean {
  const there = new Set<string>(options.map(({ id }) => id));
  return (
    chosen.every((id) => there.has(id)) &&
    (kind !== 'order' || chosen.length === 0 || new Set(chosen).size === options.length) &&
    (typed === undefined || number !== undefined) &&
    (gaps === undefined || gaps.length === keys?.length) &&
    (premises === undefined || chosen.length === 0) &&
    (pairs === undefined || arePossible(pairs, new Set(premises?.map(({ id }) => id)), there))
  );
}

/** Each premise has one option beside it, or none. */
const arePossible = (
  pairs: NonNullable<Given['pairs']>,
  premises: ReadonlySet<string>,
  choices: ReadonlySet<string>,
): boolean =>
  pairs.every(({ premise, choice }) => premises.has(premise) && choices.has(choice)) &&
  new Set(pairs.map(({ premise }) => premise)).size === pairs.length &&
  premises.size > 0;
