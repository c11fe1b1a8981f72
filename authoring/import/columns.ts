import { Refusal } from '../../contract/words/reasons.ts';
import { ABOUT_FIELDS, type AboutField, type Layout } from './headings.ts';

/** Where things stand in every sheet, said by somebody who has looked; headings then say nothing. */
export type GivenColumns = {
  readonly layout: Layout /** Of the first item, as Excel shows it. */;
  readonly fromRow: number;
};

const PART = /^\s*([A-Za-z]+)\s*=\s*([A-Za-z]{1,3}|\d{1,7})\s*$/;

/**
 * `stem=C,key=F,A=D,B=E,row=3`: columns by their letters. Parts: kind, stem, options, key, topic, picture, difficulty,
 * explanation, industry, area, category, enemies, fixedOrder, shuffled, premises, passage; single letters for an option's own column; row for the first item.
 * @throws Refusal `bad-message` naming what it does not understand
 */
export function readColumns(text: string): GivenColumns {
  const written = text.split(',').map(partOf);
  const parts = new Map(written);
  if (parts.size < written.length) throw new Refusal('bad-message', 'columns: one of them is named twice');
  const column = (name: string): number | undefined => {
    const at = parts.get(name);
    return at === undefined ? undefined : columnAt(at);
  };
  const [stem, key, options] = [column('stem'), column('key'), column('options')];
  if (stem === undefined || key === undefined) throw new Refusal('bad-message', 'columns: stem and key are needed');
  const optionColumns = new Map(
    [...parts].flatMap(([name, at]) =>
      /^[A-L]$/.test(name) ? [[name.charCodeAt(0) - 65, columnAt(at)] as const] : [],
    ),
  );
  const about = ABOUT_FIELDS.flatMap((field) => {
    const at = column(field);
    return at === undefined ? [] : [[field, at] as const];
  });
  const layout: Layout = {
    ...{ kind: column('kind'), stem, key, topic: column('topic'), picture: column('picture'), optionColumns },
    options: options === undefined ? [] : [options],
    headed: new Set([...parts].flatMap(([name, at]) => (name === 'row' ? [] : [columnAt(at)]))),
    about: new Map<AboutField, number>(about),
  };
  return { layout, fromRow: Number(parts.get('row') ?? 1) };
}

const NAMES = new Set<string>(['kind', 'stem', 'options', 'key', 'topic', 'picture', 'row', ...ABOUT_FIELDS]);

function partOf(part: string): readonly [string, string] {
  const [, name = '', at = ''] = PART.exec(part) ?? [];
  const known = /^[A-L]$/.test(name) || NAMES.has(name);
  if (!known || (name === 'row') !== /^\d+$/.test(at)) throw new Refusal('bad-message', `columns: ${part}`);
  return [name, at];
}

/** A is the first. */
const columnAt = (letters: string): number =>
  [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
