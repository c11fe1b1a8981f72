/** From a bank and a blueprint to the paper one candidate gets. */
export { type DrawnForm, type DrawnItem, drawForm, type FormMaker, METHODS, openFormMaker } from './assemble.ts';
export { casesIn, partsIn } from './cases.ts';
export { COURSE_METHODS, courseForm } from './course-form.ts';
export { cutToMistakes, cutToTopic, OF_MISTAKES, topicsOf } from './cut-exam.ts';
export type { Solver } from './difficulty.ts';
export { drawEverywhere } from './draw-everywhere.ts';
export { describeLack, findLacks } from './feasibility.ts';
export { withoutKey } from './form-item.ts';
export { undrawnOptions } from './option-order.ts';
export { type Part, partOfSeat } from './part.ts';
export { openPlainDraw } from './plain-draw.ts';
export { drawsFrom } from './random.ts';
export { commitmentTo, seedOf, turnOf } from './rotation.ts';
export { type Drawing, type Simulation, simulate } from './simulate.ts';
export { openSolver } from './solver.ts';
