import type { ItemDraft, ItemKind } from '../../contract/words/items.ts';
import type { AboutField } from './headings.ts';
import { charOf } from './labels.ts';
import type { FoundPicture, PictureBytes } from './passage.ts';
import { writtenPairs, writtenPremises } from './written-pairs.ts';

/** What stands in a row, as somebody typed it: what it is mended from, and what it is read from again. */
export type WrittenRow = {
  readonly kind: string;
  readonly stem: string;
  /** By letter, from A; those that say nothing are blank. */
  readonly options: readonly string[];
  readonly key: string;
  readonly topic: string;
  readonly about: Readonly<Partial<Record<AboutField, string>>>;
  readonly pictures: {
    readonly stem: readonly FoundPicture[];
    /** By the place of their letter, from 0. */
    readonly options: ReadonlyMap<number, readonly FoundPicture[]>;
  };
};

/** What the kinds are called where rows are written. */
export const KIND_NAMES: Readonly<Record<ItemKind, string>> = {
  'true-false': '判断题',
  single: '单选题',
  multiple: '多选题',
  numeric: '数字题',
  text: '填空题',
  order: '排序题',
  match: '匹配题',
};

/** No question has more. */
export const MOST_OPTIONS = 12;

/**
 * A draft as a row would have it; nothing where no row could: English beside the Chinese, capitals that count, an option that is words
 * and pictures, a premise with one.
 */
export function writtenOf(draft: ItemDraft, pictures: PictureBytes): WrittenRow | undefined {
  const { options, premises = [], kind, stem, topic } = draft;
  const english = [stem, draft.passage?.text, draft.explanation, ...options, ...premises].some(
    (text) => text?.en !== undefined,
  );
  const mixed = options.some(({ zh, pictures: shown }) => zh !== undefined && shown !== undefined);
  if (
    english ||
    draft.passage?.pictures ||
    mixed ||
    premises.some(({ pictures: shown }) => shown) ||
    draft.gaps?.some(({ caseCounts }) => caseCounts)
  )
    return undefined;
  const found = (shown: ItemDraft['pictures'] = []): readonly FoundPicture[] =>
    shown.map(({ hash, alt }) => ({ bytes: pictures.get(hash), alt: alt?.zh ?? '' }));
  const illustrated = options.flatMap((option, at) => (option.pictures ? [[at, found(option.pictures)] as const] : []));
  return {
    ...{ kind: KIND_NAMES[kind], stem: stem.zh, options: options.map(({ zh = '' }) => zh), topic },
    key: keyOf(draft),
    about: aboutOf(draft),
    pictures: { stem: found(draft.pictures), options: new Map(illustrated) },
  };
}

function keyOf({ key, number, unit = '', gaps, premises }: ItemDraft): string {
  if (premises) return writtenPairs(key, charOf);
  if (gaps) return gaps.map(({ accepted }) => accepted.join('|')).join('；');
  return number
    ? `${number.value}${number.tolerance > 0 ? `±${number.tolerance}` : ''}${unit}`
    : key.map(charOf).join('');
}

function aboutOf({
  difficulty,
  explanation,
  industry,
  area,
  category,
  enemies,
  fixedOrder,
  premises,
  passage,
}: ItemDraft): WrittenRow['about'] {
  const share = difficulty === undefined ? undefined : `${Math.round(difficulty * 1e4) / 100}%`;
  const all = {
    explanation: explanation?.zh,
    passage: passage?.text.zh,
    industry,
    area,
    category,
    enemies,
    difficulty: share,
    fixedOrder: fixedOrder && '是',
    premises: premises && writtenPremises(premises.map(({ zh = '' }) => zh)),
  };
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== undefined));
}
