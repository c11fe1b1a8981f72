import { parseArgs } from 'node:util';
import { noLab } from '../../cli/lab/kiosk-lab.ts';
import { ordinaryUse } from './ordinary-use.ts';
import { openKioskSitting } from './sitting.ts';

/** `npm run -s calm -- --minutes 10 --json`: sits an exam in a locked kiosk as people do, and counts what is told of it. */
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, json: { type: 'boolean', default: false } },
});
const minutes = Number(values.minutes);
const why = noLab();
if (why || !(minutes > 0)) {
  process.stderr.write(`${why ?? 'npm run -s calm -- [--minutes N] [--json]'}\n`);
  process.exit(2);
}
await using sitting = await openKioskSitting('calm', { windowManager: ['openbox'] });
const { actions } = await ordinaryUse(sitting, minutes * 60);
const incidents = sitting.events().flatMap((event) => (event.type === 'incident' ? [event.reason] : []));
const report = { minutes, actions, incidents };
const text = `${actions} actions in ${minutes} minutes; told of: ${incidents.join(', ') || 'nothing'}`;
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : `${text}\n`);
process.exitCode = incidents.length === 0 ? 0 : 1;
