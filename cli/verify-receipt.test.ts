import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { canonicalJson, hashOf, keyId, receiptCode, receiptOf } from '../proof/index.ts';
import { genuine, newSigner, recordOf } from '../proof/proof.fixture.ts';
import { temporaryFolder } from '../tests/kit/folders.ts';
import { verifyReceipt } from './verify-receipt.ts';

async function setUp() {
  const records = [recordOf(1), recordOf(2)] as const;
  const { center, signer, batch, text } = await genuine(records);
  const folder = temporaryFolder();
  const fileOf = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const [code] = records.map((record) => receiptCode(receiptOf(record, hashOf(record)), signer));
  const ask = async (changes: Partial<Parameters<typeof verifyReceipt>[0]>) => {
    const {
      exit,
      json,
      text: lines,
    } = await verifyReceipt({
      ...{ code: code as string, key: undefined, proof: undefined, record: undefined, ...changes },
    });
    return { exit, json: json as Record<string, unknown>, first: lines[0] };
  };
  const proof = fileOf('proof.json', text);
  return { center, signer, batch, records, proof, fileOf, ask };
}

test('a receipt is found in the proof file of its batch, under the center that vouches for its station', async () => {
  const { ask, proof, center, signer, records } = await setUp();
  expect(await ask({ proof, key: center.signer.publicKey })).toMatchObject({
    exit: 0,
    first: 'PROVEN  80.5 of 100 marks, passed',
    json: {
      ...{
        ok: true,
        verdict: 'proven',
        sittingId: 'si_1',
        recordHash: hashOf(records[0]),
        record: true,
        trust: 'pinned',
        log: 'verified',
      },
      stationKeyId: keyId(signer.publicKey),
    },
  });
  expect(await ask({ proof })).toMatchObject({ exit: 0, json: { trust: 'self-stated' } });
  expect(await ask({ proof, key: signer.publicKey })).toMatchObject({ exit: 1, json: { reason: 'signature-invalid' } });
});

test('by the key of the station alone, with its record, its batch, or neither', async () => {
  const { ask, signer, batch, records, fileOf } = await setUp();
  const key = signer.publicKey;
  expect(await ask({ key })).toMatchObject({
    exit: 3,
    json: { verdict: 'signed-only', ok: true, record: false, marks: 80.5 },
  });
  for (const record of [fileOf('r', canonicalJson(records[0])), fileOf('b', canonicalJson(batch))])
    expect(await ask({ key, record })).toMatchObject({ exit: 3, json: { verdict: 'signed-only', record: true } });
  const other = fileOf('o', canonicalJson(records[1]));
  expect(await ask({ key, record: other })).toMatchObject({ exit: 1, json: { ok: false, reason: 'hash-mismatch' } });
});

test('is refused where another station signed it, or the record says something else', async () => {
  const { ask, proof, signer, records } = await setUp();
  const by = (receipt: object, key = signer) =>
    receiptCode({ ...receiptOf(records[0], hashOf(records[0])), ...receipt }, key);
  expect(await ask({ proof, code: by({}, newSigner()) })).toMatchObject({ json: { reason: 'signature-invalid' } });
  expect(await ask({ proof, code: by({ marks: 100 }) })).toMatchObject({
    exit: 1,
    json: { reason: 'receipt-invalid' },
  });
  expect(await ask({ proof, code: 'EXS1:AAAA' })).toMatchObject({ exit: 1, json: { reason: 'format-unknown' } });
});

test('nothing is said where there is nothing to check it by', async () => {
  const { ask } = await setUp();
  await expect(ask({})).rejects.toThrow('it says that st_test signed it');
  await expect(ask({ code: 'nonsense' })).rejects.toThrow('--key');
});
