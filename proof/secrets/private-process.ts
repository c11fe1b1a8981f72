/** What a program that holds secrets does before anything else. Needs Node. */

/**
 * Whatever it writes from now on only its own user may read, and nobody can have it open a debugger: Node opens one to
 * whoever sends SIGUSR1 while nothing listens for it. A report of a crash names no variables of its surroundings.
 */
export function keepProcessPrivate(): void {
  process.umask(0o077);
  refuseDebugger();
  if (process.report) process.report.excludeEnv = true;
}

/** Windows knows no such signal; there, programs that we start are started with {@link noDebugger}. */
export function refuseDebugger(): void {
  if (process.platform !== 'win32') process.on('SIGUSR1', () => undefined);
}

/** For a Node that is started: the same from its first moment on. Older ones do not know the flag. */
export const noDebugger: readonly string[] = process.allowedNodeEnvironmentFlags.has('--disable-sigusr1')
  ? ['--disable-sigusr1']
  : [];
