import { findChromium } from '../cli/chromium.ts';
import { installPackages, isRoot, quietly } from './debian.ts';

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
  if (quietly('npx', ['--no-install', 'playwright', 'install', 'chromium-headless-shell', 'chromium'], 180_000)) {
    const downloaded = await findChromium();
    if (downloaded) return downloaded;
  }
  if (!isRoot()) {
    say(
      'That failed, and only root may install Debian packages: install a Chromium, or set EXAM_STATION_CHROMIUM to one.',
    );
    return undefined;
  }
  say("That failed; installing Debian's chromium package.");
  installPackages(['chromium', 'fonts-noto-cjk']);
  return findChromium();
}
