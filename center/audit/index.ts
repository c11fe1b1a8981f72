/** What was done at this center, by whom and when: a chain of lines that is added to and never changed. */
export { type Anchor, anchorAudit } from './anchoring.ts';
export { changing, type Deed, type Doer, noteDone, type StateOf } from './lines.ts';
export { migrations } from './migrations.ts';
export { auditExport, auditPage } from './reading.ts';
