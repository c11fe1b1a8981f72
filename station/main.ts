import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { destination, pino } from 'pino';
import { z } from 'zod';
import { explain } from '../contract/messages/index.ts';
import { PublicKey } from '../contract/proof/index.ts';
import { Refusal } from '../contract/reasons.ts';
import { openBrowserHost } from './host/index.ts';
import { openStation, type Station, type StationConfig } from './station.ts';

/**
 * The station as a program of its own, with the browser host: `node station/main.ts --data DIR --center URL`.
 * Standard output carries one JSON line once it serves; logs go to standard error.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'data/station' },
    center: { type: 'string' },
    code: { type: 'string' },
    'center-key': { type: 'string' },
    name: { type: 'string' },
    port: { type: 'string', default: '0' },
  },
});

const log = pino({ level: process.env.EXAM_STATION_LOG ?? 'info' }, destination(2));
const station = await openOrExplain({
  data: resolve(values.data),
  centerUrl: values.center ?? process.env.EXAM_CENTER_URL ?? 'http://127.0.0.1:8480',
  enrolmentCode: values.code ?? process.env.EXAM_STATION_CODE,
  centerKey: PublicKey.optional().parse(values['center-key'] ?? process.env.EXAM_CENTER_KEY),
  name: values.name,
  log,
});
const host = await openBrowserHost({
  page: resolve(import.meta.dirname, '../dist/renderer'),
  port: Number(values.port),
  attach: station.terminal.attach,
  log,
  token: launchToken(),
});
process.stdout.write(`${JSON.stringify({ ready: true, url: host.url, devices: station.devices })}\n`);

/** What cannot run says why and what to do, in the words of the catalogue. */
async function openOrExplain(config: StationConfig): Promise<Station> {
  try {
    return await openStation(config);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n${explain(error.reason, 'zh')}\n${explain(error.reason, 'en')}\n`);
    process.exit(1);
  }
}

/** Taken out of the environment, where programs started from here would find it. */
function launchToken(): string | undefined {
  const token = process.env.EXAM_STATION_TOKEN;
  delete process.env.EXAM_STATION_TOKEN;
  return z.base64url().min(32).optional().parse(token);
}

let closing = false;
const close = async (): Promise<void> => {
  if (closing) return;
  closing = true;
  await host.close();
  await station.close();
  process.exit(0);
};
process.on('SIGTERM', close);
process.on('SIGINT', close);
// A launcher that dies must not leave a station behind that holds the camera's seat.
if (process.env.EXAM_STATION_PARENT_STDIN === '1') process.stdin.on('end', close).resume();
