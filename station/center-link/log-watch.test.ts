import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { certificateEntry } from '../../contract/log/entries.ts';
import { Receipt } from '../../contract/records/batches.ts';
import { Sha256 } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { leafHash, verifyProofFile } from '../../proof/index.ts';
import { openSmallLog, type SmallLog } from '../../proof/log.fixture.ts';
import { AT, newSigner, openTinyCenter, recordOf, STATION } from '../../proof/proof.fixture.ts';
import { sealEntry } from '../../proof/transparency/index.ts';
import { openDatabase } from '../core/database/index.ts';
import { behindMs, openCenterTime } from '../keep/center-time/index.ts';
import { openLogHeads } from '../keep/log-heads/index.ts';
import { openOutbox } from '../keep/outbox/index.ts';
import { manualClock } from '../station.fixture.ts';
import { openLogClient } from './log-client.ts';
import { openLogWatch } from './log-watch.ts';

/** A station that is enrolled, and a center that shows it whichever log it wants. */
async function prepare(count = 4) {
  const center = openTinyCenter();
  const signer = newSigner();
  const enrolment = center.enrol(signer.publicKey);
  const log = openSmallLog(center.signer, [
    ...Array.from({ length: count }, (_, n) => leafHash(`leaf ${n}`)),
    sealEntry(certificateEntry(enrolment.certificate)).leaf,
  ]);
  await log.ready;
  const shown: { log: SmallLog; size?: number | undefined; time?: string; older?: boolean; cut?: boolean } = { log };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://center');
    const json = (status: number, body: object) => response.writeHead(status).end(JSON.stringify(body));
    const now = shown.log;
    const size = shown.size ?? now.leaves.length;
    if (shown.older) return json(404, { reason: 'method-unknown' });
    if (pathname === '/v1/log/head') return json(200, { treeHead: await now.treeHead(size, shown.time) });
    if (shown.cut) return response.destroy();
    const [from, to] = [Number(searchParams.get('from')), Number(searchParams.get('to'))];
    if (to > size) return json(404, { reason: 'log-shorter' });
    if (pathname === '/v1/log/consistency') return json(200, { path: await now.consistency(from, to) });
    return json(200, {
      checkpoint: await now.checkpoint(),
      consistency: await now.consistency(Number(searchParams.get('size'))),
      inclusions: [await now.inclusion(count)],
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const database = openDatabase(':memory:');
  const clock = manualClock();
  const [heads, outbox] = [openLogHeads(database, clock), openOutbox(database, clock)];
  const append = vi.fn(() => []);
  const centerTime = openCenterTime(database);
  const look = openLogWatch({
    ...{ heads, outbox, centerTime, ledger: { append }, onChange: () => undefined },
    identity: { enrolment, certificates: [enrolment.certificate] },
    grants: { jwsOf: () => undefined },
    client: openLogClient(url, () => enrolment.centerKey),
    log: pino({ level: 'silent' }),
  });
  const why = () => heads.contradictions().map((one) => one.why);
  /** Another log of the same center. */
  const other = async (leaves: readonly Uint8Array[]) => {
    const made = openSmallLog(center.signer, leaves);
    await made.ready;
    return made;
  };
  return { center, signer, enrolment, log, shown, heads, outbox, append, look, why, other, count, clock, centerTime };
}

describe('the log of a center', () => {
  it('that only grows is seen to', async () => {
    const { log, heads, look, why } = await prepare();
    await look();
    for (const n of [1, 2, 3]) {
      for (let more = 0; more < n; more++) await log.add(leafHash(`more ${n} ${more}`));
      await look();
    }
    expect(heads.last?.size).toBe(log.leaves.length);
    expect(why()).toEqual([]);
  });

  it.each<[string, string, (made: Awaited<ReturnType<typeof prepare>>) => Promise<void>]>([
    [
      'of the same size is another',
      'two-trees',
      async ({ shown, log, other }) => {
        shown.log = await other(log.leaves.with(1, leafHash('rewritten')));
      },
    ],
    [
      'grew from another',
      'no-way',
      async ({ shown, log, other }) => {
        shown.log = await other([...log.leaves.with(1, leafHash('rewritten')), leafHash('more')]);
      },
    ],
    [
      'was rolled back',
      'shorter',
      async ({ shown }) => {
        Object.assign(shown, { size: 3, time: '2026-03-04T05:07:08.890Z' });
      },
    ],
    [
      'is dated backwards',
      'time',
      async ({ shown, log }) => {
        await log.add(leafHash('more'));
        shown.time = '2026-03-04T04:00:00.000Z';
      },
    ],
    [
      'is dated backwards, with a checkpoint between that has no time,',
      'time',
      async ({ shown, log, heads }) => {
        await log.add(leafHash('more'));
        const { size, root } = await log.head();
        const hex = Sha256.parse(Buffer.from(root).toString('hex'));
        heads.advance({ text: await log.checkpoint(), size, root: hex, at: null });
        await log.add(leafHash('and more'));
        shown.time = '2026-03-04T04:00:00.000Z';
      },
    ],
  ])('that %s is said once, with both heads', async (_, expected, change) => {
    const made = await prepare();
    await made.look();
    const before = made.heads.last;
    await change(made);
    await made.look();
    await made.look();
    expect(made.why()).toEqual([expected]);
    const [found] = made.heads.contradictions();
    expect([found?.first.text, found?.second.text]).not.toContain(undefined);
    expect(found?.first).toEqual(before);
    expect(made.append.mock.calls).toEqual([
      [null, [{ type: 'noted', reason: expected === 'time' ? 'log-time' : 'log-forked' }]],
    ]);
    if (expected !== 'time') expect(made.heads.last).toEqual(before);
  });

  it('is dated ahead of a clock here that is slow: that is said of the clock, and nothing of the center', async () => {
    const { shown, log, look, why, append, clock, centerTime } = await prepare();
    await look();
    await log.add(leafHash('more'));
    shown.time = '2026-03-04T09:00:00.000Z';
    await look();
    expect([why(), append.mock.calls]).toEqual([[], []]);
    expect(behindMs(clock.wall(), centerTime.newest)).toBe(Date.parse(shown.time) - Date.parse(clock.wall()));
  });

  it.each<[string, { size?: number; time: string }]>([
    ['smaller, and of an hour ago', { size: 3, time: '2026-03-04T04:00:00.000Z' }],
    ['smaller, and of the same moment', { size: 3, time: AT }],
    ['as large, and of an hour ago', { time: '2026-03-04T04:00:00.000Z' }],
  ])(
    'is shown again as it was before by whoever is on the line (%s): nothing is said, and it is seen to later',
    async (_, older) => {
      const { shown, log, heads, look, why, append } = await prepare();
      await look();
      const before = heads.last;
      Object.assign(shown, older);
      await look();
      expect([why(), append.mock.calls, heads.last, heads.held()]).toEqual([[], [], before, []]);
      Object.assign(shown, { size: undefined, time: undefined });
      await log.add(leafHash('more'));
      await look();
      expect([why(), heads.last?.size]).toEqual([[], log.leaves.length]);
    },
  );

  it('is held until there is a line, and looked at then', async () => {
    const { log, shown, heads, look, why, other } = await prepare();
    await look();
    const honest = shown.log;
    shown.log = await other([...log.leaves.with(1, leafHash('rewritten')), leafHash('more')]);
    shown.cut = true;
    await expect(look()).rejects.toBeInstanceOf(Refusal);
    expect(heads.held()).toHaveLength(1);
    expect(heads.heldSince).toBeDefined();
    Object.assign(shown, { cut: false, log: honest });
    await honest.add(leafHash('more'));
    await look();
    // The center went back to its first log, and what it signed meanwhile does not fit.
    expect(why()).toEqual(['two-trees']);
    expect(heads.held()).toEqual([]);
  });

  it('that an older center does not show is not asked for', async () => {
    const { shown, heads, look } = await prepare();
    shown.older = true;
    await look();
    expect(heads.last).toBeUndefined();
  });
});

describe('a receipt', () => {
  /** A batch whose receipt is of this log. */
  async function settled({ outbox, signer, log }: Awaited<ReturnType<typeof prepare>>, at = log) {
    outbox.add(recordOf(1));
    await outbox.seal(STATION, signer);
    const [batch] = outbox.waiting();
    if (!batch) throw new Error('nothing waits');
    const index = await at.add((batch.records[0] as { leaf: Uint8Array }).leaf);
    const inclusions = [await at.inclusion(index)];
    outbox.settle(
      batch,
      Receipt.parse({ format: 'exam-station/receipt@1', treeHead: await at.treeHead(), inclusions }),
    );
  }

  it('gets its place in the log, and the proof shows it', async () => {
    const made = await prepare();
    await settled(made);
    await made.log.add(leafHash('more'));
    await made.look();
    const { certificate, centerKey } = made.enrolment;
    const text = made.outbox.proofFile(1, certificate, centerKey) ?? '';
    expect(text).toContain('exam-station/proof@3');
    expect(await verifyProofFile(Buffer.from(text), centerKey)).toMatchObject({
      ok: true,
      summary: { receipt: 'verified', log: { size: made.log.leaves.length } },
    });
    expect(made.outbox.unshown()).toEqual([]);
  });

  it('without it still makes a proof, as before', async () => {
    const made = await prepare();
    await settled(made);
    const { certificate, centerKey } = made.enrolment;
    expect(made.outbox.proofFile(1, certificate, centerKey)).toContain('exam-station/proof@1');
  });

  it('of a log that others do not see is found out', async () => {
    const made = await prepare();
    await settled(made, await made.other(made.log.leaves));
    await made.log.add(leafHash('what others see'));
    await made.look();
    expect(made.why()).toEqual(['two-trees']);
  });
});
