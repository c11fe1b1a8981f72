import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseTerminal, TERMINAL_FILE, type TerminalSettings } from '../../contract/shell/terminal-settings.ts';

/** What is written down of the terminal in a data folder. @throws Refusal `settings-unreadable` */
export function readTerminal(data: string): TerminalSettings | undefined {
  const file = join(data, TERMINAL_FILE);
  return existsSync(file) ? parseTerminal(readFileSync(file, 'utf8')) : undefined;
}

/**
 * Whole or not at all, whenever the plug is pulled, and for the station's user only: an administrator who types the command
 * as root writes for whoever the folder belongs to.
 */
export function writeTerminal(data: string, settings: TerminalSettings): void {
  const owner = ownerOf(data);
  if (mkdirSync(data, { recursive: true, mode: 0o700 })) giveTo(owner, data);
  const file = join(data, TERMINAL_FILE);
  const beside = `${file}.new`;
  writeFileSync(beside, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600, flush: true });
  giveTo(owner, beside);
  renameSync(beside, file);
}

/** Changes what is written down, where anything is. */
export function changeTerminal(data: string, change: (before: TerminalSettings) => TerminalSettings): void {
  const before = readTerminal(data);
  if (before) writeTerminal(data, change(before));
}

/** Once a station is enrolled, its code is of no use to it, and of some to whoever copies the disk. */
export function forgetCode(data: string): void {
  if (readTerminal(data)?.enrolmentCode === undefined) return;
  changeTerminal(data, ({ enrolmentCode: _, ...rest }) => rest);
}

type Owner = { readonly uid: number; readonly gid: number };

function ownerOf(path: string): Owner {
  return existsSync(path) ? statSync(path) : ownerOf(dirname(path));
}

function giveTo({ uid, gid }: Owner, path: string): void {
  if (process.getuid?.() === 0) chownSync(path, uid, gid);
}
