import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Instant } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { readStatements } from './read-statements.ts';
import { readToldTable, timeOf } from './read-table.ts';

const HEAD = '成绩编号,姓名,身份证号,考试名称,得分,满分,是否合格,交卷时间';
const NUMBER = '11010519491231002X';
const ROW = `A-1,张三,${NUMBER},安全考试,86,100,合格,2026-11-01 09:30`;
const bytes = (text: string) => new TextEncoder().encode(text);
const read = async (...lines: readonly string[]) => (await readToldTable(bytes(lines.join('\n')))).rows;

describe('a table', () => {
  test('is read under Chinese headings and English ones', async () => {
    const [row] = await read(HEAD, ROW);
    const said = {
      who: { name: '张三', number: NUMBER },
      ...{ exam: '安全考试', examId: null, mode: 'formal', marks: 86, fullMarks: 100, passed: true },
      ...{ firm: undefined, submittedAt: '2026-11-01T01:30:00.000Z' },
    };
    expect(row).toEqual({ row: 2, ownId: 'A-1', name: '张三', said });
    const [english] = await read('id,name,number,exam,marks,full marks,passed,submitted at', ROW);
    expect(english).toEqual(row);
  });

  test('is read in GB 18030', async () => {
    const gb = [
      ...[0xb3, 0xc9, 0xbc, 0xa8, 0xb1, 0xe0, 0xba, 0xc5],
      ...bytes(',name,number,exam,marks,full marks,passed,time\n7,'),
      ...[0xd5, 0xc5, 0xc8, 0xfd],
      ...bytes(`,${NUMBER},x,1,2,no,2026-11-01\n`),
    ];
    const { rows } = await readToldTable(Uint8Array.from(gb));
    expect(rows).toMatchObject([{ ownId: '7', name: '张三', said: { passed: false } }]);
  });

  test.each([
    ['id-missing', ROW.replace('A-1', '')],
    ['name-missing', ROW.replace('张三', '')],
    ['number-missing', ROW.replace(NUMBER, '')],
    ['number-checksum', ROW.replace('002X', '0021')],
    ['number-malformed', ROW.replace(NUMBER, '12')],
    ['exam-missing', ROW.replace('安全考试', '')],
    ['marks-unclear', ROW.replace('86', '八十')],
    ['marks-unclear', ROW.replace('86', '-1')],
    ['marks-over', ROW.replace('86', '101')],
    ['passed-unclear', ROW.replace('合格', '大概')],
    ['time-unclear', ROW.replace('11-01', '02-30')],
    ['text-unclear', ROW.replace('A-1', 'A'.repeat(101))],
    ['text-unclear', ROW.replace('张三', '张\u0000三')],
  ])('says what is wrong with a row: %s', async (problem, row) => {
    expect(await read(HEAD, row)).toMatchObject([{ problem }]);
  });

  test('with a heading missing is refused, and says which', async () => {
    await expect(read(HEAD.replace(',满分', ''), ROW)).rejects.toMatchObject({
      ...{ reason: 'not-a-workbook', detail: expect.stringContaining('满分') },
    });
  });

  test('whatever is in it, is read row by row, or refused', async () => {
    const cell = fc.oneof(
      ...[fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom(...ROW.split(','), '', '"', '\u0000', '=1')],
    );
    const rows = fc.array(fc.array(cell, { maxLength: 12 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(rows, async (cells) => {
        const quoted = cells.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','));
        const filled = cells.filter((row) =>
          row.some((one) => one.toWellFormed().replace(/^'(?=[=+\-@\t\r])/, '') !== ''),
        );
        const { rows: found } = await readToldTable(bytes([HEAD, ...quoted].join('\n')));
        expect(found).toHaveLength(filled.length);
        for (const one of found) expect('problem' in one || Instant.safeParse(one.said.submittedAt).success).toBe(true);
      }),
      { numRuns: 100 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (more, headed) => {
        const file = headed ? Buffer.concat([bytes(`${HEAD}\n`), more]) : more;
        const found = await readToldTable(file).catch((error: unknown) => error);
        if (!(found instanceof Refusal)) expect(found).toHaveProperty('rows');
      }),
      { numRuns: 200 },
    );
  });
});

test.each([
  ['2026-11-01T09:30:00Z', '2026-11-01T09:30:00.000Z'],
  ['2026/11/1 9:30', '2026-11-01T01:30:00.000Z'],
  ['2026年11月1日', '2026-10-31T16:00:00.000Z'],
  ['2026-11-01 09:30:05+0000', '2026-11-01T09:30:05.000Z'],
])('%s is a time', (text, at) => {
  expect(timeOf(text)).toBe(at);
});
test.each(['', 'x', '2026-13-01', '2026-11-01 25:00', '2026-11-01 09:61', '1960-01-01', '2026-11-01 09:30+99:00'])(
  '“%s” is none',
  (text) => {
    expect(timeOf(text)).toBeUndefined();
  },
);

const ADL = 'http://adlnet.gov/expapi';
const STATEMENT = {
  id: '0f1a2b3c-0000-4000-8000-000000000001',
  actor: { objectType: 'Agent', name: '张三', account: { homePage: 'https://vendor.example', name: NUMBER } },
  verb: { id: `${ADL}/verbs/passed`, display: { en: 'passed' } },
  object: { id: 'https://vendor.example/exams/1', definition: { name: { en: 'Safety', 'zh-CN': '安全考试' } } },
  result: { score: { scaled: 0.86, raw: 86, min: 0, max: 100 }, success: true, duration: 'PT10M' },
  timestamp: '2026-11-01T09:30:00+08:00',
  ...{ version: '1.0.3', context: { platform: 'x' } },
};
const statements = (value: unknown) => readStatements(bytes(JSON.stringify(value))).rows;

describe('statements', () => {
  test('are read, alone, as a list, or as a store answers them', () => {
    const [row] = statements(STATEMENT);
    const said = { exam: '安全考试', mode: 'formal', marks: 86, fullMarks: 100, passed: true };
    expect(row).toMatchObject({
      row: 1,
      ownId: STATEMENT.id,
      said: { ...said, submittedAt: '2026-11-01T01:30:00.000Z' },
    });
    expect(statements([STATEMENT])).toEqual([row]);
    expect(statements({ statements: [STATEMENT], more: '' })).toEqual([row]);
  });

  test('that only say a share say it of a hundred, and what was completed says what its result says', () => {
    const result = { score: { scaled: 0.5 } };
    const verb = { id: `${ADL}/verbs/completed` };
    expect(statements({ ...STATEMENT, verb, result })).toMatchObject([
      { said: { marks: 50, fullMarks: 100, passed: null } },
    ]);
    expect(statements({ ...STATEMENT, verb, result: { ...result, success: false } })).toMatchObject([
      { said: { passed: false } },
    ]);
  });

  test('say a share as it was rounded', () => {
    for (const scaled of [0.33, 0.333, 0.3333])
      expect(statements({ ...STATEMENT, result: { score: { raw: 33.3, max: 100, scaled } } })).toMatchObject([
        { said: { marks: 33.3 } },
      ]);
  });

  test.each([
    ['verb-unknown', 'verb.id', { verb: { id: `${ADL}/verbs/experienced` } }],
    ['verb-unknown', 'verb.id', { verb: { id: 'constructor' } }],
    ['statement-unclear', 'attachments', { attachments: [] }],
    ['statement-unclear', 'result.response', { result: { ...STATEMENT.result, response: 'x' } }],
    ['statement-unclear', 'result.score', { result: { success: true } }],
    ['statement-unclear', 'actor.account', { actor: { name: 'x', mbox: 'mailto:x@example.com' } }],
    ['statement-unclear', 'id', { id: 'x' }],
    ['contradiction', 'result.success', { result: { ...STATEMENT.result, success: false } }],
    ['marks-unclear', 'result.score', { result: { score: { raw: 5 } } }],
    ['contradiction', 'result.score.scaled', { result: { score: { raw: 33.3, max: 100, scaled: 0.1 } } }],
    ['time-unclear', 'timestamp', { timestamp: '1969-12-31T23:59:59Z' }],
    ['time-unclear', 'timestamp', { timestamp: '0000-01-01T00:00:00Z' }],
    ['time-unclear', 'timestamp', { timestamp: '9999-12-31T23:59:59-01:00' }],
    ['marks-over', undefined, { result: { score: { raw: 5, max: 4 } } }],
    [
      'mode-unclear',
      'object.definition.type',
      { object: { id: 'x', definition: { name: { en: 'x' }, type: 'valueOf' } } },
    ],
    ['exam-missing', 'object.definition.name', { object: { id: 'x', definition: {} } }],
    ['text-unclear', undefined, { actor: { ...STATEMENT.actor, name: '\ud800' } }],
  ])('says what is wrong with one: %s %s', (problem, detail, changes) => {
    const [row] = statements([{ ...STATEMENT, ...changes }]);
    expect(row).toMatchObject({ problem, ...(detail ? { detail } : {}) });
  });

  test('whatever they are, are read one by one, or refused', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.jsonValue(), fc.record({ ...STATEMENT_PARTS }, { requiredKeys: [] })), { maxLength: 8 }),
        (all) => {
          const found = statements(all);
          expect(found.map(({ row }) => row)).toEqual(all.map((_, at) => at + 1));
        },
      ),
    );
    expect(() => readStatements(bytes('{'))).toThrow('bad-message');
    expect(() => readStatements(bytes(`${'['.repeat(500)}${']'.repeat(500)}`))).toThrow('bad-message');
  });
});
const STATEMENT_PARTS = {
  id: fc.constantFrom<unknown>(STATEMENT.id, 5, null),
  actor: fc.oneof(fc.constant<unknown>(STATEMENT.actor), fc.jsonValue()),
  verb: fc.oneof(fc.constant<unknown>(STATEMENT.verb), fc.jsonValue()),
  object: fc.oneof(fc.constant<unknown>(STATEMENT.object), fc.jsonValue()),
  result: fc.oneof(fc.constant<unknown>(STATEMENT.result), fc.jsonValue()),
  timestamp: fc.constantFrom<unknown>(STATEMENT.timestamp, '2026', null),
};
