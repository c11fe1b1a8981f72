import { spawnSync } from 'node:child_process';
import { findChromium } from '../cli/chromium.ts';

/**
 * Finds a Chromium for the end-to-end tests, or brings one: the system's, else Playwright's own download, else Debian's
 * package where we are root. Says what it does.
 * @returns its path; nothing where none can be had
 */
export async function ensureChromium(say: (line: string) => void): Promise<string | undefined> {
  const found = await findChromium();
  if (found) {
    say(`Chromium: ${found}`);
    return found;
  }
  say('No Chromium here; asking Playwright to download one.');
  if (run('npx', ['--no-install', 'playwright', 'install', 'chromium-headless-shell', 'chromium'], 180_000)) {
    const downloaded = await findChromium();
    if (downloaded) return downloaded;
  }
  if (process.getuid?.() !== 0) {
    say(
      'That failed, and only root may install Debian packages: install a Chromium, or set EXAM_STATION_CHROMIUM to one.',
    );
    return undefined;
  }
  say("That failed; installing Debian's chromium package.");
  run('apt-get', ['update', '-qq'], 300_000);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], 600_000);
  return findChromium();
}

function run(command: string, args: readonly string[], timeout: number): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout, env }).status === 0;
}
