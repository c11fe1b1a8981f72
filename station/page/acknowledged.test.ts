import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ActId } from '../../contract/words/ids.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openBench } from '../run/terminal.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const broken = (): never => {
  throw new Error('a full disk');
};

/** Whatever hangs on a change fails from now on: whoever listens, the view, pictures, what the center has said. */
function breakListeners({ station }: ReturnType<typeof openBench>): void {
  for (const listen of [station.seat.onChange, station.seat.onSettled, station.shown.on]) listen(broken);
  vi.spyOn(station.outbox, 'receiptOf').mockImplementation(broken);
  vi.spyOn(station.codes, 'isOpen').mockImplementation(broken);
  vi.spyOn(station.evidence, 'put').mockImplementation(broken);
  vi.spyOn(station.mistakes, 'note').mockImplementation(broken);
  vi.spyOn(station.proctors, 'haveBadges', 'get').mockImplementation(broken);
}

const saidBy = (bench: ReturnType<typeof openBench>) =>
  bench.said.filter((line) => typeof line === 'string').map((line) => JSON.parse(line as string));

describe('an act that is in the ledger', () => {
  it('is answered with ok whatever fails of what hangs on it, and is there once', async () => {
    const bench = openBench();
    const form = await bench.begin();
    breakListeners(bench);
    const [first] = form.items;
    if (!first) throw new Error('no items');
    const before = bench.station.ledger.head().sequence;
    const answer = { itemId: first.itemId, chosen: first.options.slice(0, 1).map(({ id }) => id), revision: 1 };
    const outcomes = [
      await refusalOf(bench.call('answer', answer)),
      await refusalOf(bench.call('flag', { itemId: first.itemId, flagged: true })),
      await refusalOf(bench.act({ kind: 'extend', minutes: 5, note: '读题慢' })),
      await refusalOf(bench.act({ kind: 'pause', note: '查看证件' })),
      await refusalOf(bench.act({ kind: 'resume' })),
      await refusalOf(bench.call('hand-in', {})),
    ];
    expect(outcomes).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok']);
    const events = bench.station.ledger.ofSitting(bench.sitting.id).filter(({ sequence }) => sequence > before);
    const asked = ['answered', 'flagged', 'extended', 'paused', 'resumed', 'submitted'];
    expect(events.map(({ event }) => event.type).filter((type) => asked.includes(type))).toEqual(asked);
    // What hung on it was told of, and tried: the sitting is marked and has its record.
    await bench.pass(10_000);
    expect(bench.sitting.stage).toBe('recorded');
    expect(bench.logged.some((line) => line.includes('a full disk'))).toBe(true);
  });

  it('is acknowledged before anything else is said of it', async () => {
    const bench = openBench();
    await bench.begin();
    const from = saidBy(bench).length;
    await bench.call('hand-in', {});
    const said = saidBy(bench).slice(from);
    expect(said.map((line) => ('event' in line ? line.event : 'answer'))).toEqual(['answer', 'view']);
  });

  it('is no news to the page where only its clock has run on', async () => {
    const bench = openBench();
    const { items } = await bench.begin();
    const [first] = items;
    if (!first) throw new Error('no items');
    await bench.pass(400);
    const views = () => saidBy(bench).filter((line) => line.event === 'view').length;
    const before = views();
    for (let revision = 1; revision <= 5; revision++)
      await bench.call('answer', { itemId: first.itemId, chosen: [], revision });
    expect(views()).toBe(before);
  });

  it('asked again by the same name changes nothing: time is given once', async () => {
    const bench = openBench();
    await bench.begin();
    const act = ActId.parse('ac_1');
    const extend = async () => {
      const desk = await bench.openDesk();
      return bench.call('proctor.act', { desk, act, action: { kind: 'extend', minutes: 5, note: '读题慢' } });
    };
    const before = bench.station.seat.remainingMs();
    expect([await refusalOf(extend()), await refusalOf(extend())]).toEqual(['ok', 'ok']);
    expect(bench.station.seat.remainingMs() - before).toBe(300_000);
    // Also after the power went meanwhile: what was done is in the ledger.
    await bench.restart();
    await bench.pass(50);
    expect(await refusalOf(extend())).toBe('ok');
    expect(bench.sitting.extraMs).toBe(300_000);
    // Another name is another act.
    await bench.act({ kind: 'extend', minutes: 5, note: '读题慢' });
    expect(bench.sitting.extraMs).toBe(600_000);
  });
});
