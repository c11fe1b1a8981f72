import { expect, it } from 'vitest';
import { numberInFile } from './number-in-file.ts';

it.each([
  ['11010519491231002X.jpg', '11010519491231002X'],
  ['班组/王试验_11010519491231002x-2.JPG', '11010519491231002x'],
  ['USA110080080110.jpg', 'USA110080080110'],
  ['PUBLIC JOHN USA110080080110-1.jpg', 'USA110080080110'],
  ['护照：E12345678 陈某.jpg', '护照:E12345678'],
  ['staff：A-0042_1.jpeg', 'staff:A-0042'],
  ['E12345678.jpg', 'E12345678'],
  ['合影.jpg', ''],
])('the number in %s', (file, number) => expect(numberInFile(file)).toBe(number));
