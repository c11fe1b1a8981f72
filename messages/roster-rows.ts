import type { RowProblem } from '../contract/people-center/roster-import.ts';
import type { Localized } from '../contract/words/localized.ts';

/** What is wrong with a row of a roster, and what to do about it: for whoever has the file before them. */
export const rosterRowWords: Readonly<Record<RowProblem, Required<Localized>>> = {
  'name-missing': { zh: '没有姓名。', en: 'There is no name.' },
  'name-other': {
    zh: '名单里这个身份证号是另一个姓名。号码输错了请改号码；同一个人改了名，状态填“变更”。',
    en: 'On the roster this number is on somebody of another name. Correct the number; where the same person is called otherwise by now, write 变更 or change as the action.',
  },
  'number-missing': { zh: '没有身份证号。', en: 'There is no number.' },
  'number-malformed': { zh: '身份证号不完整或日期不对。', en: 'The number is not complete, or its date is none.' },
  'number-kind-unclear': {
    zh: '这个号码可能属于几种证件：请在“证件类型”一列说明（护照、工号、回乡证、台胞证……）。',
    en: 'The number can be of several documents: say which in a column “document” (passport, staff, …).',
  },
  'document-unknown': { zh: '不认识这种证件类型。', en: 'There is no such kind of document here.' },
  'number-checksum': { zh: '身份证号有一位输错了。', en: 'One character of the number is wrong.' },
  'number-figure': {
    zh: '表格把身份证号存成了数值，后几位已丢失。请把该列设为“文本”后重新输入。',
    en: 'The workbook holds the number as a figure, and its last digits are lost. Make the column text, and type it again.',
  },
  'number-repeated': {
    zh: '这个身份证号在文件里出现了不止一次，只采用最前面的一行。',
    en: 'The number is in the file more than once; only the first row counts.',
  },
  'exam-missing': { zh: '没有填考试。', en: 'There is no exam.' },
  'exam-unknown': {
    zh: '没有这场考试。请填考试编号或完整名称。',
    en: 'There is no such exam. Write its id, or its title in full.',
  },
  'minutes-unclear': {
    zh: '加时要填 0 到 600 的整数分钟。',
    en: 'Extra time is a whole number of minutes from 0 to 600.',
  },
  'action-unclear': {
    zh: '状态只能填：新增、变更、离职、调入、调出，或不填。',
    en: 'The action is one of add, change, leave, transfer in, transfer out, or nothing.',
  },
  'day-unclear': { zh: '日期要写成 2026-12-01 这样。', en: 'A day is written like 2026-12-01.' },
  'day-to-come': { zh: '最后一天还没有到。到时再办。', en: 'That day is still to come. Do it then.' },
  'reason-missing': {
    zh: '离职、调入、调出要写原因。',
    en: 'Whoever leaves, or comes from another firm, needs a reason.',
  },
  'text-long': { zh: '有一格文字太长。', en: 'A cell holds too much text.' },
  'not-on-roster': {
    zh: '名单里没有这个人，无法移出。',
    en: 'Nobody on the roster has this number: there is nobody to take off.',
  },
};

/** What the columns of a roster are called where this program writes or names them. */
export const ROSTER_HEADINGS = {
  name: '姓名',
  number: '身份证号',
  exam: '考试',
  post: '岗位',
  sector: '行业',
  category: '人员类别',
  minutes: '加时',
  action: '状态',
  firm: '单位',
  day: '日期',
  reason: '原因',
} as const;

/** What reports of rows and files are headed with. */
export const REPORT_HEADINGS = { row: '行', file: '文件', outcome: '结果', problem: '问题', words: '说明' } as const;
