import type { BankReport } from '../authoring/import/index.ts';
import { inLocale, type Locale } from '../contract/words/localized.ts';
import { unreadFileWords } from '../messages/bank-files.ts';
import { bankReportWords } from '../messages/bank-report.ts';
import { bankRowWords } from '../messages/bank-rows.ts';
import { explain, translator } from '../messages/index.ts';
import type { AcrossFiles, CheckedReport } from './bank-check.ts';
import { escapeHtml, htmlReport, htmlTable } from './html.ts';

/** The check of banks as one HTML page: what to mend and where, what was mended, what is there twice. */
export function checkReport(
  files: readonly CheckedReport[],
  across: readonly AcrossFiles[],
  lang: Locale = 'zh',
): string {
  const words = bankReportWords[lang];
  const differ = across.filter(({ sameKey }) => !sameKey).length;
  const body = [
    summary(files, lang),
    ...files.map((file) => section(file, lang)),
    across.length > 0 ? `<h2>${words.between(across.length, differ)}</h2>${between(across, lang)}` : '',
  ];
  return htmlReport(words.title, body.join('\n'), lang);
}

function summary(files: readonly CheckedReport[], lang: Locale): string {
  const words = bankReportWords[lang];
  const head = [words.file, words.rows, words.accepted, words.repaired, words.rejected, words.duplicates];
  return htmlTable(
    [...head, words.withFormulas, words.withTables, words.note],
    files.map(({ file, rows, accepted, repaired, rejected, duplicates, skippedSheets, problem, why, ...has }) => [
      ...[file, rows, accepted, repaired, rejected.length, duplicates.length, has.withFormulas, has.withTables],
      [
        problem ? explain(problem, lang) : '',
        why ?? '',
        ...skippedSheets.map(({ sheet, reason }) => `${sheet}: ${words.skipped[reason]}`),
      ].join(' '),
    ]),
  );
}

function between(across: readonly AcrossFiles[], lang: Locale): string {
  const words = bankReportWords[lang];
  return htmlTable(
    [words.file, words.place, words.sameAs, words.key],
    across.map(({ file, of, sameKey, ...place }) => [
      ...[file, placeOf(place, lang), `${of.file} ${placeOf(of, lang)}`, words.keys(sameKey)],
    ]),
  );
}

const adviceFor = ({ reason, formula, construct }: BankReport['rejected'][number], lang: Locale): string =>
  [bankRowWords[reason][lang], construct ?? '', formula ? translator(lang)('content.formula-unreadable', formula) : '']
    .filter((part) => part !== '')
    .join(' ');

type CellPlace = { readonly sheet: string; readonly row: number; readonly cell?: string | undefined };
const placeOf = ({ sheet, row, cell }: CellPlace, lang: Locale): string =>
  [sheet, cell ?? bankReportWords[lang].row(row)].filter((part) => part !== '').join(' ');

type Part = {
  readonly title: string;
  readonly count: number;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
};

function section(report: BankReport, lang: Locale): string {
  const words = bankReportWords[lang];
  const parts = [...ofRows(report, lang), ...ofFile(report, lang)].filter(({ count }) => count > 0);
  const tables = parts.map(
    ({ title, count, head, rows }) => `<h3>${words.headed(title, count)}</h3>${htmlTable(head, rows)}`,
  );
  return tables.length > 0 ? `<h2>${escapeHtml(report.file)}</h2>${tables.join('\n')}` : '';
}

function ofRows({ rejected, repairs, duplicates, leftOut }: BankReport, lang: Locale): readonly Part[] {
  const words = bankReportWords[lang];
  const at = (place: CellPlace): string => placeOf(place, lang);
  return [
    {
      ...{ title: words.toMend, count: rejected.length, head: [words.place, words.reason, words.whatToDo] },
      rows: rejected.map((row) => [at(row), row.reason, adviceFor(row, lang)]),
    },
    {
      ...{ title: words.mended, count: repairs.length, head: [words.place, words.part, words.from, words.to] },
      rows: repairs.flatMap((row) => row.repairs.map(({ part, from, to }) => [at(row), words.parts[part], from, to])),
    },
    {
      ...{ title: words.leftOut, count: leftOut.length, head: [words.place, words.part] },
      rows: leftOut.map((row) => [at(row), row.constructs.join(words.comma)]),
    },
    {
      ...{ title: words.same, count: duplicates.length, head: [words.place, words.sameAs] },
      rows: duplicates.map((row) => [at(row), at(row.of)]),
    },
  ];
}

function ofFile({ unknownTerms, strayPictures, hidden, unreadFiles }: BankReport, lang: Locale): readonly Part[] {
  const words = bankReportWords[lang];
  return [
    {
      ...{ title: words.unknownTerms, count: unknownTerms.length, head: [words.name, words.rows, words.first] },
      rows: unknownTerms.map(({ text, rows, first }) => [text, rows, placeOf(first, lang)]),
    },
    {
      ...{ title: words.strayPictures, count: strayPictures.length, head: [words.place] },
      rows: strayPictures.map((row) => [placeOf(row, lang)]),
    },
    {
      ...{ title: words.hidden, count: hidden.length, head: [words.sheet, words.what, words.count, words.read] },
      rows: hidden.map(({ sheet, what, count, read }) => [sheet, words.hiddenOf[what], count, words.wasRead(read)]),
    },
    {
      ...{ title: words.unreadFiles, count: unreadFiles.length, head: [words.file, words.reason] },
      rows: unreadFiles.map((one) => [one.file, inLocale(unreadFileWords(one), lang)]),
    },
  ];
}
