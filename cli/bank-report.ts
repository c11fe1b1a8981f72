import type { BankReport, Part, RowReason } from '../authoring/import/index.ts';
import { explain, translator } from '../messages/index.ts';
import type { AcrossFiles, CheckedReport } from './bank-check.ts';
import { escapeHtml, htmlReport, htmlTable } from './html.ts';

/** What is wrong with a row and what to do about it, for the clerk who has the workbook open. */
const ADVICE: Readonly<Record<RowReason, string>> = {
  'kind-missing': '没有写题型。请填写：单选题、多选题或判断题。',
  'kind-unknown': '题型不支持。只收单选题、多选题和判断题。',
  'stem-missing': '没有题干，或选项写进了题干列。请补写。',
  'stem-torn': '一道题被拆成了两行。请合并。',
  'picture-needed': '题目要看图，图却不在这一行。请把图放进这一行的题干单元格，或改写成文字题。',
  'picture-unclear': '图压着几道题，或在解析一类的列里，分不清属于谁。请把图放进所属的单元格。',
  'picture-unreadable': '图打不开、太大，或格式不支持。请换成 PNG 或 JPEG。',
  'formula-unreadable': '公式显示不出来。请改正这个公式。',
  'table-unreadable': '表格有合并的单元格、套着表格，或有一行比表头长，分不清哪个值属于哪一列。请拆开，或换成图。',
  'cell-rewritten': 'Excel 把内容改成了日期。请把单元格设为文本后重新输入。',
  'options-missing': '没有选项，或只有一个选项。请补写。',
  'options-unclear': '分不清选项从哪里到哪里，或字母重复、缺失。请用 A、B、C、D 依次标出。',
  'options-count': '选项个数不对：判断题 2 个，其他 2 到 12 个。',
  'options-same': '有两个选项相同。请改正其中一个。',
  'key-missing': '没有答案。请补写。',
  'key-unreadable': '看不懂答案。请写选项字母。',
  'key-outside-options': '答案的字母不在选项里。请核对答案和选项。',
  'key-count': '单选题、判断题只能有一个答案。请核对题型和答案。',
  'key-ordered': '题目问顺序，答案的字母有先后。请改写成普通选择题。',
  'key-contradicted': '同一道题出现了不同的答案。请核对后只留正确的。',
  'item-refused': '内容不符合要求（例如超过 12 个选项）。请改写。',
};
const PARTS: Readonly<Record<Part, string>> = { kind: '题型', stem: '题干', options: '选项', key: '答案' };

/** The check of banks as one HTML page: what to mend and where, what was mended, what is there twice. */
export function checkReport(files: readonly CheckedReport[], across: readonly AcrossFiles[]): string {
  const summary = htmlTable(
    ['文件', '行数', '通过', '修正后通过', '退回', '重复', '有公式', '有表格', '说明'],
    files.map(({ file, rows, accepted, repaired, rejected, duplicates, skippedSheets, problem, ...has }) => [
      ...[file, rows, accepted, repaired, rejected.length, duplicates.length, has.withFormulas, has.withTables],
      [
        problem ? explain(problem, 'zh') : '',
        ...skippedSheets.map(({ sheet, reason }) => `${sheet}: ${reason === 'empty' ? '空表' : '没有表头'}`),
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
const adviceFor = ({ reason, formula }: BankReport['rejected'][number]): string =>
  formula ? `${ADVICE[reason]} ${say('content.formula-unreadable', formula)}` : ADVICE[reason];

const placeOf = ({ sheet, row, cell }: { sheet: string; row: number; cell?: string }): string =>
  [sheet, cell ?? `第 ${row} 行`].filter((part) => part !== '').join(' ');

function section({ file, rejected, repairs, duplicates, unknownTerms, strayPictures }: BankReport): string {
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
