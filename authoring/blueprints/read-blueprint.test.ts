import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Blueprint } from '../../contract/words/blueprint.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { writeWorkbook } from '../import/workbook.fixture.ts';
import { readBlueprint } from './read-blueprint.ts';

const text = (written: string, file = 'b.yaml') => readBlueprint(Buffer.from(written), file);
const refusal = async (reading: Promise<unknown>): Promise<string> =>
  reading.then(
    () => 'ok',
    (error) => (error instanceof Refusal ? `${error.reason} ${error.detail}` : `thrown ${error}`),
  );

const WANTED = Blueprint.parse({
  rows: [
    { kind: 'single', count: 20, marks: 1, topic: '用电', industry: '冶金', difficulty: { from: 0.2, to: 0.6 } },
    { kind: 'multiple', count: 5, marks: 2, category: '安全管理人员', difficulty: { from: 0.7, to: 1 } },
    { kind: 'true-false', count: 10, marks: 0.5 },
  ],
  rules: {
    difficulty: { target: 0.5, tolerance: 0.05 },
    maxExposure: 0.2,
    maxOverlap: 0.1,
    unseenMonths: 6,
    wholeCases: true,
  },
  scoring: 'subset',
});
const TABLE = {
  sheet: '组卷',
  rows: [
    ['安全考试组卷规则', null, null, null, null, null, null],
    ['题型', '知识点', '行业', '人员类别', '难度', '题数', '每题分值'],
    ['单选题', '用电', '冶金', null, '0.2-0.6', 20, 1],
    ['多选题', null, null, '安全管理人员', '难', 5, 2],
    [null, null, null, null, null, null, null],
    ['判断题', null, null, null, null, 10, 0.5],
  ],
};
const RULES = {
  sheet: '规则',
  rows: [
    ['目标难度', 0.5],
    ['难度容差', 0.05],
    ['最大曝光率', '20%'],
    ['邻座最大重复率', 0.1],
    ['不重复月数', 6],
    ['案例完整', '是'],
    ['评分方式', '部分得分'],
  ],
};

describe('a blueprint', () => {
  it('is the same as JSON, as YAML and as a workbook', async () => {
    expect(await text(JSON.stringify(WANTED), 'b.json')).toEqual(WANTED);
    const yaml = `
rows:
  - { kind: single, count: 20, marks: 1, topic: 用电, industry: 冶金, difficulty: { from: 0.2, to: 0.6 } }
  - { kind: multiple, count: 5, marks: 2, category: 安全管理人员, difficulty: { from: 0.7, to: 1 } }
  - { kind: true-false, count: 10, marks: 0.5 }
rules: { difficulty: { target: 0.5, tolerance: 0.05 }, maxExposure: 0.2, maxOverlap: 0.1, unseenMonths: 6, wholeCases: true }
scoring: subset`;
    expect(await text(yaml)).toEqual(WANTED);
    expect(await readBlueprint(writeWorkbook([TABLE, RULES]), 'b.xlsx')).toEqual(WANTED);
  });

  it.each([
    ['a field that nobody knows', 'rows: [{kind: single, count: 1, marks: 1}]\nrule: {}', 'rule'],
    ['a field of a row that nobody knows', 'rows: [{kind: single, count: 1, marks: 1, toipc: 用电}]', 'toipc'],
    ['a rule that nobody knows', 'rows: [{kind: single, count: 1, marks: 1}]\nrules: {unseenMonth: 6}', 'unseenMonth'],
    ['a kind that nobody knows', 'rows: [{kind: essay, count: 1, marks: 1}]', 'rows[0].kind'],
    ['no rows', 'rows: []', 'rows'],
    [
      'a band upside down',
      'rows: [{kind: single, count: 1, marks: 1, difficulty: {from: 1, to: 0}}]',
      'from is above to',
    ],
    ['YAML that is none', 'rows: [', 'b.yaml'],
    ['bytes that are no text', '\uD800', 'b.yaml'],
  ])('with %s is refused and says where', async (_, written, where) => {
    const said = await refusal(text(written));
    expect(said).toMatch(/^blueprint-unreadable/);
    expect(said).toContain(where);
  });

  it.each([
    ['a workbook without headings', [{ sheet: 'a', rows: [['x', 'y']] }], '题型'],
    ['a rule that nobody knows', [TABLE, { sheet: '规则', rows: [['运气', 1]] }], '规则 row 1'],
    [
      'a difficulty in other words',
      [
        {
          sheet: 'a',
          rows: [
            ['题型', '题数', '分值', '难度'],
            ['单选题', 1, 1, '很难'],
          ],
        },
      ],
      'a row 2',
    ],
    [
      'a count in words',
      [
        {
          sheet: 'a',
          rows: [
            ['题型', '题数', '分值'],
            ['单选题', '十', 1],
          ],
        },
      ],
      'rows[0].count',
    ],
  ])('from %s is refused and says where', async (_, sheets, where) => {
    const said = await refusal(readBlueprint(writeWorkbook(sheets), 'b.xlsx'));
    expect(said).toMatch(/^blueprint-unreadable/);
    expect(said).toContain(where);
  });

  it('of any text is read or refused, nothing else', () =>
    fc.assert(
      fc.asyncProperty(fc.string(), async (written) => {
        expect(await refusal(text(written))).toMatch(/^(ok|blueprint-unreadable)/);
      }),
    ));
});
