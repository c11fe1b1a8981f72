import { type Cell, cellText, compact, type TableRow } from '../../authoring/import/index.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { ROSTER_HEADINGS } from '../../messages/roster-rows.ts';

/** What a roster has columns for, and what those are called by whoever keeps one. */
const HEADINGS = {
  name: /^(考生|学员|员工|人员)?姓名$|^name$/i,
  number: /^(公民)?(身份|居民)证?(件)?(号|号码)$|^身份证$|^证件(号|号码)$|^id(number)?$|^number$/i,
  document: /^(身份)?证件(类型|种类|名称)$|^(document|idtype|kind)$/i,
  exam: /^(报考|参加)?考试(编号|名称|科目)?$|^exam(id)?$/i,
  post: /^(岗位|工种|职务)(名称)?$|^post$/i,
  sector: /^(所属)?(行业|领域|行业领域)$|^sector$/i,
  category: /^(人员)?(类别|类型)$|^category$/i,
  minutes: /^(加时|延长时间|延时|额外时间)(分钟|\(分钟\))?$|^extraminutes$/i,
  action: /^(状态|操作|变动|变动类型)$|^(action|status)$/i,
  firm: /^(对方|原|调往|调入|调出|原单位或调往)单位$|^单位$|^firm$/i,
  day: /^(离职|变动|入职|调动|最后一天)?日期$|^(on|date|day)$/i,
  reason: /^(离职|变动|调动)?(原因|说明|备注)$|^(reason|why)$/i,
} as const;
export type RosterField = keyof typeof HEADINGS;
const FIELDS = Object.keys(HEADINGS) as RosterField[];

/** A row as it was typed. */
export type TypedRow = {
  readonly row: number;
  readonly text: Readonly<Partial<Record<RosterField, string>>>;
  /** The number is a figure: more than fifteen digits of it no workbook keeps. */
  readonly isFigure: boolean;
};
export type TypedRoster = {
  readonly rows: readonly TypedRow[];
  /** Headings that mean nothing here. */
  readonly ignored: readonly string[];
};

/** Titles stand above headings now and then. */
const HEAD_ROWS = 10;

/**
 * Rows under the first headings that name a name and a number.
 * @throws Refusal `not-a-workbook` where there are none
 */
export function readRosterRows(table: readonly TableRow[]): TypedRoster {
  const at = table.slice(0, HEAD_ROWS).findIndex(({ cells }) => {
    const fields = cells.map(fieldOf);
    return fields.includes('name') && fields.includes('number');
  });
  const head = table[at];
  if (!head) throw new Refusal('not-a-workbook', `no headings: ${ROSTER_HEADINGS.name}, ${ROSTER_HEADINGS.number}`);
  const columns = new Map<RosterField, number>();
  const ignored: string[] = [];
  for (const [column, cell] of head.cells.entries()) {
    const field = fieldOf(cell);
    if (field && !columns.has(field)) columns.set(field, column);
    else if (compact(cellText(cell)) !== '') ignored.push(cellText(cell).trim().slice(0, 100));
  }
  return { rows: table.slice(at + 1).map((row) => typedRow(row, columns)), ignored };
}

const fieldOf = (cell: Cell): RosterField | undefined => {
  const heading = compact(cellText(cell)).replace(/[*＊]/g, '');
  return heading === '' ? undefined : FIELDS.find((field) => HEADINGS[field].test(heading));
};

function typedRow({ row, cells }: TableRow, columns: ReadonlyMap<RosterField, number>): TypedRow {
  const text = [...columns].flatMap(([field, column]) => {
    const typed = textOf(cells[column]);
    return typed === '' ? [] : [[field, typed] as const];
  });
  const number = cells[columns.get('number') ?? -1];
  return { row, text: Object.fromEntries(text), isFigure: typeof number === 'number' && number >= 1e15 };
}

/** A mark that keeps a text from being a formula, or a figure, is no part of it. */
const textOf = (cell: Cell): string => {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  return cellText(cell).normalize('NFKC').trim().replace(/^'/, '');
};
