import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { decodeText } from './text.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('the text of a file', () => {
  it.each<[string, Buffer, string]>([
    ['GB 18030', hex('cce2d0cd2c b4f0b0b8'), '题型,答案'],
    // 題型,題目,選項A,答案
    ['Big5', hex('c344abac2c c344a5d82c bfefb6b541 2cb5aaaed7'), '題型,題目,選項A,答案'],
    ['UTF-8 with its mark', Buffer.from('\uFEFF题型'), '题型'],
    ['UTF-16', Buffer.from('a,b\r\n题,1\r\n', 'utf16le'), 'a,b\r\n题,1\r\n'],
    ['ASCII', Buffer.from('a,b'), 'a,b'],
    ['UTF-8 with bytes of zero', Buffer.from('\0姓名\0,a\0\0\0'), '\0姓名\0,a\0\0\0'],
    ['nothing', Buffer.from(''), ''],
  ])('in %s', (_, bytes, text) => expect(decodeText(bytes)).toBe(text));

  it.each<[string, Buffer]>([
    // 甲,乙 or 樅,眣: nothing tells which.
    ['may be of either side of the strait', hex('bcd72c d2d2')],
    ['begins as UTF-8 and goes on otherwise', Buffer.concat([Buffer.from('\uFEFF题'), hex('cce2')])],
    ['is of no encoding', hex('ff00ff0aff')],
  ])('that %s is refused', (_, bytes) => expect(reasonOf(() => decodeText(bytes))).toBe('not-a-workbook'));
});
