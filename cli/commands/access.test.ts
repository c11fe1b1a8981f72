import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/kit/folders.ts';

const main = resolve(import.meta.dirname, '../main.ts');

it('audit verify says of a bad file what it is not, and nothing of results', () => {
  const file = join(temporaryFolder(), 'audit.json');
  writeFileSync(file, '{}');
  const { stdout, status } = spawnSync(process.execPath, [main, 'audit', 'verify', file], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stdout).toContain('REFUSED  format-unknown');
  expect(stdout).toContain('this is not the audit log as the center signed it');
  expect(stdout).not.toContain('result');
});
