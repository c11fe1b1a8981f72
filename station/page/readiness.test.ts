import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTinyCenter } from '../../proof/proof.fixture.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openBench } from '../run/terminal.fixture.ts';
import { assignmentOf, WANG } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const idle = async (options: Parameters<typeof openBench>[0] = {}) => {
  const bench = openBench(options);
  await bench.pass(50);
  return bench;
};
const checkOf = (bench: Awaited<ReturnType<typeof idle>>, name: string) =>
  bench.screen.view?.readiness.checks.find((check) => check.name === name);

describe('a station that the center does not know', () => {
  it('never looks ready, and examines nobody: by card, by hand or as a visitor', async () => {
    const bench = await idle({ atCenter: false });
    expect(bench.screen.view?.readiness.status).toBe('NOT READY');
    expect(checkOf(bench, 'enrolment')).toMatchObject({ status: 'NOT READY', reason: 'not-enrolled' });
    bench.station.terminal.cardRead(WANG.number);
    await bench.pass(50);
    expect(bench.stage).toMatchObject({ stage: 'idle', notice: 'station-not-ready' });
    expect(await refusalOf(bench.call('identify.typed', { number: WANG.number }))).toBe('station-not-ready');
    expect(await refusalOf(bench.call('enrol.begin', {}))).toBe('station-not-ready');
    expect(bench.station.seat.current).toBeUndefined();
  });

  it('is ready the moment it is enrolled', async () => {
    const bench = await idle({ atCenter: false });
    const { identity, terminal } = bench.station;
    identity.saveEnrolment(openTinyCenter().enrol(identity.signer.publicKey));
    terminal.heard();
    await bench.pass(50);
    expect(checkOf(bench, 'enrolment')?.status).toBe('READY');
    terminal.cardRead(WANG.number);
    await bench.reaches('consenting');
  });

  it('is not the one whose certificate is of another station', async () => {
    const bench = await idle({ atCenter: false });
    const { identity, terminal } = bench.station;
    identity.saveEnrolment(openTinyCenter().enrol(openTinyCenter().signer.publicKey));
    terminal.heard();
    await bench.pass(50);
    expect(checkOf(bench, 'enrolment')).toMatchObject({ status: 'NOT READY', reason: 'certificate-invalid' });
  });
});

describe('what is only missing', () => {
  it('keeps nobody out: a proctor checks by hand', async () => {
    const bench = await idle({ models: 'missing', assignment: assignmentOf({ proctors: [] }) });
    expect(bench.screen.view?.readiness.status).toBe('WARNING');
    expect(checkOf(bench, 'exams')?.reason).toBe('no-proctors');
    bench.station.terminal.cardRead(WANG.number);
    await bench.reaches('consenting');
  });
});

describe('a check that the screen asks for', () => {
  it('shows how far it is and what the camera sees', async () => {
    const bench = await idle();
    const seen: number[] = [];
    const check = bench.call('readiness.check', {});
    for (let turn = 0; turn < 60; turn++) {
      await bench.pass(50);
      if (bench.screen.view?.checking !== undefined) seen.push(bench.screen.view.checking);
    }
    await check;
    expect(new Set(seen)).toContain(0);
    expect(bench.screen.view?.checking).toBeUndefined();
    expect(checkOf(bench, 'camera')?.found.en).toContain('16×16');
    expect(checkOf(bench, 'disk')?.status).toBe('READY');
  });

  it('is refused while somebody sits here, and leaves the camera to whoever sits down', async () => {
    const bench = await idle();
    const check = bench.call('readiness.check', {});
    await bench.pass(200);
    bench.station.terminal.cardRead(WANG.number);
    await bench.reaches('consenting');
    await check;
    expect(bench.screen.view?.checking).toBeUndefined();
    expect(await refusalOf(bench.call('readiness.check', {}))).toBe('not-allowed-now');
    await bench.call('consent', { given: true, locale: 'zh' });
    await bench.reaches('awaiting-unlock');
  });
});
