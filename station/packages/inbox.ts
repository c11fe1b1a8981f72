import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { explain } from '../../contract/messages/index.ts';
import { Refusal } from '../../contract/reasons.ts';
import type { Clock } from '../clock/index.ts';
import type { Installed } from './index.ts';

/**
 * A folder into which somebody puts exam packages while the station runs: the way in for a kiosk, whose key nobody can take
 * out to install them from outside. What came of each is in `inbox.txt` beside it, in words.
 */
export type Inbox = {
  /** Looks once. Never throws. */
  look(): Promise<void>;
  /** Settles after the look under way. */
  stop(): Promise<void>;
};

export type InboxParts = {
  /** Folder that holds everything the station keeps. */
  readonly data: string;
  readonly install: (bytes: Uint8Array) => Promise<Installed>;
  /** Whether somebody sits here: packages then wait. */
  readonly busy: () => boolean;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onInstalled: () => void;
};

const LOOK_MS = 5_000;
/** More than an honest package has. */
const MOST_BYTES = 400_000_000;
const REFUSED = 'refused';

export function openInbox(parts: InboxParts): Inbox {
  const { data, busy, clock, log } = parts;
  const folder = join(data, 'inbox');
  mkdirSync(join(folder, REFUSED), { recursive: true, mode: 0o700 });
  let sizes = new Map<string, number>();
  let looking: Promise<void> = Promise.resolve();

  const say = (name: string, what: string): void =>
    appendFileSync(join(data, 'inbox.txt'), `${clock.wall()} ${name}: ${what}\n`);
  const take = async (name: string): Promise<void> => {
    const path = join(folder, name);
    try {
      if (statSync(path).size > MOST_BYTES) throw new Refusal('package-invalid', 'too large');
      const { exam, candidates, items } = await parts.install(readFileSync(path));
      rmSync(path);
      say(name, `${exam}, ${candidates} 名考生, ${items} 题 / ${candidates} candidates, ${items} items`);
      log.info({ package: name, exam, candidates, items }, 'installed');
      parts.onInstalled();
    } catch (error) {
      const { reason } = error instanceof Refusal ? error : new Refusal('internal');
      // It lies here until it may be opened.
      if (reason === 'package-early') return;
      log.warn({ package: name, reason, detail: String(error) }, 'package');
      say(name, `${reason}: ${explain(reason, 'zh')} / ${explain(reason, 'en')}`);
      renameSync(path, join(folder, REFUSED, name));
    }
  };
  const lookOnce = async (): Promise<void> => {
    if (busy()) return;
    const files = readdirSync(folder, { withFileTypes: true }).filter(
      (file) => file.isFile() && !/^\./.test(file.name),
    );
    const now = new Map(files.map(({ name }) => [name, statSync(join(folder, name)).size]));
    // What still grows is being copied.
    const whole = [...now].filter(([name, size]) => sizes.get(name) === size).map(([name]) => name);
    sizes = now;
    for (const name of whole.toSorted()) if (!busy()) await take(name);
  };
  const look = (): Promise<void> => {
    looking = looking.then(lookOnce).catch((error) => log.error({ error: String(error) }, 'inbox'));
    return looking;
  };
  const timer = setInterval(look, LOOK_MS);
  return {
    look,
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
