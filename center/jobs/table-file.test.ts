import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readXlsx } from '../../authoring/import/index.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { type Cell, writeTable } from './index.ts';

async function* pages(): AsyncGenerator<readonly (readonly Cell[])[]> {
  yield [
    ['甲, "乙"', 86],
    ['=HYPERLINK("x")', null],
  ];
  yield [['<&\u0000>\n', -1.5]];
}
const headings = ['姓名', '得分'];

test('a CSV file is read back as it was, and no name in it is a formula', async () => {
  const file = join(temporaryFolder(), 'a.csv');
  await writeTable(file, 'csv', { headings, pages: pages() });
  const lines = (await readFile(file, 'utf8')).split('\r\n');
  expect(lines).toEqual(['\ufeff姓名,得分', '"甲, ""乙""",86', `"'=HYPERLINK(""x"")",`, '"<&\u0000>\n",-1.5', '']);
});

test('an Excel file is read back as it was, on as many sheets as it takes', async () => {
  const file = join(temporaryFolder(), 'a.xlsx');
  await writeTable(file, 'xlsx', { headings, pages: pages() }, 2);
  const sheets = readXlsx(await readFile(file));
  expect(sheets.map(({ data }) => data)).toEqual([
    [headings, ['甲, "乙"', 86], ['=HYPERLINK("x")', null]],
    [headings, ['<&>\n', -1.5]],
  ]);
});
