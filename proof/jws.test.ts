import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PublicKey } from '../contract/words/keys.ts';
import { generateSigningKey, keyId, openSigner, verifyJws } from './index.ts';
import { JWS_TYPES } from './jws.ts';

/** Any UTF-16 at all, half characters too. */
const anyText = fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units));

const signer = openSigner(generateSigningKey());
const other = openSigner(generateSigningKey());
const PAYLOAD = { number: 7, note: '考站 €' };
const good = signer.sign('exam-station/batch', PAYLOAD);

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const check = (jws: string): unknown => verifyJws(jws, 'exam-station/batch', signer.publicKey);
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const replaced = (text: string, at: number, by: string): string => `${text.slice(0, at)}${by}${text.slice(at + 1)}`;

/** Other texts that a lenient decoder reads as the same bytes. */
function lookAlikes(text: string): string[] {
  const bytes = Buffer.from(text, 'base64url');
  const ends = [...ALPHABET].map((letter) => replaced(text, text.length - 1, letter));
  return ends.filter((end) => end !== text && Buffer.from(end, 'base64url').equals(bytes));
}

describe('a signed statement', () => {
  it('gives its payload back', () => {
    expect(check(good)).toEqual(PAYLOAD);
  });

  it('gives any payload back', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (payload) => {
        expect(check(signer.sign('exam-station/batch', payload))).toEqual(JSON.parse(JSON.stringify(payload)));
      }),
    );
  });

  it.each(JWS_TYPES.filter((type) => type !== 'exam-station/batch'))('about a batch is none about %s', (type) => {
    expect(verifyJws(good, type, signer.publicKey)).toBeUndefined();
  });

  it('by another key is none', () => {
    expect(verifyJws(good, 'exam-station/batch', other.publicKey)).toBeUndefined();
    expect(check(other.sign('exam-station/batch', PAYLOAD))).toBeUndefined();
  });

  it('is none once any one character is another', () => {
    for (let at = 0; at < good.length; at++) {
      for (const letter of ['A', 'B', 'z', '_', '.', '=', ' ', 'é']) {
        if (letter !== good[at]) expect(check(replaced(good, at, letter)), `${at} ${letter}`).toBeUndefined();
      }
    }
  });

  it('is none once cut, lengthened or padded', () => {
    for (let length = 0; length < good.length; length++) expect(check(good.slice(0, length))).toBeUndefined();
    for (const more of ['A', '=', '==', '.', '.AA', '\n', ' ']) {
      expect(check(`${good}${more}`), JSON.stringify(more)).toBeUndefined();
      expect(check(`${more}${good}`), JSON.stringify(more)).toBeUndefined();
    }
  });

  it('has one text only: a signature whose spare bits are set is refused', () => {
    const [header, payload, signature] = good.split('.') as [string, string, string];
    const twins = lookAlikes(signature);
    expect(twins.length).toBeGreaterThan(0);
    for (const twin of twins) expect(check([header, payload, twin].join('.'))).toBeUndefined();
  });

  it('has one text only: the same bytes in plain base64 are refused', () => {
    const plain = good.replaceAll('-', '+').replaceAll('_', '/');
    const sure = plain === good ? `${good}=` : plain;
    expect(check(sure)).toBeUndefined();
  });

  it.each([
    ['alg none and no signature', { alg: 'none', typ: 'exam-station/batch' }, ''],
    ['alg none and some signature', { alg: 'none', kid: keyId(signer.publicKey), typ: 'exam-station/batch' }, 'AAAA'],
    ['another algorithm', { alg: 'HS256', kid: keyId(signer.publicKey), typ: 'exam-station/batch' }, 'AAAA'],
  ])('with %s is none', (_, header, signature) => {
    expect(check(`${part(header)}.${part(PAYLOAD)}.${signature}`)).toBeUndefined();
  });

  it('with one more header field is none', () => {
    const header = part({ alg: 'EdDSA', kid: keyId(signer.publicKey), typ: 'exam-station/batch', crit: [] });
    const [, payload, signature] = good.split('.') as [string, string, string];
    expect(check([header, payload, signature].join('.'))).toBeUndefined();
  });

  it('never throws, whatever text and whatever key it is checked with', () => {
    const key = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((bytes) => PublicKey.parse(Buffer.from(bytes).toString('base64url')));
    fc.assert(
      fc.property(fc.oneof(anyText, fc.constant(good)), key, (text, anyKey) => {
        expect(verifyJws(text, 'exam-station/batch', anyKey)).toBeUndefined();
      }),
    );
  });
});

describe('a public key', () => {
  it('has one text only: one whose spare bits are set is refused', () => {
    const twins = lookAlikes(signer.publicKey);
    expect(twins.length).toBeGreaterThan(0);
    for (const twin of twins) expect(PublicKey.safeParse(twin).success, twin).toBe(false);
  });

  it('has a short name that is its own', () => {
    expect(keyId(signer.publicKey)).toMatch(/^[0-9a-f]{16}$/);
    expect(keyId(signer.publicKey)).not.toBe(keyId(other.publicKey));
  });
});
