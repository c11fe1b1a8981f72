/** What is written down of this terminal: read, checked, written. */
export { changeTerminal, forgetCode, readTerminal, writeTerminal } from './terminal-file.ts';
