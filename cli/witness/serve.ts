import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { admit } from './admit.ts';
import type { WatchedLog } from './watched-log.ts';
import type { WitnessFolder } from './witness-folder.ts';

/** As large as a request may be: 63 hashes and a checkpoint with its signatures. */
const MAX_BODY = 131_072;

export type Listening = { readonly host: string; readonly port: number };

/**
 * Serves c2sp.org/tlog-witness for one log: `add-checkpoint`, and what was seen last at `/<hash of the origin>/checkpoint`.
 * @param onForked told where the log signed what does not fit together
 */
export async function serveWitness(
  folder: WitnessFolder,
  log: WatchedLog,
  { host, port }: Listening,
  onForked: (evidence: string) => void,
): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((request, response) => {
    answer(folder, log, request, response, onForked).catch(() => response.destroy());
  });
  await listen(server, host, port);
  const { address, port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${bound}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });

async function answer(
  folder: WitnessFolder,
  log: WatchedLog,
  request: IncomingMessage,
  response: ServerResponse,
  onForked: (evidence: string) => void,
): Promise<void> {
  const say = (status: number, body: string, type = 'text/plain; charset=utf-8'): void =>
    void response.writeHead(status, { 'content-type': type }).end(body);
  const { pathname } = new URL(request.url ?? '/', 'http://witness');
  const [, hash] = /^\/([0-9a-f]{64})\/checkpoint$/.exec(pathname) ?? [];
  if (request.method === 'GET' && hash) {
    const seen = folder.lastByHash(hash);
    return seen ? say(200, seen.note) : say(404, 'never seen\n');
  }
  if (request.method !== 'POST' || pathname !== '/add-checkpoint') return say(404, 'add-checkpoint is what is here\n');
  const body = await bodyOf(request);
  if (body === undefined) return say(413, 'too large\n');
  const admitted = admit(folder, log, body, new Date());
  if (admitted.status === 200) return say(200, `${admitted.line}\n`);
  if (admitted.status === 409) return say(409, `${admitted.size}\n`, 'text/x.tlog.size');
  if (admitted.status === 422 && admitted.found === 'fork' && admitted.evidence) onForked(admitted.evidence);
  return say(admitted.status, `${admitted.why}\n`);
}

/** Nothing where it is too large. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MAX_BODY) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
