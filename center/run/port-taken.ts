import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

type Listen = { readonly code?: string; readonly port?: number; readonly address?: string };

/** Tried before the database is opened, which takes seconds. @throws Error as listening there would */
export async function mustBeFree(port: number, host: string): Promise<void> {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}

/** What to do where something listens there already; nothing where that is not what went wrong. */
export function portTakenSentence(error: unknown): string | undefined {
  const { code, port, address } = error as Listen;
  if (code !== 'EADDRINUSE' || port === undefined) return undefined;
  const holder = listenerOn(port);
  const by = holder ? `process ${holder.pid} (${holder.command})` : 'another program';
  return `port ${port} on ${address} is taken by ${by}: stop that, or choose another port with EXAM_CENTER_PORT`;
}

/** Who listens on a port of this machine, as far as Linux tells this user. */
export function listenerOn(port: number): { readonly pid: number; readonly command: string } | undefined {
  try {
    const sockets = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningSockets(table, port));
    const pid = readdirSync('/proc').find((one) => /^\d+$/.test(one) && holdsOne(one, sockets));
    return pid ? { pid: Number(pid), command: commandOf(pid) } : undefined;
  } catch {
    // Another system, or one that hides it.
    return undefined;
  }
}

const LISTENING = '0A';

/** What a process holds open is named by these. */
function listeningSockets(table: string, port: number): readonly string[] {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readFileSync(table, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(end) && state === LISTENING)
    .map((columns) => `socket:[${columns[9]}]`);
}

function holdsOne(pid: string, sockets: readonly string[]): boolean {
  try {
    const folder = join('/proc', pid, 'fd');
    return readdirSync(folder).some((fd) => {
      try {
        return sockets.includes(readlinkSync(join(folder, fd)));
      } catch {
        return false;
      }
    });
  } catch {
    // Of another user, or gone.
    return false;
  }
}

/** The program and its script, and no argument: those may be somebody's secrets. */
const commandOf = (pid: string): string =>
  readFileSync(join('/proc', pid, 'cmdline'), 'utf8')
    .split('\0')
    .filter((part) => part && !part.startsWith('-'))
    .slice(0, 2)
    .join(' ');
