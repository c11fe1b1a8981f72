export { JOURNAL, type Journal, openJournal } from './journal.ts';
export { machineSteps } from './machine-steps.ts';
export { type Lockdown, performAll, restore } from './sequence.ts';
export type { Step, StepFinding } from './step.ts';
