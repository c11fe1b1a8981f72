import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { openTestCenter, type TestCenter } from '../center/testing/index.ts';
import { ExamId } from '../contract/words/ids.ts';
import { temporaryFolder } from './kit/folders.ts';
import { startStation } from './kit/station-at-center.ts';

/** From the command line by way of a center to the screen of a station, and to its ledger. */
const NUMBER = '110105198001010016';
const root = resolve(import.meta.dirname, '..');

let center: TestCenter;
let url: string;
beforeAll(async () => {
  center = await openTestCenter();
  url = await center.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => center.close());

type Said = { readonly exit: number; readonly text: string };
const candidate = (...args: string[]): Promise<Said> =>
  new Promise((done) => {
    const command = [join(root, 'cli/main.ts'), 'candidate', ...args, '--center', url];
    execFile(process.execPath, [...command, '--token', center.secrets.operatorToken], (error, stdout, stderr) =>
      done({ exit: Number(error?.code ?? 0), text: stdout + stderr }),
    );
  });
const listed = async () => {
  const { text } = await candidate('list', '--json');
  const { candidates } = JSON.parse(text) as { candidates: { number: string; arrangements?: object }[] };
  return candidates.find(({ number }) => number === NUMBER)?.arrangements;
};

async function start(data: string, vaultKey: Uint8Array) {
  const station = await startStation({ center, url, data, vaultKey });
  const choice = async (): Promise<number> => {
    await station.reaches('choosing');
    const stage = station.seen()?.current;
    return stage?.stage === 'choosing' ? stage.ticket : -1;
  };
  return { ...station, choice };
}

it('what an operator registers is on the screen of whoever sits down, and after a power cut still', async () => {
  const words = ['--extra-minutes', '10', '--print', 'large', '--read-aloud', '--no-gestures', '--no-light'];
  words.push('--language', 'en');
  const { exit, text } = await candidate('arrange', NUMBER, ...words);
  expect([exit, text.trim()]).toEqual([
    0,
    `${NUMBER}: 10 more minutes, large print, read aloud, no gestures, no changing colours, screen in en`,
  ]);
  const all = { extraMinutes: 10, print: 'large', readAloud: true, noGestures: true, noLight: true, language: 'en' };
  expect(await listed()).toEqual(all);
  expect((await candidate('list')).text).toMatch(/张示范.*10 more minutes, large print.*\n(.*nothing registered\n){4}/);

  const [data, vaultKey] = [temporaryFolder(), randomBytes(32)];
  const first = await start(data, vaultKey);
  await first.reaches('idle', { exams: [{}] });
  await vi.waitFor(() => first.client.call('identify.typed', { number: NUMBER }), { timeout: 20_000, interval: 100 });
  // They have a course besides: the exam is what they came for.
  const ticket = await first.choice();
  await first.client.call('choose', { ticket, examId: ExamId.parse('ex_demo') });
  await first.reaches('consenting', { who: { name: '张示范', arrangements: all } });
  await first.close();
  // What is registered from now on is for the next time.
  expect((await candidate('arrange', NUMBER)).text.trim()).toBe(`${NUMBER}: nothing registered`);
  expect(await listed()).toBeUndefined();
  const again = await start(data, vaultKey);
  onTestFinished(again.close);
  await again.reaches('consenting', { who: { arrangements: all } });
}, 120_000);

it('a candidate is put in with or without the word for it, and keeps what is registered', async () => {
  const who = ['--name', '张示范', '--number', NUMBER, '--exam', 'ex_demo'];
  await candidate('arrange', NUMBER, '--print', 'largest');
  expect((await candidate('put', ...who, '--extra-minutes', '20')).exit).toBe(0);
  expect((await candidate(...who)).exit).toBe(0);
  expect(await listed()).toEqual({ print: 'largest', extraMinutes: 20 });
}, 120_000);

it.each([
  [['arrange', '440524188001010022'], 1, 'not-on-roster'],
  [['arrange', NUMBER, '--print', 'huge'], 2, 'Allowed choices are large, largest'],
  [['arrange', NUMBER, '--extra-minutes', '999'], 2, '240'],
  [['arrange'], 2, "missing required argument 'number'"],
] as const)('candidate %j is refused', async (args, exit, words) => {
  const said = await candidate(...args);
  expect(said.exit).toBe(exit);
  expect(said.text).toContain(words);
});
