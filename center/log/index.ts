/** The transparency log, and the key that its heads and all else that the center says are signed with. */
export { openCenterKey } from './center-key.ts';
export { migrations } from './migrations.ts';
export { openLog } from './transparency-log.ts';
