import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openBench } from '../run/terminal.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const raised = (bench: ReturnType<typeof openBench>) => bench.screen.view?.called === true;

describe('a hand that is raised', () => {
  it('is seen until a proctor is there, and is nothing of the sitting', async () => {
    const bench = openBench();
    await bench.begin();
    const { sequence } = bench.station.ledger.head();
    await bench.call('call-proctor', { called: true });
    expect(raised(bench)).toBe(true);
    expect(bench.station.ledger.head().sequence).toBe(sequence);
    await bench.act({ kind: 'pause', note: '查看证件' });
    expect(raised(bench)).toBe(false);
  });

  it('stays up where the PIN was nobody’s, and is lowered by whoever raised it', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.call('call-proctor', { called: true });
    expect(await refusalOf(bench.act({ kind: 'pause', note: '查看证件' }, '0000'))).toBe('pin-wrong');
    expect(raised(bench)).toBe(true);
    await bench.call('call-proctor', { called: false });
    expect(raised(bench)).toBe(false);
  });

  it('goes with whoever raised it, and cannot be raised where nobody sits', async () => {
    const bench = openBench();
    expect(await refusalOf(bench.call('call-proctor', { called: true }))).toBe('not-allowed-now');
    await bench.checkIn();
    await bench.call('call-proctor', { called: true });
    expect(raised(bench)).toBe(true);
    await bench.act({ kind: 'send-away', note: '没有带证件' });
    await bench.checkIn();
    expect(raised(bench)).toBe(false);
  });
});
