import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, rootCertificates } from 'node:tls';
import { describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { openTestCenter } from '../testing/index.ts';
import { isPubliclyTrusted, readCertificate } from './certificate.ts';
import { keepFromFiles } from './from-files.ts';
import { keepOwn, OWN_FILE } from './own.ts';
import { makeOwnCertificate } from './own-certificate.ts';

const DAY_MS = 86_400_000;
const [from, until] = [new Date(Date.now() - DAY_MS), new Date(Date.now() + 90 * DAY_MS)];
const made = (hosts: readonly string[] = ['localhost'], name = '考务中心') =>
  makeOwnCertificate({ name, hosts, from, until });
const mute = () => undefined;

/** Files as somebody else renews them. */
function files(pem = made()) {
  const folder = temporaryFolder();
  const [cert, key] = [join(folder, 'fullchain.pem'), join(folder, 'privkey.pem')];
  const write = (chain: string, secret = chain): void => {
    writeFileSync(cert, chain);
    writeFileSync(key, secret);
  };
  write(pem);
  return { cert, key, write };
}

describe('a certificate that the center makes', () => {
  it('is one that OpenSSL reads: whose it is, for which hosts, from when until when, signed by its own key', () => {
    const pem = makeOwnCertificate({
      name: '考务中心 abc',
      hosts: ['localhost', 'center-1.example', '10.1.2.250'],
      from: new Date('2026-03-05T06:07:08.999Z'),
      until: new Date('2051-12-31T23:59:59Z'),
    });
    const certificate = new X509Certificate(pem);
    expect(certificate.subject).toBe('CN=考务中心 abc');
    expect(certificate.subjectAltName).toBe('DNS:localhost, DNS:center-1.example, IP Address:10.1.2.250');
    expect(certificate.validFromDate.toISOString()).toBe('2026-03-05T06:07:08.000Z');
    expect(certificate.validToDate.toISOString()).toBe('2051-12-31T23:59:59.000Z');
    expect([certificate.ca, certificate.verify(certificate.publicKey)]).toEqual([false, true]);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(readCertificate(pem, pem).publiclyTrusted).toBe(false);
  });

  it('has another key and another number each time, however long its names are', () => {
    const hosts = Array.from({ length: 40 }, (_, n) => `center-${n}.a-rather-long-name-of-a-department.example`);
    const all = [1, 2, 3].map(() => new X509Certificate(made(hosts, '中'.repeat(40))));
    expect(new Set(all.map(({ serialNumber }) => serialNumber)).size).toBe(3);
    expect(new Set(all.map(({ publicKey }) => publicKey.export({ format: 'jwk' }).x)).size).toBe(3);
    expect(all[0]?.checkHost(hosts[39] ?? '')).toBe(hosts[39]);
  });

  it('is the same at the next start, another a month before it ends, and where the file is damaged', async () => {
    let at = Date.now();
    const parts = { data: temporaryFolder(), name: 'center', now: () => new Date(at) };
    const start = async () => {
      const keeper = await keepOwn(parts, mute);
      keeper.stop();
      return keeper.current;
    };
    const first = await start();
    expect((await start()).fingerprint).toBe(first.fingerprint);
    at = first.until.getTime() - 29 * DAY_MS;
    const second = await start();
    expect(second.fingerprint).not.toBe(first.fingerprint);
    writeFileSync(join(parts.data, OWN_FILE), second.chain.slice(0, 200));
    expect((await start()).fingerprint).not.toBe(second.fingerprint);
  });
});

describe('a certificate from files', () => {
  it('that is renewed is shown by a center that runs, and only once both files fit', async () => {
    const { write, ...tls } = files();
    const { app, tls: keeper, close } = await openTestCenter({ tls });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const shown = async () => {
      const { port } = app.server.address() as { port: number };
      const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
      await once(socket, 'secureConnect');
      const { fingerprint256 } = socket.getPeerCertificate();
      socket.destroy();
      return fingerprint256;
    };
    try {
      const first = await shown();
      const next = made();
      writeFileSync(tls.cert, next);
      await keeper?.look();
      expect(await shown()).toBe(first);
      write(next);
      await keeper?.look();
      expect(await shown()).toBe(new X509Certificate(next).fingerprint256);
      rmSync(tls.key);
      await keeper?.look();
      expect(await shown()).toBe(new X509Certificate(next).fingerprint256);
    } finally {
      await close();
    }
  });

  it('that cannot be taken leaves the one there is, and is told once', async () => {
    const { write, ...tls } = files();
    const trouble = vi.fn();
    const keeper = await keepFromFiles(tls, trouble);
    const { fingerprint } = keeper.current;
    write('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    for (let n = 0; n < 3; n++) await keeper.look();
    expect([keeper.current.fingerprint, trouble.mock.calls.length]).toEqual([fingerprint, 1]);
    const good = made();
    write(good);
    await keeper.look();
    expect(keeper.current.fingerprint).not.toBe(fingerprint);
    write('');
    await keeper.look();
    expect(trouble).toHaveBeenCalledTimes(2);
    keeper.stop();
  });

  it('is refused at the start where it is none, or its key is another, naming the files', async () => {
    const { publicKey: _, privateKey } = generateKeyPairSync('ed25519');
    const other = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    for (const [chain, key] of [
      ['', other],
      [made(), other],
      [made(), 'nothing'],
    ]) {
      const { write, ...tls } = files();
      write(chain ?? '', key);
      await expect(openTestCenter({ tls })).rejects.toThrow(tls.cert);
    }
    await expect(openTestCenter({ tls: { cert: '/nowhere.pem', key: '/nowhere.pem' } })).rejects.toThrow('ENOENT');
  });
});

describe('browsers', () => {
  it.each([
    [true, 'max-age=15552000'],
    [false, undefined],
    [undefined, undefined],
  ])('are told to come by https alone where the operator says %s', async (hsts, said) => {
    const { write: _, ...tls } = files();
    const { app, close } = await openTestCenter({ tls, hsts });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    try {
      expect(url).toMatch(/^https:/);
      expect((await app.inject('/')).headers['strict-transport-security']).toBe(said);
    } finally {
      await close();
    }
  });

  it('trust what their authorities vouch for, link by link, and nothing else', () => {
    const roots = rootCertificates.slice(0, 2).map((pem) => new X509Certificate(pem));
    expect(roots.map((root) => isPubliclyTrusted([root]))).toEqual([true, true]);
    expect(isPubliclyTrusted([new X509Certificate(made()), ...roots.slice(0, 1)])).toBe(false);
    expect(isPubliclyTrusted([])).toBe(false);
  });
});
