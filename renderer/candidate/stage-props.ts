import type { Stage } from '../../contract/page/view.ts';

/** The part of the view one screen shows. */
export type StageProps<S extends Stage['stage']> = { readonly stage: Extract<Stage, { stage: S }> };
