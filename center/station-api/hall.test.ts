import { expect, test } from 'vitest';
import { Busy } from '../../contract/words/reasons.ts';
import { replyTo } from '../http/index.ts';
import { openHall } from './hall.ts';

const BOUNDS = { most: 3, mostBytes: 100, longestMs: 1_000 };
const saidBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

test('is full by heads and by bytes, and has room again when somebody leaves', () => {
  const hall = openHall(BOUNDS);
  const [leave] = [1, 2, 3].map(() => hall.enter(30));
  expect(saidBy(() => hall.enter(1))).toBeInstanceOf(Busy);
  leave?.();
  leave?.();
  expect(saidBy(() => hall.enter(41))).toBeInstanceOf(Busy);
  expect(hall.enter(40)).toBeTypeOf('function');
});

test('lets in what is larger than all of it where nobody else is there: a station has no smaller one', () => {
  expect(openHall(BOUNDS).enter(1_000)).toBeTypeOf('function');
});

test('lets nobody in while the first waits so long that whoever comes now would wait in vain', () => {
  let now = 0;
  const hall = openHall(BOUNDS, () => now);
  const leave = hall.enter(1);
  now = 1_001;
  expect(saidBy(() => hall.enter(1))).toBeInstanceOf(Busy);
  leave();
  expect(hall.enter(1)).toBeTypeOf('function');
});

test('says when to come again', () => {
  const { status, body } = replyTo(new Busy(7));
  expect([status, body]).toEqual([503, { reason: 'center-busy', detail: 'center-busy: in 7 s', seconds: 7 }]);
});
