import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM, MOCK } from '../../authoring/bank.fixture.ts';
import { LEARNING } from '../../authoring/course.fixture.ts';
import { SeatLabel } from '../../contract/words/seat-label.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { GRANT, giveTo, openRented, tellOfGuest } from '../run/guests.fixture.ts';
import { withCourse } from '../run/learning.fixture.ts';
import { IDLE, openBench } from '../run/terminal.fixture.ts';
import { assignmentOf, LI, WANG } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

describe('whoever has a course besides an exam', () => {
  it('is asked what to do, and may sit either', async () => {
    const bench = withCourse();
    await bench.pass(50);
    bench.station.terminal.cardRead(WANG.number);
    const { ticket, who, choices } = await bench.reaches('choosing');
    expect(who.name).toBe(WANG.name);
    expect(choices).toEqual([
      { examId: EXAM.id, title: EXAM.title, mode: 'formal', minutes: 10 },
      {
        ...{ examId: LEARNING.id, title: LEARNING.title, mode: 'learning' },
        minutes: 3,
        progress: { seconds: 0, of: 160 },
      },
    ]);
    expect(await refusalOf(bench.call('choose', { ticket: ticket + 1, examId: EXAM.id }))).toBe('not-allowed-now');
    expect(await refusalOf(bench.call('choose', { ticket, examId: MOCK.id }))).toBe('no-exam');
    await bench.call('choose', { ticket, examId: EXAM.id });
    expect(await bench.reaches('consenting')).toMatchObject({ exam: { mode: 'formal' } });
    expect(await refusalOf(bench.call('choose', { ticket, examId: LEARNING.id }))).toBe('not-allowed-now');
  });

  it('leaves no name on the screen', async () => {
    const bench = withCourse();
    await bench.pass(50);
    bench.station.terminal.cardRead(WANG.number);
    await bench.reaches('choosing');
    await bench.call('leave', {});
    expect(bench.stage).toEqual(IDLE);
    bench.station.terminal.cardRead(WANG.number);
    await bench.reaches('choosing');
    await bench.pass(121_000);
    expect(bench.stage).toEqual(IDLE);
  });

  it('makes room for the next card', async () => {
    const bench = withCourse();
    await bench.pass(50);
    bench.station.terminal.cardRead(WANG.number);
    await bench.reaches('choosing');
    bench.station.terminal.cardRead(LI.number);
    expect(await bench.reaches('consenting')).toMatchObject({ who: { name: LI.name } });
  });

  it('and no attempt left goes to the course', async () => {
    const bench = withCourse({ attemptsUsed: 2 });
    await bench.pass(50);
    bench.station.terminal.cardRead(WANG.number);
    expect(await bench.reaches('consenting')).toMatchObject({ exam: { id: LEARNING.id, items: 3, fullMarks: 3 } });
  });

  it('whose seat for the exam is another one still studies where they are, once the exam is over', async () => {
    const bench = openBench({
      place: SeatLabel.parse('2-2'),
      assignment: assignmentOf({
        exams: [EXAM, MOCK, LEARNING],
        candidates: [
          { ...WANG, courses: [LEARNING.id], seat: '1-1', attemptsUsed: 2 },
          { ...LI, seat: '1-1' },
        ],
      }),
    });
    await bench.pass(50);
    bench.station.terminal.cardRead(WANG.number);
    expect(await bench.reaches('consenting')).toMatchObject({ exam: { id: LEARNING.id } });
    await bench.call('leave', {});
    bench.station.terminal.cardRead(LI.number);
    await bench.pass(100);
    expect(bench.stage).toMatchObject({ notice: 'other-seat' });
  });
});

describe('of a firm that uses this station by a grant', () => {
  const courses = { exams: [EXAM, MOCK, LEARNING], candidates: [{ ...WANG, courses: [LEARNING.id] }] };

  it('people study what the grant covers, and it is noted apart', async () => {
    const bench = openRented();
    tellOfGuest(bench, courses);
    await bench.pass(50);
    bench.station.terminal.cardRead(WANG.number);
    const { ticket, choices } = await bench.reaches('choosing');
    expect(choices.map(({ examId }) => examId)).toEqual([EXAM.id, LEARNING.id]);
    await bench.call('choose', { ticket, examId: LEARNING.id });
    await bench.reaches('consenting');
    expect(bench.sitting).toMatchObject({ grant: GRANT, exam: { id: LEARNING.id } });
  });

  it('a course that it does not cover is not offered, and one that alone it covers is', async () => {
    const bench = openRented();
    tellOfGuest(bench, courses);
    await bench.pass(50);
    giveTo(bench, { exams: [EXAM.id] });
    bench.station.terminal.cardRead(WANG.number);
    expect(await bench.reaches('consenting')).toMatchObject({ exam: { id: EXAM.id } });
    await bench.call('leave', {});
    giveTo(bench, { exams: [LEARNING.id] });
    bench.station.terminal.cardRead(WANG.number);
    expect(await bench.reaches('consenting')).toMatchObject({ exam: { id: LEARNING.id } });
  });
});
