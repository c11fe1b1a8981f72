import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AdmissionSlip, SLIP_MARK, SlipCode } from '../contract/words/admission-slip.ts';
import { instant } from '../contract/words/ids.ts';
import { slipCode, verifySlip } from './admission-slip.ts';
import { fromBase32, toBase32 } from './base32.ts';
import { issuedBy, revokedBy } from './center-keys.fixture.ts';
import { openCenterKeys, openSigner } from './index.ts';
import { newSigner } from './proof.fixture.ts';

const FORMAT = 'exam-station/admission-slip@1';
const signer = newSigner();
const slip = AdmissionSlip.parse({
  format: FORMAT,
  ...{ turnId: 'tu_5d2c0a8e-4b5f-4c0e-9d1a-2f6b7c8d9e0f', tenantId: 'tn_0f9e8d7c-6b5a-4948-b736-251403f2e1d0' },
  ...{ candidateId: 'cd_11111111-2222-4333-8444-555555555555', examId: 'ex_demo', room: 'tn_room-1' },
  ...{ issuedAt: '2026-03-01T00:00:00.000Z', begins: '2026-03-04T01:00:00.000Z', until: '2026-03-04T03:00:00.000Z' },
});
const good = slipCode(slip, signer);
const check = (code: string, keys = signer.publicKey) => verifySlip(code, keys);
const refused = { ok: false, reason: 'slip-invalid' };

const idOf = (prefix: string) =>
  fc.oneof(fc.uuid(), fc.stringMatching(/^[A-Za-z0-9-]{1,64}$/)).map((text) => `${prefix}_${text}`);
const time = () =>
  fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }).map((date) => date.toISOString());
const anySlip = fc
  .record({
    format: fc.constant(FORMAT),
    ...{ turnId: idOf('tu'), tenantId: idOf('tn'), candidateId: idOf('cd'), examId: idOf('ex'), room: idOf('tn') },
    ...{ issuedAt: time(), begins: time(), until: time() },
  })
  .map((one) => AdmissionSlip.parse(one));

describe('an admission slip', () => {
  it('says the same once it was packed and signed', () => {
    fc.assert(
      fc.property(anySlip, (one) => {
        const code = slipCode(one, signer);
        expect(SlipCode.safeParse(code).success).toBe(true);
        expect(check(code)).toEqual({ ok: true, slip: one });
      }),
    );
  });

  it('is none once any bit of it is another, and none once it was cut or lengthened', () => {
    const bytes = Buffer.from(fromBase32(good.slice(SLIP_MARK.length)) ?? []);
    expect(bytes.length).toBeGreaterThan(64);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const other = Buffer.from(bytes);
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(check(`${SLIP_MARK}${toBase32(other)}`), `bit ${bit}`).toMatchObject(refused);
    }
    for (let length = 0; length < good.length; length++) expect(check(good.slice(0, length))).toMatchObject(refused);
    for (const more of ['A', 'AAAAAAAA', '=', ' ', '\n']) expect(check(`${good}${more}`)).toMatchObject(refused);
  });

  it('of another center is none', () => {
    expect(check(good, newSigner().publicKey)).toMatchObject(refused);
  });

  it('names nobody but by ids', () => {
    expect(Object.keys(slip).filter((key) => /name|number|photo|birth/.test(key))).toEqual([]);
  });
});

describe('of a center with keys for every day', () => {
  const issuing = issuedBy(signer, '2026-02-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z');
  const keys = (...revocations: readonly string[]) =>
    openCenterKeys(signer.publicKey, { keys: [issuing.statement], revocations });
  const code = slipCode(slip, issuing.signer);

  it('stands when its key has ended since, as a slip is printed long before its turn', () => {
    expect(verifySlip(code, keys())).toEqual({ ok: true, slip });
  });

  it('is none of a key that did not sign then, or was revoked, whenever that was', () => {
    const late = { ...slip, issuedAt: instant(new Date('2026-03-03T00:00:00.000Z')) };
    expect(verifySlip(slipCode(late, issuing.signer), keys())).toMatchObject(refused);
    const revoked = keys(revokedBy(signer, issuing.signer, '2026-03-01T12:00:00.000Z'));
    expect(verifySlip(code, revoked)).toMatchObject(refused);
  });
});

/** Signed with a key that is written down here, for ever: Ed25519 has one signature for one text. */
it('@1 is frozen', () => {
  const pkcs8 = Buffer.from(`302e020100300506032b657004220420${'0a'.repeat(32)}`, 'hex');
  expect(slipCode(slip, openSigner(pkcs8))).toBe(
    'EXA1:AFIG54MHTV2IZYABTSTLDXAAAGOLMW66QAAZZNWJXOAAAXJMBKHEWX2MB2ORUL3LPSGZ4DYAB6PI27DLLJEURNZWEUKAH4XB2AABCEIRCERCEQZTQRCFKVKVKVKVKBDEMVWW6BTSN5XW2LJRG4WMJ6T7FH4HTATLPJQJ4CM7I7OJQOPNDYZTFQRDUBEEHER3PEKLRDTGVA5ZODFMJHKD2YR7MFNKTLE3JJPZHQY6SJTVDQKJ5HI5QCI',
  );
});
