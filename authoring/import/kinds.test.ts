import { describe, expect, it } from 'vitest';
import { readKind } from './kinds.ts';

describe('readKind', () => {
  it.each([
    ['判断题', 'true-false'],
    ['是非题', 'true-false'],
    [' 单 选 题 ', 'single'],
    ['单项选择题（每题1分）', 'single'],
    ['多选', 'multiple'],
    ['多项选择题', 'multiple'],
    ['不定项选择题', 'multiple'],
    ['选择题', 'choice'],
    ['数字类选择题', 'choice'],
    ['数字题', 'numeric'],
    ['填数题', 'numeric'],
    ['数字类填空题', 'numeric'],
    ['填空题', 'text'],
    ['四、简答题（每题5分）', 'text'],
    ['排序题', 'order'],
    ['三、排序选择题（每题4分）', 'order'],
    ['顺序题', 'order'],
    ['步骤题', 'order'],
    ['Ordering', 'order'],
    ['sequence', 'order'],
  ])('%s is %s', (text, kind) => expect(readKind(text)).toBe(kind));

  it.each([
    '',
    '论述题',
    '填空题和简答题以外的判断题',
    '多选题（排序）',
    '操作步骤',
    '试题类型(判断题、单选题、多选题)',
    'Sheet1',
    '1',
  ])('%s is no kind', (text) => expect(readKind(text)).toBeUndefined());
});
