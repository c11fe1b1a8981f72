import { expect, test, vi } from 'vitest';
import type { Observation } from '../../contract/shell/kiosk-messages.ts';
import type { CurrentSitting, Sitting } from '../core/sitting/index.ts';
import { openSurroundings } from './surroundings.ts';

type Watch = Partial<Sitting['exam']['watch']>;

function setUp(stage: Sitting['stage'] = 'in-progress', watch: Watch = {}) {
  const execute = vi.fn();
  const seat = {
    current: { id: 'si_1', stage, exam: { mode: 'formal', watch } },
    execute,
  } as unknown as CurrentSitting;
  let now = 0;
  const around = openSurroundings(seat, 'browser', () => now);
  const pass = (ms: number): void => {
    now += ms;
  };
  return { around, execute, pass };
}

const lost: Observation = { reason: 'focus-lost', what: 'another window', lastedMs: 1_200 };

test('what is seen during an exam is an incident with its evidence, unless its policy says otherwise', () => {
  const { around, execute } = setUp();
  around.observe(lost);
  around.observe({ reason: 'virtual-machine', what: 'QEMU', lastedMs: 0 });
  expect(execute.mock.calls.map(([command]) => command)).toMatchObject([
    { kind: 'note', quiet: false, reason: 'focus-lost', evidence: { what: 'another window', lastedMs: 1_200 } },
    { kind: 'note', quiet: true, reason: 'virtual-machine' },
  ]);
});

test('a policy may stop the clock for it, once: a paused exam is not paused again', () => {
  const watch: Watch = { 'remote-control': { action: 'pause', until: 'proctor' } };
  const observation: Observation = { reason: 'remote-control', what: 'anydesk', lastedMs: 0 };
  const running = setUp('in-progress', watch);
  running.around.observe(observation);
  expect(running.execute.mock.calls[0]?.[0]).toMatchObject({ kind: 'interrupt', until: 'proctor' });
  const paused = setUp('locked', watch);
  paused.around.observe(observation);
  expect(paused.execute.mock.calls[0]?.[0]).toMatchObject({ kind: 'note', reason: 'remote-control' });
});

test('the same thing again at once is the same incident, and later another one', () => {
  const { around, execute, pass } = setUp();
  around.observe(lost);
  pass(1_000);
  around.observe(lost);
  around.observe({ ...lost, what: 'window out of sight' });
  expect(execute).toHaveBeenCalledTimes(2);
  pass(5_000);
  around.observe(lost);
  expect(execute).toHaveBeenCalledTimes(3);
});

test('who repeats it within that time, again and again, is told of again all the same', () => {
  const { around, execute, pass } = setUp();
  for (let turn = 0; turn < 20; turn += 1) {
    around.observe(lost);
    pass(4_000);
  }
  expect(execute).toHaveBeenCalledTimes(10);
});

test('a locked kiosk whose shell has not said that it is locked is not believed to be', () => {
  const seat = { current: undefined, execute: vi.fn() } as unknown as CurrentSitting;
  const around = openSurroundings(seat, 'kiosk');
  expect(() => around.mayBegin({ mode: 'formal' }, undefined)).toThrow('lockdown-failed');
  around.lockdown([]);
  around.mayBegin({ mode: 'formal' }, undefined);
});

test('nothing is told of nobody', () => {
  const { around, execute } = setUp('awaiting-unlock');
  around.observe(lost);
  around.lockdown(['window: not on top']);
  around.begun();
  expect(execute).not.toHaveBeenCalled();
});

test('an exam that counts begins in a kiosk that is not locked only with a reason, and that is an incident', () => {
  const { around, execute } = setUp();
  around.mayBegin({ mode: 'formal' }, undefined);
  around.lockdown(['window: not on top']);
  expect(() => around.mayBegin({ mode: 'formal' }, ' ')).toThrow('lockdown-failed: window: not on top');
  around.mayBegin({ mode: 'formal' }, '换不了显示器');
  around.mayBegin({ mode: 'mock' }, undefined);
  around.begun();
  expect(execute.mock.calls[0]?.[0]).toMatchObject({
    reason: 'lockdown-failed',
    evidence: { what: 'window: not on top' },
  });
});
