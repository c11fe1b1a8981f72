import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInFormat, formatOf, plainNumber } from './number-format.ts';

describe('a format shows a number', () => {
  // As Excel shows it.
  it.each<[string, number, string]>([
    ['0%', 0.195, '20%'],
    ['0%', 0.3, '30%'],
    ['0.00%', 0.00125, '0.13%'],
    ['0.0%', 0.05, '5.0%'],
    ['0"V"', 36, '36V'],
    ['0.0"m"', 1.25, '1.3m'],
    ['"第"0"级"', 3, '第3级'],
    ['0\\℃', -5, '-5℃'],
    ['≥0', 5, '≥5'],
    ['0000', 7, '0007'],
    ['00-00', 1234, '12-34'],
    ['#,##0', 1234567, '1,234,567'],
    ['#,##0.00', 0.5, '0.50'],
    ['0.00', 1.005, '1.01'],
    ['0.00', 0.285, '0.29'],
    ['0.00', 0.1 + 0.2, '0.30'],
    ['0.0,"千"', 12345, '12.3千'],
    ['0,,"M"', 12345678, '12M'],
    ['0.##', 5, '5.'],
    ['0.00E+00', 12345, '1.23E+04'],
    ['##0.0E+0', 12345, '12.3E+3'],
    ['# ?/?', 0.5, '1/2'],
    ['# ?/?', 1.3333, '1 1/3'],
    ['?/?', 1.5, '3/2'],
    ['# ?/2', 2.5, '2 1/2'],
    ['0.0;[Red]-0.0', -1.25, '-1.3'],
    ['0.00_);[Red]\\(0.00\\)', -1.5, '(1.50)'],
    ['[Color10]0', 5, '5'],
    ['0;0', -5, '5'],
    ['+0;-0;0', 5, '+5'],
    ['[=1]"对";[=0]"错"', 1, '对'],
    ['[=1]"对";[=0]"错"', 0, '错'],
    ['"TRUE";"TRUE";"FALSE"', 0, 'FALSE'],
    ['[>=100]0"大";0"小"', 99, '99小'],
    ['[>=100]0"大";0"小"', 100, '100大'],
    ['[$-804]0"度"', 30, '30度'],
    ['[$¥-804]#,##0.00', 1234.5, '¥1,234.50'],
    ['[$€-407] #,##0.00', 1234.5, '€ 1,234.50'],
    ['[$-407]0.0', 1.5, '1.5'],
    ['_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 1234, '1,234'],
    ['_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 0, '-'],
    ['General"个"', 5, '5个'],
    ['G/通用格式"个"', 5, '5个'],
    ['General', 0.1 + 0.2, '0.3'],
    ['General', 1e-7, '0.0000001'],
    ['General', 123456789012, '123456789012'],
    ['General', 999999999999999, '999999999999999'],
    ['@', 12.5, '12.5'],
    ['', 12.5, '12.5'],
  ])('%s of %d as %s', (code, value, text) => expect(formatOf(code).ofNumber(value)).toBe(text));

  it.each<[string, number]>([
    [';;;', 5],
    ['0"个";', -5],
    ['0;-0;;@', 0],
    ['#', 0],
    // A number that no section is for: Excel fills the cell with signs.
    ['[=1]"对";[=0]"错"', 5],
    // Numerals of another script.
    ['[DBNum1][$-804]General', 123],
    ['[$-2000000]0', 12],
    // As many as fit into the column.
    ['*-0', 5],
    // Whether the sign stays.
    ['0.0', -0.04],
    // Eleven characters of it, in scientific notation.
    ['General"个"', 123456789012],
    // Fifteen digits, and noughts in place of those that were typed.
    ['General', 1.10101199003071e17],
    ['@', -6.22202123456789e18],
    // White on white.
    ['[White]0', 5],
    ['[Color2]0;[Red]0', 5],
    // A percent sign alone in Excel in Chinese, and behind an exclamation mark elsewhere.
    ['0!%', 0.5],
    ['0"', 5],
    ['[Red', 5],
  ])('%s of %d is not told', (code, value) => expect(formatOf(code).ofNumber(value)).toBeUndefined());

  it.each(['yyyy-m-d', 'm"月"d"日"', '[h]:mm', 'mm:ss.0', 'aaaa', '[$-804]yyyy"年"', 'e', 'h "时"', '0;yyyy'])(
    '%s as a date, which is not told',
    (code) => expect([formatOf(code).isDate, formatOf(code).ofNumber(3)]).toEqual([true, undefined]),
  );

  it.each<[number, number, string | undefined]>([
    [0, 0.3, '0.3'],
    [1, 1.5, '2'],
    [2, 1.5, '1.50'],
    [4, 1234.5, '1,234.50'],
    [9, 0.95, '95%'],
    [10, 0.005, '0.50%'],
    [11, 12345, '1.23E+04'],
    [12, 0.5, '1/2'],
    [13, 0.25, '1/4'],
    [37, 1234, '1,234'],
    [48, 12345, '12.3E+3'],
    [49, 5, '5'],
    // In each country another: the sign of money, and what is below zero.
    [5, 3, undefined],
    [37, -1234, undefined],
    [44, 3, undefined],
    // Of no list.
    [99, 3, undefined],
  ])('by the number %d of %d as %s', (id, value, text) => expect(builtInFormat(id).ofNumber(value)).toBe(text));

  it.each([14, 20, 22, 31, 45, 57])('by the number %d as a date', (id) => expect(builtInFormat(id).isDate).toBe(true));
});

describe('a format shows a text', () => {
  it.each<[string, string | undefined]>([
    ['@"度"', '甲度'],
    ['0"V"', '甲'],
    ['0;-0;0', '甲'],
    ['0;-0;0;@', '甲'],
    [';;;', undefined],
    [';;;"见图"', '见图'],
    ['@', '甲'],
    ['yyyy', '甲'],
  ])('%s as %s', (code, text) => expect(formatOf(code).ofText('甲')).toBe(text));
});

describe('a number without a format', () => {
  it('has all the digits a workbook has of it, and nothing but digits', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e25, max: 1e25 }), (value) => {
        const text = plainNumber(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(Number(value.toPrecision(15)));
      }),
    );
  });
});
