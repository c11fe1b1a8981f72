import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../tests/kit/folders.ts';
import { installedKiosk } from './installed.ts';

test('an installed command line finds the kiosk it belongs to, one in a checkout finds none', () => {
  const folder = temporaryFolder();
  const station = join(folder, 'resources/station');
  mkdirSync(station, { recursive: true });
  expect(installedKiosk(station, 'linux')).toBeUndefined();
  writeFileSync(join(station, 'station.js'), '');
  expect(installedKiosk(station, 'linux')).toBeUndefined();
  writeFileSync(join(folder, 'exam-station'), '');
  expect(installedKiosk(station, 'linux')).toBe(join(folder, 'exam-station'));
  expect(installedKiosk()).toBeUndefined();
});
