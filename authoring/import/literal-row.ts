import { z } from 'zod';
import { GapKey, type ItemDraft, OptionDraft } from '../../contract/words/items.ts';
import { isYes } from './about.ts';
import { type AboutField, OPTION_LETTERS } from './headings.ts';
import { readKind } from './kinds.ts';
import { type ItemReading, refuse } from './problems.ts';
import { itemOf } from './row-item.ts';
import type { ItemRow } from './sheets.ts';

/** Whether the cells of a row are meant to the letter: no number before the question, no labels, no answer in brackets. */
export const isLiteral = ({ about }: ItemRow): boolean => isYes(about.get('literal'));

/** The item of a row that is meant to the letter, as a program writes one whose words would else be taken for something else. */
export function readLiteral(row: ItemRow): ItemReading {
  if (row.unread) {
    const { reason, ...why } = row.unread;
    return refuse(reason, why);
  }
  const kind = readKind(row.kind);
  if (kind === undefined || kind === 'choice') return refuse('kind-unknown');
  const about = aboutOf(row);
  const asked = { stem: said(row.stem, row.about.get('englishStem')), topic: row.topic, ...about };
  if (row.stem === '') return refuse('stem-missing');
  if (kind === 'numeric') {
    const number = readNumber(row.key);
    return number ? itemOf({ kind, ...asked, options: [], key: [], ...number }) : refuse('key-unreadable');
  }
  if (kind === 'text') {
    const gaps = readListOf(GapKey, row.key);
    return gaps ? itemOf({ kind, ...asked, options: [], key: [], gaps }) : refuse('key-unreadable');
  }
  const options = optionsOf(row);
  if (!options) return refuse('options-unclear');
  const premises = kind === 'match' ? readListOf(OptionDraft, row.about.get('premises') ?? '') : undefined;
  if (kind === 'match' && !premises) return refuse('premises-missing');
  const key = [...row.key].map((letter) => (OPTION_LETTERS as readonly string[]).indexOf(letter));
  if (key.length === 0 || key.includes(-1)) return refuse('key-unreadable');
  if (key.some((at) => at >= options.length)) return refuse('key-outside-options');
  return itemOf({ kind, ...asked, options, ...(premises ? { premises } : {}), key });
}

const said = (zh: string, en = ''): { readonly zh: string; readonly en?: string } => ({
  zh,
  ...(en === '' ? {} : { en }),
});

/** One after the other from A; undefined where one is missing before another. */
function optionsOf({ optionColumns, about }: ItemRow): readonly OptionDraft[] | undefined {
  const most = Math.max(OPTION_LETTERS.length, ...[...optionColumns.keys()].map((at) => at + 1));
  const texts = Array.from({ length: most }, (_, at) => optionColumns.get(at) ?? '');
  const count = texts.findLastIndex((text) => text !== '') + 1;
  const filled = texts.slice(0, count);
  if (filled.includes('') || count > OPTION_LETTERS.length) return undefined;
  return filled.map((text, at) => said(text, about.get(`english${OPTION_LETTERS[at] ?? 'A'}`)));
}

/** `36.5±0.5 V`: numbers as programs write them, and behind a blank the unit, whatever is in it. */
function readNumber(cell: string): Pick<ItemDraft, 'number' | 'unit'> | undefined {
  const [, value = '', tolerance = '0', unit] = /^([-+.\de]+)(?:±([-+.\de]+))?(?: ([\s\S]+))?$/.exec(cell) ?? [];
  if (value === '' || !Number.isFinite(Number(value)) || !Number.isFinite(Number(tolerance))) return undefined;
  return { number: { value: Number(value), tolerance: Number(tolerance) }, ...(unit === undefined ? {} : { unit }) };
}

/** What counts in each gap, or what options are put beside, as JSON. */
function readListOf<T>(one: z.ZodType<T>, cell: string): readonly T[] | undefined {
  try {
    return z.array(one).parse(JSON.parse(cell));
  } catch {
    return undefined;
  }
}

const NAMES = ['industry', 'area', 'category', 'enemies'] as const;

function aboutOf({ about }: ItemRow): Partial<ItemDraft> {
  const filled = (field: AboutField): string | undefined => about.get(field) || undefined;
  const names = NAMES.flatMap((field) => {
    const name = filled(field);
    return name === undefined ? [] : [[field, name]];
  });
  const [difficulty, explanation, passage] = [filled('difficulty'), filled('explanation'), filled('passage')];
  return {
    ...(passage === undefined ? {} : { passage: { text: said(passage, filled('englishPassage')) } }),
    ...(difficulty === undefined ? {} : { difficulty: Number(difficulty) }),
    ...(explanation === undefined ? {} : { explanation: said(explanation, filled('englishExplanation')) }),
    ...(isYes(filled('fixedOrder')) ? { fixedOrder: true as const } : {}),
    ...Object.fromEntries(names),
  };
}
