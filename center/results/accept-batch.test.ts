import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Batch, Receipt } from '../../contract/records/batches.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { batchId, canonicalJson, verifyProofFile, verifyReceipt } from '../../proof/index.ts';
import { sealed } from '../../proof/proof.fixture.ts';
import {
  addOtherTenant,
  batchOf,
  enrolStation,
  newCode,
  openTestCenter,
  recordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';

let open: TestCenter;
let station: TestStation;

beforeAll(async () => {
  open = await openTestCenter();
});
beforeEach(async () => {
  station = await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken));
});
afterAll(() => open.close());

const post = (batch: Batch, from = station) => from.call('POST', paths.batches, batch);
const bearer = () => ({ authorization: `Bearer ${open.secrets.operatorToken}` });

async function logSize(): Promise<unknown> {
  return (
    await open.center.db.query(
      'SELECT log_size, (SELECT count(*)::int FROM log_nodes WHERE level = 0) AS leaves FROM center',
    )
  )[0];
}

/** Refused with this reason, and nothing of it is stored. */
async function expectRefusal(batch: Batch, status: number, reason: string): Promise<void> {
  const before = await logSize();
  const reply = await post(batch);
  expect([reply.statusCode, reply.json().reason]).toEqual([status, reason]);
  expect(await logSize()).toEqual(before);
}

describe('a batch is logged', () => {
  test('and the receipt proves it; asked again, byte for byte the same', async () => {
    const batch = await batchOf(station, [recordOf(station), recordOf(station), recordOf(station)]);
    const reply = await post(batch);
    expect(reply.statusCode).toBe(200);
    expect(verifyReceipt(Receipt.parse(reply.json()), sealed(batch), station.centerKey).ok).toBe(true);
    expect((await post(batch)).body).toBe(reply.body);
  });

  test('and the next one follows it, with an older receipt still true', async () => {
    const first = await batchOf(station, [recordOf(station)]);
    const receipt = Receipt.parse((await post(first)).json());
    const second = await batchOf(station, [recordOf(station), recordOf(station)], { number: 1, batch: first });
    expect(verifyReceipt(Receipt.parse((await post(second)).json()), sealed(second), station.centerKey).ok).toBe(true);
    expect(verifyReceipt(receipt, sealed(first), station.centerKey).ok).toBe(true);
    expect((await post(first)).json()).toEqual(receipt);
  });

  test('and the operator can download it as a proof file', async () => {
    const records = [
      recordOf(station, { marks: 90.5 }),
      recordOf(station, {
        identity: { how: 'overridden', by: 'pr_demo-1', note: '照片"旧"\u0000', reason: 'mismatch' },
      }),
    ];
    const batch = await batchOf(station, records);
    await post(batch);
    const [row] = await open.center.db.query('SELECT id FROM batches WHERE station_id = $1', [station.stationId]);
    const reply = await open.app.inject({ url: `/proof/${row?.id}`, headers: bearer() });
    expect(reply.headers['content-disposition']).toBe(`attachment; filename="${station.stationId}-1.proof.json"`);
    const checked = await verifyProofFile(reply.rawPayload, open.secrets.centerKey);
    expect(checked).toMatchObject({
      ok: true,
      summary: { records: 2, batch: 1, receipt: 'verified', trust: 'pinned' },
    });
    const other = await addOtherTenant(open);
    const foreign = await open.app.inject({
      url: `/proof/${row?.id}`,
      headers: { authorization: `Bearer ${other.token}` },
    });
    expect([foreign.statusCode, (await open.app.inject(`/proof/${row?.id}`)).statusCode]).toEqual([404, 404]);
  });

  test('once, however many post it at once; and stations posting at once share one log', async () => {
    const others = await Promise.all(
      [1, 2, 3].map(async () => enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken))),
    );
    const posts = await Promise.all(
      [station, ...others].map(async (from) => ({
        from,
        batch: await batchOf(from, [recordOf(from), recordOf(from), recordOf(from)]),
      })),
    );
    const before = (await logSize()) as { leaves: number };
    const replies = await Promise.all([...posts, ...posts, ...posts].map(({ from, batch }) => post(batch, from)));
    expect(await logSize()).toEqual({ log_size: before.leaves + 12, leaves: before.leaves + 12 });
    for (const [at, { batch }] of posts.entries()) {
      const bodies = new Set([at, at + 4, at + 8].map((index) => replies[index]?.body));
      expect(bodies.size).toBe(1);
      expect(verifyReceipt(Receipt.parse(replies[at]?.json()), sealed(batch), station.centerKey).ok).toBe(true);
    }
  });

  test('and two different next batches at once: one is', async () => {
    const rivals = await Promise.all([1, 2].map(() => batchOf(station, [recordOf(station)])));
    const replies = await Promise.all(rivals.map((batch) => post(batch)));
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  });

  test('and one that goes in the place of another that was refused, which it names', async () => {
    const logged = recordOf(station);
    const first = await batchOf(station, [logged]);
    await post(first);
    const [poison, good] = [{ ...logged, marks: 100 }, recordOf(station)];
    const refused = await batchOf(station, [poison, good], { number: 1, batch: first });
    await expectRefusal(refused, 422, 'batch-invalid');
    const replaces = batchId(refused);
    const instead = await batchOf(station, [good], { number: 1, batch: first }, { replaces });
    expect((await post(instead)).statusCode).toBe(200);
    await expectRefusal(refused, 409, 'chain-broken');
    expect((await post(await batchOf(station, [recordOf(station)], { number: 2, batch: instead }))).statusCode).toBe(
      200,
    );
  });

  test('with some hundred records at once', async () => {
    const batch = await batchOf(
      station,
      Array.from({ length: 300 }, () => recordOf(station, { candidateId: 'cd_many' })),
    );
    expect(canonicalJson(batch).length).toBeGreaterThan(2 ** 18);
    const receipt = Receipt.parse((await post(batch)).json());
    expect(verifyReceipt(receipt, sealed(batch), station.centerKey).ok).toBe(true);
  });

  test('and formal records use up attempts, others do not', async () => {
    const numberOfAttempts = async () => {
      return (await station.assignment()).candidates.find(({ id }) => id === 'cd_demo-5')?.attemptsUsed;
    };
    const formal = recordOf(station, { candidateId: 'cd_demo-5' });
    const practice = recordOf(station, { candidateId: 'cd_demo-5', exam: { ...formal.exam, mode: 'mock' } });
    const before = await numberOfAttempts();
    await post(await batchOf(station, [formal, practice]));
    expect([before, await numberOfAttempts()]).toEqual([0, 1]);
  });
});

describe('a batch is refused', () => {
  test('where a record was changed after it was signed', async () => {
    const batch = await batchOf(station, [recordOf(station, { marks: 12, passed: false })]);
    await expectRefusal(
      { ...batch, records: batch.records.map((record) => ({ ...record, marks: 92, passed: true })) },
      422,
      'root-mismatch',
    );
    await expectRefusal({ ...batch, records: [...batch.records, recordOf(station)] }, 422, 'root-mismatch');
  });

  test('where another key signed it', async () => {
    const other = await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken));
    await expectRefusal(
      await batchOf({ ...station, signer: other.signer }, [recordOf(station)]),
      422,
      'signature-invalid',
    );
  });

  test('where it is of another station or tenant', async () => {
    await expectRefusal(
      await batchOf(station, [recordOf({ ...station, tenantId: 'tn_other' as never })]),
      422,
      'batch-invalid',
    );
    await expectRefusal(
      await batchOf(station, [recordOf({ ...station, stationId: 'st_other' as never })]),
      422,
      'batch-invalid',
    );
    await expectRefusal(
      await batchOf(station, [recordOf(station)], null, { stationId: 'st_other' as never }),
      422,
      'batch-invalid',
    );
  });

  test('where it does not follow the last one', async () => {
    const first = await batchOf(station, [recordOf(station)]);
    await expectRefusal(await batchOf(station, [recordOf(station)], { number: 1, batch: first }), 409, 'chain-broken');
    await post(first);
    const stray = await batchOf(station, [recordOf(station)]);
    await expectRefusal(stray, 409, 'chain-broken');
    await expectRefusal(await batchOf(station, [recordOf(station)], { number: 1, batch: stray }), 409, 'chain-broken');
    await expectRefusal(await batchOf(station, [recordOf(station)], { number: 2, batch: first }), 409, 'chain-broken');
  });

  test('where a sitting of it is logged already, or twice in it', async () => {
    const record = recordOf(station);
    const first = await batchOf(station, [record]);
    await post(first);
    const better = { ...record, marks: 100 };
    await expectRefusal(
      await batchOf(station, [recordOf(station), better], { number: 1, batch: first }),
      422,
      'batch-invalid',
    );
    const twice = recordOf(station);
    await expectRefusal(await batchOf(station, [twice, twice], { number: 1, batch: first }), 422, 'batch-invalid');
  });

  test('where it is no batch', async () => {
    const batch = await batchOf(station, [recordOf(station)]);
    await expectRefusal({ ...batch, note: 'x' } as Batch, 400, 'bad-message');
    await expectRefusal({ ...batch, records: [] }, 400, 'bad-message');
    const halfPair = batch.records.map((record) => ({ ...record, exam: { ...record.exam, title: { zh: '\ud800' } } }));
    await expectRefusal({ ...batch, records: halfPair } as Batch, 400, 'bad-message');
    const ofLater = batch.records.map((record) => ({ ...record, format: 'exam-station/record@99', mood: 'calm' }));
    await expectRefusal({ ...batch, records: ofLater } as unknown as Batch, 422, 'format-unknown');
  });
});

test('an operator cannot post one', async () => {
  const batch = await batchOf(station, [recordOf(station)]);
  const reply = await open.app.inject({ method: 'POST', url: paths.batches, payload: batch, headers: bearer() });
  expect(reply.statusCode).toBe(401);
});
