import { resolve } from 'node:path';
import { destination, pino } from 'pino';
import type { StationReady } from '../../contract/words/programs.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { explain } from '../../messages/index.ts';
import { keepProcessPrivate } from '../../proof/secrets/private-process.ts';
import { type BrowserHost, openBrowserHost } from './hosts/index.ts';
import { readSecrets, whenEnded } from './parent.ts';
import { readSettings, type Settings } from './settings.ts';
import { openStation, type Station } from './station.ts';
import { USAGE } from './usage.ts';

/**
 * The station as a program of its own, with the browser host: `node station/run/main.ts --data DIR --center URL`.
 * Standard output carries one JSON line once it serves; logs go to standard error.
 */
async function run(settings: Settings): Promise<void> {
  const log = pino({ level: settings.log }, destination(2));
  const secrets = settings.secretsOnStdin ? await readSecrets(process.stdin) : {};
  const { token, enrolmentCode = settings.enrolmentCode } = secrets;
  const station = await openStation({ ...settings, enrolmentCode, host: 'browser', log });
  const host = await openBrowserHost({
    page: resolve(import.meta.dirname, '../../dist/renderer'),
    media: station.mediaFolder,
    port: settings.port,
    attach: station.terminal.attach,
    log,
    ...(token ? { token } : {}),
  });
  closeInTime(station, host, settings.stopWithParent === true);
  const said: StationReady = {
    ready: true,
    url: host.url,
    devices: station.devices(),
    readiness: station.readiness.now,
  };
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

function closeInTime(station: Station, host: BrowserHost, withParent: boolean): void {
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
  process.stdout.on('error', close);
  if (withParent) whenEnded(process.stdin, close);
}

/** What cannot run says why and what to do, in the words of the catalogue. */
function explainAndExit(error: unknown): never {
  const lines =
    error instanceof Refusal
      ? [error.message, explain(error.reason, 'zh'), explain(error.reason, 'en')]
      : [error instanceof Error ? error.message : String(error)];
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
}

function settingsOrExit(): Settings | 'help' {
  try {
    return readSettings(process.argv.slice(2), process.env);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

keepProcessPrivate();
const settings = settingsOrExit();
if (settings === 'help') process.stdout.write(USAGE);
else run(settings).catch(explainAndExit);
