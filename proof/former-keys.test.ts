import { describe, expect, it } from 'vitest';
import { StationCertificate } from '../contract/records/batches.ts';
import { issuedBy, revokedBy } from './center-keys.fixture.ts';
import { hashOf } from './hash.ts';
import { receiptCode, receiptOf, type Signer, verifyProofFile, verifyReceiptInProof } from './index.ts';
import { payloadOf } from './jws.ts';
import { genuineInLog, textOf } from './log.fixture.ts';
import { newSigner, recordOf, type TinyCenter } from './proof.fixture.ts';

const [FIRST, BEGAN] = ['2026-03-04T01:00:00.000Z', '2026-03-04T04:00:00.000Z'];
const bytesOf = (file: object): Uint8Array => new TextEncoder().encode(textOf(file as never));
const verdictOf = async (file: object): Promise<string> => {
  const outcome = await verifyProofFile(bytesOf(file));
  return outcome.ok ? outcome.summary.verdict : outcome.reason;
};
/** Began with one key, and was signed with the next. */
const across = () => genuineInLog([recordOf(1, { startedAt: BEGAN })]);

it('what began with a former key is proven where the file shows that the station had it', async () => {
  const { file, center } = await across();
  const former = center.certify(newSigner().publicKey, { issuedAt: FIRST });
  expect(await verdictOf({ ...file, keys: [former] })).toBe('proven');
  expect(await verdictOf(file)).toBe('times-inconsistent');
});

it('and the receipt that its candidate has, signed with the former key', async () => {
  const { file, center } = await across();
  const before = newSigner();
  const former = center.certify(before.publicKey, { issuedAt: FIRST });
  const [record] = file.batch.records;
  if (!record) throw new Error('no record');
  const code = receiptCode(receiptOf(record, hashOf(record)), before);
  const [shown, unshown] = [{ ...file, keys: [former] }, file].map(bytesOf) as [Uint8Array, Uint8Array];
  expect(await verifyReceiptInProof(code, shown)).toMatchObject({ ok: true, stationKey: before.publicKey });
  expect(await verifyReceiptInProof(code, unshown)).toMatchObject({ ok: false });
});

it.each<[string, string, (center: TinyCenter, own: string) => string]>([
  ['that another center certified', 'signature-invalid', () => newSigner().sign('exam-station/certificate', {})],
  ['that is no certificate', 'statement-unclear', (center) => center.signer.sign('exam-station/time', { at: FIRST })],
  [
    'of another station',
    'batch-invalid',
    (center) => center.certify(newSigner().publicKey, { issuedAt: FIRST, stationId: 'st_other' }),
  ],
  [
    'of another firm',
    'batch-invalid',
    (center) => center.certify(newSigner().publicKey, { issuedAt: FIRST, tenantId: 'tn_other' }),
  ],
  ['that is the present one', 'batch-invalid', (_, own) => own],
  [
    'that is a later one',
    'batch-invalid',
    (center) => center.certify(newSigner().publicKey, { issuedAt: '2026-03-04T09:00:00.000Z' }),
  ],
])('a former key %s is none: %s', async (_, reason, make) => {
  const { file, center } = await genuineInLog([recordOf(1)]);
  expect(await verdictOf({ ...file, keys: [make(center, file.certificate)] })).toBe(reason);
});

describe('former keys of a station beside keys of its center', () => {
  const [from, until] = ['2026-03-01T00:00:00.000Z', '2027-03-01T00:00:00.000Z'];
  const root = newSigner();
  const [issued, next] = [issuedBy(root, from, until), issuedBy(root, from, until)];
  const of = async (by: Signer, revocations: readonly string[] = []) => {
    const keys = { keys: [issued.statement, next.statement], revocations };
    const { file, center } = await genuineInLog([recordOf(1, { startedAt: BEGAN })], {
      ...{ root, secret: next.secret, keys },
    });
    const { stationId, tenantId } = StationCertificate.parse(JSON.parse(payloadOf(file.certificate) ?? ''));
    const { publicKey } = newSigner();
    const former = by.sign('exam-station/certificate', { stationId, tenantId, publicKey, issuedAt: FIRST });
    return { file: { ...file, keys: [former, ...file.keys] }, center };
  };

  it('are told apart in one list, and each is held to what it is', async () => {
    expect(await verdictOf((await of(issued.signer)).file)).toBe('proven');
    expect(await verdictOf((await of(root)).file)).toBe('proven');
    expect(await verdictOf((await of(newSigner())).file)).toBe('signature-invalid');
    const { file, center } = await of(issued.signer);
    const neither = center.signer.sign('exam-station/center-key-revocation', {});
    expect(await verdictOf({ ...file, keys: [...file.keys, neither] })).toBe('statement-unclear');
    const wordy = root.sign('exam-station/center-key', { ...JSON.parse(payloadOf(issued.statement) ?? ''), note: '' });
    expect(await verdictOf({ ...file, keys: [...file.keys, wordy] })).toBe('statement-unclear');
  });

  it('count for nothing where a key of the center vouched for them that was revoked since', async () => {
    const revocation = revokedBy(root, issued.signer, '2026-03-05T00:00:00.000Z');
    expect(await verdictOf((await of(issued.signer, [revocation])).file)).toBe('times-inconsistent');
    expect(await verdictOf((await of(next.signer, [revocation])).file)).toBe('proven');
  });
});
