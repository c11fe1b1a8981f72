import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { eventually } from '../tests/kit/eventually.ts';
import { temporaryFolder } from '../tests/kit/folders.ts';
import { keepRunning } from './keep-running.ts';
import { startProgram } from './programs.ts';

const Ready = z.object({ at: z.number() });

/** A program that serves until it is ended, or ends at once. */
async function kept(body: string) {
  const folder = temporaryFolder();
  const script = join(folder, 'program.mjs');
  writeFileSync(script, `process.stdout.write(JSON.stringify({ at: Number(process.argv[2]) }) + '\\n');\n${body}`);
  const said: string[] = [];
  const givenUp = vi.fn();
  let starts = 0;
  const launch = (first: { at: number } | undefined) => {
    starts += 1;
    return startProgram(Ready, script, [String(first?.at ?? 7)]);
  };
  const program = await keepRunning('thing', launch, (line) => said.push(line), givenUp);
  onTestFinished(() => program.stop());
  return { program, said, givenUp, starts: () => starts };
}

it('a program that is killed comes back at the same address, and somebody is told', async () => {
  const { program, said, givenUp } = await kept('setInterval(() => {}, 1000);');
  const before = program.pid();
  process.kill(before, 'SIGKILL');
  await eventually(() => expect(said.at(-1)).toBe('the thing is back'));
  expect(said[0]).toBe('the thing ended (SIGKILL); starting it again');
  expect(program.pid()).not.toBe(before);
  expect(program.ready).toEqual({ at: 7 });
  expect(givenUp).not.toHaveBeenCalled();
});

it('one that ends again and again is given up, in words', async () => {
  const { said, givenUp } = await kept('setTimeout(() => process.exit(3), 20);');
  await vi.waitFor(() => expect(givenUp).toHaveBeenCalledOnce(), { timeout: 30_000 });
  expect(said.at(-1)).toContain('exit code 3');
  expect(said.at(-1)).toContain('giving up');
});

it('one that is stopped stays stopped', async () => {
  const { program, said, starts } = await kept('setInterval(() => {}, 1000);');
  await program.stop();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect([starts(), said]).toEqual([1, []]);
});
