import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Instant } from '../contract/words/ids.ts';
import { factsOf, NUMBER, SALT } from '../proof/certificates/certificates.fixture.ts';
import { certificateCode, certificateId, certificateOf, statusListOf } from '../proof/certificates/index.ts';
import { canonicalJson, openCenterKeys } from '../proof/index.ts';
import { newSigner } from '../proof/proof.fixture.ts';
import { verifyCertificate } from './verify-certificate.ts';

const NOW = '2027-01-01T00:00:00.000Z' as Instant;
const signer = newSigner();
const keys = openCenterKeys(signer.publicKey, { keys: [], revocations: [] });
const center = { signer, keys, logName: 'log.example' };
const folder = mkdtempSync(join(tmpdir(), 'exam-certificates-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const text = canonicalJson(certificateOf(center, factsOf(), NOW));
const file = fileOf('certificate.json', text);
const lists = (revoked: readonly number[], suspended: readonly number[] = []) => [
  fileOf(
    `r${revoked}.json`,
    canonicalJson(statusListOf(center, { name: 'revocation-1', purpose: 'revocation' }, revoked, NOW)),
  ),
  fileOf(
    `s${suspended}.json`,
    canonicalJson(statusListOf(center, { name: 'suspension-1', purpose: 'suspension' }, suspended, NOW)),
  ),
];
const ask = (changes: Partial<Parameters<typeof verifyCertificate>[0]> = {}) => {
  const nothing = { status: [], centerKeys: undefined, number: undefined, salt: undefined };
  const { exit, json } = verifyCertificate({ file, key: signer.publicKey, ...nothing, now: NOW, ...changes });
  return [exit, json] as const;
};

test('a certificate is good by the lists of its center, and without them nobody knows whether it was revoked', () => {
  expect(ask({ status: lists([]) })).toMatchObject([0, { standing: 'valid', trust: 'pinned', asOf: NOW }]);
  expect(ask()).toMatchObject([3, { standing: 'unknown' }]);
  const later = '2027-01-02T00:00:00.000Z' as Instant;
  expect(ask({ status: lists([]), now: later })).toMatchObject([3, { standing: 'unknown', asOf: NOW }]);
  expect(ask({ status: lists([5]), now: later })).toMatchObject([1, { reason: 'certificate-revoked' }]);
  expect(ask({ key: undefined })).toMatchObject([3, { trust: 'file' }]);
});

test.each([
  ['revoked', { status: lists([5]) }, 'certificate-revoked'],
  ['suspended', { status: lists([], [5]) }, 'certificate-suspended'],
  ['expired', { now: '2030-01-01T00:00:00.000Z' as Instant }, 'certificate-expired'],
  ['of another center', { key: newSigner().publicKey }, 'signature-invalid'],
  ['edited', { file: fileOf('edited.json', text.replace('张示范', '李示范')) }, 'signature-invalid'],
  ['no certificate', { file: fileOf('none.json', '{}') }, 'format-unknown'],
  ['of somebody else', { number: '110105194912310038', salt: SALT }, 'certificate-not-theirs'],
])('one that is %s is refused', (_name, changes, reason) => {
  expect(ask(changes)).toMatchObject([1, { ok: false, reason }]);
});

test('the number of the person is compared with the salt that the firm tells', () => {
  expect(ask({ number: NUMBER, salt: SALT })[0]).toBe(3);
  expect(() => ask({ number: NUMBER })).toThrow('go together');
});

test('what the QR code says is checked by the published key', () => {
  const code = certificateCode(certificateId(center, factsOf().number), factsOf(), signer, NOW);
  const scanned = fileOf('code.txt', `${code}\n`);
  expect(ask({ file: scanned })).toMatchObject([3, { standing: 'unknown', name: '张示范' }]);
  expect(ask({ file: fileOf('cut.txt', code.slice(0, -4)) })[0]).toBe(1);
  expect(() => ask({ file: scanned, key: undefined })).toThrow('--key');
});
