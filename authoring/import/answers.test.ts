import { describe, expect, it } from 'vitest';
import { readJudgement, readJudgementPair, readKey } from './answers.ts';
import { type Options, readOptionCell } from './options.ts';

function options(cell: string): Options {
  const read = readOptionCell(cell);
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}

const four = options('**A.禁止**B.警告**C.指令**D.通行');
const two = options('**A.正确**B.错误');
const swapped = options('**A.错误**B.正确');

describe('readKey', () => {
  it.each([
    ['single', 'C', [2], false],
    ['single', 'C ', [2], false],
    ['single', 'c', [2], true],
    ['single', 'Ｃ', [2], true],
    ['single', '答案：C', [2], true],
    ['single', '（C）', [2], true],
    ['single', 'C.指令', [2], true],
    ['single', '指令', [2], true],
    ['multiple', 'ABD', [0, 1, 3], false],
    ['multiple', 'A,B，D', [0, 1, 3], true],
    ['multiple', 'A、B、D', [0, 1, 3], true],
    ['multiple', 'a b d', [0, 1, 3], true],
    ['multiple', 'DBA', [0, 1, 3], true],
    ['multiple', 'B', [1], false],
    ['choice', 'BD', [1, 3], false],
  ] as const)('%s %s', (kind, cell, value, repaired) =>
    expect(readKey(kind, cell, four)).toEqual({ ok: true, value, repaired }),
  );

  it.each(['A', '正确', '对', '√', 'T', 'TRUE', '是', ' 正 确 ', '（√）'])('true: %s', (cell) =>
    expect(readKey('true-false', cell, two)).toMatchObject({ ok: true, value: [0] }),
  );

  it.each(['B', 'b', '错误', '错', '×', 'X', 'F', 'FALSE', '否', '不正确'])('false: %s', (cell) =>
    expect(readKey('true-false', cell, two)).toMatchObject({ ok: true, value: [1] }),
  );

  it('finds the word among the options and the letter among the labels', () => {
    expect(readKey('true-false', '√', swapped)).toMatchObject({ ok: true, value: [1] });
    expect(readKey('true-false', 'A', swapped)).toMatchObject({ ok: true, value: [0] });
  });

  it.each([
    ['single', '', 'key-missing'],
    ['single', 'AB', 'key-count'],
    ['single', 'Z', 'key-outside-options'],
    ['multiple', 'ABE', 'key-outside-options'],
    ['multiple', 'AAB', 'key-unreadable'],
    ['single', '略', 'key-unreadable'],
    ['single', '1', 'key-unreadable'],
    ['true-false', 'C', 'key-outside-options'],
    ['true-false', 'AB', 'key-count'],
  ] as const)('%s %s: %s', (kind, cell, reason) =>
    expect(readKey(kind, cell, kind === 'true-false' ? two : four)).toEqual({ ok: false, reason }),
  );

  it('refuses a letter in doubt and takes one that is not', () => {
    const doubled = options('**A.硬度**B.韧度**B.耐腐蚀性');
    expect(readKey('single', 'B', doubled)).toEqual({ ok: false, reason: 'options-unclear' });
    expect(readKey('single', 'A', doubled)).toMatchObject({ ok: true, value: [0] });
  });
});

describe('judgements', () => {
  it('knows words for right and wrong only', () => {
    expect(['对。', '错', '对错', 'A', ''].map(readJudgement)).toEqual([true, false, undefined, undefined, undefined]);
  });

  it('reads two words without labels', () => {
    expect(readJudgementPair('正确 错误')).toEqual(['正确', '错误']);
    expect(readJudgementPair('×/√')).toEqual(['×', '√']);
    expect(readJudgementPair('正确 正确')).toBeUndefined();
  });
});
