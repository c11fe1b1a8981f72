import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { sharedFolder } from '../../tests/kit/folders.ts';
import { keepOwn, type TlsKeeper } from '../tls/index.ts';
import { type MailWay, sendLetter } from './mail.ts';

const data = sharedFolder();
let tls: TlsKeeper;
beforeAll(async () => {
  tls = await keepOwn({ data, name: 'mail', now: () => new Date() }, () => undefined);
});
afterAll(() => tls.stop());

type Got = { readonly to: readonly string[]; readonly secure: boolean; readonly user: unknown; readonly text: string };

async function serve(options: SMTPServerOptions = {}): Promise<{ readonly port: number; readonly got: Got[] }> {
  const got: Got[] = [];
  const { chain: cert, key } = tls.current;
  const server = new SMTPServer({
    ...{ cert, key, authOptional: true, disableReverseLookup: true, logger: false },
    onAuth: ({ username, password }, _session, done) =>
      password === 'geheim' ? done(null, { user: username ?? '' }) : done(new Error('no')),
    onData: (stream, { envelope, secure, user }, done) => {
      text(stream).then((all) => {
        got.push({ to: envelope.rcptTo.map(({ address }) => address), secure, user, text: all });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)));
  return { port: (server.server.address() as AddressInfo).port, got };
}

const way = (port: number, more: Partial<MailWay> = {}): MailWay => ({
  ...{ host: '127.0.0.1', port, tls: 'must-begin', login: undefined, from: 'platform@example.com' },
  ...{ ca: tls.current.chain, ...more },
});
const LETTER = {
  ...{
    id: 'bi_1.ab',
    to: 'bureau@example.com',
    subject: '滨江县 参学参考情况通报\r\nBcc: all@example.com',
    text: '您好',
  },
  files: [{ name: '滨江县-bulletin.csv', type: 'text/csv; charset=utf-8', bytes: new TextEncoder().encode('一,二') }],
};

test.each([
  ['that begins TLS', 'must-begin', {}],
  ['with TLS from the first byte', 'at-once', { secure: true }],
] as const)('a letter arrives with its file at a server %s', async (_, how, options) => {
  const { port, got } = await serve(options);
  await sendLetter(way(port, { tls: how, login: { user: 'platform', pass: 'geheim' } }), LETTER);
  expect(got).toMatchObject([{ to: ['bureau@example.com'], secure: true, user: 'platform' }]);
  const said = got[0]?.text ?? '';
  expect(said).toContain('Message-ID: <bi_1.ab@exam-center>');
  expect(said).toContain(Buffer.from('一,二').toString('base64'));
  // Nothing in a subject is another line of the head.
  expect(said).not.toMatch(/^Bcc:/m);
});

test('nothing is said to a server that does not begin TLS, or shows a certificate that nobody vouches for', async () => {
  const plain = await serve({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
  await expect(sendLetter(way(plain.port), LETTER)).rejects.toMatchObject({ reason: 'mail-failed' });
  const { port, got } = await serve();
  await expect(sendLetter(way(port, { ca: undefined }), LETTER)).rejects.toMatchObject({ reason: 'mail-failed' });
  expect([plain.got, got]).toEqual([[], []]);
});

test('on this machine itself it may be without', async () => {
  const { port, got } = await serve({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
  await sendLetter(way(port, { tls: 'may-begin', ca: undefined }), LETTER);
  expect(got).toMatchObject([{ secure: false }]);
});

test('what a server does not take is said to have failed, and where there is no server that', async () => {
  const { port, got } = await serve({ onRcptTo: (_address, _session, done) => done(new Error('unknown')) });
  await expect(sendLetter(way(port), LETTER)).rejects.toMatchObject({ reason: 'mail-failed' });
  const wrong = way(port, { login: { user: 'platform', pass: 'wrong' } });
  await expect(sendLetter(wrong, LETTER)).rejects.toMatchObject({ reason: 'mail-failed' });
  await expect(sendLetter(way(1), LETTER)).rejects.toMatchObject({ reason: 'mail-failed' });
  await expect(sendLetter(undefined, LETTER)).rejects.toMatchObject({ reason: 'mail-missing' });
  expect(got).toEqual([]);
});
