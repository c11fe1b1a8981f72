/** What is written down of this terminal: read, checked, written. */
export {} from './check-wish.ts';
export { isEnrolled, provision } from './provision.ts';
export { openProvisioning, type Provisioning } from './provisioning.ts';
export { changeTerminal, forgetCode, readTerminal, writeTerminal } from './terminal-file.ts';
