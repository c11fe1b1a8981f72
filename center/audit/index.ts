/** What was done at this center, by whom and when: a chain of lines that is added to and never changed. */
export { type Anchor, anchorAudit } from './anchoring.ts';
export { auditExport } from './exporting.ts';
export { countLooks, forgetLooks, forgetSalts } from './forgetting.ts';
export { changing, changingMany, type Deed, type Doer, lookedAt, noteDone, type StateOf } from './lines.ts';
export { migrations } from './migrations.ts';
export { auditPage } from './reading.ts';
