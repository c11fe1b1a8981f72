import type { IdentifiedBy } from '../../contract/records/index.ts';
import type { ExamId } from '../../contract/words/ids.ts';
import type { Seated } from '../core/sitting/index.ts';
import type { Carried } from '../keep/moves/index.ts';
import type { CardDoubt } from './card-check.ts';
import type { Sitter } from './sitter.ts';

/** Somebody who is about to sit down, with all that the sitting begins with. */
export type Arriving = Sitter & {
  readonly by: IdentifiedBy;
  /** Of which document their number is; nothing of a visitor. */
  readonly document?: string | undefined;
  /** Which of what they may do here; their exam where nothing is said. */
  readonly examId?: ExamId | undefined;
  /** What they had begun elsewhere. */
  readonly begun?: Carried | undefined;
  /** Who let them sit here, */
  readonly seated?: Seated | undefined;
  /** and what of their card they did so in spite of. */
  readonly doubts?: readonly CardDoubt[] | undefined;
};
