import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countPages, timeFilm } from './look-apart.ts';

/** A PDF of these objects, the first of which is its catalogue. */
function pdfOf(objects: readonly string[]): string {
  let text = '%PDF-1.7\n';
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  return `${text}xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF`;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exam-station-pages-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const written = (text: string): string => {
  const path = join(folder, 'a.pdf');
  writeFileSync(path, text, 'latin1');
  return path;
};

const CATALOGUE = '<</Type/Catalog/Pages 2 0 R>>';
const page = (parent: number): string => `<</Type/Page/Parent ${parent} 0 R/MediaBox[0 0 9 9]>>`;

describe('the pages of a document', () => {
  it('are counted in a thread of their own', async () => {
    const two = pdfOf([CATALOGUE, '<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>', page(2), page(2)]);
    expect(await countPages(written(two), 'a.pdf')).toEqual({ ok: true, value: { pages: 2 } });
  });

  it.each([
    [
      'two thousand million pages, of which there is one',
      pdfOf([CATALOGUE, '<</Type/Pages/Count 2000000000/Kids[3 0 R]>>', page(2)]),
    ],
    ['pages that hold themselves', pdfOf([CATALOGUE, `<</Type/Pages/Count (x)/Kids[${'2 0 R '.repeat(1_000)}]>>`])],
    [
      'pages in pages, fifty thousand deep',
      pdfOf([
        CATALOGUE,
        ...Array.from({ length: 50_000 }, (_, at) => `<</Type/Pages/Count (x)/Kids[${at + 3} 0 R]>>`),
        page(2),
      ]),
    ],
    [
      'ten million million pages, each ten of those below',
      pdfOf([
        CATALOGUE,
        ...Array.from({ length: 13 }, (_, at) => `<</Type/Pages/Count (x)/Kids[${`${at + 3} 0 R `.repeat(10)}]>>`),
        page(2),
      ]),
    ],
  ])('are few, or it is refused: %s', async (_, text) => {
    const said = await countPages(written(text), 'a.pdf');
    expect(said.ok ? said.value.pages : said.reason).toSatisfy(
      (it: unknown) => it === 'document-unreadable' || (it as number) < 10,
    );
  });

  it('are not waited for without end', async () => {
    const said = await countPages(written(pdfOf([CATALOGUE])), 'a.pdf', 0);
    expect(said).toEqual({ ok: false, reason: 'document-unreadable', detail: 'a.pdf: not read within 0 ms' });
  });
});

describe('how long a film plays', () => {
  const film = readFileSync(join(import.meta.dirname, '../../center/seed/course/film.webm'));
  const filed = (bytes: Uint8Array): string => {
    writeFileSync(join(folder, 'a.webm'), bytes);
    return join(folder, 'a.webm');
  };

  it('is what its reader finds', async () => {
    const { ok, value } = (await timeFilm(filed(film), 'a.webm')) as { ok: boolean; value?: { seconds: number } };
    expect([ok, Math.round(value?.seconds ?? 0) > 5]).toEqual([true, true]);
  });

  it('is not looked for without end: a hundred letters within a picture keep its reader busy for ever', async () => {
    const spoilt = Buffer.concat([film.subarray(0, 263_606), Buffer.alloc(100, '['), film.subarray(263_606)]);
    expect(await timeFilm(filed(spoilt), 'a.webm', 5_000)).toMatchObject({ ok: false, reason: 'film-unreadable' });
  });
});
