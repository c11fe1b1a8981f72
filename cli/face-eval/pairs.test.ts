import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../contract/words/reasons.ts';
import { parsePairs } from './pairs.ts';

const HEAD = 'path_a,path_b,same,fold';
const BOTH = 'a/1.jpg,a/2.jpg,1,f1\na/1.jpg,b/1.jpg,0,f1';
const refusal = (csv: string): Refusal => {
  try {
    parsePairs(csv);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('was accepted');
};

describe('a list of pairs', () => {
  it('is read, folds and all', () => {
    expect(parsePairs(`${HEAD}\n${BOTH}\n`)).toEqual([
      { a: 'a/1.jpg', b: 'a/2.jpg', same: true, fold: 'f1' },
      { a: 'a/1.jpg', b: 'b/1.jpg', same: false, fold: 'f1' },
    ]);
  });

  it('may come from a spreadsheet, in another order and without folds', () => {
    const csv = '\uFEFFsame,path_b,path_a\r\n1,"a/2, later.jpg",a/1.jpg\r\n\r\n0,b/1.jpg,a/1.jpg\r\n';
    expect(parsePairs(csv)).toEqual([
      { a: 'a/1.jpg', b: 'a/2, later.jpg', same: true, fold: 'all' },
      { a: 'a/1.jpg', b: 'b/1.jpg', same: false, fold: 'all' },
    ]);
  });

  it('may have a column for folds that is empty: then there is one', () => {
    const csv = `${HEAD}\na/1.jpg,a/2.jpg,1,\na/1.jpg,b/1.jpg,0, \n`;
    expect(parsePairs(csv).map(({ fold }) => fold)).toEqual(['all', 'all']);
  });

  it('may say of what group both photos are, or each', () => {
    const both = parsePairs('path_a,path_b,same,group\na/1.jpg,a/2.jpg,1,north\na/1.jpg,b/1.jpg,0,\n');
    expect(both.map(({ groups }) => groups)).toEqual([['north', 'north'], undefined]);
    const each = parsePairs('path_a,path_b,same,group_a,group_b\na/1.jpg,a/2.jpg,1,n,n\na/1.jpg,b/1.jpg,0,n,s\n');
    expect(each.map(({ groups }) => groups)).toEqual([
      ['n', 'n'],
      ['n', 's'],
    ]);
  });

  it.each([
    ['no columns of ours', 'one,two\n1,2'],
    ['an answer that is none', `${HEAD}\n${BOTH}\na,b,maybe,f1`],
    ['a path out of the folder', `${HEAD}\n${BOTH}\n../../etc/passwd,b,1,f1`],
    ['an absolute path', `${HEAD}\n${BOTH}\n/etc/passwd,b,1,f1`],
    ['a row that is cut off', `${HEAD}\n${BOTH}\n"a,b`],
    ['nobody twice', `${HEAD}\na,b,0,f1`],
    ['no strangers', `${HEAD}\na,b,1,f1`],
    ['nothing', ''],
  ])('with %s is refused by name', (_, csv) => {
    expect(refusal(csv).reason).toBe('pairs-unreadable');
  });

  it('names the line', () => {
    expect(refusal(`${HEAD}\n${BOTH}\na,b,maybe,f1`).detail).toMatch(/^line 4:/);
  });

  it('of any text is read or refused, nothing else', () =>
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parsePairs(`${HEAD}\n${text}`);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    ));
});
