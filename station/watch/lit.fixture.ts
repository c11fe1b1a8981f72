import { EXAM, MOCK } from '../../authoring/bank.fixture.ts';
import type { Arrangements } from '../../contract/words/arrangements.ts';
import { Exam, type Gesture, type LightPolicy, type TemplateUpdate } from '../../contract/words/exam.ts';
import type { ScreenColour } from '../../contract/words/light.ts';
import type { Observation } from '../../native/face/index.ts';
import { type Light, lightOf } from '../../native/face/judge/light-steps.ts';
import { CAMERA_LIMITS } from '../../native/face/quality/limits.ts';
import { judgeQuality } from '../../native/face/quality/report.ts';
import { GOOD_FACE } from '../../native/face/quality/values.fixture.ts';
import { aPerson, making } from '../run/eyes.fixture.ts';
import { openBench, WANGS_FACE } from '../run/terminal.fixture.ts';
import { assignmentOf, LI, WANG } from '../station.fixture.ts';

const { liveness: _, ...formal } = EXAM;
/** What is before the camera: how the skin looks while the screen has a colour, and whose it is then. */
export type Lit = { readonly by: (colour: ScreenColour) => ScreenColour; readonly whose?: Float32Array };
export const PERSON: Lit = { by: (colour) => colour };
export const FILM: Lit = { by: () => '#808080' };

type Rules = { readonly light?: LightPolicy; readonly templateUpdate?: TemplateUpdate };

/** A formal check-in before which somebody makes the gestures, and then this is lit by the screen. */
export function openLit({ by, whose }: Lit, rules: Rules = {}, arrangements?: Arrangements) {
  const exam = Exam.parse({ ...formal, ...rules });
  const candidates = [{ ...WANG, ...(arrangements ? { arrangements } : {}) }, LI];
  const bench = openBench({ assignment: assignmentOf({ exams: [exam, MOCK], candidates }) });
  const shown: ScreenColour[] = [];
  const quality = judgeQuality(GOOD_FACE, CAMERA_LIMITS);
  let who = WANGS_FACE;
  let asked: Gesture | undefined;
  let since = 0;
  bench.show((): Observation => {
    const { stage } = bench;
    const [gesture, step] =
      'challenge' in stage ? [stage.challenge?.gesture, undefined] : 'light' in stage ? [undefined, stage.light] : [];
    if (gesture !== asked) since = performance.now();
    asked = gesture;
    const made = making(performance.now() - since > 500 ? gesture : undefined);
    if (!step) return { ...aPerson(who, made), quality };
    if (shown.length < step.at) shown.push(step.colour);
    const around: Light = [0.2, 0.2, 0.2];
    const skin = lightOf(by(step.colour)).map((value) => 0.2 * (1 + 0.2 * value)) as unknown as Light;
    return { ...aPerson(whose ?? who, made), light: { skin, around, lost: 0 } };
  });
  const capture = () =>
    bench.station.ledger
      .ofSitting(bench.sitting.id)
      .flatMap(({ event }) => (event.type === 'captured' ? [event.capture] : []))
      .at(-1);
  return {
    ...{ bench, shown, capture },
    told: () => bench.sitting.incidents.map(({ reason }) => reason),
    /** Somebody else comes. */
    comes(face: Float32Array) {
      who = face;
      shown.length = 0;
    },
  };
}
