import type { ItemDraft } from '../../contract/words/items.ts';
import { compact, isBlank, tidy } from './cells.ts';
import { tidyContent } from './content.ts';
import type { AboutField } from './headings.ts';

/** Words for difficulty, and where they stand between the easiest and the hardest. */
const LEVELS: Readonly<Record<string, number>> = {
  ...{ 很易: 0.1, 容易: 0.25, 易: 0.25, 简单: 0.25, 低: 0.25, 较易: 0.35 },
  ...{ 中: 0.5, 中等: 0.5, 一般: 0.5, 适中: 0.5 },
  ...{ 较难: 0.65, 难: 0.75, 困难: 0.75, 高: 0.75, 很难: 0.9 },
};

/** 0.7, 70%, 难, or a step from 1 to 5; nothing where it is none of these. */
function readDifficulty(cell: string): number | undefined {
  const text = compact(cell);
  if (Object.hasOwn(LEVELS, text)) return LEVELS[text];
  const percent = /^(\d{1,3}(?:\.\d+)?)%$/.exec(text)?.[1];
  if (percent !== undefined) return Number(percent) <= 100 ? Number(percent) / 100 : undefined;
  if (/^[1-5](级|星|★)?$/.test(text)) return (Number(text[0]) - 1) / 4;
  return /^(0?\.\d+|0|1\.0+)$/.test(text) ? Number(text) : undefined;
}

const YES = /^(是|1|y|yes|true|t|√|✓|✔|对|可|可以|允许|打乱|乱序|随机|任意)$/i;
const NO = /^(否|0|n|no|false|f|×|✗|✘|不|不是|不用|不固定|不锁定|无|可打乱|打乱|乱序|随机|任意|shuffled?|random)$/i;

/** Whether options stay as they are written: what cannot be read under such a heading keeps them, for that costs nothing. */
function isFixedOrder(cells: ReadonlyMap<AboutField, string>): boolean {
  const [fixed, shuffled] = [compact(cells.get('fixedOrder') ?? ''), compact(cells.get('shuffled') ?? '')];
  return (fixed !== '' && !NO.test(fixed)) || (shuffled !== '' && !YES.test(shuffled));
}
/** 是 in a column that asks whether. */
export const isYes = (cell = ''): boolean => /^(是|√|yes|y|true|1)$/i.test(compact(cell));

type About = Pick<
  ItemDraft,
  'passage' | 'difficulty' | 'explanation' | 'industry' | 'area' | 'category' | 'enemies' | 'fixedOrder'
>;

/** What is known of an item besides what it asks; a cell that cannot be read says nothing. */
export function readAbout(cells: ReadonlyMap<AboutField, string>): About {
  const text = (field: AboutField): string | undefined => {
    const cell = cells.get(field);
    return cell === undefined || isBlank(cell) ? undefined : tidy(cell);
  };
  const difficulty = readDifficulty(cells.get('difficulty') ?? '');
  const [explanation, passage] = [tidyContent(cells.get('explanation') ?? ''), tidyContent(cells.get('passage') ?? '')];
  const names = (['industry', 'area', 'category', 'enemies'] as const).flatMap((field) => {
    const name = text(field);
    return name === undefined ? [] : [[field, name]];
  });
  return {
    ...(passage === '' ? {} : { passage: { text: { zh: passage } } }),
    ...(difficulty === undefined ? {} : { difficulty }),
    ...(explanation === '' ? {} : { explanation: { zh: explanation } }),
    ...Object.fromEntries(names),
    ...(isFixedOrder(cells) ? { fixedOrder: true } : {}),
  };
}
