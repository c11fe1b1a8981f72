/** From a blueprint to the paper one candidate gets, and from its answers to marks. */
export {
  type DrawnForm,
  type DrawnItem,
  drawForm,
  openFormMaker,
} from './assemble.ts';
export { type FormDesk, openFormDesk } from './desk.ts';
export type { Solver } from './difficulty.ts';
export { describeLack, findLacks } from './feasibility.ts';
export { isRight, type MarkedForm, markForm, marksByTopic } from './mark.ts';
export { PARTS, type Part, partOfSeat } from './part.ts';
export { openPlainDraw } from './plain-draw.ts';
export { drawsFrom } from './random.ts';
export { readBlueprint } from './read-blueprint.ts';
export { seedOf } from './rotation.ts';
export { type Drawing, type Exposure, type Simulation, simulate } from './simulate.ts';
export { openSolver } from './solver.ts';
