import type { Fonts, Weight } from './fonts.ts';

/** What is written on. */
export type Page = { readonly doc: PDFKit.PDFDocument; readonly fonts: Fonts };
export type Place = { readonly x: number; readonly y: number; readonly width: number };
export type Look = {
  readonly size: number;
  readonly weight?: Weight;
  readonly colour?: string;
  readonly centred?: boolean;
};

const INK = '#16202c';
export const QUIET = '#55606e';

/** Writes a text in as many lines as it takes. @returns where the next one may stand */
export function writeText({ doc, fonts }: Page, text: string, place: Place, look: Look): number {
  const { size, weight = 400, colour = INK, centred = false } = look;
  doc.fillColor(colour).fontSize(size);
  const pieces = fonts
    .runs(text, weight)
    .flatMap(({ font, text: run }) => unitsOf(run).map((unit) => ({ font, unit })));
  const measured = pieces.map((piece) => ({ ...piece, width: doc.font(piece.font).widthOfString(piece.unit) }));
  let y = place.y;
  for (const line of linesOf(measured, place.width)) {
    const width = line.reduce((sum, piece) => sum + piece.width, 0);
    let x = place.x + (centred ? (place.width - width) / 2 : 0);
    for (const piece of line) {
      doc.font(piece.font).text(piece.unit, x, y, { lineBreak: false });
      x += piece.width;
    }
    y += size * 1.45;
  }
  return y;
}

/** Latin words stay whole; Chinese may be broken anywhere. */
const unitsOf = (run: string): readonly string[] => run.match(/[!-~\u00a1-\u024f]+|\s+|[\s\S]/gu) ?? [];

function linesOf<P extends { readonly width: number }>(pieces: readonly P[], most: number): readonly (readonly P[])[] {
  const lines: P[][] = [[]];
  let used = 0;
  for (const piece of pieces) {
    if (used + piece.width > most && used > 0) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(piece);
    used += piece.width;
  }
  return lines;
}
