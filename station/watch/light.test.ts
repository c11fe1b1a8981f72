import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { STRANGER } from '../run/terminal.fixture.ts';
import { FILM, openLit, PERSON } from './lit.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

describe('a formal check-in, after its gestures', () => {
  it('shines at whoever sits there, and writes down that they answered', async () => {
    const { bench, shown, capture, told } = openLit(PERSON);
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    expect(shown).toHaveLength(9);
    expect(capture()).toMatchObject({ outcome: 'match', light: { outcome: 'answered', shown } });
    expect(told()).toEqual([]);
  });

  it('tells the page of a colour when its turn comes, and of no other before', async () => {
    const { bench, shown } = openLit(PERSON);
    await bench.checkIn();
    for (let waited = 0; waited < 400 && shown.length < 3; waited++) await bench.pass(50);
    expect(shown).toHaveLength(3);
    const said = bench.said.filter((message) => typeof message === 'string').join('');
    const told = [...said.matchAll(/"colour":"(#\w+)"/g)].map(([, colour]) => colour);
    expect(new Set(told)).toEqual(new Set(shown));
  });

  it('tells a proctor of a film, which does not answer, and lets nobody wait for that', async () => {
    const { bench, capture, told } = openLit(FILM);
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    expect(capture()).toMatchObject({ outcome: 'match', light: { outcome: 'unanswered' } });
    expect(told()).toEqual(['light-unanswered']);
    const { scores } = await bench.call('proctor.dossier', { desk: await bench.openDesk() });
    expect(scores?.light).toMatchObject({ outcome: 'unanswered' });
    await bench.act({ kind: 'unlock' });
    await bench.reaches('in-progress');
    expect(bench.incidents.map(({ reason }) => reason)).toEqual(['light-unanswered']);
  });

  it('tells of somebody else who comes to be shone at', async () => {
    const { bench, capture, told } = openLit({ ...PERSON, whose: STRANGER });
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    expect(capture()?.light).toMatchObject({ outcome: 'unanswered', why: 'face-changed' });
    expect(told()).toEqual(['light-unanswered']);
  });

  it('only writes it down where the exam wants no more', async () => {
    const { bench, capture, told } = openLit(FILM, { light: 'note' });
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    expect([capture()?.light?.outcome, told()]).toEqual(['unanswered', []]);
  });

  it.each([
    ['by its exam', 'off', undefined],
    ['by what is registered for whoever sits there', undefined, { noLight: true }],
  ] as const)('shows no colours where it is switched off %s', async (_by, light, arrangements) => {
    const { bench, shown, capture } = openLit(FILM, light ? { light } : {}, arrangements);
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    expect(shown).toEqual([]);
    expect(capture()).not.toHaveProperty('light');
  });
});
