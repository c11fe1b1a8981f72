import type { Blueprint } from '../../contract/words/blueprint.ts';
import type { FormMaker } from './assemble.ts';
import { PARTS } from './part.ts';
import { seedOf } from './rotation.ts';

/**
 * Rows alone do not say whether the difficulty can be met, or whether neighbours can be kept apart: a form of each part does.
 * @throws Refusal as {@link FormMaker}
 */
export function drawEverywhere(maker: FormMaker, { rules }: Blueprint): void {
  const parts = rules?.maxOverlap === undefined ? [undefined] : PARTS;
  for (const part of parts) maker.assemble(seedOf({ series: 'check', serial: 0, ...(part ? { part } : {}) }));
}
