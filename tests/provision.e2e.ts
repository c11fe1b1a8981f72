import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startProgram } from '../cli/programs.ts';
import { CenterReady, FirstRun, StationReady } from '../contract/words/programs.ts';
import { newSigner } from '../proof/proof.fixture.ts';
import { isEnrolled } from '../station/provision/index.ts';
import { cli, root } from './stage.ts';

/** Terminals that are set up by a file, from the command to the certificate. */
const folder = join(root, 'data/provision-test');
const PIN = '482915';

async function openCenter() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const args = ['--port', '0', '--data', join(folder, 'center')];
  const center = await startProgram(CenterReady, join(root, 'center/main.ts'), args, { quiet: true });
  const firstRun = FirstRun.parse(JSON.parse(readFileSync(center.ready.firstRun, 'utf8')));
  return { center, ...firstRun, [Symbol.asyncDispose]: () => center.stop() };
}

/** With nothing but its folder. */
async function startStation(data: string) {
  const env = { EXAM_STATION_MODELS: join(folder, 'no-models'), EXAM_CENTER_URL: '', EXAM_STATION_CODE: '' };
  const station = await startProgram(StationReady, join(root, 'station/run/main.ts'), [`--data=${data}`], {
    ...{ quiet: true, env },
  });
  return { ...station, [Symbol.asyncDispose]: () => station.stop() };
}

const write = (name: string, lines: readonly string[]): string => {
  const file = join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};

test('one of many terminals enrols by what its file says, and the code is in no file then', async () => {
  await using site = await openCenter();
  const { center, centerKey, enrolmentCode } = site;
  const common = [`center: ${center.ready.url}`, `administratorPin: ${PIN}`, 'terminals:'];
  const file = write('room.yaml', [
    ...common,
    `  - { name: 一号考站, enrolmentCode: ${enrolmentCode}, centerKey: '${newSigner().publicKey}' }`,
    `  - { name: 二号考站, enrolmentCode: ${enrolmentCode}, centerKey: '${centerKey}', seat: 1-2 }`,
  ]);
  const dataOf = (name: string) => join(folder, name);

  // Whoever answers has not the key that the first file names: it never hears the code, which is as good as new.
  const other = await cli(['provision', file, '--name', '一号考站', '--data', dataOf('one')]);
  expect(other).toMatchObject({ status: 0 });
  {
    await using one = await startStation(dataOf('one'));
    expect(one.ready.devices.center).toEqual({ state: 'failed', reason: 'center-other' });
  }
  expect(isEnrolled(dataOf('one'))).toBe(false);

  const done = await cli(['provision', file, '--name', '二号考站', '--data', dataOf('two'), '--json']);
  const said = JSON.parse(done.stdout);
  expect(said).toMatchObject({ ok: true, name: '二号考站', recoveryCode: expect.stringMatching(/^(\w{5}-){4}\w{5}$/) });
  for (const secret of [PIN, enrolmentCode]) expect(done.stdout + done.stderr).not.toContain(secret);
  {
    await using _two = await startStation(dataOf('two'));
    await expect.poll(() => readFileSync(join(dataOf('two'), 'terminal.json'), 'utf8')).not.toContain('enrolmentCode');
  }
  expect(isEnrolled(dataOf('two'))).toBe(true);

  const again = ['provision', file, '--name', '二号考站', '--data', dataOf('two')];
  const refused = await cli([...again, '--json']);
  expect(refused.status).toBe(1);
  expect(JSON.parse(refused.stdout)).toMatchObject({ ok: false, reason: 'already-enrolled' });
  expect(await cli([...again, '--again'])).toMatchObject({ status: 0 });
});

test('what is wrong in a file is said with its field, and the example says how it is done', async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const file = write('slip.yaml', ['nmae: 一号考站', 'center: center.example', `administratorPin: ${PIN}`]);
  const wrong = await cli(['provision', file, '--data', join(folder, 'none')]);
  expect(wrong.status).toBe(1);
  for (const words of ['nmae: 没有这个字段', 'name: 必须填写', 'center: 不是网址', 'Nothing was written.'])
    expect(wrong.stdout).toContain(words);
  expect(wrong.stdout + wrong.stderr).not.toContain(PIN);
  const example = await cli(['provision', '--example']);
  const mended = write('example.yaml', [example.stdout]);
  expect(await cli(['provision', mended, '--data', join(folder, 'some')])).toMatchObject({ status: 0 });
});
