import { type Cell, cellText, compact, readTable, type TableRow } from '../../authoring/import/index.ts';
import { MOST_TOLD_ROWS } from '../../contract/platform/told-results.ts';
import { dayOf } from '../../contract/words/calendar.ts';
import { parseIdNumber } from '../../contract/words/id-number.ts';
import { ExamId, type Instant, instant } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import {
  isProblem,
  isText,
  isToldTime,
  marksProblem,
  type Problem,
  type ReadFile,
  type ReadRow,
  type SaidResult,
  type ToldMode,
} from './said.ts';

/** The columns, and what they are called. `docs/platform.md` has the list. */
const HEADINGS = {
  id: /^(成绩|结果|记录)?(编号|流水号|id)$|^(result)?id$/i,
  name: /^(考生|学员|员工|人员)?姓名$|^name$/i,
  number: /^(公民)?(身份|居民)证?(件)?(号|号码)$|^身份证$|^证件(号|号码)$|^id(card)?number$|^number$/i,
  firm: /^(所属|所在)?(企业|单位|公司)(名称)?$|^统一社会信用代码$|^(firm|licence|license)$/i,
  exam: /^考试(名称)?$|^科目$|^exam(title)?$/i,
  examId: /^(本)?平台考试(编号|id)$|^examid$/i,
  mode: /^(考试)?(类型|性质)$|^mode$/i,
  marks: /^(得分|分数|成绩)$|^(marks|score)$/i,
  fullMarks: /^(满分|总分)$|^(fullmarks|maxscore|max)$/i,
  passed: /^(是否)?(合格|通过|及格)$|^(结果|结论)$|^(passed|result)$/i,
  submittedAt: /^(交卷|考试|完成|提交)(时间|日期)$|^(submittedat|submitted|time|date)$/i,
} as const;
type Field = keyof typeof HEADINGS;
const FIELDS = Object.keys(HEADINGS) as Field[];
const NEEDED = ['id', 'name', 'number', 'exam', 'marks', 'fullMarks', 'passed', 'submittedAt'] as const;
const CALLED: Readonly<Record<(typeof NEEDED)[number], string>> = {
  ...{ id: '成绩编号', name: '姓名', number: '身份证号', exam: '考试名称' },
  ...{ marks: '得分', fullMarks: '满分', passed: '是否合格', submittedAt: '交卷时间' },
};

/** Titles stand above headings now and then. */
const HEAD_ROWS = 10;

type Texts = Readonly<Partial<Record<Field, string>>>;

/**
 * Results in a table: a CSV in UTF-8 or GB 18030, or a workbook.
 * @throws Refusal `not-a-workbook` where it is none, or a heading is missing
 */
export async function readToldTable(bytes: Uint8Array): Promise<ReadFile> {
  const table = await readTable(bytes, MOST_TOLD_ROWS + HEAD_ROWS);
  const at = table.slice(0, HEAD_ROWS).findIndex(({ cells }) => {
    const fields = cells.map(fieldOf);
    return fields.includes('name') && fields.includes('number');
  });
  const columns = new Map<Field, number>();
  const ignored: string[] = [];
  for (const [column, cell] of (table[at]?.cells ?? []).entries()) {
    const field = fieldOf(cell);
    if (field && !columns.has(field)) columns.set(field, column);
    else if (compact(cellText(cell)) !== '') ignored.push(cellText(cell).trim().slice(0, 100));
  }
  const missing = NEEDED.filter((field) => !columns.has(field)).map((field) => CALLED[field]);
  if (missing.length > 0) throw new Refusal('not-a-workbook', `no headings: ${missing.join(', ')}`);
  return { rows: table.slice(at + 1).map((row) => readRow(row, columns)), ignored };
}

const fieldOf = (cell: Cell): Field | undefined => {
  const text = compact(cellText(cell));
  return FIELDS.find((field) => HEADINGS[field].test(text));
};

function readRow({ row, cells }: TableRow, columns: ReadonlyMap<Field, number>): ReadRow {
  const entries = [...columns].map(([field, column]) => [field, textOf(cells[column])] as const);
  const text: Texts = Object.fromEntries(entries.filter(([, said]) => said !== ''));
  const known = { row, ownId: (text.id ?? '').slice(0, 100), name: (text.name ?? '').slice(0, 60) };
  const number = columns.get('number');
  if (number !== undefined && typeof cells[number] === 'number') return { ...known, problem: 'number-figure' };
  const said = saidIn(text);
  return isProblem(said) ? { ...known, ...said } : { ...known, said };
}

/** A workbook has its times as times of no zone: they were typed by China's clock. */
const textOf = (cell: Cell): string =>
  cell instanceof Date && !Number.isNaN(cell.getTime())
    ? cell.toISOString().slice(0, 19).replace('T', ' ')
    : cellText(cell).trim();

function saidIn(text: Texts): SaidResult | Problem {
  const { id, name, number, exam, firm } = text;
  if (!id) return { problem: 'id-missing' };
  if (!name) return { problem: 'name-missing' };
  if (!number) return { problem: 'number-missing' };
  if (!exam) return { problem: 'exam-missing' };
  const texts = [isText(id, 'id'), isText(name, 'name'), isText(exam, 'title'), isText(firm ?? '', 'firm')];
  if (texts.includes(false)) return { problem: 'text-unclear' };
  const parsed = parseIdNumber(number);
  if (!parsed.ok) return { problem: parsed.reason };
  const examId = text.examId === undefined ? null : ExamId.safeParse(text.examId).data;
  if (examId === undefined) return { problem: 'exam-unknown' };
  const mode = modeOf(text.mode);
  if (!mode) return { problem: 'mode-unclear' };
  const [marks, fullMarks] = [markOf(text.marks), markOf(text.fullMarks)];
  const wrong = marksProblem(marks, fullMarks);
  if (wrong) return wrong;
  const passed = passedOf(text.passed);
  if (passed === undefined) return { problem: 'passed-unclear' };
  const submittedAt = timeOf(text.submittedAt ?? '');
  if (!submittedAt) return { problem: 'time-unclear' };
  return { who: { name, number: parsed.id }, firm, exam, examId, mode, marks, fullMarks, passed, submittedAt };
}

const markOf = (text = ''): number => (/^\d{1,5}(\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN);

const MODES: readonly (readonly [ToldMode, RegExp])[] = [
  ['formal', /^(正式|正式考试|formal)?$/i],
  ['mock', /^(模拟|模拟考试|mock)$/i],
  ['gate', /^(入场|准入|入场考试|准入考试|gate)$/i],
  ['learning', /^(学习|课程|培训|learning)$/i],
];
const modeOf = (text = ''): ToldMode | undefined => MODES.find(([, pattern]) => pattern.test(text))?.[0];

function passedOf(text = ''): boolean | undefined {
  if (/^(合格|通过|及格|是|yes|true|passed|1)$/i.test(text)) return true;
  return /^(不合格|未通过|不及格|未合格|否|no|false|failed|0)$/i.test(text) ? false : undefined;
}

const TIME =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/;

/** As people write it, by China's clock where no zone is said; a day alone is its beginning. */
export function timeOf(text: string): Instant | undefined {
  const [, year, month = '', day = '', hour = '0', minute = '00', second = '00', zone = '+08:00'] =
    TIME.exec(text) ?? [];
  if (!year) return undefined;
  const date = dayOf(year, month, day);
  if (!date) return undefined;
  const offset = zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const at = new Date(`${date}T${hour.padStart(2, '0')}:${minute}:${second}${offset}`);
  return isToldTime(at) ? instant(at) : undefined;
}
