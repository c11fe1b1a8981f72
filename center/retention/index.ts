/** How long things are kept, and what is erased then: by rule, once a day, or somebody by hand. */
export { eraseAgain, settleErasures } from './erase-again.ts';
export { askForErasing, eraseDue, erasing } from './erase-due.ts';
export { eraseByHand } from './erase-person.ts';
export { erasureList, erasuresIn, type ListedErasure } from './list-file.ts';
export { migrations } from './migrations.ts';
export { listErasures, readRetention } from './reading.ts';
export { putRules } from './rules.ts';
