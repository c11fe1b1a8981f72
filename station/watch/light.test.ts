import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM, MOCK } from '../../authoring/bank.fixture.ts';
import type { Arrangements } from '../../contract/words/arrangements.ts';
import { Exam, type Gesture, type LightPolicy } from '../../contract/words/exam.ts';
import type { ScreenColour } from '../../contract/words/light.ts';
import type { Observation } from '../../native/face/index.ts';
import { type Light, lightOf } from '../../native/face/judge/light-steps.ts';
import { aPerson, making } from '../run/eyes.fixture.ts';
import { openBench, STRANGER, WANGS_FACE } from '../run/terminal.fixture.ts';
import { assignmentOf, LI, WANG } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const { liveness: _, ...formal } = EXAM;
/** What is before the camera: how the skin looks while the screen has a colour, and whose it is then. */
type Lit = { readonly by: (colour: ScreenColour) => ScreenColour; readonly whose?: Float32Array };
const PERSON: Lit = { by: (colour) => colour };
const FILM: Lit = { by: () => '#808080' };

function openLit({ by, whose = WANGS_FACE }: Lit, light?: LightPolicy, arrangements?: Arrangements) {
  const exam = Exam.parse({ ...formal, ...(light ? { light } : {}) });
  const candidates = [{ ...WANG, ...(arrangements ? { arrangements } : {}) }, LI];
  const bench = openBench({ assignment: assignmentOf({ exams: [exam, MOCK], candidates }) });
  const shown: ScreenColour[] = [];
  let asked: Gesture | undefined;
  let since = 0;
  bench.show((): Observation => {
    const { stage } = bench;
    const [gesture, step] =
      'challenge' in stage ? [stage.challenge?.gesture, undefined] : 'light' in stage ? [undefined, stage.light] : [];
    if (gesture !== asked) since = performance.now();
    asked = gesture;
    const made = making(performance.now() - since > 500 ? gesture : undefined);
    if (!step) return aPerson(WANGS_FACE, made);
    if (shown.length < step.at) shown.push(step.colour);
    const around: Light = [0.2, 0.2, 0.2];
    const skin = lightOf(by(step.colour)).map((value) => 0.2 * (1 + 0.2 * value)) as unknown as Light;
    return { ...aPerson(whose, made), light: { skin, around, lost: 0 } };
  });
  const capture = () =>
    bench.station.ledger
      .ofSitting(bench.sitting.id)
      .flatMap(({ event }) => (event.type === 'captured' ? [event.capture] : []))
      .at(-1);
  return { bench, shown, capture, told: () => bench.sitting.incidents.map(({ reason }) => reason) };
}

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
    const { bench, capture, told } = openLit(FILM, 'note');
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    expect([capture()?.light?.outcome, told()]).toEqual(['unanswered', []]);
  });

  it.each([
    ['by its exam', 'off', undefined],
    ['by what is registered for whoever sits there', undefined, { noLight: true }],
  ] as const)('shows no colours where it is switched off %s', async (_by, light, arrangements) => {
    const { bench, shown, capture } = openLit(FILM, light, arrangements);
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    expect(shown).toEqual([]);
    expect(capture()).not.toHaveProperty('light');
  });
});
