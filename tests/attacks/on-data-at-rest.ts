import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startProgram } from '../../cli/programs.ts';
import type { StartMessage } from '../../contract/shell/kiosk-messages.ts';
import { CenterReady, FirstRun } from '../../contract/words/programs.ts';
import { type StationProcess, startStationProcess } from '../../electron/process/station-process.ts';
import { spawnStation } from '../../electron/process/station-program.ts';
import { openToOthers } from '../kit/open-files.ts';
import type { Attack, Seen } from './attack.ts';

const root = resolve(import.meta.dirname, '../..');

const READY_WITHIN_MS = 20_000;

type Site = {
  readonly folder: string;
  readonly secrets: FirstRun;
  readonly vaultKey: string;
  /** Of the programs. */
  readonly center: number;
  readonly station: number;
};

/**
 * A center, and the station of a kiosk, as programs of their own, started by somebody who lets everybody read what they
 * write, on folders that everybody may read. Gone afterwards.
 */
async function withPrograms(use: (site: Site) => Promise<Seen>): Promise<Seen> {
  const folder = mkdtempSync(join(tmpdir(), 'exam-attack-'));
  const running = new AsyncDisposableStack();
  const mask = process.umask(0);
  running.defer(() => void process.umask(mask));
  running.defer(() => rmSync(folder, { recursive: true, force: true }));
  await using _ = running;
  for (const name of ['center', 'station']) {
    mkdirSync(join(folder, name));
    chmodSync(join(folder, name), 0o777);
  }
  const args = ['--port=0', `--data=${join(folder, 'center')}`];
  const center = await startProgram(CenterReady, join(root, 'center/main.ts'), args, { quiet: true });
  running.defer(() => center.stop());
  const secrets = FirstRun.parse(JSON.parse(readFileSync(center.ready.firstRun, 'utf8')));
  const vaultKey = randomBytes(32).toString('base64');
  const told = { data: join(folder, 'station'), centerUrl: center.ready.url, centerKey: secrets.centerKey, vaultKey };
  const station = await startStation({ ...told, name: '一号', enrolmentCode: secrets.enrolmentCode });
  running.defer(() => station.stop());
  return use({ ...{ folder, secrets, vaultKey }, center: center.pid, station: station.pid ?? 0 });
}

/** As a kiosk starts it: all that is secret goes by the pipe. */
async function startStation(told: Omit<StartMessage, 'kind' | 'host'>): Promise<StationProcess> {
  const { promise, resolve: ready, reject } = Promise.withResolvers<void>();
  const place = { node: process.execPath, program: join(root, 'station/run/kiosk-main.ts') };
  const env = { ...process.env, EXAM_STATION_LOG: 'silent', EXAM_STATION_CODE: told.enrolmentCode };
  const station = startStationProcess({
    launch: async () => ({ child: spawnStation(place, env), start: { kind: 'start', host: 'kiosk', ...told } }),
    onNews: (news) => (news.kind === 'ready' ? ready() : reject(new Error(JSON.stringify(news)))),
    log: () => undefined,
  });
  const late = AbortSignal.timeout(READY_WITHIN_MS);
  late.addEventListener('abort', () => reject(new Error('the station was not ready in time')));
  await promise;
  return station;
}

const seen = (found: readonly string[], well: string): Seen =>
  found.length === 0
    ? { outcome: 'prevented', said: well }
    : { outcome: 'open', said: `${found.length}: ${found.slice(0, 5).join('; ')}` };

/** Ports that a process listens on, as /proc says. */
function portsOf(pid: number): readonly number[] {
  const sockets = new Set<string>();
  for (const fd of readdirSync(`/proc/${pid}/fd`)) sockets.add(linkOf(`/proc/${pid}/fd/${fd}`));
  const lines = ['tcp', 'tcp6'].flatMap((kind) =>
    readFileSync(`/proc/${pid}/net/${kind}`, 'utf8').split('\n').slice(1),
  );
  return lines.flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    return state === '0A' && sockets.has(`socket:[${inode}]`) ? [Number.parseInt(local.split(':')[1] ?? '', 16)] : [];
  });
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

export const attacksOnDataAtRest: readonly Attack[] = [
  {
    name: 'files-others-can-read',
    about: 'rest',
    attacker: 'stranger',
    does: 'as another user of the machine reads the files of a station and a center: databases, write-ahead logs, keys, inbox',
    outcome: 'prevented',
    by: 'all of it is 0600 in folders of 0700, whatever the folder and the umask were before',
    told: ['no file that others may read'],
    replay: () =>
      withPrograms(async ({ folder }) => {
        const [station, center] = [join(folder, 'station'), join(folder, 'center')];
        const expected = [join(station, 'station.db-wal'), join(station, 'inbox'), join(center, 'center.key')];
        const missing = expected.filter((path) => !existsSync(path));
        if (missing.length > 0) return { outcome: 'open', said: `not looked at: ${missing.join(' ')}` };
        return seen([...openToOthers(station), ...openToOthers(center)], 'no file that others may read');
      }),
  },
  {
    name: 'secrets-on-the-command-line',
    about: 'rest',
    attacker: 'stranger',
    does: 'looks through the command lines and variables of the programs for the enrolment code, the key of the vault, PINs and the password of the database',
    outcome: 'prevented',
    by: 'secrets go by a pipe or standard input; a program inherits none that is another’s. The command line of an operator who gives `--token` has it',
    told: ['none in cmdline or environ'],
    async replay() {
      const before = process.env.DATABASE_URL;
      process.env.DATABASE_URL = 'postgres://center:do-not-tell@127.0.0.1/none';
      try {
        return await withPrograms(async ({ station, center, secrets, vaultKey }) => {
          const { enrolmentCode, operatorToken, proctorPin } = secrets;
          const told = [enrolmentCode, operatorToken, proctorPin ?? '-', vaultKey, 'do-not-tell'];
          const found = [station, center].flatMap((pid) =>
            ['cmdline', 'environ'].flatMap((file) => {
              const text = readFileSync(`/proc/${pid}/${file}`, 'utf8');
              return told.filter((secret) => text.includes(secret)).map((secret) => `${file}: ${secret}`);
            }),
          );
          return seen(found, 'none in cmdline or environ');
        });
      } finally {
        if (before === undefined) delete process.env.DATABASE_URL;
        else process.env.DATABASE_URL = before;
      }
    },
  },
  {
    name: 'debugger-by-signal',
    about: 'rest',
    attacker: 'stranger',
    does: 'as a program of the same user sends SIGUSR1 to a station and a center, for Node to open its debugger, and reads keys through it',
    outcome: 'prevented',
    by: 'the signal opens none. Whoever is root, or may trace the process, reads its memory all the same',
    told: ['no port that was not open before'],
    replay: () =>
      withPrograms(async ({ station, center }) => {
        const before = [station, center].map((pid) => portsOf(pid).join());
        for (const pid of [station, center]) process.kill(pid, 'SIGUSR1');
        await setTimeout(500);
        const after = [station, center].map((pid) => portsOf(pid).join());
        return before[1] !== '' && before.join(';') === after.join(';')
          ? { outcome: 'prevented', said: `no port that was not open before` }
          : { outcome: 'open', said: `${before.join(';')} became ${after.join(';')}` };
      }),
  },
];
