import { describe, expect, it } from 'vitest';
import { readHeadings, refineHeadings } from './headings.ts';

describe('readHeadings', () => {
  it.each([
    [
      ['作业种类', '试题类型', '题目内容', '题目选项', '题目答案'],
      { topic: 0, kind: 1, stem: 2, options: [3], key: 4 },
    ],
    [
      ['作业种类', '试题类型(判断题、单选题、多选题)', '题目内容', '题目选项(选项之间用##隔开)', '题目答案'],
      { topic: 0, kind: 1, stem: 2, options: [3], key: 4 },
    ],
    [
      [null, '作业种类', '试题类型', '题目内容', '题目选项', '题目答案'],
      { topic: 1, kind: 2, stem: 3, options: [4], key: 5 },
    ],
    [
      ['作业种类', '章节', '试题类型', '题目内容', '题目选项', '题目答案', '图片', null],
      { topic: 1, kind: 2, stem: 3, options: [4], key: 5 },
    ],
    [['序号', '题型', '题干', '选项', '正确答案', '答案解析', '难度'], { kind: 1, stem: 2, options: [3], key: 4 }],
    [['标准答案', '选 项', '试题', '类型', '知识点'], { key: 0, options: [1], stem: 2, kind: 3, topic: 4 }],
    [['题目类型', '问题', '选项', null, null, null, '答案'], { kind: 0, stem: 1, options: [2, 3, 4, 5], key: 6 }],
    [['题型', '题目', '试题类别', '选项', '答案'], { kind: 0, stem: 1, topic: 2, options: [3], key: 4 }],
    [['试题类别', '题目', '选项', '答案'], { kind: 0, stem: 1, topic: undefined }],
  ])('%j', (row, layout) => expect(readHeadings(row)).toMatchObject(layout));

  it.each([
    ['题型', '题目', 'A', 'B', 'C', 'D', '答案'],
    ['题型', '题目', '选项A', '选项B', '选项C', '选项D', '答案'],
    ['题型', '题目', 'A选项', 'B选项', 'C选项', 'D选项', '正确答案'],
    ['题型', '题目', '选项（A）', '选项（B）', '选项（C）', '选项（D）', '正确答案'],
    ['题型', '题目', '选项1', '选项2', '选项3', '选项4', '正确答案'],
    ['题型', '题目', '选项（1）', '选项（2）', '选项（3）', '选项（4）', '正确答案'],
    ['题型', '题目', '选项一', '选项二', '选项三', '选项四', '正确答案'],
    ['题型', '题目', '答案A', '答案B', '答案C', '答案D', '正确答案'],
  ])('a column for each option: %s %s %s', (...row) => {
    const layout = readHeadings(row);
    expect(layout?.key).toBe(6);
    expect([...(layout?.optionColumns ?? [])]).toEqual([
      [0, 2],
      [1, 3],
      [2, 4],
      [3, 5],
    ]);
  });

  it.each<[string, (at: number) => string]>([
    ['letters', (at) => `选项${String.fromCharCode(65 + at)}`],
    ['letters in brackets', (at) => `选项（${String.fromCharCode(65 + at)}）`],
    ['numbers', (at) => `选项${at + 1}`],
    [
      'numbers in Chinese',
      (at) => `选项${['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四'][at]}`,
    ],
  ])('loses no column of more options than an item may have: %s', (_, heading) => {
    const layout = readHeadings(['题型', '题目', ...Array.from({ length: 14 }, (_, at) => heading(at)), '答案', 'T']);
    expect([...(layout?.optionColumns ?? [])]).toEqual(Array.from({ length: 14 }, (_, at) => [at, at + 2]));
  });

  it('takes the letters of a second heading row', () => {
    const first = readHeadings(['题型', '题目', '选项', null, null, '答案']);
    const layout = first && refineHeadings(first, [null, null, 'A', 'B', 'C', null]);
    expect(layout?.options).toEqual([]);
    expect([...(layout?.optionColumns.values() ?? [])]).toEqual([2, 3, 4]);
  });

  it.each([
    [['法规知识', '判断题', '1.特种设备……', '**A.正确**B.错误', 'A']],
    [['任务分配']],
    [['国家网账号：', '完成时间', null, null, '省叉车司机', '完成', '已上线']],
    [['题目', '解析', '选项']],
    [['问题', '答案']],
    [[]],
  ])('no headings: %j', (row) => expect(readHeadings(row)).toBeUndefined());

  it.each([
    ...['固定顺序', '选项固定', '固定选项顺序', '选项顺序', '是否固定顺序', '不打乱选项', '选项顺序固定'].map(
      (head) => [head, 'fixedOrder'],
    ),
    ...['打乱选项', '选项乱序', '是否打乱', '选项随机', '允许乱序', '选项是否打乱顺序', 'Shuffle'].map((head) => [
      head,
      'shuffled',
    ]),
  ])('%s says whether options stay: %s', (head, field) => {
    const layout = readHeadings(['题型', '题目', '选项', head, '答案']);
    expect([layout?.options, [...(layout?.about ?? [])]]).toEqual([[2], [[field, 3]]]);
  });

  it('needs no kind and no options where the sheet is named after its kind', () => {
    expect(readHeadings(['题目', '答案'], true)).toMatchObject({ kind: undefined, stem: 0, key: 1 });
  });
});
