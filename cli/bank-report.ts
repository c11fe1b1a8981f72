import type { BankReport, Part, RowReason } from '../authoring/import/index.ts';
import { bankRowWords } from '../messages/bank-rows.ts';
import { explain, translator } from '../messages/index.ts';
import type { AcrossFiles, CheckedReport } from './bank-check.ts';
import { escapeHtml, htmlReport, htmlTable } from './html.ts';

/** What is wrong with a row and what to do about it, for the clerk who has the workbook open. */
const ADVICE: Readonly<Record<RowReason, { readonly zh: string }>> = bankRowWords;
const PARTS: Readonly<Record<Part, string>> = { kind: '题型', stem: '题干', options: '选项', key: '答案' };

/** The check of banks as one HTML page: what to mend and where, what was mended, what is there twice. */
export function checkReport(files: readonly CheckedReport[], across: readonly AcrossFiles[]): string {
  const summary = htmlTable(
    ['文件', '行数', '通过', '修正后通过', '退回', '重复', '有公式', '有表格', '说明'],
    files.map(({ file, rows, accepted, repaired, rejected, duplicates, skippedSheets, problem, why, ...has }) => [
      ...[file, rows, accepted, repaired, rejected.length, duplicates.length, has.withFormulas, has.withTables],
      [
        problem ? explain(problem, 'zh') : '',
        why ?? '',
        ...skippedSheets.map(({ sheet, reason }) => `${sheet}: ${SKIPPED[reason]}`),
      ].join(' '),
    ]),
  );
  const between = htmlTable(
    ['文件', '位置', '与此相同', '答案'],
    across.map(({ file, of, sameKey, ...place }) => [
      ...[file, placeOf(place), `${of.file} ${placeOf(of)}`, sameKey ? '相同' : '不同，请核对'],
    ]),
  );
  const body = [
    summary,
    ...files.map(section),
    across.length > 0
      ? `<h2>题库之间的重复：${across.length}，其中答案不同：${across.filter(({ sameKey }) => !sameKey).length}</h2>${between}`
      : '',
  ];
  return htmlReport('题库检查报告', body.join('\n'), 'zh');
}

const say = translator('zh');
const adviceFor = ({ reason, formula, construct }: BankReport['rejected'][number]): string =>
  [ADVICE[reason].zh, construct ?? '', formula ? say('content.formula-unreadable', formula) : '']
    .filter((part) => part !== '')
    .join(' ');

const placeOf = ({ sheet, row, cell }: { sheet: string; row: number; cell?: string }): string =>
  [sheet, cell ?? `第 ${row} 行`].filter((part) => part !== '').join(' ');

const SKIPPED: Readonly<Record<BankReport['skippedSheets'][number]['reason'], string>> = {
  empty: '空表',
  'no-headings': '没有表头',
  'no-cells': '没有单元格（图表、对话框或宏表）',
};

const HIDDEN: Readonly<Record<BankReport['hidden'][number]['what'], string>> = {
  sheet: '工作表',
  rows: '行',
  columns: '列',
  questions: '题',
};

function section({ file, rejected, repairs, duplicates, unknownTerms, strayPictures, ...also }: BankReport): string {
  const parts = [
    [
      '要改的',
      rejected.length,
      ['位置', '原因', '怎么办'],
      rejected.map((row) => [placeOf(row), row.reason, adviceFor(row)]),
    ],
    [
      '已修正的（不影响答案）',
      repairs.length,
      ['位置', '部分', '原文', '读作'],
      repairs.flatMap((row) => row.repairs.map(({ part, from, to }) => [placeOf(row), PARTS[part], from, to])),
    ],
    [
      '名单里没有的行业、领域、人员类别',
      unknownTerms.length,
      ['名称', '行数', '第一处'],
      unknownTerms.map(({ text, rows, first }) => [text, rows, placeOf(first)]),
    ],
    ['没有题目提到的图（未导入，请核对）', strayPictures.length, ['位置'], strayPictures.map((row) => [placeOf(row)])],
    [
      '没有导入的部分（考生用不到）',
      also.leftOut.length,
      ['位置', '部分'],
      also.leftOut.map((row) => [placeOf(row), row.constructs.join('、')]),
    ],
    [
      '隐藏的',
      also.hidden.length,
      ['工作表', '什么', '数量', '导入'],
      also.hidden.map(({ sheet, what, count, read }) => [sheet, HIDDEN[what], count, read ? '已导入' : '未导入']),
    ],
    [
      '读不了的文件',
      also.unreadFiles.length,
      ['文件', '原因'],
      also.unreadFiles.map(({ file: part, why }) => [part, why]),
    ],
    [
      '重复的（只留第一次出现的）',
      duplicates.length,
      ['位置', '与此相同'],
      duplicates.map((row) => [placeOf(row), placeOf(row.of)]),
    ],
  ] as const;
  const tables = parts.flatMap(([title, count, head, rows]) =>
    count > 0 ? [`<h3>${title}：${count}</h3>${htmlTable(head, rows)}`] : [],
  );
  return tables.length > 0 ? `<h2>${escapeHtml(file)}</h2>${tables.join('\n')}` : '';
}
