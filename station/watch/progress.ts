import type { ChallengeStep } from '../../contract/page/view.ts';
import type { ReasonCode } from '../../contract/words/reasons.ts';

/** How far a look at somebody is, what would help, and which gesture is asked for. */
export type Progress = {
  /** 0..1 */
  readonly part: number;
  readonly advice?: ReasonCode;
  readonly challenge?: ChallengeStep;
};
