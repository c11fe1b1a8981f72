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

type Piece = { readonly font: string; readonly unit: string; readonly width: number };
/** Of a text, what stands beside each other in one line. */
export type Line = readonly Piece[];

/** A text in as many lines as it takes in some width. */
export function brokenText({ doc, fonts }: Page, text: string, width: number, look: Look): readonly Line[] {
  const { size, weight = 400 } = look;
  doc.fontSize(size);
  const pieces = fonts
    .runs(text, weight)
    .flatMap(({ font, text: run }) => unitsOf(run).map((unit) => ({ font, unit })));
  return linesOf(
    pieces.map((piece) => ({ ...piece, width: doc.font(piece.font).widthOfString(piece.unit) })),
    width,
  );
}

export const heightOfLines = (lines: number, { size }: Look): number => lines * size * LEADING;
const LEADING = 1.45;

/** Writes a text in as many lines as it takes. @returns where the next one may stand */
export const writeText = (page: Page, text: string, place: Place, look: Look): number =>
  writeLines(page, brokenText(page, text, place.width, look), place, look);

/** The same of lines that it was broken into before. */
export function writeLines({ doc }: Page, lines: readonly Line[], place: Place, look: Look): number {
  const { size, colour = INK, centred = false } = look;
  doc.fillColor(colour).fontSize(size);
  let y = place.y;
  for (const line of lines) {
    const width = line.reduce((sum, piece) => sum + piece.width, 0);
    let x = place.x + (centred ? (place.width - width) / 2 : 0);
    for (const piece of line) {
      doc.font(piece.font).text(piece.unit, x, y, { lineBreak: false });
      x += piece.width;
    }
    y += size * LEADING;
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
