import PDFDocument from 'pdfkit';
import { fontsFor } from './fonts.ts';
import type { Page } from './write.ts';

/** The two sides of A4, in points. */
export const [A4_SHORT, A4_LONG] = [595.28, 841.89];

type SheetWish = {
  readonly title: string;
  readonly author?: string;
  readonly at: Date;
  readonly layout: 'portrait' | 'landscape';
  /** All that is written on it, by its weight: the file has those characters alone. */
  readonly texts: Parameters<typeof fontsFor>[0];
  /** Whether pages are gone back to once all are there. */
  readonly bufferPages?: boolean;
};

export type Sheet = { readonly page: Page; end(): Promise<Buffer> };

/** An A4 document without margins of its own, to be drawn on and ended. */
export async function openSheet({ title, author, at, layout, texts, bufferPages = false }: SheetWish): Promise<Sheet> {
  const info = { Title: title, ...(author ? { Author: author } : {}), CreationDate: at };
  const doc = new PDFDocument({ size: 'A4', layout, margin: 0, lang: 'zh-CN', displayTitle: true, info, bufferPages });
  const fonts = await fontsFor(texts);
  for (const [name, file] of fonts.files) doc.registerFont(name, file);
  return {
    page: { doc, fonts },
    async end() {
      doc.end();
      const parts: Uint8Array[] = [];
      for await (const part of doc as AsyncIterable<Uint8Array>) parts.push(part);
      return Buffer.concat(parts);
    },
  };
}
