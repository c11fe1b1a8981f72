import type { Locale } from '../contract/words/localized.ts';

/** What a report on banks is made of, beside the reasons of its rows: for the clerk who has the files open. */
type BankReportWords = {
  readonly title: string;
  /** Heads of the table over all files. */
  readonly file: string;
  readonly rows: string;
  readonly accepted: string;
  readonly repaired: string;
  readonly rejected: string;
  readonly duplicates: string;
  readonly withFormulas: string;
  readonly withTables: string;
  readonly note: string;
  /** Names of the parts of the report, and heads of their tables. */
  readonly toMend: string;
  readonly mended: string;
  readonly unknownTerms: string;
  readonly strayPictures: string;
  readonly leftOut: string;
  readonly hidden: string;
  readonly unreadFiles: string;
  readonly same: string;
  readonly place: string;
  readonly reason: string;
  readonly whatToDo: string;
  readonly part: string;
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly first: string;
  readonly sheet: string;
  readonly what: string;
  readonly count: string;
  readonly read: string;
  readonly sameAs: string;
  readonly key: string;
  /** Values in those tables. */
  readonly row: (row: number) => string;
  readonly parts: Readonly<Record<'kind' | 'stem' | 'options' | 'key', string>>;
  readonly skipped: Readonly<Record<'empty' | 'no-headings' | 'no-cells', string>>;
  readonly hiddenOf: Readonly<Record<'sheet' | 'rows' | 'columns' | 'questions', string>>;
  readonly wasRead: (read: boolean) => string;
  readonly keys: (same: boolean) => string;
  readonly between: (all: number, differ: number) => string;
  readonly headed: (title: string, count: number) => string;
  /** Between names in a row. */
  readonly comma: string;
};

export const bankReportWords: Readonly<Record<Locale, BankReportWords>> = {
  zh: {
    title: '题库检查报告',
    ...{ file: '文件', rows: '行数', accepted: '通过', repaired: '修正后通过', rejected: '退回', duplicates: '重复' },
    ...{ withFormulas: '有公式', withTables: '有表格', note: '说明' },
    ...{ toMend: '要改的', mended: '已修正的（不影响答案）', unknownTerms: '名单里没有的行业、领域、人员类别' },
    strayPictures: '没有题目提到的图（未导入，请核对）',
    ...{ leftOut: '没有导入的部分（考生用不到）', hidden: '隐藏的', unreadFiles: '读不了的文件' },
    same: '重复的（只留第一次出现的）',
    ...{ place: '位置', reason: '原因', whatToDo: '怎么办', part: '部分', from: '原文', to: '读作', name: '名称' },
    ...{ first: '第一处', sheet: '工作表', what: '什么', count: '数量', read: '导入', sameAs: '与此相同', key: '答案' },
    row: (row) => `第 ${row} 行`,
    parts: { kind: '题型', stem: '题干', options: '选项', key: '答案' },
    skipped: { empty: '空表', 'no-headings': '没有表头', 'no-cells': '没有单元格（图表、对话框或宏表）' },
    hiddenOf: { sheet: '工作表', rows: '行', columns: '列', questions: '题' },
    wasRead: (read) => (read ? '已导入' : '未导入'),
    keys: (same) => (same ? '相同' : '不同，请核对'),
    between: (all, differ) => `题库之间的重复：${all}，其中答案不同：${differ}`,
    headed: (title, count) => `${title}：${count}`,
    comma: '、',
  },
  en: {
    title: 'Report on banks',
    ...{ file: 'File', rows: 'Rows', accepted: 'Accepted', repaired: 'Repaired', rejected: 'Refused' },
    ...{ duplicates: 'Duplicates', withFormulas: 'With formulas', withTables: 'With tables', note: 'Note' },
    ...{ toMend: 'To be mended', mended: 'Repaired (the answers are as they were)' },
    unknownTerms: 'Industries, areas and categories that are in no list',
    strayPictures: 'Pictures that no question speaks of (left out: have a look)',
    ...{ leftOut: 'Left out (no candidate needs it)', hidden: 'Hidden', unreadFiles: 'Files that cannot be read' },
    same: 'Duplicates (the first stays)',
    ...{ place: 'Place', reason: 'Reason', whatToDo: 'What to do', part: 'Part', from: 'Written', to: 'Read as' },
    ...{ name: 'Name', first: 'First', sheet: 'Sheet', what: 'What', count: 'Number', read: 'Read' },
    ...{ sameAs: 'Same as', key: 'Answers' },
    row: (row) => `row ${row}`,
    parts: { kind: 'Kind', stem: 'Question', options: 'Options', key: 'Answer' },
    skipped: { empty: 'empty', 'no-headings': 'no headings', 'no-cells': 'no cells (a chart, a dialogue, macros)' },
    hiddenOf: { sheet: 'sheet', rows: 'rows', columns: 'columns', questions: 'questions' },
    wasRead: (read) => (read ? 'read' : 'not read'),
    keys: (same) => (same ? 'the same' : 'different: have a look'),
    between: (all, differ) => `Questions in several banks: ${all}; with different answers: ${differ}`,
    headed: (title, count) => `${title}: ${count}`,
    comma: ', ',
  },
};
