import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { readSecrets, whenEnded } from './parent.ts';

const given = (text: string): PassThrough => {
  const input = new PassThrough();
  input.end(text);
  return input;
};
const TOKEN = 't'.repeat(32);

it('secrets are one line of JSON, in whatever pieces it comes', async () => {
  const input = new PassThrough();
  const secrets = readSecrets(input);
  for (const piece of ['{"enrolmentCode":"AB', `CD","token":"${TOKEN}"}`, '\n']) input.write(piece);
  expect(await secrets).toEqual({ enrolmentCode: 'ABCD', token: TOKEN });
});

it('the end is heard, whether it came right after the secrets or later', async () => {
  const early = given('{}\n');
  expect(await readSecrets(early)).toEqual({});
  await new Promise<void>((resolve) => whenEnded(early, resolve));
  const late = new PassThrough();
  late.write('{}\n');
  expect(await readSecrets(late)).toEqual({});
  const heard = new Promise<void>((resolve) => whenEnded(late, resolve));
  late.end();
  await heard;
});

it.each([
  ['nothing', ''],
  ['no JSON', 'ABCD\n'],
  ['what nobody knows', '{"pin":"ABCD"}\n'],
  ['a token that can be guessed', '{"token":"ABCD"}\n'],
])('secrets are refused where %s comes, without repeating it', async (_, text) => {
  const error = await readSecrets(given(text)).catch(String);
  expect(error).toMatch(/^Error: standard input/);
  expect(error).not.toContain('ABCD');
});
