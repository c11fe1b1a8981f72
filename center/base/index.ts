/** What every folder of the center stands on. */
export type { Center, Witness } from './center.ts';
export { cursorOf, readCursor } from './cursor.ts';
export { mustStillBeKept, type Named, removeUnnamed, sweepObjects } from './kept-objects.ts';
export { makeId } from './make-id.ts';
export { mendsItself } from './mends-itself.ts';
export type { PhotoGate, PhotoLook } from './photo-gate.ts';
export { writeSecretFile } from './secret-file.ts';
export { inSpan, type Span, type Tracer, traceparentNow, within } from './tracing.ts';
