import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ResultReceipt } from '../../contract/records/result-receipt.ts';
import { RECEIPT_MARK, shortCode } from '../../contract/words/receipt-code.ts';
import { fromBase32, toBase32 } from '../base32.ts';
import { hashOf, openSigner, sha256, verifyJws } from '../index.ts';
import { newSigner, recordOf } from '../proof.fixture.ts';
import { agreesWith, openReceiptCode, receiptCode, receiptOf, verifyReceiptCode } from './result-receipt.ts';

const signer = newSigner();
const record = recordOf(1);
const receipt = receiptOf(record, hashOf(record));
const good = receiptCode(receipt, signer);
const check = (code: string) => verifyReceiptCode(code, signer.publicKey);
const body = good.slice(RECEIPT_MARK.length);

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const idOf = (prefix: string) =>
  fc.oneof(fc.uuid(), fc.stringMatching(/^[A-Za-z0-9-]{1,64}$/)).map((text) => `${prefix}_${text}`);
const anyReceipt = fc
  .record({
    format: fc.constant('exam-station/result-receipt@1'),
    ...{ stationId: idOf('st'), sittingId: idOf('si'), examId: idOf('ex'), recordHash: hex(64), candidate: hex(32) },
    mode: fc.constantFrom('formal', 'mock', 'gate', 'learning'),
    marks: fc.oneof(fc.nat(1000), fc.double({ min: 0, max: 1e6, noNaN: true })).map((marks) => marks + 0),
    passed: fc.boolean(),
    submittedAt: fc
      .date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString()),
  })
  .map((one) => ResultReceipt.parse(one));

describe('a receipt of a result', () => {
  it('says the same once it was packed and signed', () => {
    fc.assert(
      fc.property(anyReceipt, (one) => {
        expect(check(receiptCode(one, signer))).toEqual({ ok: true, receipt: one });
      }),
    );
  });

  it('is none once any bit of it is another', () => {
    const bytes = Buffer.from(fromBase32(body) ?? []);
    expect(bytes.length).toBeGreaterThan(64);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const other = Buffer.from(bytes);
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(check(`${RECEIPT_MARK}${toBase32(other)}`).ok, `bit ${bit}`).toBe(false);
    }
  });

  it('is none once any letter of its text is another, and none once cut or lengthened', () => {
    for (let at = 0; at < good.length; at++)
      for (const letter of ['A', 'B', 'a', '7', '1', ' ', 'é'])
        if (letter !== good[at])
          expect(check(`${good.slice(0, at)}${letter}${good.slice(at + 1)}`).ok, `${at} ${letter}`).toBe(false);
    for (let length = 0; length < good.length; length++) expect(check(good.slice(0, length)).ok).toBe(false);
    for (const more of ['A', 'AAAAAAAA', '=', ' ', '\n']) expect(check(`${good}${more}`).ok).toBe(false);
  });

  it('by another key is none', () => {
    expect(verifyReceiptCode(good, newSigner().publicKey)).toMatchObject({ ok: false, reason: 'signature-invalid' });
  });

  it('is no JWS, and no JWS is a receipt', () => {
    const jws = signer.sign('exam-station/request', receipt);
    expect(check(jws)).toMatchObject({ ok: false, reason: 'format-unknown' });
    const bytes = Buffer.from(fromBase32(body) ?? []);
    const [packed, signature] = [bytes.subarray(0, -64), bytes.subarray(-64)];
    const forged = `${packed.toString('base64url')}.e30.${signature.toString('base64url')}`;
    expect(verifyJws(forged, 'exam-station/request', signer.publicKey)).toBeUndefined();
  });

  it('agrees with its record and with no other', () => {
    expect(agreesWith(receipt, record, hashOf(record))).toBe(true);
    for (const other of [recordOf(2), recordOf(1, { marks: 100 }), recordOf(1, { candidateId: 'cd_9' })]) {
      expect(agreesWith(receipt, other, hashOf(other))).toBe(false);
      // Nor where somebody says that it has the hash.
      expect(agreesWith(receipt, other, hashOf(record))).toBe(false);
    }
  });

  it('names nobody', () => {
    expect(JSON.stringify(receipt)).not.toContain('cd_1');
    expect(receipt.candidate).toBe(sha256('cd_1si_1').slice(0, 32));
  });
});

describe('the address of a center that ends in it', () => {
  it.each([
    ['https://exams.example', 'HTTPS://EXAMS.EXAMPLE/R/'],
    ['https://exams.example:8443/', 'HTTPS://EXAMS.EXAMPLE:8443/R/'],
    ['https://example.org/exams/', 'HTTPS://EXAMPLE.ORG/exams/R/'],
  ])('%s', (center, before) => {
    const address = receiptCode(receipt, signer, center);
    expect(address).toBe(`${before}${body}`);
    expect(check(address)).toEqual({ ok: true, receipt });
    expect(shortCode(address)).toBe(shortCode(good));
  });
});

describe('base32', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('writes "%s" as RFC 4648 does', (text, written) => {
    expect(toBase32(Buffer.from(text))).toBe(written);
    expect(Buffer.from(fromBase32(written) ?? [1]).toString()).toBe(text);
  });

  it('has one text for each value', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z2-7]{0,12}$/), (text) => {
        const bytes = fromBase32(text);
        expect(bytes === undefined || toBase32(bytes) === text).toBe(true);
      }),
    );
    for (const text of ['M', 'MZ2', 'my', 'MZXW6===', 'M1', 'MZ']) expect(fromBase32(text)).toBeUndefined();
  });
});

/** Signed with a key that is written down here, for ever: Ed25519 has one signature for one text. */
it('@1 is frozen', () => {
  const pkcs8 = Buffer.from(`302e020100300506032b657004220420${'0a'.repeat(32)}`, 'hex');
  const golden = receiptCode(
    ResultReceipt.parse({
      format: 'exam-station/result-receipt@1',
      ...{ stationId: 'st_5d2c0a8e-4b5f-4c0e-9d1a-2f6b7c8d9e0f', sittingId: 'si_0f9e8d7c-6b5a-4948-b736-251403f2e1d0' },
      ...{ examId: 'ex_demo', mode: 'formal', recordHash: '1'.repeat(64), candidate: '2'.repeat(32) },
      ...{ marks: 86.5, passed: true, submittedAt: '2026-03-04T05:06:07.890Z' },
    }),
    openSigner(pkcs8),
  );
  expect(golden).toBe(
    'EXS1:AEAQDHFXHU2ZEEIRCEIRCEIRCEIRCEIRCEIRCEIRCEIRCEIRCEIRCEIRCEIRCEIREIRCEIRCEIRCEIRCEIRCEIRCEIAF2LAKRZFV6TAOTUNC6234RWPA6AAPT2GXY222JFELONRFCQB7FYOQARSGK3LPAQ4DMLRVR2K57XYCKCALOYYWC3LOUHHK7RW5EYYD5LKMSOVDEMQ55YVK6CB5SAHWW6MVBEU4X2ML6ZMNA6RLSE2FJ26A7HMCASA33VSHYIQTCCA',
  );
  expect(openReceiptCode(golden)?.receipt.marks).toBe(86.5);
});
