import { getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import { readXlsx } from '../../authoring/import/index.ts';
import { Bulletin } from '../../contract/platform/bulletin.ts';
import { platformTranslator } from '../../messages/platform/index.ts';
import { openZip } from '../../proof/zip.ts';
import { bulletinCsv } from './csv.ts';
import { makeFile } from './making.ts';
import { bulletinPdf } from './pdf.ts';
import { bulletinWorkbook } from './workbook.ts';

const t = platformTranslator('zh');
const row = {
  ...{ id: 'og_east', kind: 'county', name: '=cmd()|东县', within: null, firms: 2, toLearn: 4, learned: 3, toSit: 4 },
  ...{ sat: 2, passed: 1, learning: 0.75, sitting: 0.5, passing: 0.5, score: 14.58, rank: 1 },
  ...{ before: { score: 12, rank: 1 }, deductions: 1 },
};
const empty = {
  ...{ ...row, id: 'og_west', name: '西县', firms: 0, toLearn: 0, learned: 0, toSit: 0, sat: 0, passed: 0 },
  ...{ learning: null, sitting: null, passing: null, score: null, rank: null, deductions: 0 },
  before: { score: null, rank: null },
};
const BULLETIN = Bulletin.parse({
  ...{ period: { from: '2026-01', to: '2026-03' }, before: { from: '2025-10', to: '2025-12' }, grouping: 'county' },
  ...{ weights: { learning: 1, sitting: 1, passing: 1 }, rows: [row, empty], at: '2026-04-01T00:00:00.000Z' },
  total: { ...row, id: null, kind: null, name: '', rank: null },
  deductions: [{ id: 'og_f', name: '+某企业', within: '东县', toLearn: 2, learned: 0, toSit: 0, sat: 0 }],
});

describe('a workbook', () => {
  const bytes = bulletinWorkbook(t, BULLETIN);
  const part = (name: string): string => {
    const zip = openZip(bytes, () => true, { entries: 20, each: 1e6, all: 1e7 });
    return new TextDecoder().decode(zip.read(name));
  };
  const cellOf = (at: string) =>
    part('xl/worksheets/sheet1.xml').match(new RegExp(`<c r="${at}".*?(/>|</c>)`))?.[0] ?? '';

  test('is read by a program that reads workbooks, and says what was counted', () => {
    const [first, second] = readXlsx(bytes);
    expect(first?.sheet).toBe('通报');
    const texts = JSON.stringify(first?.data);
    for (const said of ['参学参考情况通报', '=cmd()|东县', '参学率', '14.58', '合计', '得分 = 25'])
      expect(texts).toContain(said);
    expect(JSON.stringify(second?.data)).toContain('+某企业');
  });

  test('has rates, scores, ranks and sums as formulas, with what they came to', () => {
    expect(cellOf('G9')).toContain('<f>IF(E9&gt;0,MIN(1,F9/E9),&quot;&quot;)</f><v>0.75</v>');
    expect(cellOf('M9')).toMatch(/<f>IFERROR\(ROUND\(25\*.*G\$6.*<\/f><v>14.58<\/v>/);
    expect(cellOf('A9')).toContain('RANK(M9,M$9:M$10)');
    expect(cellOf('E11')).toContain('<f>SUM(E9:E10)</f><v>4</v>');
    expect(cellOf('M10')).toMatch(/t="str".*<v><\/v>/);
    // Nothing that somebody is called calculates.
    expect(cellOf('B9')).toContain('t="inlineStr"');
  });

  test('is fit to be read and printed: heads stay in sight and on each page, percent are percent', () => {
    const sheet = part('xl/worksheets/sheet1.xml');
    expect(sheet).toContain('<pane ySplit="8"');
    expect(sheet).toContain('<mergeCell ref="A1:P1"/>');
    expect(part('xl/workbook.xml')).toContain("'通报'!$A$1:$P$11");
    expect(part('xl/workbook.xml')).toContain("'通报'!$7:$8");
    const looks = part('xl/styles.xml').match(/<xf numFmtId="\d+" fontId="\d+" fillId="\d+" borderId="1".*?>/g);
    expect(cellOf('G9')).toContain('s="5"');
    expect(looks?.[3]).toContain('numFmtId="10"');
  });
});

test('a long one is the same made in a thread, and what is refused there is refused here', async () => {
  const rows = Array.from({ length: 1_200 }, () => BULLETIN.rows[0] as (typeof BULLETIN.rows)[number]);
  const long = { ...BULLETIN, rows };
  const { signal } = new AbortController();
  const csv = await makeFile(long, { format: 'csv', language: 'zh' }, signal);
  expect(Buffer.from(csv.bytes).toString()).toBe(bulletinCsv(t, long));
  expect(csv.name).toBe('bulletin-2026-01-2026-03-county.csv');
  const pdf = makeFile(long, { format: 'pdf', language: 'zh' }, signal);
  await expect(pdf).rejects.toMatchObject({ reason: 'bad-message' });
  const stopped = makeFile(long, { format: 'xlsx', language: 'zh' }, AbortSignal.timeout(1));
  await expect(stopped).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('a CSV has its mark, and nothing in it becomes a formula', () => {
  const csv = bulletinCsv(t, BULLETIN);
  expect(csv.startsWith('\uFEFF')).toBe(true);
  expect(csv).toContain("'=cmd()|东县");
  expect(csv).toContain("'+某企业");
  expect(csv).toContain('75.00%');
  expect(csv).toContain('得分 = 25');
  expect(csv).toContain('\r\n');
});

test('a PDF says the same, on as many pages as it takes', async () => {
  const long = {
    ...BULLETIN,
    rows: Array.from({ length: 60 }, () => BULLETIN.rows[0] as (typeof BULLETIN.rows)[number]),
  };
  const read = async (bulletin: Bulletin) => {
    const pdf = await getDocumentProxy(new Uint8Array(await bulletinPdf(t, bulletin)));
    const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, n) => pdf.getPage(n + 1)));
    const texts = await Promise.all(pages.map((page) => page.getTextContent()));
    return texts.map(({ items }) => items.map((item) => ('str' in item ? item.str : '')).join(''));
  };
  const [only, ...more] = await read(BULLETIN);
  expect(more).toEqual([]);
  for (const said of ['参学参考情况通报', '东县', '75.00%', '14.58', '无人学完', '得分']) expect(only).toContain(said);
  const pages = await read(long);
  expect(pages.length).toBeGreaterThan(1);
  for (const page of pages.slice(0, -1)) expect(page).toContain('参学率');
});

test.each([
  ['of a name of many letters', 11, '名'.repeat(264)],
  ['that is higher than a page', 0, '长'.repeat(1_500)],
])('no row of a PDF runs off its page: one %s', async (_, before, name) => {
  const [row] = BULLETIN.rows;
  if (!row) throw new Error('a bulletin has rows');
  const rows = [...Array.from({ length: before }, () => row), { ...row, name }];
  const pdf = await getDocumentProxy(new Uint8Array(await bulletinPdf(t, { ...BULLETIN, rows })));
  let letters = 0;
  for (let n = 1; n <= pdf.numPages; n += 1) {
    const { items } = await (await pdf.getPage(n)).getTextContent();
    for (const item of items)
      if ('str' in item && item.str.trim()) {
        letters += [...item.str].filter((one) => one === name[0]).length;
        expect(item.transform[5], `page ${n}: ${item.str}`).toBeGreaterThan(36);
      }
  }
  expect(letters).toBeGreaterThanOrEqual(name.length);
});

test('a PDF of more rows than anybody prints is refused', async () => {
  const rows = Array.from({ length: 1_001 }, () => BULLETIN.rows[0] as (typeof BULLETIN.rows)[number]);
  await expect(bulletinPdf(t, { ...BULLETIN, rows })).rejects.toMatchObject({ reason: 'bad-message' });
});
