import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { listenerOn, portTakenSentence } from './port-taken.ts';

async function listen(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as { port: number }).port;
}

test.runIf(process.platform === 'linux')(
  'a port that is taken is said with who has it, and how to take another',
  async () => {
    const port = await listen();
    expect(listenerOn(port)?.pid).toBe(process.pid);
    const data = temporaryFolder();
    const args = [join(import.meta.dirname, '../main.ts'), '--port', String(port), '--data', data];
    const { stderr, status } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      env: { ...process.env, EXAM_CENTER_LOG: 'silent', EXAM_CENTER_SEED: 'none' },
    });
    expect([status, stderr.trim().split('\n').at(-1)]).toEqual([
      1,
      expect.stringMatching(
        new RegExp(`^port ${port} on 127.0.0.1 is taken by process ${process.pid} \\(.+\\): .*EXAM_CENTER_PORT`),
      ),
    ]);
  },
);

test('whatever else went wrong is said in its own words', () => {
  expect(portTakenSentence(new Error('no'))).toBeUndefined();
  const taken = Object.assign(new Error('listen'), { code: 'EADDRINUSE', port: 1, address: '::' });
  expect(portTakenSentence(taken)).toContain('port 1 on :: is taken by another program');
});
