import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Batch, ProofFile } from '../contract/records/batches.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import { canonicalJson, verifyBatch, verifyCertificate, verifyProofFile, verifyReceipt } from './index.ts';
import { AT, batchOf, genuine, newSigner, openTinyCenter, recordOf, STATION, sealed, TENANT } from './proof.fixture.ts';

let good: Awaited<ReturnType<typeof genuine>>;
let small: typeof good;
beforeAll(async () => {
  good = await genuine([recordOf(1), recordOf(2), recordOf(3)]);
  small = await genuine([recordOf(1)]);
});

type Outcome = Awaited<ReturnType<typeof verifyProofFile>>;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const reasonOf = (outcome: Outcome): string => (outcome.ok ? 'ok' : outcome.reason);
const verdict = async (text: string | Uint8Array, pinned?: PublicKey): Promise<string> =>
  reasonOf(await verifyProofFile(typeof text === 'string' ? bytesOf(text) : text, pinned));
const fileWith = (changes: Partial<ProofFile>): string => `${canonicalJson({ ...good.file, ...changes })}\n`;
const withRecords = (records: Batch['records']): string => fileWith({ batch: { ...good.batch, records } });

describe('a genuine proof file', () => {
  it('is accepted by the published key, and says whose and how many', async () => {
    const outcome = await verifyProofFile(bytesOf(good.text), good.center.signer.publicKey);
    expect(outcome).toMatchObject({
      ok: true,
      summary: { stationId: STATION, tenantId: TENANT, batch: 1, records: 3, trust: 'pinned', receipt: 'verified' },
    });
  });

  it('is accepted by the key it brings along, and says that it did', async () => {
    expect(await verifyProofFile(bytesOf(good.text))).toMatchObject({ ok: true, summary: { trust: 'self-stated' } });
  });

  it('says where its records were shown, of those that say so', async () => {
    const shown = (n: number, hosts: readonly string[]) => recordOf(n, { format: 'exam-station/record@6', hosts });
    const { text } = await genuine([recordOf(1), shown(2, ['kiosk']), shown(3, ['kiosk', 'browser'])]);
    expect(await verifyProofFile(bytesOf(text))).toMatchObject({
      ok: true,
      summary: { hosts: { kiosk: 2, browser: 1 } },
    });
    expect(await verifyProofFile(bytesOf(good.text))).toMatchObject({ ok: true, summary: { hosts: {} } });
  });

  it('is accepted with words for reasons that are of later, and says which', async () => {
    const seen = (n: number, reason: string) =>
      recordOf(n, {
        format: 'exam-station/record@7',
        incidents: [{ id: 'in_1', reason, at: AT, paused: false }],
      });
    const { text } = await genuine([seen(1, 'mask-worn'), seen(2, 'mask-worn'), seen(3, 'no-face')]);
    expect(await verifyProofFile(bytesOf(text))).toMatchObject({
      ok: true,
      summary: { unknownReasons: ['mask-worn'] },
    });
  });

  it('of a version that is still to come is refused as that', async () => {
    const text = good.text.replace('exam-station/record@1', 'exam-station/record@99');
    expect(await verifyProofFile(bytesOf(text))).toMatchObject({
      ok: false,
      reason: 'format-unknown',
      detail: 'it holds an exam-station/record@99, which only a newer program knows',
    });
  });

  it('without a receipt is accepted and says that there is none', async () => {
    const text = fileWith({ receipt: null });
    expect(await verifyProofFile(bytesOf(text))).toMatchObject({ ok: true, summary: { receipt: 'none' } });
  });

  it('is not accepted by another published key', async () => {
    expect(await verdict(good.text, newSigner().publicKey)).toBe('signature-invalid');
  });
});

describe('a proof file with one byte changed', () => {
  const keyAt = (): number => Buffer.from(good.text).indexOf(good.file.centerKey);
  const flipped = (at: number, mask: number, text = good.text): Uint8Array => {
    const bytes = bytesOf(text);
    bytes[at] = (bytes[at] as number) ^ mask;
    return bytes;
  };

  it('is refused wherever it is, by the key it brings along', async () => {
    const { length } = bytesOf(small.text);
    for (let at = 0; at < length; at++) expect(await verdict(flipped(at, 1, small.text)), `byte ${at}`).not.toBe('ok');
  });

  it('is refused whatever the change, anywhere', async () => {
    const place = fc.nat(bytesOf(good.text).length - 2);
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        fc.pre(at < keyAt() || at >= keyAt() + good.file.centerKey.length);
        expect(await verdict(flipped(at, mask))).not.toBe('ok');
      }),
      { numRuns: 1000 },
    );
  });

  it('is refused in the center key too: no letter of it can change unseen', async () => {
    const accepted: string[] = [];
    for (let letter = 0; letter < good.file.centerKey.length; letter++) {
      for (let mask = 1; mask < 256; mask++) {
        if ((await verdict(flipped(keyAt() + letter, mask))) === 'ok') accepted.push(`letter ${letter} ^ ${mask}`);
      }
    }
    expect(accepted).toEqual([]);
  });

  it('is refused in the center key too where the published one is given', async () => {
    const { centerKey } = good.file;
    const other = `${centerKey.startsWith('A') ? 'B' : 'A'}${centerKey.slice(1)}`;
    expect(await verdict(good.text.replace(centerKey, other), centerKey)).not.toBe('ok');
  });

  it.each([
    ['a blank', ' '],
    ['a tab', '\t'],
    ['a carriage return', '\r'],
  ])('is refused where its final line end is %s', async (_, end) => {
    expect(await verdict(`${good.text.slice(0, -1)}${end}`)).not.toBe('ok');
  });

  it('is refused with one byte left out, wherever', async () => {
    const bytes = bytesOf(good.text);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 2), async (at) => {
        const shorter = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1)]);
        expect(await verdict(shorter)).not.toBe('ok');
      }),
    );
  });
});

describe('a proof file written another way', () => {
  it.each([
    ['indented', () => JSON.stringify(good.file, null, 2)],
    ['with a blank after a colon', () => good.text.replace(':', ': ')],
    ['with a blank in front', () => ` ${good.text}`],
    ['with two line ends', () => `${good.text}\n`],
    ['with a Windows line end', () => `${good.text.trimEnd()}\r\n`],
    ['with a byte order mark', () => `\ufeff${good.text}`],
    ['with its keys in another order', () => JSON.stringify(Object.fromEntries(Object.entries(good.file).reverse()))],
    ['with a key twice', () => good.text.replace('{"batch":', '{"format":"x","batch":')],
    ['with an escape where a letter would do', () => good.text.replace('动', '\\u52a8')],
    ['with a number written longer', () => good.text.replace('"marks":80.5', '"marks":80.50')],
    ['with a field more', () => good.text.replace('{"batch":', '{"a":1,"batch":')],
    ['with a field more inside a record', () => good.text.replace('"activeMs":', '"abcMs":1,"activeMs":')],
    ['with __proto__ in it', () => good.text.replace('{"batch":', '{"__proto__":{},"batch":')],
  ])('%s is refused', async (_, text) => {
    expect(text()).not.toBe(good.text);
    expect(['not-canonical', 'format-unknown']).toContain(await verdict(text()));
  });
});

describe('a proof file whose records are not the signed ones', () => {
  it.each([
    ['one dropped', () => good.batch.records.slice(1)],
    ['two swapped', () => [good.batch.records[1], good.batch.records[0], good.batch.records[2]] as Batch['records']],
    ['one twice', () => [...good.batch.records, good.batch.records[0]] as Batch['records']],
    ['one in place of another', () => good.batch.records.with(1, recordOf(9))],
    ['better marks', () => good.batch.records.with(1, recordOf(2, { marks: 100 }))],
    ['another candidate', () => good.batch.records.with(1, recordOf(2, { candidateId: 'cd_9' }))],
    [
      'an incident fewer or more',
      () =>
        good.batch.records.with(
          0,
          recordOf(1, {
            incidents: [{ id: 'in_1', reason: 'mismatch', at: good.batch.records[0]?.startedAt, paused: true }],
          }),
        ),
    ],
  ])('%s: root-mismatch', async (_, records) => {
    expect(await verdict(withRecords(records()))).toBe('root-mismatch');
  });

  it.each([
    ['of another station', { stationId: 'st_other' }],
    ['of another firm', { tenantId: 'tn_other' }],
  ])('but one %s that this station signed is refused', async (_, changes) => {
    const batch = await batchOf([recordOf(1), recordOf(2, changes)], good.signer);
    const receipt = await good.center.receive(batch);
    expect(await verdict(fileWith({ batch, receipt }))).toBe('batch-invalid');
  });

  it('under a header of another station is refused', async () => {
    const batch = await batchOf([recordOf(1)], good.signer, { stationId: 'st_other' });
    expect(await verdict(fileWith({ batch, receipt: null }))).toBe('batch-invalid');
  });
});

describe('a proof file with a signature that is not the right one', () => {
  it('a certificate by another key is refused', async () => {
    const certificate = openTinyCenter().certify(good.signer.publicKey);
    expect(await verdict(fileWith({ certificate }))).toBe('signature-invalid');
  });

  it('a certificate for another station key is refused', async () => {
    expect(await verdict(fileWith({ certificate: good.center.certify(newSigner().publicKey) }))).toBe(
      'signature-invalid',
    );
  });

  it('a batch signed by a key the center does not vouch for is refused', async () => {
    const batch = await batchOf(good.batch.records, newSigner());
    expect(await verdict(fileWith({ batch }))).toBe('signature-invalid');
  });

  it('a station that signs its own certificate is refused by the published key', async () => {
    const forger = openTinyCenter();
    const forged = { centerKey: forger.signer.publicKey, certificate: forger.certify(good.signer.publicKey) };
    const text = fileWith({ ...forged, receipt: await forger.receive(good.batch) });
    expect(await verdict(text)).toBe('ok');
    expect(await verdict(text, good.center.signer.publicKey)).toBe('signature-invalid');
  });

  it('a statement of another kind does not pass for a certificate', async () => {
    const certificate = good.center.signer.sign('exam-station/tree-head', {
      stationId: STATION,
      tenantId: TENANT,
      publicKey: good.signer.publicKey,
      issuedAt: good.batch.records[0]?.startedAt,
    });
    expect(verifyCertificate(certificate, good.center.signer.publicKey)).toMatchObject({ ok: false });
  });
});

describe('a proof file with a receipt that is not its own', () => {
  it('of another log is refused', async () => {
    const receipt = await openTinyCenter().receive(good.batch);
    expect(await verdict(fileWith({ receipt }))).toBe('receipt-invalid');
  });

  it('of another batch is refused', async () => {
    const receipt = await good.center.receive(await batchOf([recordOf(7), recordOf(8), recordOf(9)], good.signer));
    expect(await verdict(fileWith({ receipt }))).toBe('receipt-invalid');
  });

  it.each([
    ['one path fewer', <T>(list: readonly T[]) => list.slice(1)],
    ['one path more', <T>(list: readonly T[]) => [...list, list[0] as T]],
    ['paths in another order', <T>(list: readonly T[]) => list.toReversed()],
    ['no path', () => []],
  ])('with %s is refused', async (_, change) => {
    const receipt = good.file.receipt;
    if (!receipt) throw new Error('the genuine file has a receipt');
    expect(await verdict(fileWith({ receipt: { ...receipt, inclusions: change(receipt.inclusions) } }))).toBe(
      'receipt-invalid',
    );
  });
});

describe('what is no proof file', () => {
  it.each(['', '{}', 'null', '[]', '7', 'a batch', '{"format":"exam-station/proof@2"}'])(
    '%s: format-unknown',
    async (text) => {
      expect(await verdict(text)).toBe('format-unknown');
    },
  );

  it('is refused and never throws, whatever bytes or JSON it is', async () => {
    const anything = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json().map(bytesOf));
    await fc.assert(
      fc.asyncProperty(anything, async (bytes) => {
        expect(await verdict(bytes)).toBe('format-unknown');
      }),
    );
  });

  it('is refused and does not throw where a name holds half a character', async () => {
    const text = good.text.replaceAll('动火作业', '\\ud800');
    await expect(verifyProofFile(bytesOf(text))).resolves.toMatchObject({ ok: false });
  });
});

describe('the parts of a proof, one by one', () => {
  const certificate = () => {
    const vouched = verifyCertificate(good.file.certificate, good.center.signer.publicKey);
    if (!vouched.ok) throw new Error(vouched.reason);
    return vouched.certificate;
  };

  it('a batch proves itself to the key of its station only', async () => {
    expect(await verifyBatch(sealed(good.batch), certificate())).toMatchObject({ ok: true, header: { size: 3 } });
    const other = { ...certificate(), publicKey: newSigner().publicKey };
    expect(await verifyBatch(sealed(good.batch), other)).toMatchObject({ ok: false, reason: 'signature-invalid' });
  });

  it('a batch that says another size than it has is refused', async () => {
    const batch = await batchOf([recordOf(1), recordOf(2)], good.signer, { size: 3 });
    expect(await verifyBatch(sealed(batch), certificate())).toMatchObject({ ok: false, reason: 'root-mismatch' });
  });

  it('a receipt proves every record to the key of the center only', () => {
    const receipt = good.file.receipt;
    if (!receipt) throw new Error('the genuine file has a receipt');
    expect(verifyReceipt(receipt, sealed(good.batch), good.center.signer.publicKey).ok).toBe(true);
    expect(verifyReceipt(receipt, sealed(good.batch), good.signer.publicKey)).toMatchObject({
      reason: 'receipt-invalid',
    });
  });
});
