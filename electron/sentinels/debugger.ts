import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { everySoOften, type Sentinel, shortName } from './sentinel.ts';

const LOOK_MS = 3_000;

/** Who traces a process, as Linux says it. */
export function tracerOf(pid: number, proc = '/proc'): string | undefined {
  const status = readFileSync(join(proc, String(pid), 'status'), 'utf8');
  const tracer = Number(/^TracerPid:\s*(\d+)/m.exec(status)?.[1] ?? 0);
  if (tracer === 0) return undefined;
  try {
    return readFileSync(join(proc, String(tracer), 'comm'), 'utf8').trim();
  } catch {
    return `process ${tracer}`;
  }
}

/**
 * A debugger that holds one of the kiosk's processes, each told once.
 * @param processes their ids now: the station's is another one after a restart
 */
export function watchDebugger(
  processes: () => readonly number[],
  tracer: (pid: number) => string | undefined = tracerOf,
): Sentinel {
  return {
    name: 'debugger',
    watch(report) {
      const told = new Set<string>();
      return everySoOften(LOOK_MS, () => {
        for (const pid of processes()) {
          const what = tracer(pid);
          if (what === undefined || told.has(`${pid} ${what}`)) continue;
          told.add(`${pid} ${what}`);
          report({ reason: 'debugger-attached', what: shortName(what), lastedMs: 0 });
        }
      });
    },
  };
}
