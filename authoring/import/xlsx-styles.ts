import { Refusal } from '../../contract/words/reasons.ts';
import { builtInFormat, formatOf, GENERAL, type NumberFormat } from './number-format.ts';
import { type Look, lookOf } from './xlsx-conditions.ts';
import { type Handlers, isOn } from './xlsx-parts.ts';

/** What a cell of one style looks like, as far as it changes what it says. */
export type CellStyle = { readonly format: NumberFormat; readonly struck: boolean };
export const NO_STYLE: CellStyle = { format: GENERAL, struck: false };

/** Excel has no workbook with more. */
const MOST_STYLES = 100_000;

/** The styles of cells, by their number. ECMA-376 part 1, 18.8. */
export function startStyles(): { readonly styles: CellStyle[]; readonly dxfs: Look[]; readonly handlers: Handlers } {
  const [styles, dxfs]: [CellStyle[], Look[]] = [[], []];
  const [codes, struckFonts] = [new Map<number, NumberFormat>(), new Set<number>()];
  let [fonts, inFonts, inCells, inDxfs] = [-1, false, false, false];
  const formats = new Map<number, NumberFormat>();
  const formatBy = (id: number): NumberFormat => {
    const format = codes.get(id) ?? formats.get(id) ?? builtInFormat(id);
    formats.set(id, format);
    return format;
  };
  const handlers: Handlers = {
    open(name, attributes) {
      const { numFmtId = '0', formatCode = '', fontId = '0', val } = attributes;
      if (name === 'dxfs') inDxfs = true;
      if (name === 'dxf') dxfs.push({});
      if (inDxfs && dxfs.length > 0) dxfs.push({ ...dxfs.pop(), ...lookOf(name, (one) => attributes[one]) });
      if (name === 'numFmt' && !inDxfs) codes.set(Number(numFmtId), formatOf(formatCode));
      if (name === 'fonts') inFonts = true;
      if (name === 'font' && inFonts) fonts += 1;
      if (name === 'strike' && inFonts && (val === undefined || isOn(val))) struckFonts.add(fonts);
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells)
        styles.push({ format: formatBy(Number(numFmtId)), struck: struckFonts.has(Number(fontId)) });
      if (Math.max(styles.length, dxfs.length, codes.size, fonts) > MOST_STYLES)
        throw new Refusal('not-a-workbook', `more than ${MOST_STYLES} styles`);
    },
    close(name) {
      if (name === 'dxfs') inDxfs = false;
      if (name === 'fonts') inFonts = false;
      if (name === 'cellXfs') inCells = false;
    },
  };
  return { styles, dxfs, handlers };
}
