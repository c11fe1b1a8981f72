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

describe('a key that can be read in two ways', () => {
  const of = (...texts: readonly string[]): Options => ({
    texts,
    places: new Map(texts.map((_, at) => [at, at])),
    doubtful: new Set(),
  });

  it.each([
    ['single', '2', ['4', '3', '2', '1']],
    ['single', '２', ['4', '3', '2', '1']],
    ['single', '2', ['1', '3', '2']],
    ['single', '（2）', ['（2）', '（3）']],
    ['single', '②', ['②', '①', '③']],
    ['single', '二', ['二', '三', '一']],
    ['single', '甲', ['乙', '甲', '丙']],
    ['multiple', '13', ['11', '12', '13', '14']],
    ['multiple', '1,3', ['1,2', '2,3', '1,3']],
    ['choice', '2', ['3', '2', '1', '2.5', '4'].toReversed()],
    ['single', 'A', ['B', 'A', 'AB', 'O']],
    ['single', 'AB', ['A', 'B', 'AB', 'O']],
    ['multiple', 'AB', ['A', 'B', 'AB', 'O']],
    ['single', 'b', ['B', 'C', 'A']],
    ['true-false', '对', ['对', '正确']],
  ] as const)('%s %s of %j is refused', (kind, cell, texts) =>
    expect(readKey(kind, cell, of(...texts))).toEqual({ ok: false, reason: 'key-unreadable' }),
  );

  it.each([
    ['single', '2', ['1', '2', '3'], 1],
    ['single', '②', ['①', '②'], 1],
    ['single', '8', ['8', '6', '4', '2'], 0],
    ['single', '13', ['11', '12', '13', '14'], 2],
    ['single', '2.5', ['1.5', '2.5'], 1],
    ['single', '36V', ['24V', '36V'], 1],
    ['single', 'B', ['A', 'B', 'C'], 1],
    ['single', '乙', ['甲', '乙'], 1],
  ] as const)('%s %s of %j: both ways, or the only one, are the same', (kind, cell, texts, at) =>
    expect(readKey(kind, cell, of(...texts))).toMatchObject({ ok: true, value: [at] }),
  );

  it.each(['1', '2', '①', '一', '甲', 'Ⅰ', '1,2', '第二项', '0'])(
    '%s of words counts, and nobody says so: refused',
    (cell) => expect(readKey('single', cell, four).ok).toBe(false),
  );
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
