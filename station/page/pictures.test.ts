import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM, ILLUSTRATED, MOCK, PICTURE } from '../../authoring/bank.fixture.ts';
import { picturesOf } from '../../contract/words/pictures.ts';
import { sha256 } from '../../proof/index.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openBench } from '../run/terminal.fixture.ts';
import { assignmentOf, WANG } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

/** Wang before a paper with pictures. */
async function seated(exam: typeof EXAM) {
  const bench = openBench({
    assignment: assignmentOf({
      exams: [{ ...exam, bankId: ILLUSTRATED.id }],
      visitorExamId: null,
      candidates: [{ ...WANG, examId: exam.id }],
    }),
  });
  await bench.checkIn();
  await bench.reaches('awaiting-unlock');
  const picture = (hash = sha256(PICTURE)) => bench.call('picture', { hash });
  return { bench, picture };
}

describe('pictures of a paper', () => {
  it('are named by its items, and come when they are asked for', async () => {
    const { bench, picture } = await seated(EXAM);
    await bench.act({ kind: 'unlock' });
    await bench.reaches('in-progress');
    const { items } = await bench.call('form', {});
    expect([...picturesOf(items)]).toEqual([sha256(PICTURE)]);
    expect(items.filter(({ pictures }) => pictures).map(({ kind }) => kind)).toEqual(Array(6).fill('single'));
    expect(Buffer.from((await picture()).base64, 'base64')).toEqual(PICTURE);
    expect(await refusalOf(picture(sha256('another')))).toBe('picture-missing');
  });

  it('are shown to nobody before the exam, in a pause, or after it', async () => {
    const { bench, picture } = await seated(EXAM);
    expect(await refusalOf(picture())).toBe('not-allowed-now');
    await bench.act({ kind: 'unlock' });
    await bench.reaches('in-progress');
    await bench.act({ kind: 'pause' });
    await bench.reaches('paused');
    expect(await refusalOf(picture())).toBe('not-allowed-now');
    await bench.act({ kind: 'resume' });
    await bench.call('hand-in', {});
    await bench.reaches('result');
    expect(await refusalOf(picture())).toBe('not-allowed-now');
  });

  it('of practice are there for its mistakes', async () => {
    const { bench, picture } = await seated(MOCK);
    await bench.call('begin', {});
    await bench.reaches('in-progress');
    await bench.call('hand-in', {});
    await bench.reaches('result');
    expect(Buffer.from((await picture()).base64, 'base64')).toEqual(PICTURE);
  });
});
