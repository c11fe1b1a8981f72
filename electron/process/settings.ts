import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StartMessage } from '../../contract/shell/kiosk-messages.ts';
import {
  overridesIn,
  parseTerminal,
  TERMINAL_FILE,
  type TerminalSettings,
} from '../../contract/shell/terminal-settings.ts';

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
  env: NodeJS.ProcessEnv,
  where: { readonly userData: string; readonly unlocked: boolean },
): Settings {
  const data = env.EXAM_STATION_DATA_DIR || join(where.userData, 'station');
  const overrides = overridesIn(env);
  const terminal = (): TerminalSettings | undefined => {
    const file = join(data, TERMINAL_FILE);
    return existsSync(file) ? parseTerminal(readFileSync(file, 'utf8')) : undefined;
  };
  return {
    locked: !where.unlocked,
    data,
    terminal,
    display() {
      try {
        return overrides.display ?? terminal()?.display;
      } catch {
        // The station says so when it starts.
        return undefined;
      }
    },
    start() {
      const written = terminal();
      // Neither the display, which is the shell's, nor hashes, which the station reads by itself.
      const {
        format: _,
        administratorPinHash,
        recoveryCodeHash,
        ...rest
      } = written ?? ({} as Partial<TerminalSettings>);
      const { center, display: _display, cameras, ...same } = { ...rest, ...overrides };
      return {
        ...{ host: where.unlocked ? ('kiosk-unlocked' as const) : ('kiosk' as const), data },
        ...same,
        ...(center ? { centerUrl: center } : {}),
        ...(cameras ? { cameras: [...cameras] } : {}),
        ...(env.EXAM_STATION_RECORDED_FEEDS === '1' ? { recordedFeeds: true } : {}),
      };
    },
  };
}
