import { execFile } from 'node:child_process';
import type { Log } from '../log.ts';

/** A third of the time after which systemd ends a service that says nothing (`WatchdogSec` of the unit). */
const BEAT_MS = 10_000;

/**
 * Tells systemd that the kiosk is ready, and from then on that it lives: what stops saying so is started again. Does
 * nothing where the kiosk is no service.
 * @param isAlive whether the window still answers; a shell whose window is gone does not live
 */
export function tellServiceManager(env: NodeJS.ProcessEnv, isAlive: () => boolean, log: Log): () => void {
  if (!env.NOTIFY_SOCKET) return () => undefined;
  // Node has no datagrams to a path, which is what the socket takes; systemd's own program has.
  const say = (what: string): void => {
    execFile('systemd-notify', [what], (error) => {
      if (error) log('warn', 'systemd could not be told', { what, error: error.message });
    });
  };
  say('--ready');
  const timer = setInterval(() => {
    if (isAlive()) say('WATCHDOG=1');
  }, BEAT_MS);
  return () => clearInterval(timer);
}
