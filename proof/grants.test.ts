import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Grant } from '../contract/records/grants.ts';
import { instant } from '../contract/words/ids.ts';
import { canonicalJson, verifyBatch, verifyCertificate, verifyProofFile } from './index.ts';
import {
  AT,
  batchOf,
  GUEST,
  genuine,
  grantOf,
  guestRecordOf,
  newSigner,
  openTinyCenter,
  recordOf,
  STATION,
  sealed,
  TENANT,
} from './proof.fixture.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const verdictOf = async (file: object): Promise<string> => {
  const outcome = await verifyProofFile(bytesOf(`${canonicalJson(file)}\n`));
  return outcome.ok ? 'ok' : outcome.reason;
};
const EARLIER = '2026-03-04T04:00:00.000Z';
const LATER = '2026-03-04T07:00:00.000Z';
const MOVED = { stationId: 'st_other', sittingId: 'si_0', root: 'si_0', ledger: { sequence: 3, head: '4'.repeat(64) } };

describe('a proof file of a firm that uses another one’s station', () => {
  it('is proven by the published key, and says whose results they are, whose station it is, and by which grant', async () => {
    const { text, center } = await genuine([guestRecordOf(1), guestRecordOf(2)], [{}]);
    expect(text).toContain('"format":"exam-station/proof@2"');
    expect(await verifyProofFile(bytesOf(text), center.signer.publicKey)).toMatchObject({
      ok: true,
      summary: {
        ...{ tenantId: GUEST, ownerId: TENANT, stationId: STATION, records: 2, trust: 'pinned', receipt: 'verified' },
        grants: [grantOf()],
      },
    });
  });

  it('of records that name no grant is still an @1, whose records are its owner’s', async () => {
    const { text } = await genuine([recordOf(1)]);
    expect(text).toContain('"format":"exam-station/proof@1"');
    expect(await verifyProofFile(bytesOf(text))).toMatchObject({
      ok: true,
      summary: { tenantId: TENANT, ownerId: TENANT, grants: [] },
    });
  });

  it('may hold several grants, each of which a record names', async () => {
    const later = { id: 'gr_2', from: '2026-03-04T06:00:00.000Z', until: LATER };
    const second = guestRecordOf(2, { grant: 'gr_2', startedAt: '2026-03-04T06:00:00.000Z', submittedAt: LATER });
    const { text } = await genuine([guestRecordOf(1), second], [{}, later]);
    expect(await verifyProofFile(bytesOf(text))).toMatchObject({ ok: true });
  });

  it.each<[string, NonNullable<Parameters<typeof grantOf>[0]>]>([
    ['another station', { stationId: 'st_other' }],
    ['another firm', { tenantId: 'tn_third' }],
    ['another exam', { exams: ['ex_2'] }],
    ['a time that was over', { from: EARLIER, until: AT }],
    ['a time that had not come', { from: '2026-03-04T05:06:07.891Z', until: LATER }],
  ])('is refused where the grant is for %s', async (_, changes) => {
    expect(await verdictOf((await genuine([guestRecordOf(1)], [changes])).file)).toBe('grant-invalid');
  });

  it('is proven where the grant is for its exam, from the very moment', async () => {
    expect(await verdictOf((await genuine([guestRecordOf(1)], [{ exams: ['ex_1'], from: AT }])).file)).toBe('ok');
  });

  it('is refused where a record names a grant that is not there', async () => {
    const { file } = await genuine([guestRecordOf(1), guestRecordOf(2, { grant: 'gr_2' })], [{}]);
    expect(await verdictOf(file)).toBe('grant-missing');
    const { grants: _, ...without } = { grants: [], ...file };
    expect(await verdictOf({ ...without, format: 'exam-station/proof@1' })).toBe('grant-missing');
  });

  it('is refused where a grant is there that no record names, or twice', async () => {
    const { file, center } = await genuine([guestRecordOf(1)], [{}]);
    const [own] = 'grants' in file ? file.grants : [];
    expect(await verdictOf({ ...file, grants: [own, center.grant({ id: 'gr_2' })] })).toBe('grant-invalid');
    expect(await verdictOf({ ...file, grants: [own, own] })).toBe('grant-invalid');
    expect(await verdictOf({ ...file, grants: [] })).toBe('format-unknown');
  });

  it('is refused where somebody else signed the grant, or the station itself', async () => {
    const { file, signer } = await genuine([guestRecordOf(1)], [{}]);
    for (const forger of [newSigner(), signer])
      expect(await verdictOf({ ...file, grants: [forger.sign('exam-station/grant', grantOf())] })).toBe(
        'grant-invalid',
      );
  });

  it('is refused where another statement of the center passes for a grant', async () => {
    const { file, center } = await genuine([guestRecordOf(1)], [{}]);
    const grants = [center.signer.sign('exam-station/certificate', grantOf())];
    expect(await verdictOf({ ...file, grants })).toBe('grant-invalid');
  });

  it('is refused where a record of the firm names none', async () => {
    const bare = recordOf(2, { tenantId: GUEST });
    expect(await verdictOf((await genuine([guestRecordOf(1), bare], [{}])).file)).toBe('batch-invalid');
  });

  it('is refused where it shows results of two firms', async () => {
    for (const records of [
      [guestRecordOf(1), recordOf(2)],
      [recordOf(2), guestRecordOf(1)],
    ])
      expect(await verdictOf((await genuine(records, [{}])).file)).toBe('batch-invalid');
  });
});

describe('an exam that began at another station', () => {
  const moved = (startedAt: string, submittedAt: string) =>
    guestRecordOf(1, { startedAt, submittedAt, continues: MOVED });

  it.each([
    ['before the grant here, and ended in it', EARLIER, AT, 'ok'],
    ['in the time of the grant', AT, LATER, 'ok'],
    ['and ended before the grant', EARLIER, EARLIER, 'grant-invalid'],
    ['after the grant', LATER, LATER, 'grant-invalid'],
  ])('%s: %s to %s is %s', async (_, startedAt, submittedAt, verdict) => {
    expect(await verdictOf((await genuine([moved(startedAt, submittedAt)], [{}])).file)).toBe(verdict);
  });
});

describe('whatever the grant and the record say', () => {
  const time = fc
    .date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2027-01-01T00:00:00Z'), noInvalidDate: true })
    .map(instant);
  const id = (prefix: string) => fc.constantFrom(`${prefix}_1`, `${prefix}_2`);

  it('a record holds only where every part of the grant is about it', async () => {
    const signer = newSigner();
    const center = openTinyCenter();
    const vouched = verifyCertificate(center.certify(signer.publicKey), center.signer.publicKey);
    if (!vouched.ok) throw new Error(vouched.reason);
    const any = fc.record({
      ...{ stationId: fc.constantFrom(STATION, 'st_other'), tenantId: fc.constantFrom(GUEST, 'tn_third') },
      ...{ exams: fc.oneof(fc.constant('all'), fc.uniqueArray(id('ex'), { minLength: 1 })), id: id('gr') },
      ...{ from: time, until: time },
    });
    await fc.assert(
      fc.asyncProperty(any, time, async (said, startedAt) => {
        const grant = grantOf(said);
        const record = guestRecordOf(1, { startedAt, submittedAt: startedAt });
        const outcome = await verifyBatch(sealed(await batchOf([record], signer)), vouched.certificate, [grant]);
        const about =
          said.stationId === STATION &&
          said.tenantId === GUEST &&
          (said.exams === 'all' || said.exams.includes('ex_1'));
        const holds = said.id === 'gr_1' && about && said.from <= startedAt && startedAt < said.until;
        expect(outcome.ok).toBe(holds);
        if (!outcome.ok) expect(outcome.reason).toBe(said.id === 'gr_1' ? 'grant-invalid' : 'grant-missing');
      }),
    );
  });

  it('a flipped bit in a grant is refused', async () => {
    const { file, text } = await genuine([guestRecordOf(1)], [{}]);
    const [jws = ''] = 'grants' in file ? file.grants : [];
    const start = Buffer.from(text).indexOf(jws);
    await fc.assert(
      fc.asyncProperty(fc.nat(jws.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const bytes = bytesOf(text);
        bytes[start + at] = (bytes[start + at] as number) ^ mask;
        expect((await verifyProofFile(bytes)).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a grant', () => {
  it('says nothing that is not of its version', () => {
    expect(Grant.safeParse({ ...grantOf(), pins: true }).success).toBe(false);
    expect(Grant.safeParse({ ...grantOf(), format: 'exam-station/grant@2' }).success).toBe(false);
    expect(Grant.safeParse({ ...grantOf(), exams: [] }).success).toBe(false);
  });
});
