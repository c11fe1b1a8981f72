import { lightPolicyOf } from '../../../contract/words/exam.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import { mustProveLife } from './decide.ts';
import type { JudgedCapture } from './events.ts';
import type { Sitting } from './sitting.ts';

/** Whether the screen shines at whoever checks in. Of whom it is registered that changing colours harm them, none are shown. */
export const asksForLight = (sitting: Sitting): boolean =>
  mustProveLife(sitting) && lightPolicyOf(sitting.exam) !== 'off' && !sitting.arrangements?.noLight;

/** What a proctor is told of a face that did not answer, where the exam wants it told. */
export function doubtByLight({ light }: JudgedCapture, { exam }: Sitting): Reason | undefined {
  if (light?.outcome !== 'unanswered' || lightPolicyOf(exam) !== 'incident') return undefined;
  return light.why === 'light-everywhere' ? 'light-everywhere' : 'light-unanswered';
}
