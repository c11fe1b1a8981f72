import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import {
  createServer as createPlainServer,
  type IncomingMessage,
  request as overHttp,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, request as overHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { openTestCenter, type TestCenter } from '../../center/testing/index.ts';
import { OWN_FILE } from '../../center/tls/index.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { openStation } from '../../station/run/station.ts';
import type { Seen } from './attack.ts';

export type SceneCenter = TestCenter & { readonly url: string };

/** A center that speaks TLS with a certificate of its own, or none, and a folder for stations. */
export async function withLine(
  tls: 'own' | undefined,
  replay: (center: SceneCenter, data: string) => Promise<Seen>,
  now?: () => Date,
): Promise<Seen> {
  const folder = mkdtempSync(join(tmpdir(), 'exam-line-'));
  const center = await openTestCenter({ tls, ...(now ? { now } : {}) });
  try {
    const url = await center.app.listen({ host: '127.0.0.1', port: 0 });
    return await replay({ ...center, url }, join(folder, 'station'));
  } finally {
    await center.close();
    rmSync(folder, { recursive: true });
  }
}

export type Between = AsyncDisposable & {
  readonly url: string;
  /** All that was said to whoever stands between, heads and bodies, in plain. */
  readonly heard: () => string;
};

/**
 * Somebody who stands between a station and a center, passes everything on and reads it.
 * @param pem the certificate that is shown, and its key; nothing where they speak no TLS
 */
export async function standBetween(center: string, pem: string | undefined): Promise<Between> {
  const heard: string[] = [];
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = Buffer.concat(await request.toArray());
    heard.push(`${request.method} ${request.url}\n${JSON.stringify(request.headers)}\n${body}`);
    const on = (center.startsWith('https') ? overHttps : overHttp)(new URL(request.url ?? '/', center), {
      ...{ method: request.method, headers: request.headers, rejectUnauthorized: false, agent: false },
    });
    on.on('response', (reply) => reply.pipe(response.writeHead(reply.statusCode ?? 502, reply.headers)));
    on.on('error', () => response.destroy());
    on.end(body);
  };
  const server = pem ? createTlsServer({ cert: pem, key: pem }, pass) : createPlainServer(pass);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    // To a station this is another machine: it is told by what stands there, not by where it leads.
    url: pem ? `https://127.0.0.1:${port}` : `http://[::ffff:127.0.0.1]:${port}`,
    heard: () => heard.join('\n'),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export const ownPem = ({ center }: TestCenter): string => readFileSync(join(center.data, OWN_FILE), 'utf8');

type Station = {
  readonly data: string;
  readonly centerUrl: string;
  readonly enrolmentCode?: string;
  readonly centerKey?: PublicKey;
  readonly plainHttp?: boolean;
};

/** Starts a station, lets it make its first round, and ends it. @returns how it stands with its center: a reason, or `ready` */
export async function roundOf(told: Station): Promise<string> {
  const log = pino({ level: 'silent' });
  const station = await openStation({ ...told, host: 'browser', name: '一号考站', log });
  try {
    for (let n = 0; n < 200 && station.devices().center.state === 'starting'; n++) await wait(50);
    const { state, reason } = station.devices().center;
    return reason ?? state;
  } finally {
    await station.close();
  }
}
