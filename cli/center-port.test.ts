import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../tests/kit/folders.ts';
import { centerPort, keepCenterPort, portIn } from './center-port.ts';

async function someServer() {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return { port: String((server.address() as { port: number }).port), close: () => once(server.close(), 'close') };
}

test('the usual port is taken where it is free, and kept for each start from then on', async () => {
  const [data, taken] = [temporaryFolder(), await someServer()];
  await taken.close();
  const usual = taken.port;
  expect(await centerPort(data, { asked: undefined, usual })).toBe(usual);
  keepCenterPort(data, `http://127.0.0.1:${usual}`, { asked: undefined });
  // Another program took it meanwhile: a center elsewhere would be lost to its stations, so the center says who has it.
  expect(await centerPort(data, { asked: undefined, usual: '1' })).toBe(usual);
});

test('a second center beside one that has the usual port takes a free one, and has it at its next start', async () => {
  const [data, first] = [join(temporaryFolder(), 'not-there-yet'), await someServer()];
  const wish = { asked: undefined, usual: first.port };
  expect(await centerPort(data, wish)).toBe('0');
  keepCenterPort(data, 'https://127.0.0.1:40123', wish);
  expect(await centerPort(data, wish)).toBe('40123');
});

test('what is asked for counts, and a port for this once is not remembered', async () => {
  const data = temporaryFolder();
  keepCenterPort(data, 'http://127.0.0.1:40124', { asked: '40124' });
  expect(await centerPort(data, { asked: '0' })).toBe('0');
  keepCenterPort(data, 'http://127.0.0.1:50000', { asked: '0' });
  expect(await centerPort(data, { asked: undefined })).toBe('40124');
  expect([portIn('http://a'), portIn('https://a')]).toEqual(['80', '443']);
});
