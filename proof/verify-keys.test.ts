import { expect, it } from 'vitest';
import { hashOf } from './hash.ts';
import { receiptCode, receiptOf, verifyProofFile, verifyReceiptInProof } from './index.ts';
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
