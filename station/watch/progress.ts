import type { ChallengeStep, LightStep } from '../../contract/page/view.ts';
import type { ReasonCode } from '../../contract/words/reasons.ts';

/** How far a look at somebody is, what would help, and which gesture is asked for. */
export type Progress = {
  /** 0..1 */
  readonly part: number;
  readonly advice?: ReasonCode;
  readonly challenge?: ChallengeStep;
  /** The colour that the screen has now. */
  readonly light?: LightStep;
  /** Why the look that is just over found nobody; shown until the next one begins. */
  readonly failed?: ReasonCode;
};
