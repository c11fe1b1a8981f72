import { describe, expect, it } from 'vitest';
import type { ProofFile } from '../contract/records/batches.ts';
import { type Exported, fileOf, inLog, MORNING, openForge, payloadIn, satOf } from './exported.fixture.ts';
import { batchId, type Signer, verifyProofFiles } from './index.ts';
import { newSigner } from './proof.fixture.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
/** Files by the letters of the alphabet, and what is said of each: reason, or verdict and remarks. */
async function together(files: readonly Exported[], key?: Signer['publicKey']) {
  const named = files.map(({ text }, at) => ({ name: 'abcdef'[at] as string, bytes: bytes(text) }));
  const checked = await verifyProofFiles(named, key);
  return checked.map(({ checked: one }) =>
    one.ok ? [one.summary.verdict, ...one.summary.remarks.map(({ code }) => code)].join(' ') : one.reason,
  );
}
const unlogged = { loggedAt: null } as const;

describe('batches of one station', () => {
  it('that follow each other are proven, in whatever order they are given', async () => {
    const { exports, key } = openForge();
    const a = await exports([satOf(1)]);
    const b = await exports([satOf(2)], { after: a });
    const c = await exports([satOf(3)], { after: b });
    for (const files of [[a, b, c], [c, a, b], [b]])
      expect(await together(files, key)).toEqual(files.map(() => 'proven'));
  });

  it('that are given twice are one', async () => {
    const { exports, key, center } = openForge();
    const a = await exports([satOf(1)]);
    const waiting = await inLog(center, { ...a.file, receipt: null });
    expect(await together([a, a, waiting], key)).toEqual(['proven', 'proven', 'signed-only']);
  });

  it('with one number are refused, and both are named', async () => {
    const { exports, key } = openForge();
    const [a, b] = [await exports([satOf(1)]), await exports([satOf(2)])];
    const checked = await verifyProofFiles(
      [a, b].map(({ text }, at) => ({ name: `${at}.json`, bytes: bytes(text) })),
      key,
    );
    for (const { checked: one } of checked)
      expect(one).toEqual({
        ok: false,
        reason: 'equivocation',
        detail: 'st_test signed two batches 1: 0.json, 1.json',
      });
  });

  it.each([
    ['neither logged', unlogged, unlogged],
    ['one logged', {}, unlogged],
  ])('with one number are refused, %s', async (_, one, other) => {
    const { exports, key } = openForge();
    expect(await together([await exports([satOf(1)], one), await exports([satOf(2)], other)], key)).toEqual([
      'equivocation',
      'equivocation',
    ]);
  });

  it('of which one stands for another that was refused are remarked, and refused where both are logged', async () => {
    const { exports, key } = openForge();
    const a = await exports([satOf(1), satOf(2)], unlogged);
    const header = { replaces: batchId(a.batch) };
    const b = await exports([satOf(1)], { header });
    expect(await together([a, b], key)).toEqual([
      'signed-only batch-replaced record-again',
      'proven batch-replaced record-again',
    ]);
    const logged = fileOf({ ...a.file, receipt: (await exports([satOf(1), satOf(2)])).file.receipt } as ProofFile);
    expect(await together([logged, b], key)).toEqual(['equivocation', 'equivocation']);
  });

  it('that are set aside and sent again say the same', async () => {
    const { exports, key } = openForge();
    const a = await exports([satOf(1)], unlogged);
    const b = await exports([satOf(2)], { header: { replaces: batchId(a.batch) } });
    const c = await exports([satOf(1)], { after: b });
    expect(await together([a, b, c], key)).toEqual([
      'signed-only batch-replaced record-again',
      'proven batch-replaced',
      'proven record-again',
    ]);
  });

  it('of which one is missing in between are remarked', async () => {
    const { exports, key } = openForge();
    const a = await exports([satOf(1)]);
    const b = await exports([satOf(2)], { after: a });
    const c = await exports([satOf(3)], { after: b });
    expect(await together([a, c], key)).toEqual(['proven', 'proven batches-missing']);
  });

  it('that do not follow each other are refused where both are logged, and remarked else', async () => {
    const { exports, key } = openForge();
    const a = await exports([satOf(1)]);
    const follows = { header: { number: 2, previous: '7'.repeat(64) } };
    expect(await together([a, await exports([satOf(2)], follows)], key)).toEqual(['chain-broken', 'chain-broken']);
    expect(await together([a, await exports([satOf(2)], { ...follows, ...unlogged })], key)).toEqual([
      'proven',
      'signed-only batch-unlinked',
    ]);
  });

  it('with one sitting and two results are refused, whoever logged which', async () => {
    const { exports, key } = openForge();
    for (const [first, second] of [
      [{}, {}],
      [unlogged, {}],
      [unlogged, unlogged],
    ]) {
      const a = await exports([satOf(1, { marks: 20 })], first);
      const b = await exports([satOf(1, { marks: 90 })], { after: a, ...second });
      expect(await together([a, b], key)).toEqual(['sitting-repeated', 'sitting-repeated']);
    }
  });

  it('with one sitting that was logged twice are refused', async () => {
    const { exports, key } = openForge();
    const a = await exports([satOf(1)]);
    expect(await together([a, await exports([satOf(1)], { after: a })], key)).toEqual([
      'sitting-repeated',
      'sitting-repeated',
    ]);
  });

  it('with two results of an exam that was moved are remarked', async () => {
    const { exports, key } = openForge();
    const origin = {
      stationId: 'st_other',
      sittingId: 'si_0',
      root: 'si_0',
      ledger: { sequence: 3, head: '4'.repeat(64) },
    };
    const both = await exports([satOf(1, { continues: origin }), satOf(2, { continues: origin })]);
    expect(await together([both], key)).toEqual(['proven exam-twice']);
  });

  it('with another key than before are remarked', async () => {
    const { exports, key, center } = openForge();
    const a = await exports([satOf(1)]);
    const other = openForge();
    const later = { startedAt: '2026-12-01T09:00:00.000Z', submittedAt: '2026-12-01T09:40:00.000Z' };
    const b = await other.exports([satOf(2, later)], { after: a, header: { createdAt: '2026-12-01T09:41:00.000Z' } });
    const certificate = center.certify(other.signer.publicKey, { issuedAt: '2026-12-01T08:45:00.000Z' });
    const receipt = await center.receive(b.batch, '2026-12-01T09:42:00.000Z');
    const mixed = await inLog(center, { ...b.file, centerKey: key, certificate, receipt });
    expect(await together([a, mixed], key)).toEqual(['proven station-key-other', 'proven station-key-other']);
  });

  it('that was logged by a former key after the next was certified is refused', async () => {
    const { exports, center, key } = openForge();
    const other = openForge();
    const a = await exports([satOf(1)], { loggedAt: '2026-12-01T09:00:00.000Z' });
    const b = await other.exports([satOf(2)], { after: a });
    const certificate = center.certify(other.signer.publicKey, { issuedAt: '2026-12-01T08:05:00.000Z' });
    const receipt = await center.receive(b.batch, '2026-12-01T08:43:00.000Z');
    const mixed = await inLog(center, { ...b.file, centerKey: key, certificate, receipt });
    expect(await together([a, mixed], key)).toEqual(['station-key-old', 'proven station-key-other']);
    expect(await together([a], key)).toEqual(['proven']);
  });

  it('that a former key signed behind one of the next is refused', async () => {
    const { exports, center, key } = openForge();
    const other = openForge();
    const b = await other.exports([satOf(2)]);
    const a = await exports([satOf(1)], { after: b });
    const certificate = center.certify(other.signer.publicKey, { issuedAt: '2026-12-01T08:05:00.000Z' });
    const receipt = await center.receive(b.batch, '2026-12-01T08:43:00.000Z');
    const mixed = await inLog(center, { ...b.file, centerKey: key, certificate, receipt });
    expect(await together([a, mixed], key)).toEqual(['station-key-old', 'proven station-key-other']);
  });
});

describe('files that hold by themselves', () => {
  it('stay so beside one that does not, and beside those of another center', async () => {
    const [one, other] = [openForge(), openForge()];
    const a = await one.exports([satOf(1)]);
    const broken = { ...a, text: a.text.replace('"marks":80.5', '"marks":90.5') };
    const elsewhere = await other.exports([satOf(1, { marks: 12 })]);
    expect(await together([a, broken, elsewhere])).toEqual([
      'proven key-self-stated',
      'root-mismatch',
      'proven key-self-stated',
    ]);
    expect(await together([a, elsewhere], one.key)).toEqual(['proven', 'signature-invalid']);
  });
});

describe('a center that shows two logs', () => {
  /** Two logs under one key: in each the other's record was never logged. */
  async function fork() {
    const one = openForge();
    const a = await one.exports([satOf(1)]);
    const { center: other } = openForge(one.centerSecret);
    const { file, batch } = await one.exports([satOf(2)], { after: a });
    const receipt = await other.receive(batch, MORNING.loggedAt);
    return { one, a, b: await inLog(other, { ...file, receipt }) };
  }

  it('of one size is seen where both are at hand, and by neither alone', async () => {
    const { one, a, b } = await fork();
    expect([await together([a], one.key), await together([b], one.key)]).toEqual([['proven'], ['proven']]);
    expect(await together([a, b], one.key)).toEqual(['equivocation', 'equivocation']);
  });

  it('of two sizes is seen where two records stand in one place', async () => {
    const one = openForge();
    const { center: other } = openForge(one.centerSecret);
    const a = await one.exports([satOf(1)]);
    const b = await one.exports([satOf(2)], { after: a });
    const c = await one.exports([satOf(3), satOf(4)], { after: b });
    await inLog(other, { ...a.file, receipt: await other.receive(a.batch) });
    const receipt = await other.receive(c.batch, MORNING.loggedAt);
    const forked = await inLog(other, { ...c.file, receipt });
    const [placeOf, sizeOf] = [
      ({ file }: Exported) => file.receipt?.inclusions[0]?.index,
      ({ file }: Exported) => JSON.parse(payloadIn(file.receipt?.treeHead ?? '')).size,
    ];
    expect([placeOf(b) === placeOf(forked), sizeOf(b) === sizeOf(forked)]).toEqual([true, false]);
    expect(await together([b, forked], one.key)).toEqual(['equivocation', 'equivocation']);
  });
});

it('nothing is said of nothing', async () => {
  expect(await verifyProofFiles([], newSigner().publicKey)).toEqual([]);
});
