import { describe, expect, it } from 'vitest';
import { MOCK } from '../../../authoring/bank.fixture.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import { activeMs, replay, type SittingEvent } from './index.ts';
import {
  answer,
  capture,
  DURATION_MS,
  drawn,
  FORM,
  judge,
  openSeated,
  option,
  PROCTOR,
  SAMPLES,
  WAYS,
  WHO,
} from './sitting.fixture.ts';
import { STAGES } from './sitting.ts';

describe('the seat', () => {
  it('is empty at first and takes nobody’s commands', () => {
    const { seat } = openSeated();
    expect(seat.current).toBeUndefined();
    expect(seat.remainingMs()).toBe(0);
    expect(reasonOf(() => seat.execute(SAMPLES.consent))).toBe('not-allowed-now');
  });

  it.each(STAGES)('that is taken (%s) is given to another only once the sitting is over', (stage) => {
    const over = stage === 'recorded' || stage === 'closed';
    expect(reasonOf(() => openSeated(stage).seat.open(WHO))).toBe(over ? 'ok' : 'not-allowed-now');
    expect(reasonOf(() => openSeated(stage).seat.leave())).toBe(over ? 'ok' : 'not-allowed-now');
  });

  it('begins each sitting afresh', () => {
    const station = openSeated('closed');
    const { id } = station.sitting;
    station.seat.open(WHO);
    expect(station.sitting).toMatchObject({ stage: 'consenting', failedCaptures: 0, incidents: [] });
    expect(station.sitting.id).not.toBe(id);
  });

  it('tells its listeners once a change is written down, and not of a refusal', async () => {
    const station = openSeated('consenting');
    const heard: unknown[] = [];
    station.seat.onChange(() => heard.push([station.sitting.stage, station.ledger.head().sequence]));
    reasonOf(() => station.seat.execute(SAMPLES.answer));
    station.seat.execute(SAMPLES.consent);
    await new Promise(setImmediate);
    expect(heard).toEqual([['capturing', 2]]);
  });

  it('is what its entries make it, at every stage', () => {
    for (const stage of STAGES) {
      const { ledger, sitting } = openSeated(stage);
      expect(replay(ledger.ofSitting(sitting.id))).toEqual(sitting);
    }
  });
});

describe('the exam clock', () => {
  it('runs while in progress and at no other time', () => {
    const station = openSeated('consenting');
    for (const command of WAYS['in-progress']) {
      station.clock.advance(5_000);
      station.seat.execute(command);
    }
    expect(station.seat.remainingMs()).toBe(DURATION_MS);
    station.clock.advance(7_000);
    expect(station.seat.remainingMs()).toBe(DURATION_MS - 7_000);
    station.seat.execute(SAMPLES.interrupt);
    station.clock.advance(100_000);
    expect(station.seat.remainingMs()).toBe(DURATION_MS - 7_000);
    station.seat.execute(SAMPLES.resume);
    station.clock.advance(1_000);
    station.seat.execute(SAMPLES.submit);
    station.clock.advance(100_000);
    expect(station.seat.remainingMs()).toBe(DURATION_MS - 8_000);
  });

  it('does not run backwards and does not go below nothing', () => {
    const station = openSeated('in-progress');
    station.clock.advance(DURATION_MS + 5_000);
    expect(station.seat.remainingMs()).toBe(0);
    expect(activeMs({ activeMs: 50, runningSince: { boot: 'a', monotonic: 100 } }, 'a', 40)).toBe(50);
  });

  it('counts nothing of another boot, whatever the monotonic times look like', () => {
    expect(activeMs({ activeMs: 50, runningSince: { boot: 'a', monotonic: 100 } }, 'b', 100_000)).toBe(50);
    expect(activeMs({ activeMs: 50, runningSince: null }, 'a', 100_000)).toBe(50);
  });
});

describe('a station that lost its power', () => {
  it('takes an exam in progress up as paused, with the reason, and gives the outage back', () => {
    const station = openSeated('in-progress');
    station.clock.advance(30_000);
    station.seat.execute(answer(drawn(0).itemId, [option(0, 0)], 1));
    station.restart();
    expect(station.sitting).toMatchObject({
      stage: 'paused',
      pauseReason: 'station-restarted',
      incidents: [{ reason: 'station-restarted', paused: true }],
    });
    station.clock.advance(60_000);
    expect(station.seat.remainingMs()).toBe(DURATION_MS - 30_000);
    station.seat.execute(judge('match'));
    expect(station.sitting.stage).toBe('in-progress');
  });

  it('has every answer that was acknowledged', () => {
    const station = openSeated('in-progress');
    const acknowledged = [0, 5, 12].map((at) => {
      station.seat.execute(answer(drawn(at).itemId, [option(at, 1)], at + 1));
      return [drawn(at).itemId, { chosen: [option(at, 1)], revision: at + 1 }];
    });
    station.seat.execute({ kind: 'flag', itemId: drawn(3).itemId, flagged: true });
    station.restart();
    expect([...station.sitting.answers]).toEqual(acknowledged);
    expect([...station.sitting.flags]).toEqual([drawn(3).itemId]);
  });

  it.each(STAGES.filter((stage) => !['awaiting-unlock', 'in-progress', 'recorded', 'closed'].includes(stage)))(
    'takes a sitting that was %s up as it was',
    (stage) => {
      const station = openSeated(stage);
      const before = station.sitting;
      station.restart();
      expect(station.sitting).toEqual(before);
    },
  );

  it('looks once more at whom the camera had verified: somebody else may sit there now', () => {
    const station = openSeated('awaiting-unlock');
    station.restart();
    expect(station.sitting.stage).toBe('capturing');
    expect(station.sitting.identity).toBeUndefined();
  });

  it.each(['recorded', 'closed'] as const)('has an empty seat where the last sitting was %s', (stage) => {
    const station = openSeated(stage);
    station.restart();
    expect(station.seat.current).toBeUndefined();
  });

  it('counts failed captures on: an outage is no new set of tries', () => {
    const station = openSeated('capturing');
    for (let n = 0; n < 2; n++) station.seat.execute(judge('mismatch'));
    station.restart();
    station.seat.execute(judge('mismatch'));
    expect(station.sitting.stage).toBe('refused');
  });

  it('again and again notes each outage and loses no time to any', () => {
    const station = openSeated('in-progress');
    for (let n = 0; n < 3; n++) {
      station.clock.advance(10_000);
      station.seat.execute(judge('match'));
      station.restart();
      station.seat.execute(SAMPLES.resume);
    }
    expect(station.sitting.incidents.map(({ reason }) => reason)).toEqual(Array(3).fill('station-restarted'));
    expect(station.seat.remainingMs()).toBe(DURATION_MS - 30_000);
  });
});

describe('where a sitting is shown', () => {
  const told = (station: ReturnType<typeof openSeated>) =>
    station.ledger
      .ofSitting(station.sitting.id)
      .flatMap(({ event }) => ('host' in event ? [event.type, event.host] : []));

  it('is written down when it begins', () => {
    const station = openSeated('in-progress');
    expect(told(station)).toEqual(['unlocked', 'kiosk']);
    expect(station.sitting).toMatchObject({ host: 'kiosk', hosts: ['kiosk'] });
  });

  it('is written down again where it is another one after a restart, and only then', () => {
    const station = openSeated('in-progress', MOCK);
    station.restart();
    station.restart('browser');
    station.restart('browser');
    station.restart();
    expect(told(station)).toEqual(['unlocked', 'kiosk', 'hosted', 'browser', 'hosted', 'kiosk']);
    expect(station.sitting).toMatchObject({ host: 'kiosk', hosts: ['kiosk', 'browser'] });
  });

  it.each(STAGES.filter((stage) => !['in-progress', 'paused', 'locked'].includes(stage)))(
    'is no news where it is not under way but %s',
    (stage) => {
      const station = openSeated(stage, MOCK);
      station.restart('browser');
      expect(station.ledger.sittings().flatMap((id) => station.ledger.ofSitting(id))).not.toContainEqual(
        expect.objectContaining({ event: { type: 'hosted', host: 'browser' } }),
      );
    },
  );

  it('stays unknown of a sitting whose beginning does not say so, whatever comes later', () => {
    const station = openSeated('consenting', MOCK);
    for (const event of unsaidBeginning()) station.ledger.append(station.sitting.id, [event]);
    station.restart('browser');
    expect(station.sitting).toMatchObject({ stage: 'paused', host: 'browser' });
    expect(station.sitting.hosts).toBeUndefined();
  });
});

/** As it was written down before anybody said where it is shown. */
function unsaidBeginning(): readonly SittingEvent[] {
  return [
    { type: 'consent-given', locale: 'zh' },
    { type: 'captured', purpose: 'check-in', capture: capture('match') },
    { type: 'verified' },
    { type: 'unlocked', by: PROCTOR, durationMs: DURATION_MS, form: FORM },
  ];
}
