import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StartMessage } from '../../contract/shell/kiosk-messages.ts';
import { having } from '../../contract/shell/settings.ts';
import { parseTerminal, saidIn, TERMINAL_FILE, type TerminalSettings } from '../../contract/shell/terminal-settings.ts';
import { readBy, readVariables, type Variables } from '../../contract/shell/variables.ts';

/** What the surroundings decide, and what was asked for by name. */
export type Settings = {
  /** Full screen, locked, and closed with a proctor's word only. */
  readonly locked: boolean;
  /** Folder of everything the station keeps. */
  readonly data: string;
  /**
   * What was written down of this terminal, read anew each time: it may be provisioned while the kiosk runs.
   * @throws Refusal `settings-unreadable`
   */
  terminal(): TerminalSettings | undefined;
  /** Which display the window fills, where that is said. */
  display(): string | undefined;
  /** What slips are printed on, where that is said. */
  printer(): string | undefined;
  /** What the station is told when it starts: what stands in its file, and before that what the variables say. */
  start(): Omit<StartMessage, 'kind' | 'vaultKey'>;
};

/** Asks for a window to try things in. It says on the screen that it is not for exams. */
export const UNLOCKED = 'unlocked';

/**
 * Locked, unless an unlocked window is asked for by name on the command line: no variable that lies around opens it.
 * @throws Error where a variable is not what it should be: a station would start again and again without telling why
 */
export function readSettings(
  env: Variables,
  where: { readonly userData: string; readonly unlocked: boolean },
): Settings {
  const variables = readVariables(readBy('shell'), env);
  const data = variables.data ?? join(where.userData, 'station');
  const terminal = (): TerminalSettings | undefined => {
    const file = join(data, TERMINAL_FILE);
    return existsSync(file) ? parseTerminal(readFileSync(file, 'utf8')) : undefined;
  };
  /** Settings that are the shell's own. */
  const own = (name: 'display' | 'printer'): string | undefined => {
    try {
      return variables[name] ?? terminal()?.[name];
    } catch {
      // The station says so when it starts.
      return undefined;
    }
  };
  const said = () => ({ ...saidIn(terminal()), ...variables, data });
  return {
    locked: !where.unlocked,
    data,
    terminal,
    display: () => own('display'),
    printer: () => own('printer'),
    start() {
      // Neither display and printer, which are the shell's, nor hashes, which the station reads by itself.
      const told = new Set<string>(having('start'));
      const settings = Object.entries(said()).filter(([name]) => told.has(name));
      return { host: where.unlocked ? 'kiosk-unlocked' : 'kiosk', ...Object.fromEntries(settings), data };
    },
  };
}
