import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** That of the center's own program: other stations are told it. */
const USUAL_PORT = '8480';

const fileIn = (data: string): string => join(data, 'center-port.txt');

export type PortWish = {
  /** What was asked for, where anything was; 0 takes a free one and remembers nothing. */
  readonly asked: string | undefined;
  readonly host?: string | undefined;
  readonly usual?: string;
};

/**
 * The port that the center in this folder serves at, the same at each start: other stations know its address. What was asked
 * for counts first, then what it had before, then the usual one; where another center has that already, a free one.
 */
export async function centerPort(
  data: string,
  { asked, host = '127.0.0.1', usual = USUAL_PORT }: PortWish,
): Promise<string> {
  const wanted = asked ?? keptPort(data);
  if (wanted !== undefined) return wanted;
  return (await isFree(Number(usual), host)) ? usual : '0';
}

/** Called once it serves. */
export function keepCenterPort(data: string, url: string, { asked }: Pick<PortWish, 'asked'>): void {
  const port = portIn(url);
  if (asked === '0' || keptPort(data) === port) return;
  mkdirSync(data, { recursive: true });
  writeFileSync(fileIn(data), `${port}\n`);
}

/** Also where it is the one that is usual for its protocol, and stands nowhere. */
export function portIn(url: string): string {
  const { port, protocol } = new URL(url);
  return port || (protocol === 'https:' ? '443' : '80');
}

function keptPort(data: string): string | undefined {
  const text = existsSync(fileIn(data)) ? readFileSync(fileIn(data), 'utf8').trim() : '';
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535 ? text : undefined;
}

async function isFree(port: number, host: string): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
