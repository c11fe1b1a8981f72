import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import sirv from 'sirv';
import { type WebSocket, WebSocketServer } from 'ws';
import { FRAME_HEADER_BYTES, FRAME_MAX_SIDE } from '../../../contract/page/frame.ts';
import { isPackageHost } from '../../../contract/page/package-address.ts';
import { pageHeaders } from '../../../contract/page/page-headers.ts';
import type { Transport } from '../../../contract/page/rpc/transport.ts';
import { type SocketLike, socketTransport } from '../../../contract/page/rpc/web-socket.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import { openPackageHost } from '../../../courseware/index.ts';
import { serveMedia } from './media-files.ts';
import { servePackage } from './package-files.ts';

/** Serves the page to a plain Chromium where there is no Electron: same page, same station, a WebSocket between them. */
export type BrowserHost = {
  /** Where to point the browser; holds this launch's token in its fragment, which never reaches a log or a server. */
  readonly url: string;
  close(): Promise<void>;
};

const PROTOCOL = 'exam-station';
/** Application close code: the reason travels as text. */
const CLOSED_BY_STATION = 4001;

export type HostOptions = {
  /** Folder of the built page. */
  readonly page: string;
  /** Folder of what courses show. */
  readonly media: string;
  /** 0 takes a free one. Always on 127.0.0.1. */
  readonly port: number;
  /** Connects a page; false where one is connected already. */
  readonly attach: (transport: Transport) => boolean;
  readonly log: Logger;
  /** This launch's, where the launcher chose it; a page keeps it while the station is started again. */
  readonly token?: string | undefined;
};

/** A page that goes takes no longer than this. */
const [LEAVE_TIME_MS, LOOK_MS] = [1_000, 50];
/** Pages that wait for the one before them to go: there is one of them, and one more where it is loaded again at once. */
const MOST_WAITING = 4;
/** What is open and says nothing is closed after so long: no page on this machine takes longer, and each browser answers a ping. */
const SILENT_MS = 3_000;

const newToken = (): string => randomBytes(24).toString('base64url');

export async function openBrowserHost({
  page,
  media,
  port,
  attach,
  log,
  token = newToken(),
}: HostOptions): Promise<BrowserHost> {
  const assets = sirv(page, { dev: false, etag: true });
  const server = createServer({
    headersTimeout: SILENT_MS,
    requestTimeout: SILENT_MS,
    connectionsCheckingInterval: LEAVE_TIME_MS,
  });
  let waiting = 0;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_HEADER_BYTES + FRAME_MAX_SIDE * FRAME_MAX_SIDE * 4,
    handleProtocols: () => PROTOCOL,
  });

  server.on('upgrade', (request, socket, head) => {
    const refused = refusal(request, token);
    if (refused) {
      log.warn({ reason: refused, origin: request.headers.origin }, 'page refused');
      return turnAway(socket);
    }
    sockets.handleUpgrade(request, socket, head, (connection) => void welcome(connection));
  });
  const attached = (connection: WebSocket, transport: Transport): boolean => {
    try {
      return attach(transport);
    } catch (error) {
      // What one page cannot be shown must not take the station from everybody.
      log.error({ error: String(error) }, 'page');
      connection.close(CLOSED_BY_STATION, 'internal' satisfies Reason);
      return true;
    }
  };
  const welcome = async (connection: WebSocket): Promise<void> => {
    connection.on('error', (error) => log.warn({ error: String(error) }, 'page connection'));
    // A page that is loaded again may be here before the line of the one before it is closed. What it says waits.
    connection.pause();
    if (waiting >= MOST_WAITING) return turnAwaySecond(connection);
    waiting += 1;
    try {
      if (await seated(connection)) return;
    } finally {
      waiting -= 1;
    }
    if (connection.readyState === connection.OPEN) turnAwaySecond(connection);
  };
  const seated = async (connection: WebSocket): Promise<boolean> => {
    const transport = socketTransport(connection as SocketLike);
    for (let waited = 0; waited < LEAVE_TIME_MS; waited += LOOK_MS) {
      if (attached(connection, transport)) {
        connection.resume();
        endOnceSilent(connection);
        return true;
      }
      await setTimeout(LOOK_MS);
      if (connection.readyState !== connection.OPEN) return false;
    }
    return false;
  };
  const turnAwaySecond = (connection: WebSocket): void => {
    connection.resume();
    log.warn({ reason: 'second-window' satisfies Reason }, 'page refused');
    connection.close(CLOSED_BY_STATION, 'second-window' satisfies Reason);
    // Whoever does not say goodbye is not waited for.
    const patience = globalThis.setTimeout(() => connection.terminate(), SILENT_MS);
    connection.on('close', () => clearTimeout(patience));
  };

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const { port: bound } = server.address() as AddressInfo;
  const packages = openPackageHost({
    ...{ page, media },
    station: [`http://127.0.0.1:${bound}`, `http://localhost:${bound}`],
    onTrouble: (what) => log.warn(what, 'package'),
  });
  server.on('request', (request, response) => {
    if (isPackageHost(request.headers.host, bound)) return void servePackage(packages, request, response);
    secure(response, bound);
    if (!ownHost(request)) return end(response, 403);
    if (serveMedia(media, request, response)) return;
    assets(request, response, () => end(response, 404));
  });
  return {
    url: `http://127.0.0.1:${bound}/#${token}`,
    async close() {
      packages.close();
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Whoever has the station and is not there any more, or never was a page, must not keep the next one out. */
function endOnceSilent(connection: WebSocket): void {
  let heard = true;
  connection.on('pong', () => {
    heard = true;
  });
  const timer = setInterval(() => {
    if (!heard) return connection.terminate();
    heard = false;
    connection.ping();
  }, SILENT_MS);
  connection.on('close', () => clearInterval(timer));
}

/** Only our own page, opened with this launch's address, may talk to the station. */
function refusal(request: IncomingMessage, token: string): Reason | undefined {
  if (!ownHost(request) || request.headers.origin !== `http://${request.headers.host}`) return 'origin-refused';
  const [protocol, given = ''] = (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((part) => part.trim());
  return protocol === PROTOCOL && sameText(given, token) ? undefined : 'unauthorised';
}

/** Refuses names that were made to point here (DNS rebinding). */
const ownHost = ({ headers }: IncomingMessage): boolean => /^(127\.0\.0\.1|localhost):\d+$/.test(headers.host ?? '');

/** In constant time; hashed first, because what comes over the wire may have any length. */
const sameText = (p: string, q: string): boolean => timingSafeEqual(digest(p), digest(q));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whoever is refused may hang up, or hold on: neither must disturb the station. */
function turnAway(socket: Duplex): void {
  socket.on('error', () => undefined);
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n', () => socket.destroy());
}

function secure(response: ServerResponse, port: number): void {
  for (const [name, value] of Object.entries(pageHeaders(`http://*.localhost:${port}`)))
    response.setHeader(name, value);
}

function end(response: ServerResponse, status: number): void {
  response.statusCode = status;
  response.end();
}
