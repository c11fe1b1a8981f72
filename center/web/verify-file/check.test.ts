import { describe, expect, test } from 'vitest';
import type { Instant } from '../../../contract/words/ids.ts';
import { issuedBy, revokedBy } from '../../../proof/center-keys.fixture.ts';
import { factsOf } from '../../../proof/certificates/certificates.fixture.ts';
import { certificateCode, certificateId, certificateOf, statusListOf } from '../../../proof/certificates/index.ts';
import { canonicalJson, generateSigningKey, openCenterKeys, openSigner } from '../../../proof/index.ts';
import { offlineChecker } from './check.ts';
import { verifyFile } from './page.ts';

const NOW = '2027-01-01T00:00:00.000Z' as Instant;
const root = openSigner(generateSigningKey());
const issued = issuedBy(root, '2026-03-01T00:00:00.000Z', '2027-03-01T00:00:00.000Z');
const keys = openCenterKeys(root.publicKey, { keys: [issued.statement], revocations: [] });
const center = { signer: issued.signer, keys, logName: 'log.example', address: 'https://center.example' };
const pinned = { root: root.publicKey, keys: keys.keys, revocations: [] as readonly string[] };
const text = canonicalJson(certificateOf(center, factsOf(), NOW));
const code = certificateCode(certificateId(center, factsOf().number), factsOf(), center.signer, NOW);
const lists = (revoked: readonly number[], suspended: readonly number[] = []) => [
  canonicalJson(statusListOf(center, { name: 'revocation-1', purpose: 'revocation' }, revoked, NOW)),
  canonicalJson(statusListOf(center, { name: 'suspension-1', purpose: 'suspension' }, suspended, NOW)),
];
const { checkCertificate, checkCode } = offlineChecker();
const outcome = async (checked: ReturnType<typeof checkCertificate>) => {
  const said = await checked;
  return said.ok ? said.standing : said.why;
};

describe('without a network, a browser finds a certificate', () => {
  test.each([
    ['genuine, where nobody says whether it was revoked', [], NOW, 'unknown'],
    ['genuine and valid', lists([]), NOW, 'valid'],
    ['unknown by lists of the day before', lists([]), '2027-01-02T00:00:00.000Z', 'unknown'],
    ['revoked', lists([5]), NOW, 'revoked'],
    ['suspended', lists([], [5]), NOW, 'suspended'],
    ['expired', lists([]), '2030-01-01T00:00:00.000Z', 'expired'],
    ['with one list twice not valid', [lists([])[0] ?? '', lists([])[0] ?? ''], NOW, 'unknown'],
  ])('%s', async (_name, given, now, standing) => {
    expect(await outcome(checkCertificate(text, given, pinned, now))).toBe(standing);
  });

  test('forged where a name is another one, and where another key signed it', async () => {
    const edited = text.replace('张示范', '李示范');
    expect(await outcome(checkCertificate(edited, [], pinned, NOW))).toBe('forged');
    const other = openSigner(generateSigningKey());
    const theirs = { ...center, signer: other, keys: openCenterKeys(other.publicKey, { keys: [], revocations: [] }) };
    const forged = canonicalJson(certificateOf(theirs, factsOf(), NOW));
    expect(await outcome(checkCertificate(forged, [], pinned, NOW))).toBe('forged');
    const twice = text.replace('"logIndex":7', '"logIndex":6,"logIndex":7');
    expect(await outcome(checkCertificate(twice, [], pinned, NOW))).toBe('unreadable');
    const revocations = [revokedBy(root, issued.signer, '2027-02-01T00:00:00.000Z')];
    expect(await outcome(checkCertificate(text, [], { ...pinned, revocations }, NOW))).toBe('key-revoked');
    const stray = lists([]).map((list) => list.replaceAll('revocation-1', 'revocation-2'));
    expect(await outcome(checkCertificate(text, stray, pinned, NOW))).toBe('forged');
  });

  test('by its code alone, and by no code with a bit changed', async () => {
    const said = await checkCode(code, pinned, NOW);
    const { number, name, ending, firm, passedAt, expiresAt } = factsOf();
    expect(said).toMatchObject({ ok: true, facts: { number, name, ending, firm, passedAt, expiresAt } });
    const [before = '', body = ''] = code.split('EXC1:');
    const bytes = Buffer.from(body, 'base64url');
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    expect(await outcome(checkCode(`${before}EXC1:${bytes.toString('base64url')}`, pinned, NOW))).toBe('forged');
    expect(await outcome(checkCode('EXC1:AAAA', pinned, NOW))).toBe('unreadable');
  });
});

test('the file asks nobody for anything', () => {
  const file = verifyFile({ keys });
  expect(file).toContain('default-src &#39;none&#39;');
  expect(file).toContain(root.publicKey);
  expect(file).not.toMatch(/\bfetch\(|XMLHttpRequest|<link|<img|src="|@import/);
});
