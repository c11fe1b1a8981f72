import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MOCK } from '../../authoring/bank.fixture.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { IDLE, openBench, person, STRANGER, THIRD, unusable } from '../run/terminal.fixture.ts';
import { assignmentOf, EMBEDDER } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

type Bench = ReturnType<typeof openBench>;
const agree = { given: true, locale: 'zh' } as const;
const decline = { given: false, locale: 'zh' } as const;

/** A visitor agrees, once, is enrolled, and known again in the check-in that follows. */
async function enrol(bench: Bench): Promise<void> {
  bench.show(person(THIRD));
  await bench.pass(10);
  await bench.call('enrol.begin', {});
  await bench.call('enrol.consent', agree);
  await bench.reaches('awaiting-unlock');
}
const isKnown = (bench: Bench, id: Bench['sitting']['candidateId']): boolean =>
  bench.station.roster.find(id) !== undefined || bench.station.roster.template(id, EMBEDDER) !== undefined;

describe('a visitor', () => {
  it('enrols, checks in, practises without a proctor, and is erased on leaving', async () => {
    const bench = openBench();
    await enrol(bench);
    expect(bench.stage).toMatchObject({ who: { number: '', visitor: true }, exam: { id: MOCK.id, mode: 'mock' } });
    const { candidateId } = bench.sitting;
    expect(isKnown(bench, candidateId)).toBe(true);
    await bench.call('begin', {});
    await bench.reaches('in-progress');
    await bench.call('hand-in', {});
    await bench.reaches('result');
    await bench.call('leave', {});
    await bench.reaches('idle');
    expect(isKnown(bench, candidateId)).toBe(false);
  });

  it('is shown how far the enrolment is', async () => {
    const bench = openBench();
    bench.show(unusable('face-too-small'));
    await bench.call('enrol.begin', {});
    expect(await bench.reaches('enrolling')).toMatchObject({ step: 'consent' });
    await bench.call('enrol.consent', agree);
    await bench.pass(300);
    expect(bench.stage).toMatchObject({
      stage: 'capturing',
      purpose: 'enrolment',
      progress: 0,
      advice: 'face-too-small',
    });
  });

  it('whose place another takes is found out', async () => {
    const bench = openBench();
    await enrol(bench);
    await bench.call('begin', {});
    bench.show(person(STRANGER));
    expect(await bench.reaches('paused', 40_000)).toMatchObject({ reason: 'mismatch' });
  });

  it('who declines is not looked at', async () => {
    const bench = openBench();
    let looks = 0;
    bench.show(() => {
      looks += 1;
      return person(THIRD);
    });
    await bench.call('enrol.begin', {});
    await bench.call('enrol.consent', decline);
    await bench.pass(5_000);
    expect([looks, bench.stage.stage]).toEqual([0, 'idle']);
  });

  it('who declined is not held up to the next candidate for ever', async () => {
    const bench = openBench();
    await bench.call('enrol.begin', {});
    await bench.call('enrol.consent', decline);
    await bench.pass(60_000);
    expect(bench.stage).toEqual(IDLE);
  });

  it('who declined does not keep the next candidate from hearing what is wrong', async () => {
    const bench = openBench();
    await bench.call('enrol.begin', {});
    await bench.call('enrol.consent', decline);
    await bench.pass(1_000);
    bench.station.terminal.cardRead('440524188001010022');
    await bench.pass(10);
    expect(bench.stage).toEqual({ ...IDLE, notice: 'not-on-roster' });
  });

  it.each([
    ['is not there', unusable('no-face'), 'no-face'],
    ['is not alone', unusable('several-faces'), 'several-faces'],
    ['is a picture', person(THIRD, 0.05), 'not-live'],
  ] as const)('who %s is not enrolled, is told why and may try again', async (_, scene, reason) => {
    const bench = openBench();
    bench.show(scene);
    await bench.call('enrol.begin', {});
    await bench.call('enrol.consent', agree);
    await bench.pass(40_000);
    expect(bench.stage).toEqual({ stage: 'enrolling', step: 'failed', notice: reason });
    bench.show(person(THIRD));
    await bench.call('enrol.consent', agree);
    await bench.reaches('awaiting-unlock');
  });

  it('without models or without an exam is told so', async () => {
    const blind = openBench({ models: 'missing' });
    await blind.call('enrol.begin', {});
    await blind.call('enrol.consent', agree);
    await blind.pass(100);
    expect(blind.stage).toMatchObject({ stage: 'enrolling', step: 'failed', notice: 'models-missing' });
    const closed = openBench({ assignment: assignmentOf({ visitorExamId: null }) });
    expect(await refusalOf(closed.call('enrol.begin', {}))).toBe('no-exam');
  });

  it('without a camera is told that it is missing, not that it was lost', async () => {
    const bench = openBench();
    await bench.call('camera.report', { state: 'missing' });
    bench.screen.camera = 'dark';
    await bench.call('enrol.begin', {});
    await bench.call('enrol.consent', agree);
    await bench.pass(10_000);
    expect(bench.stage).toMatchObject({ stage: 'enrolling', step: 'failed', notice: 'camera-missing' });
  });

  it('may leave instead of practising', async () => {
    const bench = openBench();
    await enrol(bench);
    const { candidateId } = bench.sitting;
    await bench.call('leave', {});
    await bench.reaches('idle');
    expect(isKnown(bench, candidateId)).toBe(false);
  });

  it('does not take the seat of somebody who sits there', async () => {
    const bench = openBench();
    await bench.begin();
    expect(await refusalOf(bench.call('enrol.begin', {}))).toBe('not-allowed-now');
    expect(await refusalOf(bench.call('enrol.consent', agree))).toBe('not-allowed-now');
  });

  it('keeps the seat while enrolling: a card changes nothing', async () => {
    const bench = openBench();
    await bench.call('enrol.begin', {});
    bench.station.terminal.cardRead('11010519491231002X');
    await bench.pass(10);
    expect(bench.stage).toMatchObject({ stage: 'enrolling', step: 'consent' });
  });
});

describe('whoever walks away', () => {
  it.each(['enrolling', 'awaiting-unlock', 'result'] as const)('from %s leaves the seat to the next', async (stage) => {
    const bench = openBench();
    if (stage === 'enrolling') await bench.call('enrol.begin', {});
    else await enrol(bench);
    if (stage === 'result') {
      await bench.call('begin', {});
      await bench.reaches('in-progress');
      await bench.call('hand-in', {});
    }
    await bench.reaches(stage);
    await bench.pass(170_000);
    expect(bench.stage.stage).toBe(stage);
    await bench.pass(200_000);
    expect(bench.stage.stage).toBe('idle');
  });
});

describe('consent to the enrolment', () => {
  it('that is taken back by leaving ends it: no template, nobody seated', async () => {
    const bench = openBench();
    let frames = 0;
    bench.show(() => (++frames < 3 ? person(THIRD) : unusable('no-face')));
    await bench.call('enrol.begin', {});
    await bench.call('enrol.consent', agree);
    await bench.pass(400);
    await bench.call('leave', {});
    bench.show(person(THIRD));
    await bench.pass(30_000);
    expect(bench.stage.stage).toBe('idle');
    expect(bench.station.seat.current).toBeUndefined();
  });

  it('that is taken back by beginning again and declining ends it too', async () => {
    const bench = openBench();
    bench.show(unusable('no-face'));
    await bench.call('enrol.begin', {});
    await bench.call('enrol.consent', agree);
    await bench.pass(400);
    await refusalOf(bench.call('enrol.begin', {}));
    const declined = await refusalOf(bench.call('enrol.consent', decline));
    if (declined !== 'ok') await bench.call('leave', {});
    bench.show(person(THIRD));
    await bench.pass(30_000);
    expect(bench.station.seat.current).toBeUndefined();
    expect(bench.stage.stage).toBe('idle');
  });

  it('ends with the station: nobody is enrolled after it was stopped', async () => {
    const bench = openBench();
    bench.show(unusable('no-face'));
    await bench.call('enrol.begin', {});
    await bench.call('enrol.consent', agree);
    await bench.pass(200);
    bench.station.terminal.stop();
    bench.show(person(THIRD));
    await bench.pass(30_000);
    expect(bench.station.seat.current).toBeUndefined();
  });

  it('that is given twice enrols once', async () => {
    const bench = openBench();
    bench.show(unusable('no-face'));
    await bench.pass(10);
    await bench.call('enrol.begin', {});
    await bench.call('enrol.consent', agree);
    await bench.pass(200);
    await refusalOf(bench.call('enrol.begin', {}));
    await refusalOf(bench.call('enrol.consent', agree));
    bench.show(person(THIRD));
    await bench.reaches('awaiting-unlock');
    await bench.pass(10_000);
    await bench.call('leave', {});
    await bench.pass(10);
    expect(bench.stage.stage).toBe('idle');
  });
});

describe('a visitor’s face', () => {
  it.each(['awaiting-unlock', 'result'] as const)(
    'does not outlive a visit that a power cut ended (%s)',
    async (stage) => {
      const bench = openBench();
      await enrol(bench);
      const { candidateId } = bench.sitting;
      if (stage === 'result') {
        await bench.call('begin', {});
        await bench.reaches('in-progress');
        await bench.call('hand-in', {});
        await bench.reaches('result');
      }
      await bench.restart();
      // Whoever was in the middle of it is taken up again and may leave as usual.
      if (bench.station.seat.current) await bench.call('leave', {});
      await bench.reaches('idle');
      expect(isKnown(bench, candidateId)).toBe(false);
    },
  );

  it('is erased when a proctor sends the visitor away', async () => {
    const bench = openBench();
    await enrol(bench);
    const { candidateId } = bench.sitting;
    await bench.act({ kind: 'send-away' });
    await bench.reaches('idle');
    expect(isKnown(bench, candidateId)).toBe(false);
  });
});
