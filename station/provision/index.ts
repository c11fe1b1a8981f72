/** What is written down of this terminal: read, checked, written. */
export {} from './check-wish.ts';
export { openProvisionDesk, type ProvisionDesk } from './desk.ts';
export { isEnrolled, provision } from './provision.ts';
export { changeTerminal, forgetCode, readTerminal, writeTerminal } from './terminal-file.ts';
