import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

it.each([
  ['--help', 0],
  ['no-such-command --json', 2],
] as const)('%s ends as it would where nobody reads it to its end', async (words, code) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...words.split(' ')]);
  child.stdout.destroy();
  const [said, [status]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  expect(said).not.toContain('EPIPE');
  expect(status).toBe(code);
});
