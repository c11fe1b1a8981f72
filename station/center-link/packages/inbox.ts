import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { Logger } from 'pino';
import type { Localized } from '../../../contract/words/localized.ts';
import { type Reason, Refusal } from '../../../contract/words/reasons.ts';
import { words } from '../../../messages/checks.ts';
import { explain } from '../../../messages/index.ts';
import type { Clock } from '../../core/clock/index.ts';

/**
 * A folder into which somebody puts exam packages and rescue files while the station runs: the way in for a kiosk, whose key
 * nobody can take out to install them from outside. What came of each is in `inbox.txt` beside it, in words.
 */
export type Inbox = {
  /** Turns once. Never throws. */
  look(): Promise<void>;
  /** Settles after the package under way; the others wait for the next start. */
  stop(): Promise<void>;
};

export type InboxParts = {
  /** Folder that holds everything the station keeps. */
  readonly data: string;
  /** Takes a file over. @returns what came of it, in words */
  readonly install: (bytes: Uint8Array) => Promise<Required<Localized>>;
  /** Whether somebody sits here: packages then wait. */
  readonly busy: () => boolean;
  /** Whether it carries an exam that stands still meanwhile: that waits for nobody. */
  readonly urgent: (bytes: Uint8Array) => boolean;
  readonly clock: Clock;
  readonly log: Logger;
  /** One was taken in, or why it was not. */
  readonly onTried: (refused: Reason | undefined) => void;
};

const LOOK_MS = 5_000;
/** A package before its time is tried again after this: opening one takes a moment of everybody's. */
const EARLY_MS = 60_000;
/** More than what is urgent has: larger files are not looked into while somebody sits here. */
const URGENT_MOST_BYTES = 2_000_000;
/** More than an honest package has. */
const MOST_BYTES = 400_000_000;

/** A file as it was when it was last seen. */
type Seen = { readonly size: number; readonly changed: number };

export function openInbox(parts: InboxParts): Inbox {
  const { data, busy, clock, log } = parts;
  const folder = join(data, 'inbox');
  const [taking, refused] = [join(folder, 'taking'), join(folder, 'refused')];
  for (const each of [taking, refused]) mkdirSync(each, { recursive: true, mode: 0o700 });
  const putBackBefore = putBack(folder, taking, refused);
  let seen = new Map<string, Seen>();
  const early = new Map<string, { readonly file: Seen; readonly until: number }>();
  let looking: Promise<void> = Promise.resolve();
  let stopped = false;

  const say = (name: string, what: string): void =>
    appendFileSync(join(data, 'inbox.txt'), `${clock.wall()} ${name}: ${what}\n`, { mode: 0o600 });
  const sayWhy = (name: string, { reason }: Refusal): void =>
    say(name, `${reason}: ${explain(reason, 'zh')} / ${explain(reason, 'en')}`);

  for (const name of putBackBefore) say(name, `${words('inbox.twice').zh} / ${words('inbox.twice').en}`);

  const take = async (name: string, file: Seen): Promise<void> => {
    // Out of the folder before it is read: another that takes its name meanwhile is another package.
    const own = join(taking, name);
    renameSync(join(folder, name), own);
    try {
      if (file.size > MOST_BYTES) throw new Refusal('package-invalid', 'too large');
      const { zh, en } = await parts.install(readFileSync(own));
      rmSync(own);
      early.delete(name);
      say(name, `${zh} / ${en}`);
      log.info({ package: name, came: en }, 'installed');
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal('internal', String(error));
      if (refusal.reason === 'package-early') {
        if (!early.has(name)) {
          sayWhy(name, refusal);
          parts.onTried(refusal.reason);
        }
        early.set(name, { file, until: clock.monotonic() + EARLY_MS });
        return renameSync(own, freeName(folder, name));
      }
      log.warn({ package: name, reason: refusal.reason, detail: refusal.detail }, 'package');
      sayWhy(name, refusal);
      renameSync(own, freeName(refused, name));
      return parts.onTried(refusal.reason);
    }
    parts.onTried(undefined);
  };
  const waits = (name: string, { size, changed }: Seen): boolean => {
    const known = early.get(name);
    return known?.file.size === size && known.file.changed === changed && clock.monotonic() < known.until;
  };
  /** One that cannot be read must not keep the others out. */
  const looksUrgent = (path: string): boolean => {
    try {
      return parts.urgent(readFileSync(path));
    } catch {
      return false;
    }
  };
  const patient = new Set<string>();
  const isUrgent = (name: string, { size, changed }: Seen): boolean => {
    const key = `${changed} ${size} ${name}`;
    if (size > URGENT_MOST_BYTES || patient.has(key)) return false;
    const urgent = looksUrgent(join(folder, name));
    if (!urgent) patient.add(key);
    return urgent;
  };
  const lookOnce = async (): Promise<void> => {
    const now = filesIn(folder);
    // What still grows is being copied.
    const whole = [...now].filter(([name, { size }]) => seen.get(name)?.size === size);
    seen = now;
    // In the order in which they came: of two packages the later one counts.
    for (const [name, file] of whole.toSorted(([, a], [, b]) => a.changed - b.changed)) {
      if (stopped || waits(name, file) || (busy() && !isUrgent(name, file))) continue;
      // One that cannot be moved must not keep the others out.
      await take(name, file)
        .catch((error) => log.error({ package: name, error: String(error) }, 'inbox'))
        .finally(() => tookNobodyDown(folder, name));
    }
  };
  const look = (): Promise<void> => {
    looking = looking.then(lookOnce).catch((error) => log.error({ error: String(error) }, 'inbox'));
    return looking;
  };
  const timer = setInterval(look, LOOK_MS);
  return {
    look,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await looking;
    },
  };
}

/** Beside the inbox: names of files that were put back once and not taken since, one on each line. */
const AGAIN = 'inbox-again.txt';
const namesIn = (file: string): readonly string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];

/** Whatever came of it, the station still runs. The next file of that name is another one. */
function tookNobodyDown(folder: string, name: string): void {
  const file = join(folder, '..', AGAIN);
  const names = namesIn(file);
  if (names.includes(name)) writeFileSync(file, names.filter((one) => one !== name).join('\n'));
}

/**
 * What was being taken when the power went is put back, once. One that is found there a second time has more likely taken
 * the station down with it, and is put aside.
 * @returns the names of those
 */
function putBack(folder: string, taking: string, refused: string): readonly string[] {
  const file = join(folder, '..', AGAIN);
  const before = namesIn(file);
  const found = readdirSync(taking);
  const twice = found.filter((name) => before.includes(name));
  const once = found.filter((name) => !before.includes(name)).map((name) => ({ name, to: freeName(folder, name) }));
  writeFileSync(file, once.map(({ to }) => basename(to)).join('\n'));
  for (const { name, to } of once) renameSync(join(taking, name), to);
  for (const name of twice) renameSync(join(taking, name), freeName(refused, name));
  return twice;
}

function filesIn(folder: string): Map<string, Seen> {
  const files = readdirSync(folder, { withFileTypes: true }).filter((file) => file.isFile() && !/^\./.test(file.name));
  return new Map(
    files.map(({ name }) => {
      const { size, mtimeMs } = statSync(join(folder, name));
      return [name, { size, changed: mtimeMs }];
    }),
  );
}

/** Nothing that lies there already is written over. */
function freeName(folder: string, name: string): string {
  for (let n = 1; ; n += 1) {
    const path = join(folder, n === 1 ? name : `${n} ${name}`);
    if (!existsSync(path)) return path;
  }
}
