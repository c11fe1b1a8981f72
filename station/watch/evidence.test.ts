import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM } from '../../authoring/bank.fixture.ts';
import type { DeskId, IncidentId } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openBench, unusable } from '../run/terminal.fixture.ts';
import { assignmentOf } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

/** An exam that a covered camera has paused. */
async function covered() {
  const bench = openBench();
  await bench.begin();
  bench.show({ ...unusable('no-face'), scene: { mean: 2, contrast: 1 } });
  await bench.reaches('paused', 6_000);
  await bench.settled(2, 10_000);
  const [incident] = bench.sitting.incidents;
  return { bench, incident: incident?.id as IncidentId };
}

describe('a picture', () => {
  it('is kept of how check-in ended and of an incident, its hash in the ledger', async () => {
    const { bench, incident } = await covered();
    const kept = bench.station.ledger
      .ofSitting(bench.sitting.id)
      .flatMap(({ event }) => (event.type === 'kept' ? [event] : []));
    expect(kept.map(({ of }) => of)).toEqual(['check-in', incident]);
    await bench.pass(100);
    expect(bench.incidents).toMatchObject([{ id: incident, pictured: true }]);
  });

  it('is shown at an open desk, and is the one the ledger means', async () => {
    const { bench, incident } = await covered();
    const desk = await bench.openDesk();
    const call = (at: DeskId, incidentId = incident) => bench.call('proctor.picture', { desk: at, incidentId });
    expect(await refusalOf(call('dk_0' as DeskId))).toBe('desk-closed');
    expect(await refusalOf(call(desk, 'in_none' as IncidentId))).toBe('picture-missing');
    const jpeg = Buffer.from((await call(desk)).base64, 'base64');
    expect(sha256(jpeg)).toBe(bench.sitting.pictures.get(incident));
    expect((await sharp(jpeg).metadata()).format).toBe('jpeg');
  });

  it('is there after a power cut, and reaches the page only when it is asked for', async () => {
    const { bench, incident } = await covered();
    await bench.restart();
    const { base64 } = await bench.call('proctor.picture', { desk: await bench.openDesk(), incidentId: incident });
    // Pictures begin alike.
    const said = bench.said.filter((line) => typeof line === 'string' && line.includes(base64.slice(-200)));
    expect(said).toHaveLength(1);
  });

  it('is not kept of whoever declined the camera', async () => {
    const bench = openBench();
    bench.station.terminal.cardRead(assignmentOf().candidates[0]?.number ?? '');
    await bench.reaches('consenting');
    await bench.call('consent', { given: false, locale: 'zh' });
    await bench.reaches('refused');
    for (let n = 0; n < 50; n++) await new Promise(setImmediate);
    expect(bench.sitting.pictures.size).toBe(0);
    expect(bench.station.evidence.usage.bytes).toBe(0);
  });

  it('is kept as long as the exam says', async () => {
    const exams = [{ ...EXAM, evidenceDays: 30 }];
    const bench = openBench({ assignment: assignmentOf({ exams, visitorExamId: null }) });
    await bench.begin();
    const due = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    expect(bench.station.evidence.expired(due(29) as never)).toEqual([]);
    expect(bench.station.evidence.expired(due(31) as never)).toEqual([
      { sitting: bench.sitting.id, pictures: [bench.sitting.pictures.get('check-in')] },
    ]);
  });
});
