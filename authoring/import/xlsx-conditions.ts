import { Refusal } from '../../contract/words/reasons.ts';
import { formatOf, type NumberFormat } from './number-format.ts';
import { type CellRange, rangeOf } from './xlsx-merges.ts';
import { isOn } from './xlsx-parts.ts';

/** What a cell may look like besides, as far as it changes what it says: whether its condition holds, nobody works out here. */
export type Look = {
  readonly format?: NumberFormat;
  readonly struck?: true;
  /** A bar or a sign in place of the number. */
  readonly hidesNumber?: true;
};

/** The looks that cells of a sheet may have, row after row in their order. Both from 0. */
export type Conditions = (row: number, column: number) => readonly Look[];

const NONE: readonly Look[] = [];

/** Nobody has so many by hand, and as many in one place mean nothing. */
const [MOST_RANGES, MOST_OVER_ROW] = [200_000, 512];

type Lying = { readonly range: CellRange; readonly look: Look };

/**
 * Conditional formats, which say of ranges what their cells look like where something is true of them; of most only a colour changes.
 * @param tail what is said of the sheet behind its rows
 * @param dxfs the looks of the workbook, by number. ECMA-376 part 1, 18.3.1.18; [MS-XLSX] 2.6.4 for those within `extLst`
 */
export function conditionsIn(tail: string, dxfs: readonly (Look | undefined)[]): Conditions {
  const lying = lyingIn(tail, dxfs).toSorted((a, b) => a.range.rows.first - b.range.rows.first);
  if (lying.length === 0) return () => NONE;
  let [next, at, over]: [number, number, readonly Lying[]] = [0, -1, []];
  return (row, column) => {
    if (row !== at) {
      at = row;
      over = over.filter(({ range }) => range.rows.last >= row);
      for (let one = lying[next]; one && one.range.rows.first <= row; one = lying[next]) {
        next += 1;
        if (one.range.rows.last >= row) over = [...over, one];
        if (over.length > MOST_OVER_ROW)
          throw new Refusal('not-a-workbook', 'conditional formats that lie over each other');
      }
    }
    if (over.length === 0) return NONE;
    return over
      .filter(({ range: { columns } }) => columns.first <= column && column <= columns.last)
      .map(({ look }) => look);
  };
}

const TAG =
  /<(\/?)(?:[\w.-]+:)?(conditionalFormatting|cfRule|dxf|numFmt|strike|dataBar|iconSet|sqref)\b((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>([^<]*)/g;

function lyingIn(tail: string, dxfs: readonly (Look | undefined)[]): readonly Lying[] {
  const found: Lying[] = [];
  let [refs, looks, own]: [string, Look[], Look | undefined] = ['', [], undefined];
  for (const [, slash, name, attributes = '', text = ''] of tail.matchAll(TAG)) {
    const isEnd = slash === '/';
    if (name === 'conditionalFormatting' && !isEnd) [refs, looks] = [attributeOf(attributes, 'sqref') ?? '', []];
    if (name === 'sqref' && !isEnd) refs = text;
    if (name === 'cfRule' && !isEnd) looks.push(dxfs[Number(attributeOf(attributes, 'dxfId') ?? -1)] ?? {});
    if (name === 'dxf' && isEnd && own) looks.push(own);
    if (name === 'dxf') own = isEnd ? undefined : {};
    if (own) own = { ...own, ...lookOf(name ?? '', (one) => attributeOf(attributes, one)) };
    if (isValueHidden(name ?? '', attributes)) looks.push({ hidesNumber: true });
    if (name === 'conditionalFormatting' && isEnd) found.push(...spread(refs, looks));
    if (found.length > MOST_RANGES)
      throw new Refusal('not-a-workbook', `more than ${MOST_RANGES} cells with conditional formats`);
  }
  return found;
}

/** What one element of a look says. */
export function lookOf(name: string, attribute: (name: string) => string | undefined): Look {
  if (name === 'numFmt') return { format: formatOf(attribute('formatCode') ?? '') };
  const val = attribute('val');
  return name === 'strike' && (val === undefined || isOn(val)) ? { struck: true } : {};
}

const isValueHidden = (name: string, attributes: string): boolean =>
  (name === 'dataBar' || name === 'iconSet') && /^(?:0|false)$/.test(attributeOf(attributes, 'showValue') ?? '');

const spread = (refs: string, looks: readonly Look[]): readonly Lying[] =>
  looks
    .filter((look) => Object.keys(look).length > 0)
    .flatMap((look) =>
      refs.split(/\s+/).flatMap((ref) => {
        const range = rangeOf(ref) ?? rangeOf(`${ref}:${ref}`);
        return range ? [{ range, look }] : [];
      }),
    );

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' };

function attributeOf(attributes: string, name: string): string | undefined {
  const [, twice, once] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes) ?? [];
  return (twice ?? once)?.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, ten, sixteen, entity) => {
    const code = Number(ten ?? (sixteen && `0x${sixteen}`));
    return code <= 0x10ffff ? String.fromCodePoint(code) : (ENTITIES[entity] ?? whole);
  });
}
