import { Gauge, type Registry } from 'prom-client';
import type { Center } from '../base/index.ts';
import { logSize } from '../log/index.ts';
import { commandsWaiting } from '../proctoring/index.ts';
import { recordsToJudge } from '../results/index.ts';
import { countIssues } from '../schedules/index.ts';
import { countStations } from '../stations/index.ts';
import type { System } from '../tenants/index.ts';

type Value = number | Readonly<Record<string, number>>;

/** A number that stands where it stands, and is read when somebody asks; nothing where it could not be read. */
export type Level = {
  readonly read: (actor: System, center: Center) => Promise<Value>;
  readonly set: (value: Value | undefined) => void;
};

type Plan = {
  readonly name: string;
  readonly help: string;
  readonly label?: string;
  readonly read: Level['read'];
};

/** A station says each minute how it is; after so long it counts as silent. */
const SILENT_MS = 180_000;

const BULLETINS_MS = 30 * 86_400_000;

const PLANS: readonly Plan[] = [
  {
    ...{ name: 'exam_center_database_up', help: '1 where the database answers.' },
    read: (_, { db }) =>
      db.answers().then(
        () => 1,
        () => 0,
      ),
  },
  {
    ...{ name: 'exam_center_pool_connections', help: 'Connections to the database, and who waits for one.' },
    label: 'state',
    read: async (_, { db }) => ({ total: 0, idle: 0, waiting: 0, ...db.pool?.() }),
  },
  {
    ...{ name: 'exam_center_objects_up', help: '1 where the store of films, photos and files answers.' },
    read: (_, { objects }) =>
      objects.answers().then(
        () => 1,
        () => 0,
      ),
  },
  {
    ...{ name: 'exam_center_replicas', help: 'Servers that follow the database, by whether they are asked.' },
    label: 'state',
    read: async (_, { db }) => {
      const { used = 0, behind = 0, away = 0 } = db.replicas?.() ?? {};
      return { used, behind, away };
    },
  },
  {
    ...{ name: 'exam_center_log_entries', help: 'Entries of the transparency log: results, certificates, grants.' },
    read: (_, { db }) => logSize(db),
  },
  {
    ...{ name: 'exam_center_records_to_judge', help: 'Results that are logged and wait to be judged.' },
    read: (actor, { db }) => recordsToJudge(actor, db),
  },
  {
    ...{ name: 'exam_center_commands_waiting', help: 'Commands of proctors of which no station has said what became.' },
    read: (actor, { db }) => commandsWaiting(actor, db),
  },
  {
    ...{ name: 'exam_center_stations', help: 'Stations that are not revoked, by when they were last heard.' },
    label: 'state',
    read: (actor, { db, now }) => countStations(actor, db, new Date(now().getTime() - SILENT_MS)),
  },
  {
    ...{
      name: 'exam_center_bulletins',
      help: 'Bulletins that come by themselves and have not come, of the last 30 days.',
    },
    label: 'state',
    read: (actor, { db, now }) => countIssues(actor, db, new Date(now().getTime() - BULLETINS_MS)),
  },
];

export const levelsOf = (registers: readonly Registry[]): readonly Level[] =>
  PLANS.map(({ name, help, label, read }) => {
    const gauge = new Gauge({ name, help, registers: [...registers], labelNames: label ? [label] : [] });
    const set = (value: Value | undefined): void => {
      gauge.reset();
      if (typeof value === 'number') gauge.set(value);
      else for (const [state, count] of Object.entries(value ?? {})) gauge.set({ [label as string]: state }, count);
      if (value === undefined && !label) gauge.set(name.endsWith('_up') ? 0 : Number.NaN);
    };
    return { read, set };
  });
