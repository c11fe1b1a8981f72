import { expect, test } from 'vitest';
import { EXAMPLE, terminalIn } from './provision-file.ts';

const LIST = `
center: https://center.example
administratorPin: 048291
terminals:
  - { name: 一号考站, seat: 1-1 }
  - { name: 二号考站, seat: 1-2, administratorPin: 731946 }
`;

test('each of several terminals has what stands beside the list, and its own before it', () => {
  const center = 'https://center.example';
  expect(terminalIn(LIST, '一号考站')).toEqual({ center, administratorPin: '048291', name: '一号考站', seat: '1-1' });
  expect(terminalIn(LIST, '二号考站')).toMatchObject({ administratorPin: '731946', seat: '1-2' });
});

test.each([
  [LIST, undefined, 'say which with --name (一号考站, 二号考站)'],
  ['terminals: [{nmae: x}]', undefined, 'say which with --name (one without a name)'],
  [LIST, '三号考站', '0 terminals are called 三号考站'],
  ['name: 一号考站', '二号考站', 'the file is of 一号考站'],
  ['just words', undefined, 'holds no fields'],
])('a file in which nobody is meant says so: %#', (text, name, words) => {
  expect(() => terminalIn(text, name)).toThrow(words);
});

test('JSON is taken as well', () => {
  expect(terminalIn('{"name": "A", "cameras": ["x"], "administratorPin": 482915}', 'A')).toEqual({
    ...{ name: 'A', cameras: ['x'], administratorPin: '482915' },
  });
});

test('the example can be read', () => {
  expect(terminalIn(EXAMPLE, undefined)).toMatchObject({ name: '一号考站', cameras: [], administratorPin: '482915' });
});
