import { isDeepStrictEqual } from 'node:util';
import type { ItemDraft, ItemKind, OptionDraft } from '../../contract/words/items.ts';
import { makeItem } from '../../proof/index.ts';
import { readAbout } from './about.ts';
import { isOutOfOrder, readJudgementPair, readKey, readOrder } from './answers.ts';
import { compact, isBlank, tidy } from './cells.ts';
import { unreadableFormula } from './content.ts';
import { readGapKeys, withoutWords } from './gap-keys.ts';
import { readKind, type WrittenKind } from './kinds.ts';
import { charOf } from './labels.ts';
import { leansOnPassage } from './leans-on-passage.ts';
import { linksToFile } from './linked-files.ts';
import { readNumberKey } from './numbers.ts';
import { type Options, readOptionCell, readOptionColumns } from './options.ts';
import { readPairs, readPremises } from './pair-keys.ts';
import { bytesOf, HERE, lacksPicture, NO_PICTURES, type PictureBytes, shown } from './passage.ts';
import { type ItemReading, type Reading, type Repair, read, refuse } from './problems.ts';
import { NO_ROW_PICTURES, type RowPictures } from './row-pictures.ts';
import type { ItemRow } from './sheets.ts';
import { asksForPicture } from './spoken-pictures.ts';
import { readStem, withoutAnswer } from './stem.ts';
import { writtenPairs } from './written-pairs.ts';

function kindOf(row: ItemRow): Reading<WrittenKind> {
  if (!isBlank(row.kind)) {
    const kind = readKind(row.kind);
    return kind ? read(kind) : refuse('kind-unknown');
  }
  return row.sectionKind ? read(row.sectionKind) : refuse('kind-missing');
}

const pair = (first: string, second: string): Options => ({
  texts: [first, second],
  places: new Map([
    [0, 0],
    [1, 1],
  ]),
  doubtful: new Set(),
});

function optionsOf(row: ItemRow, kind: WrittenKind): Reading<Options> {
  const columns = [...row.optionColumns.values()].some((text) => !isBlank(text));
  if (kind !== 'true-false') return columns ? readOptionColumns(row.optionColumns) : readOptionCell(row.optionCell);
  // A and B without options mean what they mean everywhere: right and wrong.
  if (!columns && isBlank(row.optionCell)) return read(pair('正确', '错误'), true);
  const words = columns ? undefined : readJudgementPair(row.optionCell);
  if (words) return read(pair(...words), true);
  const options = columns ? readOptionColumns(row.optionColumns) : readOptionCell(row.optionCell);
  return options.ok && options.value.texts.length !== 2 ? refuse('options-count') : options;
}

const ORDER = /顺序|次序|步骤|先后|排序|流程|程序/;

/** 选择题, and a number to choose, leave open how many options are right; the key does not. */
const decided = (kind: WrittenKind, key: readonly number[]): ItemKind =>
  kind === 'choice' || kind === 'numeric' ? (key.length > 1 ? 'multiple' : 'single') : kind;

/** The item of a draft, if the contract calls it one. */
export function itemOf(
  draft: ItemDraft,
  repairs: readonly Repair[] = [],
  pictures: PictureBytes = NO_PICTURES,
): ItemReading {
  const formula = unreadableFormula(draft);
  if (formula) return { ...refuse('formula-unreadable'), formula };
  try {
    return { ok: true, item: makeItem(draft), repairs, pictures };
  } catch {
    return refuse('item-refused');
  }
}

const hasOptions = ({ optionCell, optionColumns }: ItemRow): boolean =>
  !isBlank(optionCell) || [...optionColumns.values()].some((text) => !isBlank(text));

/**
 * A number is asked for where there is nothing to choose: 数字题, and 数字类选择题 without options. A 选择题 without options
 * has lost them.
 */
const isNumeric = (row: ItemRow, kind: WrittenKind): boolean =>
  !hasOptions(row) && (kind === 'numeric' || (kind === 'choice' && /数字|数值/.test(row.kind)));

type Typed = { readonly kind: 'numeric' | 'text' } & Pick<ItemDraft, 'number' | 'unit' | 'gaps'>;

/** An item that has no options. */
function typedItem(
  row: ItemRow,
  stem: { readonly value: string; readonly repaired: boolean },
  pictures: RowPictures['stem'],
  key: Typed,
): ItemReading {
  const about = { topic: tidy(row.topic), ...readAbout(row.about) };
  const repairs: readonly Repair[] = stem.repaired ? [{ part: 'stem', from: row.stem, to: stem.value }] : [];
  const asked = { stem: { zh: stem.value }, ...shown({ pictures }) };
  return itemOf({ ...asked, options: [], key: [], ...key, ...about }, repairs, bytesOf([{ pictures }]));
}

/** Words for each gap of the stem; with options beside them it cannot be told what is asked for. */
function textItem(
  row: ItemRow,
  written: { readonly value: string; readonly repaired: boolean },
  pictures: RowPictures['stem'],
): ItemReading {
  if (hasOptions(row)) return refuse('options-unclear');
  const stem = withoutWords(written.value, row.key);
  const gaps = readGapKeys(stem, row.key);
  if (!gaps.ok) return gaps;
  const repaired = written.repaired || stem !== written.value;
  return typedItem(row, { value: stem, repaired }, pictures, { kind: 'text', gaps: gaps.value });
}

function numericItem(
  row: ItemRow,
  stem: { readonly value: string; readonly repaired: boolean },
  pictures: RowPictures['stem'],
): ItemReading {
  const key = readNumberKey(row.key);
  return key ? typedItem(row, stem, pictures, { kind: 'numeric', ...key }) : refuse('key-unreadable');
}

/** A sign for each option that is a picture, so that it is read like one that is words. */
const signOf = (letter: number): string => HERE + charOf(letter);

function withSigns(row: ItemRow, { options }: RowPictures): ItemRow {
  if (options.size === 0) return row;
  const signs = [...options.keys()].map((letter) => [letter, signOf(letter)] as const);
  return { ...row, optionColumns: new Map([...row.optionColumns, ...signs]) };
}

const draftOption = (text: string, { options }: RowPictures): OptionDraft => {
  const own = [...options].find(([letter]) => text === signOf(letter))?.[1];
  return own ? shown({ pictures: own }) : { zh: text };
};

function readKeyOf(
  kind: WrittenKind,
  cell: string,
  options: Options,
  premises: readonly string[] | undefined,
): Reading<readonly number[]> {
  if (premises) return readPairs(cell, premises.length, options);
  return kind === 'order' ? readOrder(cell, options) : readKey(kind, cell, options);
}

const keyTextOf = (kind: WrittenKind, key: readonly number[]): string =>
  kind === 'match' ? writtenPairs(key, charOf) : key.map(charOf).join('');

/** Whether the column of pictures says that there is one: by its name, its address, or yes. Other things slip into it. */
const saysPicture = ({ picture }: ItemRow): boolean => {
  const said = compact(picture);
  return linksToFile(said) || /^https?:|^(有|是|yes|y|true|√|✓)$/i.test(said) || /^(?!无|没|不).*[图附]/.test(said);
};

/** The item at a place among the item rows of its sheet. */
export function readItem(
  rows: readonly ItemRow[],
  stems: readonly string[],
  at: number,
  pictures: RowPictures = NO_ROW_PICTURES,
): ItemReading {
  const written = rows[at];
  if (!written) return refuse('stem-missing');
  const row = withSigns(written, pictures);
  const passages = [pictures.stem, ...pictures.options.values()].map((all) => ({ pictures: all, text: '' }));
  if (row.unread) {
    const { reason, ...why } = row.unread;
    return refuse(reason, why);
  }
  const kind = kindOf(row);
  if (!kind.ok) return kind;
  if (pictures.unclear) return refuse('picture-unclear', pictures.unclear);
  if (passages.some(lacksPicture) || (pictures.stem.length === 0 && saysPicture(row))) return refuse('picture-needed');
  const isIllustrated = pictures.stem.length > 0 || pictures.options.size > 0;
  const passage = row.about.get('passage') ?? '';
  if (!isIllustrated && asksForPicture(passage)) return refuse('picture-needed');
  // In a table that has cases, a question about one without it is half a question.
  if (row.about.has('passage') && isBlank(passage) && leansOnPassage(row.stem)) return refuse('passage-missing');
  const stem = readStem(stems, at, isIllustrated);
  if (!stem.ok) return stem;
  if (isBlank(row.key)) return refuse('key-missing');
  if (isNumeric(row, kind.value)) return numericItem(row, stem, pictures.stem);
  if (kind.value === 'text') return textItem(row, stem, pictures.stem);
  const options = optionsOf(row, kind.value);
  if (!options.ok) return options;
  const premises = kind.value === 'match' ? readPremises(row.about.get('premises') ?? '') : undefined;
  if (premises && !premises.ok) return premises;
  const key = readKeyOf(kind.value, row.key, options.value, premises?.value);
  if (!key.ok) return key;
  if (kind.value !== 'order' && kind.value !== 'match' && isOutOfOrder(row.key) && ORDER.test(stem.value))
    return refuse('key-ordered');
  const { texts } = options.value;
  if (!isIllustrated && [...texts, ...(premises?.value ?? [])].some(asksForPicture)) return refuse('picture-needed');
  const asked = withoutAnswer(stem.value, (marks) => {
    const told = readKeyOf(kind.value, marks, options.value, premises?.value);
    return told.ok && isDeepStrictEqual(told.value, key.value);
  });
  const draft: ItemDraft = {
    kind: decided(kind.value, key.value),
    stem: { zh: asked },
    ...shown({ pictures: pictures.stem }),
    options: texts.map((text) => draftOption(text, pictures)),
    ...(premises ? { premises: premises.value.map((zh) => ({ zh })) } : {}),
    key: key.value,
    topic: tidy(row.topic),
    ...readAbout(row.about),
  };
  const typed = [...written.optionColumns.values()].filter((text) => !isBlank(text)).join(' ') || row.optionCell;
  const repairs: readonly (Repair & { readonly made: boolean })[] = [
    { part: 'stem', from: row.stem, to: asked, made: stem.repaired || asked !== stem.value },
    {
      part: 'options',
      from: typed,
      to: texts.map((text, n) => `${charOf(n)}. ${text}`).join('\n'),
      made: options.repaired,
    },
    { part: 'key', from: row.key, to: keyTextOf(kind.value, key.value), made: key.repaired },
  ];
  return itemOf(
    draft,
    repairs.flatMap(({ made, ...repair }) => (made ? [repair] : [])),
    bytesOf(passages),
  );
}
