import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { LeaveAnswer } from '../contract/page/shell-trouble.ts';
import type { TerminalSettings } from '../contract/shell/terminal-settings.ts';
import { delayAfter, LOCKED_AFTER } from '../contract/words/guess-delay.ts';
import type { Reason } from '../contract/words/reasons.ts';
import { sha256 } from '../proof/hash.ts';
import { normalCode } from '../proof/secrets/codes.ts';
import { isSecret } from '../proof/secrets/secret-hash.ts';
import { writeDurably } from './key-store/index.ts';
import type { Log } from './log.ts';

export type WayOutParts = {
  /** What is written down of this terminal. @throws Error where it cannot be read */
  readonly terminal: () => TerminalSettings | undefined;
  /** Whether a station runs: then its own proctors let people out. */
  readonly stationRuns: () => boolean;
  /** Where wrong tries are counted: pulling the plug is no way around them. */
  readonly file: string;
  readonly clock: () => number;
  readonly leave: () => void;
  readonly log: Log;
};

/** Lets an administrator out of a kiosk whose station does not start, by PIN or recovery code. */
export function openWayOut({
  terminal,
  stationRuns,
  file,
  clock,
  leave,
  log,
}: WayOutParts): (code: string) => LeaveAnswer {
  let failures = failuresIn(file);
  let waitUntil = clock() + delayAfter(failures);
  const count = (now: number): void => {
    failures = now;
    waitUntil = clock() + delayAfter(now);
    writeDurably(file, Buffer.from(JSON.stringify({ failures })));
  };
  const refuse = (reason: Reason): LeaveAnswer => {
    log('warn', 'the kiosk was not left', { reason, failures });
    return { reason, waitMs: Math.max(0, waitUntil - clock()) };
  };
  return (code) => {
    if (stationRuns()) return refuse('not-allowed-now');
    const known = settingsOrNone(terminal);
    if (!known) return refuse('no-administrator');
    // Nobody guesses 125 bits: whoever has the recovery code waits with nobody.
    const recovered = sha256(normalCode(code)) === known.recoveryCodeHash;
    if (!recovered) {
      if (clock() < waitUntil) return refuse(failures >= LOCKED_AFTER ? 'pin-locked' : 'pin-wait');
      if (!isSecret(code, known.administratorPinHash)) {
        count(failures + 1);
        return refuse('pin-wrong');
      }
    }
    try {
      count(0);
    } catch (error) {
      // A disk that takes nothing is a reason to leave, not one to stay.
      log('error', 'the count of wrong tries could not be cleared', { error: String(error) });
    }
    log('warn', 'an administrator leaves the kiosk', { with: recovered ? 'recovery code' : 'PIN' });
    leave();
    return { waitMs: 0 };
  };
}

function settingsOrNone(terminal: WayOutParts['terminal']): TerminalSettings | undefined {
  try {
    return terminal();
  } catch {
    return undefined;
  }
}

const Kept = z.object({ failures: z.int().min(0) });

/** A count that cannot be read was meddled with: nobody tries for free. */
function failuresIn(file: string): number {
  if (!existsSync(file)) return 0;
  try {
    return Kept.parse(JSON.parse(readFileSync(file, 'utf8'))).failures;
  } catch {
    return LOCKED_AFTER;
  }
}
