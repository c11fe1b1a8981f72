import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { certificateNumber, readCertificateNumber } from '../../contract/words/certificate-number.ts';
import type { Instant } from '../../contract/words/ids.ts';
import { issuedBy, revokedBy } from '../center-keys.fixture.ts';
import { canonicalJson, generateSigningKey, openCenterKeys, openSigner, type Signer } from '../index.ts';
import { factsOf, NUMBER, SALT } from './certificates.fixture.ts';
import { isSignedBy, signDocument } from './data-integrity.ts';
import {
  certificateCode,
  certificateId,
  certificateOf,
  type Issuing,
  isNumberOf,
  numberHashOf,
  statusListOf,
  verifyCertificateCode,
  verifyCertificateOfPassing,
} from './index.ts';
import { didOf, fromBase58, keyOfDid, toBase58 } from './multibase.ts';
import { encodeBits, isSet } from './status-list.ts';

const NOW = '2027-01-01T00:00:00.000Z' as Instant;
const root = openSigner(generateSigningKey());
const issued = issuedBy(root, '2026-03-01T00:00:00.000Z', '2027-03-01T00:00:00.000Z');
const keys = openCenterKeys(root.publicKey, { keys: [issued.statement], revocations: [] });
const center = (changes: Partial<Issuing> = {}): Issuing => ({
  ...{ signer: issued.signer, keys, logName: 'center.example/log', address: 'https://center.example' },
  ...changes,
});
const text = canonicalJson(certificateOf(center(), factsOf(), NOW));
const pinned = { root: root.publicKey, now: NOW };
const listsOf = (revoked: readonly number[], suspended: readonly number[], from = center()) =>
  [
    statusListOf(from, { name: 'revocation-1', purpose: 'revocation' }, revoked, NOW),
    statusListOf(from, { name: 'suspension-1', purpose: 'suspension' }, suspended, NOW),
  ].map(canonicalJson);
const outcome = (file: string, lists: readonly string[] = [], by: object = pinned): string => {
  const checked = verifyCertificateOfPassing(file, lists, { now: NOW, ...by });
  return checked.ok ? checked.standing : checked.reason;
};

describe('eddsa-jcs-2022', () => {
  /** W3C vc-di-eddsa, test vectors: B.2, representation eddsa-jcs-2022. */
  const KEY = 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2';
  const SECRET = 'z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq';
  const context = ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/examples/v2'];
  const document = {
    '@context': context,
    id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
    type: ['VerifiableCredential', 'AlumniCredential'],
    name: 'Alumni Credential',
    description: 'A minimum viable example of an Alumni Credential.',
    issuer: 'https://vc.example/issuers/5678',
    validFrom: '2023-01-01T00:00:00Z',
    credentialSubject: { id: 'did:example:abcdefgh', alumniOf: 'The School of Examples' },
  };
  const proof = {
    '@context': context,
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    created: '2023-02-24T23:36:38Z',
    verificationMethod: `https://vc.example/issuers/5678#${KEY}`,
    proofPurpose: 'assertionMethod',
    proofValue: 'z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4',
  };
  const key = keyOfDid(`did:key:${KEY}`);

  it('takes the signed document of the standard, and it with nothing changed', () => {
    if (!key) throw new Error('the key of the vector is none');
    expect(isSignedBy({ ...document, proof }, key)).toBe(true);
    expect(isSignedBy({ ...document, name: 'Alumni', proof }, key)).toBe(false);
    expect(isSignedBy({ ...document, proof: { ...proof, created: '2023-02-24T23:36:39Z' } }, key)).toBe(false);
    expect(isSignedBy({ ...document, '@context': context.slice(0, 1), proof }, key)).toBe(false);
  });

  it('has the key of the standard, there and back, and signs as it does but for the name of the method', () => {
    expect(key && didOf(key)).toBe(`did:key:${KEY}`);
    const seed = fromBase58(SECRET.slice(1), 34)?.subarray(2) ?? new Uint8Array();
    const signer = openSigner(Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]));
    expect(signer.publicKey).toBe(key);
    const signed = signDocument(document, signer, '2023-02-24T23:36:38.000Z' as Instant);
    expect(isSignedBy(signed, signer.publicKey)).toBe(true);
    expect(signed.proof.verificationMethod).toBe(`did:key:${KEY}#${KEY}`);
  });
});

test('base58 has one text for each value', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 34, maxLength: 34 }), (bytes) => {
      expect(fromBase58(toBase58(bytes), 34)).toEqual(Buffer.from(bytes));
    }),
  );
  for (const wrong of ['0', 'l', '1'.repeat(35), 'z'.repeat(60)]) expect(fromBase58(wrong, 34)).toBeUndefined();
});

test('a number is read however it is typed, and one misread letter is found', () => {
  const number = certificateNumber('7K3M9QXD2FH0');
  expect(readCertificateNumber(` ${number.toLowerCase().replaceAll('-', ' ').replace('0', 'o')} `)).toBe(number);
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  for (let at = 0; at < number.length; at += 1)
    for (const letter of letters)
      if (number[at] !== '-' && number[at] !== letter)
        expect(readCertificateNumber(`${number.slice(0, at)}${letter}${number.slice(at + 1)}`)).toBeUndefined();
});

describe('a certificate', () => {
  it('says what it was made of, by the root alone', () => {
    const checked = verifyCertificateOfPassing(text, listsOf([], []), pinned);
    const { tenantId: _, place: __, ...facts } = factsOf();
    expect(checked).toMatchObject({ ok: true, facts, trust: 'pinned', standing: 'valid', signedAt: NOW, asOf: NOW });
    expect(checked.ok && isNumberOf(checked, NUMBER, SALT)).toBe(true);
    expect(checked.ok && isNumberOf(checked, '110105194912310038', SALT)).toBe(false);
    expect(text).not.toContain(SALT);
    expect(text).not.toContain(NUMBER);
  });

  it.each([
    ['passport:E12345678', 'passport:E12345678', true],
    ['passport:E12345678', 'e1234 5678', true],
    ['passport:E12345678', '护照：E12345678', true],
    ['passport:E12345678', '工号:E12345678', false],
    ['staff:A-0042', 'a-0042', true],
    [NUMBER, NUMBER.toLowerCase(), true],
  ])('of %s is theirs who says %s: %s', (number, said, theirs) => {
    const facts = factsOf({ numberHash: numberHashOf(number, SALT) });
    expect(isNumberOf({ facts }, said, SALT)).toBe(theirs);
  });

  it.each([
    ['nothing said of revocations', [], pinned, 'unknown'],
    ['revoked', listsOf([5], []), pinned, 'revoked'],
    ['another one revoked', listsOf([4, 6], [131_071]), pinned, 'valid'],
    ['suspended', listsOf([], [5]), pinned, 'suspended'],
    ['expired', listsOf([], []), { ...pinned, now: '2029-11-01T02:00:00.000Z' }, 'expired'],
    ['lists of the day before', listsOf([], []), { ...pinned, now: '2027-01-02T00:00:00.000Z' }, 'unknown'],
    ['one list of two', listsOf([], []).slice(0, 1), pinned, 'unknown'],
    ['without a key, by the one it names', listsOf([], []), {}, 'valid'],
    ['the key of another center', [], { root: openSigner(generateSigningKey()).publicKey }, 'signature-invalid'],
    ['years after its key has ended', [], { ...pinned, now: '2028-06-01T00:00:00.000Z' }, 'unknown'],
  ])('%s', (_name, lists, by, standing) => {
    expect(outcome(text, lists, by)).toBe(standing);
  });

  it('is refused where one letter of it is another one', () => {
    const value = JSON.parse(text);
    const edits: readonly ((one: typeof value) => void)[] = [
      (one) => Object.assign(one.credentialSubject.identifier[0], { identityHash: '李示范' }),
      (one) => Object.assign(one, { validUntil: '2039-11-01T02:00:00.000Z' }),
      (one) => delete one.validUntil,
      (one) => Object.assign(one.evidence[0], { logIndex: 8 }),
      (one) => Object.assign(one.credentialStatus[0], { statusListIndex: '6' }),
      (one) => Object.assign(one.proof, { created: '2026-12-01T00:00:00.000Z' }),
    ];
    for (const edit of edits) {
      const edited = structuredClone(value);
      edit(edited);
      expect(outcome(canonicalJson(edited))).toBe('signature-invalid');
    }
    expect(outcome(text.replace('"logIndex":7', '"logIndex":6,"logIndex":7'))).toBe('statement-unclear');
    expect(outcome(text.replace('{"@context"', '{"@extra":1,"@context"'))).toBe('format-unknown');
    expect(outcome(JSON.stringify(value, undefined, 2))).toBe('unknown');
  });

  it('is refused by a key that the root never gave, by one outside of its time, and by one that was revoked', () => {
    const thief = openSigner(generateSigningKey());
    const own = issuedBy(thief, '2026-03-01T00:00:00.000Z', '2027-03-01T00:00:00.000Z');
    const stolen = { keys: openCenterKeys(root.publicKey, { keys: [own.statement], revocations: [] }) };
    expect(outcome(canonicalJson(certificateOf(center({ signer: own.signer, ...stolen }), factsOf(), NOW)))).toBe(
      'signature-invalid',
    );
    const forged = { ...certificateOf(center(), factsOf(), NOW) };
    expect(outcome(canonicalJson({ ...forged, issuer: { ...forged.issuer, id: didOf(thief.publicKey) } }))).toBe(
      'signature-invalid',
    );
    const late = '2027-04-01T00:00:00.000Z' as Instant;
    const after = canonicalJson(certificateOf(center(), factsOf(), late));
    expect(outcome(after, [], { ...pinned, now: late })).toBe('center-key-ended');
    const revocations = [revokedBy(root, issued.signer, '2027-02-01T00:00:00.000Z')];
    expect(outcome(text, [], { ...pinned, centerKeys: { keys: [], revocations } })).toBe('center-key-revoked');
    const anew = canonicalJson(certificateOf(center({ signer: root }), factsOf(), NOW));
    expect(outcome(anew, [], { ...pinned, centerKeys: { keys: [], revocations } })).toBe('unknown');
  });

  it('is told nothing by a list of another center, of another name, or of another kind', () => {
    const other = openSigner(generateSigningKey());
    const theirs = center({ signer: other, keys: openCenterKeys(other.publicKey, { keys: [], revocations: [] }) });
    expect(outcome(text, listsOf([], [], theirs))).toBe('signature-invalid');
    expect(outcome(text, listsOf([], [], center({ address: 'https://other.example' })))).toBe('status-list-other');
    const swapped = statusListOf(center(), { name: 'revocation-1', purpose: 'suspension' }, [], NOW);
    expect(outcome(text, [canonicalJson(swapped)])).toBe('status-list-other');
  });
});

test('a status list is as the standard writes it, and no small text unpacks to a large one', () => {
  expect(isSet(encodeBits([0, 9]), 0)).toBe(true);
  expect([1, 8, 10].map((at) => isSet(encodeBits([0, 9]), at))).toEqual([false, false, false]);
  expect(isSet(encodeBits([]), 131_072)).toBeUndefined();
  expect(isSet(`u${gzipSync(Buffer.alloc(50_000_000)).toString('base64url')}`, 0)).toBeUndefined();
  // The list of zeros in the standard's examples, as another program packed it.
  const zeros = 'uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA';
  expect(isSet(zeros, 94_567)).toBe(false);
});

describe('the code of a certificate', () => {
  const codeBy = (signer: Signer, facts = factsOf()) =>
    certificateCode(certificateId(center(), facts.number), facts, signer, NOW);
  const { keys: statements } = keys;
  const by = { ...pinned, centerKeys: { keys: statements, revocations: [] } };

  it('says the same, offline, and fits into a QR code', () => {
    const code = codeBy(issued.signer);
    const { number, name, ending, firm, title, expiresAt } = factsOf();
    expect(verifyCertificateCode(code, by)).toMatchObject({
      ok: true,
      ...{ standing: 'unknown', facts: { number, name, ending, firm, title, expiresAt } },
    });
    expect(code).toMatch(/^https:\/\/center\.example\/certificates\/7K3M-9QXD-2FHT-.#EXC1:/);
    expect(code.length).toBeLessThan(420);
    const never = codeBy(issued.signer, factsOf({ expiresAt: null }));
    expect(verifyCertificateCode(never, by)).toMatchObject({ ok: true, facts: { expiresAt: null } });
  });

  it('is refused where a bit of it is another one, or another key signed it', () => {
    const [before = '', body = ''] = codeBy(issued.signer).split('EXC1:');
    const bytes = Buffer.from(body, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const edited = Buffer.from(bytes);
      edited[at] = (edited[at] ?? 0) ^ 1;
      expect(verifyCertificateCode(`${before}EXC1:${edited.toString('base64url')}`, by).ok).toBe(false);
    }
    expect(verifyCertificateCode(codeBy(openSigner(generateSigningKey())), by)).toMatchObject({
      reason: 'signature-invalid',
    });
    expect(verifyCertificateCode(codeBy(issued.signer), pinned)).toMatchObject({ reason: 'signature-invalid' });
  });
});
