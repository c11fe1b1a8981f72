import { describe, expect, it } from 'vitest';
import { checkBank } from '../authoring/import/index.ts';
import { LOCALES } from '../contract/words/localized.ts';
import { bankReportWords } from '../messages/bank-report.ts';
import { bankRowWords } from '../messages/bank-rows.ts';
import { acrossFiles } from './bank-check.ts';
import { checkReport } from './bank-report.ts';

const bank = (key: string): Uint8Array =>
  Buffer.from(
    [
      '题型,题干,选项A,选项B,答案,行业',
      `单选题,1+1,two,three,${key},`,
      '单选题,2+2,four,five,a,不在名单',
      '单选题,3+3,six,seven,,',
      '单选题,4+4 \\(\\def\\),eight,nine,A,',
    ].join('\n'),
  );
const check = async (file: string, key: string) => checkBank(bank(key), file);

const report = async (lang: 'zh' | 'en') => {
  const files = [await check('a.csv', 'A'), await check('b.csv', 'B')];
  return checkReport(
    files.map((file) => file.report),
    acrossFiles(files),
    lang,
  );
};

describe.each(LOCALES)('a report on banks in %s', (lang) => {
  it('says what to mend, what was repaired and what is in several banks in words of that language', async () => {
    const page = await report(lang);
    const words = bankReportWords[lang];
    expect(page).toContain(`<html lang="${lang}">`);
    for (const one of [
      words.title,
      words.toMend,
      words.mended,
      words.unknownTerms,
      words.between(2, 1),
      words.parts.key,
    ])
      expect(page).toContain(one);
    for (const reason of ['key-missing', 'formula-unreadable'] as const)
      expect(page).toContain(bankRowWords[reason][lang]);
    expect(page).toContain('\\def');
    expect(page).toContain('E4');
  });

  it('has no words of the other', async () => {
    const page = await report(lang);
    const [other] = LOCALES.filter((one) => one !== lang);
    const { title, toMend, mended, place } = bankReportWords[other ?? lang];
    for (const word of [title, toMend, mended, `<th>${place}</th>`]) expect(page).not.toContain(word);
  });
});

it('is in Chinese unless somebody says otherwise', async () => {
  expect(checkReport([(await check('a.csv', 'A')).report], [])).toContain('<html lang="zh">');
});
